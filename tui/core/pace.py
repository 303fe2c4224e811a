"""How fast a reply came, in seconds and tokens per second.

The pace is taken over the generation span, from the first delta with content to the last, and
not over the wait before it. A reply that came in one burst has no pace: the span says how the
network delivered it, not how fast it was made.
"""

from __future__ import annotations

from dataclasses import dataclass

SHORTEST_SPAN = 0.2
"""Seconds below which a reply counts as one burst."""


@dataclass(frozen=True, slots=True)
class Timings:
    """When things happened, as seconds of one monotonic clock; None is 'not yet'."""

    asked: float
    """When the request went out."""

    first: float | None = None
    """When the first content came."""

    last: float | None = None
    """When the latest content came."""

    ended: float | None = None
    """When the turn ended."""

    @property
    def first_token_s(self) -> float | None:
        """Time to first token, in seconds."""
        return None if self.first is None else self.first - self.asked

    def total_s(self, now: float) -> float:
        """Seconds since the request went out, standing still once the turn has ended."""
        return (now if self.ended is None else self.ended) - self.asked

    def silent_s(self, now: float) -> float:
        """Seconds since the latest content, 0 before the first and after the end."""
        return 0.0 if self.last is None or self.ended is not None else now - self.last

    def tokens_per_s(self, tokens: int) -> float | None:
        """The pace of a reply of so many tokens; None where there is no span to speak of."""
        if self.first is None or self.last is None or tokens < 2:
            return None
        span = self.last - self.first
        return (tokens - 1) / span if span >= SHORTEST_SPAN else None
