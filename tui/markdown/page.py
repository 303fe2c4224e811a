"""Where blocks are written: pieces with what stands before them and the gaps between them.

Between two blocks of a message or a quote there is always an empty row; between the items of a
list, and between the blocks of an item, there is one where the text has a blank line. So what is
written never depends on whether a list turns out to be loose further down.
"""

from dataclasses import replace

from tui.markdown.containers import Container, Item, prefix
from tui.markdown.pieces import Piece, Spans
from tui.markdown.references import References
from tui.markdown.settling import Settling


class Page:
    """The open containers, and the pieces that were written and not yet taken."""

    __slots__ = ("_gap", "_is_started", "containers", "is_draft", "out", "references", "settling")

    def __init__(self, references: References) -> None:
        self.references = references
        self.settling = Settling(references.environment)
        self.containers: list[Container] = []
        self.out: list[Piece] = []
        self.is_draft = False
        self._is_started = False
        self._gap: Spans | None = None

    def draft(self) -> "Page":
        """A page that goes on from here and is thrown away."""
        twin = self.fork(self.references)
        twin.settling, twin.is_draft = self.settling, True
        return twin

    def fork(self, references: References) -> "Page":
        """A page of its own that goes on from here, with other references."""
        twin = Page(references)
        twin.containers = list(self.containers)
        twin._is_started, twin._gap = self._is_started, self._gap
        return twin

    def take(self) -> list[Piece]:
        """The pieces since the last call."""
        out, self.out = self.out, []
        return out

    def begin(self, *, after_blank: bool, is_sibling: bool = False) -> None:
        """A block begins in the innermost container; decide whether a gap comes before it."""
        parent = self.containers[-1] if self.containers else None
        is_started = parent.is_started if parent else self._is_started
        as_written = is_sibling or isinstance(parent, Item)
        if is_started and (after_blank or not as_written):
            before = prefix(tuple(self.containers))
            if self._gap is None or len(before) < len(self._gap):
                self._gap = before
        if parent is None:
            self._is_started = True
        elif not is_started:
            self.containers[-1] = replace(parent, is_started=True)

    def emit(self, piece: Piece) -> None:
        """Write a piece, with markers and bars before it."""
        if self._gap is not None:
            self.out.append(Piece("gap", first=self._gap, rest=self._gap))
            self._gap = None
        if self.containers:
            first = prefix(tuple(self.containers), with_markers=True)
            self._show_markers()
            piece = replace(piece, first=first, rest=prefix(tuple(self.containers)))
        self.out.append(piece)

    def base(self) -> tuple[str, ...]:
        """The styles of all text in the open containers."""
        quoted = any(not isinstance(container, Item) for container in self.containers)
        return ("quote",) if quoted else ()

    def pop(self) -> None:
        """Close the innermost container; an empty item still shows its marker."""
        last = self.containers[-1]
        if isinstance(last, Item) and not last.is_shown:
            self.emit(Piece("text"))
        self.containers.pop()

    def _show_markers(self) -> None:
        for index, container in enumerate(self.containers):
            if isinstance(container, Item) and not container.is_shown:
                self.containers[index] = replace(container, is_shown=True)
