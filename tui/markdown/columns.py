"""The widths that the rows of one table share, and how they fit into a terminal.

A streaming table grows its columns with its rows. The pieces of its rows point at one `Columns`,
which only ever grows; the rows already wrapped are wrapped again when `widen` says that it grew.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tui.markdown.pieces import Cell

Align = Literal["left", "center", "right"]

BETWEEN = 3
"""Cells between two columns: a space, a border, a space."""
NARROWEST = 4
"""A column that has to give way keeps this many cells; below it, rows become records."""
WIDEST = 400
"""No column asks for more cells than this, which bounds how often a table can grow."""


class Columns:
    """Alignments, headers and natural widths of a table's columns."""

    __slots__ = ("aligns", "headers", "start", "version", "widths")

    def __init__(self, aligns: Sequence[Align], headers: "Sequence[Cell]") -> None:
        self.aligns = tuple(aligns)
        self.headers = tuple(headers)
        self.widths = [1] * len(self.aligns)
        self.start = -1  # the first frozen piece of the table, once there is one
        self.version = 0  # grows with the widths: rows wrapped before are wrapped again

    def copy(self) -> "Columns":
        """Widths of their own, for rows that may still change."""
        twin = Columns(self.aligns, self.headers)
        twin.widths = list(self.widths)
        return twin

    def widen(self, cells: "Sequence[Cell]") -> bool:
        """Make room for a row's cells; tells whether a column grew."""
        grown = False
        for index, cell in enumerate(cells):
            width = min(cell.width, WIDEST)
            if width > self.widths[index]:
                self.widths[index] = width
                grown = True
        self.version += grown
        return grown

    def fit(self, width: int) -> tuple[int, ...] | None:
        """Widths that fill at most `width` cells, borders included; None if rows must be records.

        Columns keep their natural width if all fit; else the widest are cut to one common width.
        """
        room = width - BETWEEN * (len(self.widths) - 1)
        if sum(self.widths) <= room:
            return tuple(self.widths)
        if sum(min(natural, NARROWEST) for natural in self.widths) > room:
            return None
        return _levelled(self.widths, room)


def _levelled(naturals: list[int], room: int) -> tuple[int, ...]:
    """Cut the widest down to one level, and hand the remainder out from the left."""
    level, left, count = 0, room, len(naturals)
    for natural in sorted(naturals):
        level = left // count
        if natural > level:
            break
        left -= natural
        count -= 1
    spare = left - level * count
    widths = []
    for natural in naturals:
        extra = natural > level and spare > 0
        spare -= extra
        widths.append(min(natural, level + extra))
    return tuple(widths)
