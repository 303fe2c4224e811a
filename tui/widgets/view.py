"""The part of a stack that is in view, which stays in place while heights become known.

Strategy. A row is laid out when it comes into view, and then its message may prove taller or
shorter than it was thought to be. So a place is never a number of rows from the top for long:
whoever reads keeps the first row in view, whoever scrolls goes by rows that are measured on the
way, and whoever follows sees the end. Everything else moves round that.

Following is a rule and not a mode: the end is followed while the last row is in view.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from tui.widgets.entry import Entry
from tui.widgets.flow import Change
from tui.widgets.stack import Stack


class View:
    """Some rows of a stack."""

    def __init__(self, stack: Stack, height: int = 0) -> None:
        self.stack = stack
        """What is looked at."""
        self.height = height
        """Rows in view."""
        self.top = 0
        """The first of them."""
        self.follows = True
        """Whether the end is in view, so that new rows are shown as they come."""
        self.is_waiting = False
        """Whether a row in view cannot be read yet: the survey gets there."""

    @property
    def last(self) -> int:
        """What `top` is when the end is in view."""
        return max(0, self.stack.height - self.height)

    @property
    def below(self) -> int:
        """Rows below the view."""
        return max(0, self.stack.height - self.height - self.top)

    @property
    def thumb(self) -> tuple[int, int]:
        """Where the thumb of a scroll bar begins and ends, in eighths of a row."""
        rows, total = self.height, max(self.height, self.stack.height, 1)
        length = max(1, rows * rows / total)
        start = int(8 * (rows - length) * self.top / max(1, self.last))
        return start, start + math.ceil(8 * length)

    # What happens to the rows

    def settle(self) -> None:
        """Know what is in view; the first row stays, or else the last one does."""
        self.stack.memory.look()
        self.is_waiting = False
        if not self.follows:
            self._settle_from_top()
        if self.follows or self.top > self.last:
            self._settle_from_end()

    def _settle_from_top(self) -> None:
        line = self.top
        while line < min(self.top + self.height, self.stack.height):
            line = self.measure(line)[1]

    def _settle_from_end(self) -> None:
        line = self.stack.height - 1
        while line >= self.last:
            line = self.measure(line, upwards=True)[0] - 1
        self.top = self.last

    def measure(self, line: int, *, upwards: bool = False) -> tuple[int, int]:
        """Know what a row belongs to, while the view stays; gives where that begins and ends."""
        change = Change(line, 1, 1)
        for change in self.stack.measure(line, upwards=upwards):
            self.correct(change)
        self.is_waiting |= not change.is_known
        return change.start, change.start + change.after

    def line_of(self, mark: int) -> int:
        """The row that a mark stands for."""
        entry = self.stack.marked(mark)
        if entry is not None:
            self.correct(self.stack.grow(entry))
        return self.stack.line_of(mark)

    def look(self, entry: Entry, flow: int, part: int) -> Change:
        """Know a part of an entry; the view stays where it is."""
        change = self.stack.look(entry, flow, part)
        self.correct(change)
        return change

    def correct(self, change: Change) -> bool:
        """A height has become known; tells whether that moves a row that is in view."""
        if change.before == change.after:
            return False
        end = change.start + change.before
        if end <= self.top:
            self.top += change.after - change.before
            return False
        if change.start < self.top:
            within = (self.top - change.start) * change.after // max(1, change.before)
            self.top = change.start + min(within, max(0, change.after - 1))
            return True
        return change.start < self.top + self.height

    def grow(self, entry: Entry) -> None:
        """Something was added at an entry's end."""
        change = self.stack.grow(entry)
        if change.start + change.before <= self.top:
            self.correct(change)
        self.settle()

    def replace(self, first: int, entries: Iterable[Entry]) -> None:
        """Show others in the place of the entry with this index and of all behind it."""
        for entry in reversed(self.stack.entries[first:]):
            self.stack.drop(entry)
        for entry in entries:
            self.stack.add(entry)
        self.follows = False
        self.top = min(self.top, self.last)
        self.settle()
        self._look_for_end()

    def turn(self, width: int, height: int) -> None:
        """Another size: the row that is read stays, or else the end does."""
        anchor = None if self.follows else self.stack.anchor(self.top)
        self.height = height
        if width != self.stack.width:
            self.stack.turn(width)
            if anchor is not None:
                self.top = self.stack.line_at(anchor)
        self.settle()
        self._look_for_end()

    def rewrap(self, line: int | None, *, wraps: bool) -> None:
        """Wrap code from now on, or do not.

        Args:
            line: The row that stays where it is seen; none is the first one, or else the end.
            wraps: Whether code is wrapped.
        """
        follows = self.follows and line is None
        line = self.top if line is None else line
        above, anchor = line - self.top, self.stack.anchor(line)
        self.stack.rewrap(wraps=wraps)
        if follows or anchor is None:
            self.end()
        else:
            self.go(self.stack.line_at(anchor))
            self.move(self.stack.line_at(anchor) - self.top - above)

    # Moving

    def go(self, line: int) -> None:
        """Go to a row, wherever it is."""
        self.follows = False
        self.top = max(0, min(line, self.last))
        self.settle()
        self._look_for_end()

    def end(self) -> None:
        """Go to the end."""
        self.follows = True
        self.settle()

    def move(self, by: int) -> None:
        """Go so many rows down, or up if negative, over rows as they are and not as estimated."""
        self.follows = False
        if by < 0:
            self._measure_up(-by)
        else:
            self._measure_down(by)
        self.top = max(0, min(self.top + by, self.last))
        self.settle()
        self._look_for_end()

    def _measure_up(self, rows: int) -> None:
        line = self.top - 1
        while line >= 0 and self.top - line <= rows:
            line = self.measure(line, upwards=True)[0] - 1

    def _measure_down(self, rows: int) -> None:
        line = self.top + self.height
        while line < min(self.top + self.height + rows, self.stack.height):
            line = self.measure(line)[1]

    def _look_for_end(self) -> None:
        self.follows = self.top >= self.last

    def reveal(self, entry: Entry) -> None:
        """Go as little as it takes to see an entry, or its top if it is too tall."""
        line = top = self.stack.top(entry)
        while line < min(self.stack.height, self.stack.top(entry) + self.height):
            line = self.measure(line)[1]
        top, height = self.stack.top(entry), self.stack.tall(entry)
        if entry is self.stack.entries[-1] and height <= self.height:
            self.end()
        elif top < self.top or height > self.height:
            self.go(top)
        elif top + height > self.top + self.height:
            self.go(top + height - self.height)
