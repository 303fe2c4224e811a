"""Pieces laid out at one width, and the strips that were painted of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from textual.strip import Strip

from tui.markdown.layout import rows
from tui.markdown.pieces import Piece, Row
from tui.widgets.paint import Paint

Spot = tuple[int, float]
"""A place that outlives wrapping: the piece that a row belongs to, and how far down it is there."""


class Rows:
    """The rows of some pieces."""

    __slots__ = ("_lines", "_painted_for", "_starts", "_strips", "pieces", "width")

    def __init__(self, width: int, pieces: Iterable[Piece] = ()) -> None:
        self.width = width
        """Cells of a row, at the most."""
        self.pieces: list[Piece] = []
        """What the rows are made of."""
        self._starts: list[int] = []
        self._lines: list[tuple[Row, str]] = []
        self._strips: list[Strip | None] = []
        self._painted_for: tuple[Paint, bool] | None = None
        self.add(pieces)

    def __len__(self) -> int:
        return len(self._lines)

    def add(self, pieces: Iterable[Piece]) -> None:
        """Lay out more pieces."""
        for piece in pieces:
            self.pieces.append(piece)
            self._starts.append(len(self._lines))
            self._lines += [(row, piece.fill) for row in rows(piece, self.width)]
        self._strips += [None] * (len(self._lines) - len(self._strips))

    def cut(self, pieces: int) -> None:
        """Forget all but the first pieces."""
        if pieces < len(self.pieces):
            first = self._starts[pieces]
            del self._lines[first:], self._strips[first:]
            del self.pieces[pieces:], self._starts[pieces:]

    def split(self, pieces: int) -> Rows:
        """Hand the first pieces out, with what was laid out and painted of them."""
        head = Rows(self.width)
        height = self._starts[pieces] if pieces < len(self.pieces) else len(self._lines)
        head.pieces, self.pieces = self.pieces[:pieces], self.pieces[pieces:]
        head._lines, self._lines = self._lines[:height], self._lines[height:]
        head._strips, self._strips = self._strips[:height], self._strips[height:]
        head._starts = self._starts[:pieces]
        self._starts = [start - height for start in self._starts[pieces:]]
        head._painted_for = self._painted_for
        return head

    def row(self, number: int) -> Row:
        """One row; below the last one they are empty."""
        return self._lines[number][0] if number < len(self._lines) else ()

    def strip(self, number: int, paint: Paint, is_focused: bool) -> Strip:
        """One row, painted."""
        if number >= len(self._lines):
            return paint.strip((), "", is_focused)
        if self._painted_for != (paint, is_focused):
            self._painted_for = (paint, is_focused)
            self._strips = [None] * len(self._lines)
        strip = self._strips[number]
        if strip is None:
            strip = self._strips[number] = paint.strip(*self._lines[number], is_focused)
        return strip

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
