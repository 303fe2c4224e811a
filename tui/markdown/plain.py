"""Text that is no Markdown, line by line, behind the same face as growing Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tui.markdown.pieces import Piece, Span

LONGEST = 2_000
"""Characters of one piece; longer lines are cut at a blank before it, if there is one."""


class Growing(Protocol):
    """Text that grows at its end, Markdown or not, as pieces."""

    @property
    def frozen(self) -> Sequence[Piece]:
        """The pieces that stay; only ever appended to."""
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

    def __init__(self, styles: tuple[str, ...] = ()) -> None:
        self._frozen: list[Piece] = []
        self._styles = styles
        self._tail = ""

    @property
    def frozen(self) -> Sequence[Piece]:
        """The lines that are complete."""
        return self._frozen

    @property
    def live(self) -> Sequence[Piece]:
        """The line that may still grow."""
        return [self._piece(self._tail)] if self._tail else []

    def feed(self, text: str) -> None:
        """Append text."""
        *lines, self._tail = (self._tail + text).split("\n")
        for whole in lines:
            self._freeze(whole)
        while len(self._tail) > LONGEST:
            cut = self._tail.rfind(" ", 1, LONGEST) + 1 or LONGEST
            self._freeze(self._tail[:cut])
            self._tail = self._tail[cut:]

    def finish(self) -> None:
        """No more text comes."""
        if self._tail:
            self._freeze(self._tail)
            self._tail = ""

    def _freeze(self, whole: str) -> None:
        for start in range(0, max(len(whole), 1), LONGEST):
            self._frozen.append(self._piece(whole[start : start + LONGEST]))

    def _piece(self, text: str) -> Piece:
        return line(Span(text.expandtabs(4), self._styles)) if text.strip() else Piece("gap")
