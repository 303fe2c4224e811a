"""Selecting rows by key: from a row to a row, across messages.

It is the same selection that the mouse makes, from the start of one row to the end of another,
so it is drawn, read and copied in the same way.
"""

from __future__ import annotations

from textual.geometry import Offset
from textual.selection import Selection

from tui.widgets.entry import Entry
from tui.widgets.view import View

FAR = 1_000_000
"""A column that is right of every row's end."""

BITS = 72
"""Bits of a row's mark below the number of its message."""


class Picking:
    """Rows that are being selected."""

    def __init__(self, view: View, entry: Entry | None) -> None:
        """Begins with the first row of a message that is in view, or else of the view."""
        top = view.stack.top(entry) if entry else view.top
        line = top if view.top <= top < view.top + view.height else view.top
        self._view = view
        self._first = self._last = view.stack.mark(line)

    @property
    def selection(self) -> Selection:
        """The rows, for Textual."""
        first, last = sorted((self._first, self._last))
        return Selection(Offset(0, first), Offset(FAR, last))

    def move(self, by: int) -> None:
        """Take so many rows more, or less; the view goes along."""
        view = self._view
        line = view.stack.line_of(self._last) + by
        if line < view.top:
            view.move(line - view.top)
        elif line >= view.top + view.height:
            view.move(line - view.top - view.height + 1)
        self._take(view.stack.line_of(self._last) + by)  # rows above may be known only now

    def go(self, way: str) -> None:
        """Take a page more, or all up to the start or the end."""
        match way:
            case "page_up":
                self.move(-self._view.height)
            case "page_down":
                self.move(self._view.height)
            case "home":
                self._view.go(0)
                self._take(0)
            case "end":
                self._view.end()
                self._take(self._view.stack.height - 1)

    def _take(self, line: int) -> None:
        stack = self._view.stack
        self._last = stack.mark(max(0, min(line, stack.height - 1)))


def touched(view: View, selection: Selection) -> list[Entry]:
    """The messages that a selection has rows of."""
    first = selection.start.y >> BITS if selection.start else 0
    last = selection.end.y >> BITS if selection.end else FAR
    return [entry for entry in view.stack.entries if first <= entry.number <= last]
