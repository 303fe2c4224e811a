"""What a turn costs, in US dollars: an estimate, since bills know of discounts and fees."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

from tui.core.catalog import MILLION, Profile
from tui.core.counts import Count


@dataclass(frozen=True, slots=True)
class Cost:
    """An amount."""

    dollars: float = 0.0
    """US dollars."""

    is_least: bool = False
    """Whether it is more than that: the prices known are those of shorter prompts."""

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.dollars + other.dollars, self.is_least or other.is_least)

    def __str__(self) -> str:
        return f"{'≥' if self.is_least else '≈'} {_dollars(self.dollars)}"


def cost(count: Count, profile: Profile) -> Cost | None:
    """What a turn costs; None where a price is not known."""
    price, output = profile.price_input, profile.price_output
    if price is None or output is None:
        return None
    prompt, completion = count.best("prompt"), count.best("completion")
    cached = min(count.usage.cached or 0, prompt) if count.usage else 0
    price_cached = price if profile.price_cached is None else profile.price_cached
    parts = (prompt - cached) * price + cached * price_cached + completion * output
    is_long = profile.short is not None and prompt > profile.short
    return Cost(parts / MILLION, is_long)


def _dollars(amount: float) -> str:
    """Two digits that say something, whatever the amount."""
    if amount >= 1 or amount <= 0:
        return f"${amount:,.2f}"
    if amount < 0.000001:
        return "$0.000001"
    digits = 1 - floor(log10(amount))
    return f"${amount:.{digits}f}"
