"""The parts of messages that are laid out, and the memory that bounds how many are.

A part knows its height at the widths at which it was laid out last; its rows it may have
forgotten. What was looked at longest ago is forgotten first, so what a chat costs in memory is
its words, some numbers, and the rows round the view.
"""

from __future__ import annotations

from collections import OrderedDict

from tui.markdown.sections import Plate, Section
from tui.widgets.rows import Fit, Rows

LIMIT = 2_000
"""Rows that are kept, with their strips: some forty screens."""

WIDTHS = 3
"""Fits for which a part remembers its height."""


class Part:
    """A part of a message."""

    __slots__ = ("_is_prose", "_known", "_version", "rows", "section")

    def __init__(self, section: Section | Plate) -> None:
        self.section = section
        """What is said."""
        self.rows: Rows | None = None
        """How it is laid out, while that is kept."""
        self._known: dict[Fit, int] = {}
        self._version = 0
        self._is_prose = False  # without code, so that it is the same whether code wraps or not

    def is_known(self, fit: Fit) -> bool:
        """Whether the height at a fit is exact."""
        return self._as_known(fit) in self._known and self._version == self.section.version

    def height(self, fit: Fit) -> int:
        """Its rows at a fit: as they are, as they were when a table was narrower, or about."""
        known = self._known.get(self._as_known(fit))
        return self.section.about(fit.width) if known is None else known

    def _as_known(self, fit: Fit) -> Fit:
        return Fit(fit.width) if self._is_prose else fit

    def measure(self, fit: Fit) -> int:
        """Its rows at a fit, exactly, if it can be read; no more of them is kept than before."""
        if not self.is_known(fit) and self.section.is_ready:
            rows = self._lay_out(fit)
            self.rows = rows if self.rows else None
        return self.height(fit)

    def laid_out(self, fit: Fit, memory: Memory) -> Rows | None:
        """Its rows at a fit, which the memory keeps; None if it cannot be read yet."""
        rows = self.rows
        if (
            rows is None
            or self._as_known(rows.fit) != self._as_known(fit)
            or not self.is_known(fit)
        ):
            rows = self._lay_out(fit) if self.section.is_ready else None
        if rows is not None:
            self.rows = rows
            memory.keep(self, len(rows))
        return rows

    def take(self, rows: Rows, memory: Memory) -> None:
        """Take rows that were laid out while the part was still growing."""
        self.rows = rows
        self._learn(rows)
        memory.keep(self, len(rows))

    def _lay_out(self, fit: Fit) -> Rows:
        rows = Rows(fit, self.rows.pieces if self.rows else self.section.read())
        self._learn(rows)
        return rows

    def _learn(self, rows: Rows) -> None:
        if self._version != self.section.version:
            self._known.clear()
            self._version = self.section.version
        self._is_prose = not any(piece.fence for piece in rows.pieces)
        fit = self._as_known(rows.fit)
        self._known.pop(fit, None)
        self._known[fit] = len(rows)
        while len(self._known) > WIDTHS:
            del self._known[next(iter(self._known))]


class Memory:
    """The parts whose rows are kept, those in view last."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._parts: OrderedDict[Part, int] = OrderedDict()
        self._in_view: set[Part] = set()
        self.rows = 0
        """Rows that are kept."""

    def look(self) -> None:
        """A new look at the view begins; what is asked for from now on must stay."""
        self._in_view.clear()

    def keep(self, part: Part, rows: int) -> None:
        """Keep a part's rows, and forget those that were used longest ago."""
        self.rows += rows - self._parts.pop(part, 0)
        self._parts[part] = rows
        self._in_view.add(part)
        while self.rows > self._limit:
            oldest, height = next(iter(self._parts.items()))
            if oldest in self._in_view:
                break
            oldest.rows = None
            self.rows -= height
            del self._parts[oldest]

    @property
    def strips(self) -> int:
        """Strips that are kept."""
        return sum(part.rows.painted for part in self._parts if part.rows)
