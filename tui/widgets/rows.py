"""Pieces laid out at one fit, and the strips that were painted of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from textual.strip import Strip

from tui.markdown.layout import lead, rows
from tui.markdown.pieces import Fence, Piece, Row
from tui.widgets.paint import Paint
from tui.widgets.window import Window, window

Spot = tuple[int, float]
"""A place that outlives wrapping: the piece that a row belongs to, and how far down it is there."""


class Fit(NamedTuple):
    """What rows are laid out for."""

    width: int
    """Cells of a row, at the most."""
    wraps: bool = True
    """Whether a long line of code goes on in the next row. Else it is one row and is cut."""


class Shift(NamedTuple):
    """A block of code that is looked at further to the right."""

    fence: Fence
    """What its pieces share."""
    columns: int
    """Its cells left of what is seen."""


class Rows:
    """The rows of some pieces."""

    __slots__ = ("_lines", "_painted_for", "_starts", "_strips", "fit", "pieces")

    def __init__(self, fit: Fit, pieces: Iterable[Piece] = ()) -> None:
        self.fit = fit
        """What they are laid out for."""
        self.pieces: list[Piece] = []
        """What the rows are made of."""
        self._starts: list[int] = []
        self._lines: list[tuple[Row, str]] = []
        self._strips: list[tuple[int, Strip] | None] = []  # with the columns left of it
        self._painted_for: tuple[Paint, bool] | None = None
        self.add(pieces)

    def __len__(self) -> int:
        return len(self._lines)

    def add(self, pieces: Iterable[Piece]) -> None:
        """Lay out more pieces."""
        for piece in pieces:
            self.pieces.append(piece)
            self._starts.append(len(self._lines))
            self._lines += [(row, piece.fill) for row in self._rows(piece)]
        self._strips += [None] * (len(self._lines) - len(self._strips))

    def _rows(self, piece: Piece) -> list[Row]:
        return rows(piece, self.fit.width, wraps=self.fit.wraps)

    def cut(self, pieces: int) -> None:
        """Forget all but the first pieces."""
        if pieces < len(self.pieces):
            first = self._starts[pieces]
            del self._lines[first:], self._strips[first:]
            del self.pieces[pieces:], self._starts[pieces:]

    def split(self, pieces: int) -> Rows:
        """Hand the first pieces out, with what was laid out and painted of them."""
        head = Rows(self.fit)
        height = self._starts[pieces] if pieces < len(self.pieces) else len(self._lines)
        head.pieces, self.pieces = self.pieces[:pieces], self.pieces[pieces:]
        head._lines, self._lines = self._lines[:height], self._lines[height:]
        head._strips, self._strips = self._strips[:height], self._strips[height:]
        head._starts = self._starts[:pieces]
        self._starts = [start - height for start in self._starts[pieces:]]
        head._painted_for = self._painted_for
        return head

    def row(self, number: int) -> Row:
        """One row, as wide as it is; below the last one they are empty."""
        return self._lines[number][0] if number < len(self._lines) else ()

    def strip(self, number: int, paint: Paint, is_focused: bool, shift: Shift | None) -> Strip:
        """One row, painted as far as it is seen."""
        if number >= len(self._lines):
            return paint.strip((), "", is_focused)
        if self._painted_for != (paint, is_focused):
            self._painted_for = (paint, is_focused)
            self._strips = [None] * len(self._lines)
        columns, known = self._columns(number, shift), self._strips[number]
        if known is None or known[0] != columns:
            row, fill = self._lines[number]
            seen = self.window(number, shift)
            strip = paint.strip(seen.through(row) if seen else row, fill, is_focused)
            self._strips[number] = known = columns, strip
        return known[1]

    def _columns(self, number: int, shift: Shift | None) -> int:
        return shift.columns if shift and self.fence(number) is shift.fence else 0

    def window(self, number: int, shift: Shift | None) -> Window | None:
        """Which columns of a row are seen, where that is not all of them."""
        if self.fit.wraps or self.fence(number) is None:
            return None
        piece = self.pieces[bisect_right(self._starts, number) - 1]
        if piece.kind != "code":
            return None
        text = "".join(span.text for span in self.row(number))
        before, width = lead(piece, self.fit.width), self.fit.width
        return window(text, before, width, self._columns(number, shift))

    def fence(self, row: int) -> Fence | None:
        """The block of code that a row belongs to."""
        piece = bisect_right(self._starts, row) - 1
        return self.pieces[piece].fence if piece >= 0 and row < len(self._lines) else None

    @property
    def painted(self) -> int:
        """How many strips are kept."""
        return sum(strip is not None for strip in self._strips)

    def spot(self, row: int) -> Spot:
        """Where a row is, in terms of what is said."""
        piece = bisect_right(self._starts, row) - 1
        if piece < 0:
            return 0, 0.0
        return piece, (row - self._starts[piece]) / self._height(piece)

    def find(self, spot: Spot) -> int:
        """The row at a spot."""
        piece, share = spot
        if piece >= len(self.pieces):
            return max(0, len(self._lines) - 1)
        return self._starts[piece] + int(share * self._height(piece))

    def _height(self, piece: int) -> int:
        after = self._starts[piece + 1] if piece + 1 < len(self._starts) else len(self._lines)
        return max(1, after - self._starts[piece])
