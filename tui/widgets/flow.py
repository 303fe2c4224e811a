"""One text of a message in rows: parts that are complete, then what is still open.

Only the open end costs something when the text grows. A part that is complete is laid out when it
comes into view; until then its height is an estimate, and whoever asks for a row by its number
has it measured first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.strip import Strip

from tui.markdown.passage import Passage
from tui.markdown.pieces import Fence, Piece, Row, Span
from tui.markdown.sections import Section
from tui.widgets.heights import Heights
from tui.widgets.paint import Paint
from tui.widgets.parts import Memory, Part
from tui.widgets.rows import Fit, Rows, Shift, Spot
from tui.widgets.window import Window


class Change(NamedTuple):
    """A part has been measured."""

    start: int
    """Its first row."""
    before: int
    """The height that it was thought to have."""
    after: int
    """Its height."""
    is_known: bool = True
    """Whether that is exact: it is not where the parts before it must be read first."""


Place = tuple[int, int]
"""A row by its part and its number therein: what is above may change without changing it."""

AT_ONCE = 8
"""Parts that are read at once for the sake of one that comes after them: some 16 KB."""

UNREAD: Row = (Span("⋯", ("dim",)),)
"""Stands for the rows of a part that cannot be read before those above it are."""

_NOTHING, _NONE = Rows(Fit(1)), Heights()
"""What a flow without rows has: never changed, since most messages have several such flows."""


class Flow:
    """The rows of one text at one fit."""

    __slots__ = ("_edition", "_fit", "_frozen", "_heights", "_open", "_parts", "_version", "text")

    def __init__(self, text: Passage) -> None:
        self.text = text
        """What is said."""
        self._parts: list[Part] = []
        self._heights = _NONE
        self._open = _NOTHING
        self._frozen = 0  # pieces of the open rows that stay
        self._fit = Fit(0)
        self._edition = text.edition
        self._version = 0

    @property
    def height(self) -> int:
        """Rows, as far as they are known."""
        return self._heights.total + len(self._open)

    def wrap(self, fit: Fit, memory: Memory) -> None:
        """Bring the rows up to date with the text, at a fit."""
        if fit != self._fit or self._edition != self.text.edition:
            self._turn(fit)
        if self.text.version != self._version:
            self._version = self.text.version
            self._keep(self.text.stale_from)
        for section in self.text.sections[len(self._parts) :]:
            self._close(Part(section), memory)
        if self._open.pieces or self.text.frozen or self.text.live:
            self._go_on()

    def _go_on(self) -> None:
        """Lay out what is new at the open end, and what may still change."""
        if self._open is _NOTHING:
            self._open = Rows(self._fit)
        self._open.cut(self._frozen)
        self._open.add(self.text.frozen[self._frozen :])
        self._frozen = len(self._open.pieces)
        self._open.add(self.text.live)

    def _turn(self, fit: Fit) -> None:
        """Begin anew for another fit, or for a text that was read again."""
        if self._edition != self.text.edition:
            self._edition = self.text.edition
            self._parts = []
        self._fit = fit
        self._heights = Heights(part.height(fit) for part in self._parts) if self._parts else _NONE
        self._open, self._frozen = _NOTHING, 0

    def _keep(self, pieces: int) -> None:
        self._frozen = min(self._frozen, pieces)
        self._open.cut(self._frozen)

    def _close(self, part: Part, memory: Memory) -> None:
        """The open rows have become a part, or one came that is complete."""
        section = part.section
        if isinstance(section, Section) and section.fresh is not None:
            fresh, section.fresh = section.fresh, None
            if self._open is _NOTHING:
                self._open = Rows(self._fit)
            self._open.cut(self._frozen)
            self._open.add(fresh[self._frozen :])
            part.take(self._open.split(len(fresh)), memory)
            self._frozen = 0
        if not self._parts:
            self._heights = Heights()
        self._parts.append(part)
        self._heights.append(part.height(self._fit))

    def measure(self, row: int, memory: Memory) -> Change:
        """Lay out the part that a row belongs to, if it can be read."""
        return self.look(self._heights.find(row)[0], memory)

    def look(self, index: int, memory: Memory) -> Change:
        """Lay out a part, if it can be read."""
        self._rows(index, memory)
        if index < len(self._parts):
            return self._measured(index)
        return Change(self._heights.total, len(self._open), len(self._open))

    @property
    def last_part(self) -> int:
        """The number of the part that is open, behind those that are complete."""
        return len(self._parts)

    def pieces(self, index: int) -> Sequence[Piece]:
        """The pieces of a part, laid out or not; none where it cannot be read yet."""
        if index >= len(self._parts):
            return self._open.pieces
        part = self._parts[index]
        if part.rows is not None:
            return part.rows.pieces
        return part.section.read() if part.section.is_ready else ()

    def fence(self, row: int, memory: Memory) -> Fence | None:
        """The block of code that a row belongs to."""
        rows, number = self._find(row, memory)
        return rows.fence(number) if rows else None

    def shown(self, index: int, memory: Memory) -> list[str]:
        """The text of a part's rows; none where it cannot be read yet."""
        rows = self._rows(index, memory)
        if rows is None:
            return []
        return ["".join(span.text for span in rows.row(n)) for n in range(len(rows))]

    def learn(self) -> Iterator[Change]:
        """Measure all parts, one at a time; what can be read only then is measured too."""
        unknown = True
        while unknown:
            unknown = False
            index = 0
            while index < len(self._parts):
                if self._is_to_be_learnt(index):
                    unknown = True
                    self._parts[index].measure(self._fit)
                    yield self._measured(index)
                index += 1

    def _is_to_be_learnt(self, index: int) -> bool:
        part = self._parts[index]
        if part.is_known(self._fit):
            return part.height(self._fit) != self._heights[index]
        return part.section.is_ready

    def _measured(self, index: int) -> Change:
        before = self._heights[index]
        self._heights[index] = after = self._parts[index].height(self._fit)
        is_known = self._parts[index].is_known(self._fit)
        return Change(self._heights.before(index), before, after, is_known)

    def row(self, number: int, memory: Memory) -> Row:
        """One row."""
        rows, number = self._find(number, memory)
        return rows.row(number) if rows else UNREAD

    def strip(
        self, number: int, memory: Memory, paint: Paint, is_focused: bool, shift: Shift | None
    ) -> Strip:
        """One row, painted."""
        rows, number = self._find(number, memory)
        if rows is None:
            return paint.strip(UNREAD, "", is_focused)
        return rows.strip(number, paint, is_focused, shift)

    def window(self, number: int, memory: Memory, shift: Shift | None) -> Window | None:
        """Which columns of a row are seen, where that is not all of them."""
        rows, number = self._find(number, memory)
        return rows.window(number, shift) if rows else None

    def place(self, row: int) -> Place:
        """Where a row is, also after more was measured above it."""
        return self._heights.find(row)

    def row_at(self, place: Place) -> int:
        """The row at a place."""
        index, number = place
        return self._heights.before(min(index, len(self._parts))) + number

    def spot(self, row: int, memory: Memory) -> tuple[int, Spot]:
        """Where a row is in terms of what is said, also after a change of the width."""
        index, number = self._heights.find(row)
        rows = self._rows(index, memory)
        return index, rows.spot(number) if rows else (0, 0.0)

    def find(self, index: int, spot: Spot, memory: Memory) -> int:
        """The row at such a spot; its part is measured."""
        rows = self._rows(index, memory)
        if index < len(self._parts):
            self._measured(index)
        return self.row_at((index, rows.find(spot) if rows else 0))

    def _find(self, row: int, memory: Memory) -> tuple[Rows | None, int]:
        index, number = self._heights.find(row)
        return self._rows(index, memory), number

    def _rows(self, index: int, memory: Memory) -> Rows | None:
        if index >= len(self._parts):
            return self._open
        self._read_up_to(index)
        return self._parts[index].laid_out(self._fit, memory)

    def _read_up_to(self, index: int) -> None:
        """Read what must be read before a part, if that is not too much for now."""
        first = index
        while first > index - AT_ONCE and not self._parts[first].section.is_ready:
            first -= 1
        for part in self._parts[first:index]:
            part.measure(self._fit)
