"""A text as sections that are complete and pieces that are still open.

A text that grows closes a section every few lines; one that is there already is cut without being
read. Either way nothing is kept of a section but its words and a place to read them from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from tui.markdown.pieces import Piece
from tui.markdown.sections import SIZE, Begin, Plate, Reader, Section, about, chained, cut


class Passage:
    """One text in the log."""

    __slots__ = (
        "_begin",
        "_edition",
        "_most",
        "_reader",
        "_sections",
        "_size",
        "_source",
        "_unread",
    )

    def __init__(self, reader: Reader | None = None, *, size: int = SIZE) -> None:
        """Begins without words; without a reader, it stays so.

        Args:
            reader: Reads what is fed.
            size: Characters of a section.
        """
        self._reader = reader
        self._most = size
        self._sections: list[Section | Plate] = []
        self._unread: tuple[str, Begin] | None = None
        self._begin: Reader | None = None
        self._source: list[str] = []
        self._size = 0
        self._edition = 0

    @classmethod
    def stored(cls, text: str, begin: Begin, *, size: int = SIZE) -> Passage:
        """A text that is complete; it is cut and read when it comes into view."""
        passage = cls(size=size)
        passage._unread = (text, begin) if text else None
        return passage

    @classmethod
    def fixed(cls, pieces: Sequence[Piece]) -> Passage:
        """Pieces that are there already."""
        passage = cls()
        if pieces:
            passage._sections.append(Plate(pieces))
        return passage

    @property
    def sections(self) -> Sequence[Section | Plate]:
        """The parts that are complete; only ever appended to, but for a new `edition`."""
        if self._unread is not None:
            (text, begin), self._unread = self._unread, None
            self._sections.extend(chained(text, begin, self._most))
        return self._sections

    @property
    def edition(self) -> int:
        """Grows when all sections are others than before."""
        return self._edition

    @property
    def frozen(self) -> Sequence[Piece]:
        """The pieces behind the sections that stay."""
        return self._reader.frozen if self._reader else ()

    @property
    def live(self) -> Sequence[Piece]:
        """The pieces behind the frozen ones, as the text is now."""
        return self._reader.live if self._reader else ()

    @property
    def version(self) -> int:
        """Grows when frozen pieces must be wrapped again."""
        return self._reader.version if self._reader else 0

    @property
    def stale_from(self) -> int:
        """The first frozen piece to be wrapped again since `live` was last read."""
        return self._reader.stale_from if self._reader else 0

    def closed(self, first: int = 0) -> Iterator[str]:
        """The words of the parts that are complete, from one on; nothing is read for that."""
        if self._unread is not None:
            yield from islice(cut(self._unread[0], self._most), first, None)
            return
        while first < len(self._sections):
            section = self._sections[first]
            yield section.source if isinstance(section, Section) else ""
            first += 1

    @property
    def rest(self) -> str:
        """The words behind the parts that are complete."""
        return "".join(self._source)

    def said(self, first: int, last: int) -> list[str]:
        """The words of the parts from `first` to before `last`, the open one included."""
        parts = list(islice(self.closed(first), last - first))
        return parts if len(parts) == last - first else [*parts, self.rest]

    def about(self, width: int) -> int:
        """About how many rows the text takes at a width in cells."""
        if self._unread is not None:
            return about(self._unread[0], width)
        return sum(section.about(width) for section in self._sections)

    def feed(self, text: str) -> None:
        """Append text.

        Raises:
            ValueError: If the text is complete.
        """
        if self._reader is None:
            raise ValueError("a text that is complete does not grow")
        start = 0
        while start < len(text):
            if self._begin is None:
                self._begin = self._reader.twin()
            part = text[start : start + self._most - self._size]
            start += len(part)
            self._reader.feed(part)
            self._source.append(part)
            self._size += len(part)
            if self._size >= self._most:
                self._close(self._reader, self._begin)

    def finish(self) -> None:
        """No more text comes."""
        reader, self._reader = self._reader, None
        if reader is None:
            return
        begin = self._begin or reader.twin()
        reader.finish()
        self._close(reader, begin, is_last=True)
        if (again := reader.again) is not None:
            source = "".join(part.source for part in self._sections if isinstance(part, Section))
            self._sections = [*chained(source, again, self._most)]
            self._edition += 1

    def _close(self, reader: Reader, begin: Reader, *, is_last: bool = False) -> None:
        section = Section("".join(self._source), begin.twin, is_last)
        section.fresh = section.own(reader.take())
        self._sections.append(section)
        self._begin, self._size = None, 0
        self._source.clear()
