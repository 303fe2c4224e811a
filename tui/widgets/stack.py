"""The messages of the log one above the other: which row belongs to which.

Heights are summed once, from the entry that changed to the end, so a growing last message costs
one addition; a row is found by bisection.
"""

from __future__ import annotations

from bisect import bisect_right

from tui.markdown.pieces import Row
from tui.widgets.entry import Entry


class Stack:
    """Entries in order, with the rows that each of them takes."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        """The messages, the oldest first."""
        self._ends: list[int] = []

    @property
    def height(self) -> int:
        """Rows of all entries together."""
        return self._ends[-1] if self._ends else 0

    def add(self, entry: Entry) -> None:
        """Put one more at the end."""
        self.entries.append(entry)
        self._ends.append(0)

    def drop(self, entry: Entry) -> None:
        """Take one out."""
        number = self.entries.index(entry)
        del self.entries[number], self._ends[number]
        self._sum(number)

    def wrap(self, width: int, only: Entry | None = None) -> None:
        """Bring the rows of all entries, or of only one, up to date at a width in cells."""
        first = self.entries.index(only) if only else 0
        for entry in [only] if only else self.entries:
            entry.wrap(width)
        self._sum(first)

    def _sum(self, first: int) -> None:
        end = self._ends[first - 1] if first else 0
        for number in range(first, len(self.entries)):
            end += self.entries[number].height
            self._ends[number] = end

    def at(self, line: int) -> tuple[Entry, int] | None:
        """The entry that a row belongs to, and which of its rows that is."""
        number = bisect_right(self._ends, line)
        if number >= len(self.entries):
            return None
        entry = self.entries[number]
        return entry, line - (self._ends[number] - entry.height)

    def top(self, entry: Entry) -> int:
        """The first row of an entry."""
        return self._ends[self.entries.index(entry)] - entry.height

    def near(self, entry: Entry, by: int) -> Entry:
        """The entry so many after this one (before it, if negative), or the outermost."""
        number = self.entries.index(entry) + by
        return self.entries[max(0, min(number, len(self.entries) - 1))]

    def rows(self) -> list[Row]:
        """Every row of every entry."""
        return [entry.row(number) for entry in self.entries for number in range(entry.height)]
