"""Parts of a text that can be read again, each by itself.

Strategy. The pieces of a text take twenty times the room of the text, and reading it takes two
seconds a megabyte, so a long text is kept as sections: the words, and a reader that waits where
they begin. Whoever needs the pieces has the section read again; nobody has to keep them.

A table's columns and a block of code are one thing in several sections. Each section remembers
those that it made when it was first read, so that reading it again makes no new ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from typing import Protocol, Self

from tui.markdown.columns import Columns
from tui.markdown.pieces import Fence, Piece

SIZE = 2_048
"""Characters of a section: reading them is a slice of work that no key has to notice."""


class Reader(Protocol):
    """Growing text, Markdown or not, as pieces."""

    @property
    def frozen(self) -> Sequence[Piece]:
        """The pieces that stay, since the last `take`; only ever appended to."""
        ...

    @property
    def live(self) -> Sequence[Piece]:
        """The pieces behind the frozen ones, as the text is now."""
        ...

    @property
    def version(self) -> int:
        """Grows when frozen pieces must be wrapped again."""
        ...

    @property
    def stale_from(self) -> int:
        """The first frozen piece to be wrapped again since `live` was last read."""
        ...

    def feed(self, text: str) -> None:
        """Append text."""

    def finish(self) -> None:
        """No more text: everything is frozen."""

    def take(self) -> list[Piece]:
        """Let go of the frozen pieces."""
        ...

    def twin(self) -> Self:
        """A reader of its own that stands here and knows no more than is known here."""
        ...

    @property
    def again(self) -> Begin | None:
        """What to read the whole text with once more, if it would be read otherwise now."""
        ...


Begin = Callable[[str], Reader]
"""What reads a whole text, given that text."""


@dataclass(slots=True, eq=False)
class Section:
    """A part of a text, and from where to read it."""

    source: str
    """Its words."""
    begin: Callable[[], Reader] | None
    """Gives a reader that stands where it begins; None before the section before it was read."""
    is_last: bool = False
    """The text ends with it."""
    after: Section | None = None
    """The next one, if that waits for this one to be read."""
    fresh: list[Piece] | None = None
    """Its pieces where they are at hand, for whoever takes them first."""
    _shared: tuple[Columns | Fence, ...] | None = field(default=None)

    @property
    def is_ready(self) -> bool:
        """Whether it can be read now."""
        return self.begin is not None

    @property
    def version(self) -> int:
        """Grows with the columns of its tables: then its rows are to be wrapped again."""
        if not self._shared:
            return 0
        return sum(thing.version for thing in self._shared if isinstance(thing, Columns))

    def about(self, width: int) -> int:
        """About how many rows it takes at a width in cells."""
        return about(self.source, width)

    def read(self) -> list[Piece]:
        """Its pieces.

        Raises:
            ValueError: If it is not ready.
        """
        if self.begin is None:
            raise ValueError("the section before this one was not read")
        if self.fresh is not None:
            pieces, self.fresh = self.fresh, None
            return pieces
        reader = self.begin()
        reader.feed(self.source)
        if self.is_last:
            reader.finish()
        if self.after is not None:
            self.after.begin, self.after = reader.twin().twin, None
        return self.own(reader.take())

    def own(self, pieces: list[Piece]) -> list[Piece]:
        """The pieces with the tables and blocks of code of the first time."""
        shared = tuple(_shared(pieces))
        if self._shared is None:
            self._shared = shared
        if self._shared == shared:
            return pieces
        known = dict(zip(shared, self._shared, strict=False))
        return [_replaced(piece, known) for piece in pieces]


@dataclass(slots=True, eq=False)
class Plate:
    """Pieces that nobody has to read: a heading, a foot."""

    pieces: Sequence[Piece]
    """They themselves."""
    is_ready = True
    version = 0

    def about(self, width: int) -> int:
        """A row each."""
        return len(self.pieces)

    def read(self) -> Sequence[Piece]:
        """They themselves."""
        return self.pieces


def about(text: str, width: int) -> int:
    """About how many rows a text takes at a width in cells, without reading it."""
    lines = text.removesuffix("\n").split("\n")
    return sum((len(line) - 1) // width + 1 if line else 1 for line in lines)


def cut(text: str, size: int = SIZE) -> Iterator[str]:
    """The parts of a text, at the ends of lines where there are any."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + size // 2, start + size) + 1 or start + size
        yield text[start:end]
        start = end


def chained(text: str, begin: Begin, size: int = SIZE) -> list[Section]:
    """A text that is complete, in sections; only the first one can be read at once.

    Most texts are short and are one section: no reader waits for these, one is made.
    """
    sections = [Section(part, None) for part in cut(text, size)]
    for section, after in pairwise(sections):
        section.after = after
    first, last = sections[0], sections[-1]
    first.begin = partial(begin, text) if first is last else begin(text).twin
    last.is_last = True
    return sections


def _shared(pieces: list[Piece]) -> Iterator[Columns | Fence]:
    """The tables and blocks of code that the pieces belong to, each once, in their order."""
    seen: Columns | Fence | None = None
    for piece in pieces:
        thing = piece.columns or piece.fence
        if thing is not None and thing is not seen:
            seen = thing
            yield thing


def _replaced(piece: Piece, known: dict[Columns | Fence, Columns | Fence]) -> Piece:
    own = piece.columns or piece.fence
    match known.get(own) if own else None:
        case Columns() as columns:
            return replace(piece, columns=columns)
        case Fence() as fence:
            return replace(piece, fence=fence)
        case _:
            return piece
