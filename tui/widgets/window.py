"""What is seen of a row of code that is wider than the log: a window on its columns.

    │ ▌ 1. ‹eturn some_function(with, many, argum› │

What stands before the code stays; a sign stands for what is cut off on either side. A character
that is two cells wide and only half in the window is air.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import NamedTuple

from rich.cells import cell_len, split_graphemes

from tui.markdown.pieces import Row, Span
from tui.markdown.wrapping import is_narrow, slices

LEFT, RIGHT = "‹", "›"
"""Stand for what is cut off."""

FAR = 1 << 30
"""A character that is behind every row's end."""


class Window(NamedTuple):
    """Which characters of a row are seen."""

    lead: int
    """How many stand before the code and are always seen."""
    start: int
    """The first one of the code that is seen."""
    end: int
    """The one after the last."""
    before: str
    """What is seen in place of those before."""
    after: str
    """What is seen in place of those after."""
    surplus: int
    """Cells of the code for which there is no room, or fewer than none."""

    def through(self, row: Row) -> Row:
        """What is seen of the row."""
        head, code = slices(row, [(0, self.lead), (self.start, self.end)])
        before, after = (Span(sign, ("dim",)) for sign in (self.before, self.after))
        return tuple(span for span in (*head, before, *code, after) if span.text)

    def seen(self, first: int, last: int) -> tuple[int, int]:
        """Where some characters of the row are seen; for those cut off, where their sign is."""
        start, end = self._seen(first), self._seen(last)
        if start < end:
            return start, end
        if first >= self.end:
            return start, start + len(self.after)
        return self.lead, self.lead + len(self.before)

    def _seen(self, place: int) -> int:
        if place <= self.lead:
            return place
        inside = min(max(place, self.start), self.end) - self.start
        return self.lead + len(self.before) + inside

    def meant(self, place: int) -> int:
        """The character of the row that a place in what is seen stands for.

        A selection that goes beyond the sign at the right takes what the sign stands for.
        """
        if place <= self.lead:
            return place
        inside = place - self.lead - len(self.before)
        return FAR if inside > self.end - self.start else self.start + max(0, inside)


def window(text: str, lead: int, width: int, columns: int) -> Window | None:
    """What is seen of a row.

    Args:
        text: The whole row.
        lead: How many of its characters stand before the code; each takes one cell.
        width: Cells for the row.
        columns: Cells of the code left of what is seen.

    Returns:
        None where that is all of it.
    """
    code, room = text[lead:], width - lead
    total = cell_len(code)
    if not total or (not columns and total <= room):
        return None
    is_left = columns > 0
    is_right = total > columns + room and room > is_left
    first, last = columns + is_left, columns + room - is_right
    start, end, air, gap = _between(code, first, max(first, last))
    before, after = LEFT * is_left + " " * air, (" " * gap + RIGHT) * is_right
    return Window(lead, lead + start, lead + end, before, after, total - room)


def _between(code: str, first: int, last: int) -> tuple[int, int, int, int]:
    """The characters from a cell to before another one, and the cells left over at each side."""
    if is_narrow(code):
        return min(first, len(code)), min(last, len(code)), 0, 0
    graphemes, _ = split_graphemes(code)
    chars = [*(begin for begin, _, _ in graphemes), len(code)]
    edges = list(accumulate((cells for _, _, cells in graphemes), initial=0))
    start = min(bisect_left(edges, first), len(edges) - 1)
    end = bisect_right(edges, last) - 1
    if end < start:
        return chars[start], chars[start], last - first, 0
    return chars[start], chars[end], max(0, edges[start] - first), max(0, last - edges[end])
