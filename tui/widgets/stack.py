"""The messages of the log one above the other: which row belongs to which.

Heights are summed in a tree, so neither a message that grows nor one that is measured costs more
in a long chat. A message is wrapped when one of its rows is asked for; before, its height is what
its length makes likely.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import attrgetter

from textual.strip import Strip

from tui.markdown.pieces import Fence, Row
from tui.widgets.entry import Entry
from tui.widgets.flow import Change, Place
from tui.widgets.heights import Heights
from tui.widgets.paint import Paint
from tui.widgets.parts import Memory
from tui.widgets.rows import Fit, Shift, Spot
from tui.widgets.window import Window

Anchor = tuple[Entry, tuple[int, int, Spot]]
"""A row in terms of what is said."""

_BITS = 24


class Stack:
    """Entries in order, with the rows that each of them takes."""

    def __init__(
        self, entries: Iterable[Entry] = (), width: int = 0, *, wraps: bool = True
    ) -> None:
        self.entries: list[Entry] = []
        """The messages, the oldest first."""
        self.memory = Memory()
        """What is laid out."""
        self.fit = Fit(width, wraps)
        """Cells of a row, 0 before there is a place to show them in; whether code is wrapped."""
        self.shift: Shift | None = None
        """How far a block of code that is not wrapped was moved sideways, if one was."""
        self._count = 0
        self._indices: dict[Entry, int] = {}
        for entry in entries:
            self._enter(entry)
        self._heights = Heights(self._about(entry) for entry in self.entries)

    @property
    def width(self) -> int:
        """Cells of a row."""
        return self.fit.width

    @property
    def height(self) -> int:
        """Rows of all entries together, as far as they are known."""
        return self._heights.total

    def add(self, entry: Entry) -> None:
        """Put one more at the end."""
        self._enter(entry)
        self._heights.append(self._about(entry))

    def _enter(self, entry: Entry) -> None:
        self._count += 1
        entry.number = self._count
        self._indices[entry] = len(self.entries)
        self.entries.append(entry)

    def _about(self, entry: Entry) -> int:
        return entry.about(self.width) if self.width else 0

    def drop(self, entry: Entry) -> None:
        """Take one out."""
        index = self._indices.pop(entry)
        del self.entries[index], self._heights[index]
        for later in self.entries[index:]:
            self._indices[later] -= 1

    def turn(self, width: int) -> None:
        """Another width: nothing is wrapped until it is asked for, and all heights are guesses."""
        before, self.fit = self.width, self.fit._replace(width=width)
        if before:
            self._heights = Heights(1 + height * before // width for height in self._heights)
        else:
            self._heights = Heights(map(self._about, self.entries))

    def rewrap(self, *, wraps: bool) -> None:
        """Wrap code from now on, or do not: all heights are guesses again, and better ones."""
        self.fit, self.shift = self.fit._replace(wraps=wraps), None

    def grow(self, entry: Entry) -> Change:
        """Bring an entry's rows up to date with what was said."""
        index = self._indices[entry]
        before = self._heights[index]
        if self.width:
            entry.wrap(self.fit, self.memory)
            self._heights[index] = entry.height
        return Change(self._heights.before(index), before, self._heights[index])

    def measure(self, line: int, *, upwards: bool = False) -> Iterator[Change]:
        """Know the height of what a row belongs to.

        Args:
            line: The row. If its entry was not wrapped yet, it stands for the same share of it,
                or for its last row.
            upwards: Whether it is the last row that is wanted.

        Yields:
            What that changes; the last one tells what the row belongs to.
        """
        index, row = self._heights.find(line)
        if index >= len(self.entries):
            return
        entry = self.entries[index]
        if not self._is_wrapped(entry):
            change = self.grow(entry)
            row = change.after - 1 if upwards else row * change.after // max(1, change.before)
            yield change
        change = entry.measure(row, self.memory)
        self._heights[index] = entry.height
        yield change._replace(start=self._heights.before(index) + change.start)

    def _is_wrapped(self, entry: Entry) -> bool:
        known = self._heights[self._indices[entry]]
        return entry.is_wrapped(self.fit) and entry.height == known

    def look(self, entry: Entry, flow: int, part: int) -> Change:
        """Know the height of one part of an entry."""
        if not entry.is_wrapped(self.fit):
            entry.wrap(self.fit, self.memory)
        change = entry.look(flow, part, self.memory)
        self._heights[self._indices[entry]] = entry.height
        return change._replace(start=self.top(entry) + change.start)

    def line_at_place(self, entry: Entry, flow: int, place: Place) -> int:
        """The row at a place of an entry."""
        return self.top(entry) + entry.row_at((flow, place))

    def learn(self, entry: Entry) -> Iterator[Change]:
        """Know an entry's height, a part at a time."""
        if entry not in self._indices:
            return
        if not self._is_wrapped(entry):
            yield self.grow(entry)
        for change in entry.learn():
            if entry not in self._indices:
                return
            self._heights[self._indices[entry]] = entry.height
            yield change._replace(start=self.top(entry) + change.start)

    def at(self, line: int) -> tuple[Entry, int] | None:
        """The entry that a row belongs to, and which of its rows that is."""
        index, row = self._heights.find(line)
        return (self.entries[index], row) if index < len(self.entries) else None

    def between(self, first: int, last: int) -> list[Entry]:
        """The entries of which rows are from one row to before another."""
        begin, end = (self._heights.find(max(0, line))[0] for line in (first, last - 1))
        return self.entries[begin : end + 1]

    def top(self, entry: Entry) -> int:
        """The first row of an entry."""
        return self._heights.before(self._indices[entry])

    def tall(self, entry: Entry) -> int:
        """The rows of an entry, as far as they are known."""
        return self._heights[self._indices[entry]]

    def near(self, entry: Entry, by: int) -> Entry:
        """The entry so many after this one (before it, if negative), or the outermost."""
        index = self._indices[entry] + by
        return self.entries[max(0, min(index, len(self.entries) - 1))]

    def row(self, line: int) -> Row:
        """One row."""
        found = self.at(line)
        return found[0].row(found[1], self.memory) if found else ()

    def fence(self, line: int) -> Fence | None:
        """The block of code that a row belongs to."""
        found = self.at(line)
        return found[0].fence(found[1], self.memory) if found else None

    def strip(self, line: int, paint: Paint) -> Strip:
        """One row, painted."""
        found = self.at(line)
        if found is None:
            return paint.strip((), "", is_focused=False)
        return found[0].strip(found[1], self.memory, paint, self.shift)

    def window(self, line: int) -> Window | None:
        """Which columns of a row are seen, where that is not all of them."""
        found = None if self.fit.wraps else self.at(line)
        return found[0].window(found[1], self.memory, self.shift) if found else None

    def anchor(self, line: int) -> Anchor | None:
        """A row in terms of what is said: `line_at` finds it when the fit has changed."""
        found = self.at(line)
        return (found[0], found[0].spot(found[1], self.memory)) if found else None

    def line_at(self, anchor: Anchor) -> int:
        """The row that an anchor stands for."""
        entry, spot = anchor
        self.grow(entry)
        row = entry.find(spot, self.memory)
        self._heights[self._indices[entry]] = entry.height
        return self.top(entry) + row

    def mark(self, line: int) -> int:
        """A number for a row that stays while heights above it change, and sorts as rows do."""
        found = self.at(line)
        if found is None:
            return (self._count + 1) << 3 * _BITS
        entry, row = found
        flow, (part, number) = entry.place(row)
        return ((entry.number << _BITS | flow) << _BITS | part) << _BITS | number

    def marked(self, mark: int) -> Entry | None:
        """The entry that a mark's row belongs to; the one below, if it was dropped."""
        index = bisect_left(self.entries, mark >> 3 * _BITS, key=attrgetter("number"))
        return self.entries[index] if index < len(self.entries) else None

    def line_of(self, mark: int) -> int:
        """The row that a mark stands for, in an entry that is wrapped."""
        entry = self.marked(mark)
        if entry is None:
            return self.height
        number, part, flow = (mark >> shift * _BITS & (1 << _BITS) - 1 for shift in range(3))
        is_it = entry.number == mark >> 3 * _BITS
        return self.top(entry) + (entry.row_at((flow, (part, number))) if is_it else 0)
