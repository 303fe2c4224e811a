"""Text that is no Markdown, line by line, behind the same face as growing Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from tui.markdown.pieces import Piece, Span

LONGEST = 2_000
"""Characters of one piece; longer lines are cut at a blank before it, if there is one."""


def line(*spans: Span, bar: Span | None = None) -> Piece:
    """One line as a piece; `bar` stands before each of its rows."""
    before = (bar,) if bar else ()
    return Piece("text", spans, first=before, rest=before)


class GrowingPlain:
    """Growing text of one style; a line is frozen once the next one has begun."""

    version = 0
    """Frozen lines are never wrapped again at the same width."""

    stale_from = 0
    """See `version`."""

    again = None
    """Nothing behind a line changes how it is read."""

    __slots__ = ("_frozen", "_styles", "_tail")

    def __init__(self, styles: tuple[str, ...] = ()) -> None:
        self._frozen: list[Piece] = []
        self._styles = styles
        self._tail = ""

    @property
    def frozen(self) -> Sequence[Piece]:
        """The lines that are complete, since the last `take`."""
        return self._frozen

    def take(self) -> list[Piece]:
        """Let go of the frozen lines."""
        taken, self._frozen = self._frozen, []
        return taken

    def twin(self) -> GrowingPlain:
        """A reader of its own that stands here."""
        twin = GrowingPlain(self._styles)
        twin._tail = self._tail
        return twin

    @property
    def live(self) -> Sequence[Piece]:
        """The line that may still grow."""
        return [self._piece(self._tail)] if self._tail else []

    def feed(self, text: str) -> None:
        """Append text."""
        *lines, tail = (self._tail + text).split("\n")
        for whole in lines:
            self._freeze(self._cut(whole))
        self._tail = self._cut(tail)

    def finish(self) -> None:
        """No more text: everything is frozen."""
        if self._tail:
            self._freeze(self._tail)
            self._tail = ""

    def _cut(self, text: str) -> str:
        """Freeze the beginning of a line that is too long for one piece; gives what is left."""
        start = 0
        while len(text) - start > LONGEST:
            cut = text.rfind(" ", start + 1, start + LONGEST) + 1 or start + LONGEST
            self._freeze(text[start:cut])
            start = cut
        return text[start:]

    def _freeze(self, text: str) -> None:
        self._frozen.append(self._piece(text))

    def _piece(self, text: str) -> Piece:
        return line(Span(text.expandtabs(4), self._styles)) if text.strip() else Piece("gap")


def plain(_: str) -> GrowingPlain:
    """What reads a whole text that is no Markdown."""
    return GrowingPlain()
