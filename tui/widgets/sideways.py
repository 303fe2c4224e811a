"""Looking at code that is not wrapped further to the right, one block at a time."""

from __future__ import annotations

from rich.cells import cell_len

from tui.markdown.pieces import Fence
from tui.widgets.rows import Shift
from tui.widgets.view import View

STEP = 8
"""Columns at a time."""


def rows_in_view(view: View, fence: Fence) -> list[int]:
    """The rows of a block of code that are in view."""
    lines = range(view.top, min(view.top + view.height, view.stack.height))
    return [line for line in lines if view.stack.fence(line) is fence]


def shift(view: View, fence: Fence, by: int) -> None:
    """Look at a block so many columns further, as far as its rows in view go."""
    stack = view.stack
    now = _columns(stack.shift, fence)
    windows = [window for line in rows_in_view(view, fence) if (window := stack.window(line))]
    most = max([now, *(window.surplus for window in windows)])
    columns = max(0, min(now + by, most))
    stack.shift = Shift(fence, columns) if columns else None


def reveal_character(view: View, line: int, place: int) -> None:
    """Look at the block that a row belongs to so that one of its characters is seen."""
    stack = view.stack
    fence, window = stack.fence(line), stack.window(line)
    if fence is None or window is None or window.start <= place < window.end:
        return
    text = "".join(span.text for span in stack.row(line))
    before = cell_len(text[window.lead : place])
    shift(view, fence, before - (stack.width - window.lead) // 3 - _columns(stack.shift, fence))


def _columns(moved: Shift | None, fence: Fence) -> int:
    return moved.columns if moved and moved.fence is fence else 0
