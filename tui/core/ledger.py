"""What a conversation has cost so far: the sum of its turns, those asked again included."""

from __future__ import annotations

from dataclasses import dataclass

from tui.core.cost import Cost
from tui.core.counts import Count


@dataclass(frozen=True, slots=True)
class Ledger:
    """The turns that have ended."""

    tokens: int = 0
    """Prompts and answers of all of them."""

    is_reported: bool = True
    """Whether the server counted all of that."""

    is_exact: bool = True
    """Whether none of it was counted with a stand-in."""

    cost: Cost | None = None
    """What those cost of which the price is known; None is 'nothing is known'."""

    def with_turn(self, count: Count, cost: Cost | None) -> Ledger:
        """With one more turn; one that was refused is none."""
        if not count.completion and count.usage is None:
            return self
        costs = [known for known in (self.cost, cost) if known is not None]
        return Ledger(
            tokens=self.tokens + count.best("total"),
            is_reported=self.is_reported and count.reported("total") is not None,
            is_exact=self.is_exact and "≈" not in count.shown("total"),
            cost=sum(costs, Cost()) if costs else None,
        )

    @property
    def shown(self) -> str:
        """The tokens, with the sign of who counted."""
        mark = " ✓" if self.is_reported else ""
        return f"{'' if self.is_exact else '≈'}{self.tokens:,}{mark}"
