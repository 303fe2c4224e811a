"""Tokens: what the next prompt would cost, what was sent and what came, and all of them together.

next            1,234 of 128,000
▕██░░░░░░░░░░░░░░░░░░░▒▒▏    1 %
prompt                   1,230 ✓
completion                 512 ✓
total                    1,742 ✓
ours 1,740 · server 1,742
cached 1,024 · reasoning 128
conversation             3,456 ✓
ours 3,452 · cached 1,024
cost      ≈ $0.0012, all ≈ $0.05
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from tui.core.budget import Budget
from tui.core.cost import Cost
from tui.core.counts import Count
from tui.core.ledger import Ledger
from tui.widgets.gauge import Gauge
from tui.widgets.panel import Facts, Panel

NOTHING = Ledger()
NO_TURN = Count()

UNKNOWN = (("window", "unknown"),)


@dataclass(frozen=True, slots=True)
class Spent:
    """What a turn and its conversation took."""

    count: Count
    """The tokens of the turn."""

    cost: Cost | None = None
    """What they cost, where that is known and to be shown."""

    all: Ledger = NOTHING
    """The conversation, this turn included."""

    is_billed: bool = False
    """Whether somebody may send a bill for it, so that an unknown price is told."""


class TokenPanel(Panel):
    """The tokens of the next turn, of the one under way, and of the conversation."""

    TITLE = "Tokens"

    spent: var[Spent | None] = var(None)
    """What was taken so far; None is 'nothing counted yet'."""

    budget: var[Budget | None] = var(None)
    """What the next prompt would take; None is 'there is none'."""

    def compose(self) -> ComposeResult:
        """What is next with its bar and what is wrong with it, the turn, the rest."""
        yield Facts(id="token-next")
        yield Gauge(id="token-gauge")
        yield Facts(id="token-window", classes="-empty")
        yield Static("", id="token-warning", markup=False)
        yield Facts(id="token-turn")
        yield Facts(id="token-total")
        yield Facts(id="token-more", classes="-empty")

    @property
    def count(self) -> Count | None:
        """The tokens of the turn."""
        return self.spent.count if self.spent else None

    def watch_budget(self, budget: Budget | None) -> None:
        """Show what is next."""
        self.query_one("#token-next", Facts).facts = _next(budget)
        gauge = self.query_one(Gauge)
        gauge.budget = budget
        is_known = budget is None or bool(budget.window)
        gauge.set_class(budget is not None and is_known, "-known")
        self.query_one("#token-window", Facts).facts = () if is_known else UNKNOWN
        said = budget.warning if budget else ""
        warning = self.query_one("#token-warning", Static)
        warning.update(Content(said))
        warning.display = bool(said)

    def watch_spent(self, spent: Spent | None) -> None:
        """Show the turn, and the conversation."""
        is_counted = spent is not None and spent.count != NO_TURN
        shown = spent.count.shown if spent is not None and is_counted else lambda _: "–"
        turn = tuple((name, shown(name)) for name in ("prompt", "completion"))
        self.query_one("#token-turn", Facts).facts = turn
        self.query_one("#token-total", Facts).facts = (("total", shown("total")),)
        self.query_one("#token-more", Facts).facts = _more(spent) if spent else ()


def _next(budget: Budget | None) -> tuple[tuple[str, str], ...]:
    if budget is None:
        return (("next", "–"),)
    of = f" of {budget.window:,}" if budget.window else ""
    images = (("", budget.images),) if budget.images else ()
    return (("next", f"{budget.shown}{of}"), *images)


def _more(spent: Spent) -> tuple[tuple[str, str], ...]:
    count, rows = spent.count, list[tuple[str, str]]()
    rows += [(said, "") for said in (count.beside, count.parts) if said]
    if spent.all.tokens > count.best("total"):
        rows.append(("conversation", spent.all.shown))
        rows += [(said, "") for said in (spent.all.beside,) if said]
    if cost := _cost(spent):
        rows.append(("cost", cost))
    return tuple(rows)


def _cost(spent: Spent) -> str:
    """The estimates of what the turn and the conversation cost; empty where none is wanted."""
    turn = "unknown" if spent.cost is None else str(spent.cost)
    if spent.all.cost is not None:
        return f"{turn}, all {spent.all.cost}"
    return turn if spent.is_billed or spent.cost is not None else ""
