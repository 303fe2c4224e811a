"""What a conversation has cost so far: the sum of its turns, those asked again included."""

from __future__ import annotations

from dataclasses import dataclass

from tui.core.cost import Cost
from tui.core.counts import Count
from tui.core.deltas import Usage


@dataclass(frozen=True, slots=True)
class Ledger:
    """The turns that have ended."""

    tokens: int = 0
    """Prompts and answers of all of them."""

    ours: int = 0
    """The same by our count alone."""

    ours_is_exact: bool = True
    """Whether none of that was counted with a stand-in."""

    cached: int = 0
    """Tokens of prompts that the server had in its cache, as far as it said so."""

    reasoning: int = 0
    """Tokens of reasoning, as far as the server said so."""

    is_reported: bool = True
    """Whether the server counted all of that."""

    is_exact: bool = True
    """Whether none of it was counted with a stand-in."""

    cost: Cost | None = None
    """What it cost, at the least where a price is not known; None is 'nothing is known'."""

    is_priced: bool = True
    """Whether the price of all of it is known."""

    def with_turn(self, count: Count, cost: Cost | None) -> Ledger:
        """With one more turn; one that was refused is none."""
        if not count.completion and count.usage is None:
            return self
        usage, is_priced = count.usage or Usage(), self.is_priced and cost is not None
        return Ledger(
            tokens=self.tokens + count.best("total"),
            ours=self.ours + count.ours.best("total"),
            ours_is_exact=self.ours_is_exact and "≈" not in count.ours.shown("total"),
            cached=self.cached + (usage.cached or 0),
            reasoning=self.reasoning + (usage.reasoning or 0),
            is_reported=self.is_reported and count.reported("total") is not None,
            is_exact=self.is_exact and "≈" not in count.shown("total"),
            cost=_sum(self.cost, cost, is_least=not is_priced),
            is_priced=is_priced,
        )

    @property
    def shown(self) -> str:
        """The tokens, with the sign of who counted."""
        mark = " ✓" if self.is_reported else ""
        return f"{'' if self.is_exact else '≈'}{self.tokens:,}{mark}"

    @property
    def beside(self) -> str:
        """Our count beside the server's and its parts; empty where there is nothing to tell."""
        said = []
        if self.is_reported and self.ours != self.tokens:
            said.append(f"ours {'' if self.ours_is_exact else '≈'}{self.ours:,}")
        parts = (("cached", self.cached), ("reasoning", self.reasoning))
        said += [f"{name} {number:,}" for name, number in parts if number]
        return " · ".join(said)


def _sum(one: Cost | None, other: Cost | None, *, is_least: bool) -> Cost | None:
    known = [cost for cost in (one, other) if cost is not None]
    return sum(known, Cost(is_least=is_least)) if known else None
