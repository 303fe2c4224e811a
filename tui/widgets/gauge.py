"""A bar that shows how full the context window will be, and what of it is the answer's."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.core.budget import Budget, Fit

EDGES = ("▕", "▏")
TAKEN, FREE, KEPT = "█", "░", "▒"

COLOURS = {Fit.GOOD: "$primary", Fit.TIGHT: "$warning", Fit.OVER: "$error"}

ROOM = 6
"""Cells for the per cent."""


class Gauge(Widget):
    """What the prompt takes from the left, what is kept for the answer from the right."""

    budget: reactive[Budget | None] = reactive(None)
    """What is shown; nothing where the window is not known."""

    def render(self) -> Content:
        """The bar, as wide as there is room, and the per cent."""
        budget = self.budget
        if budget is None or not budget.window:
            return Content("")
        width = max(1, self.size.width - ROOM - 2)
        taken, kept = parts(budget.prompt.total, budget.room, budget.window, width)
        return Content.assemble(
            (EDGES[0], "$faint"),
            (TAKEN * taken, COLOURS.get(budget.fit, "$primary")),
            (FREE * (width - taken - kept), "$faint"),
            (KEPT * kept, "$secondary 60%"),
            (EDGES[1], "$faint"),
            (budget.per_cent.rjust(ROOM), "$foreground"),
        )


def parts(tokens: int, room: int, window: int, width: int) -> tuple[int, int]:
    """The cells for what is taken, at least one if anything is, and those kept for the answer."""
    taken = min(width, max(round(width * tokens / window), 1 if tokens else 0))
    return taken, min(width - taken, round(width * room / window))
