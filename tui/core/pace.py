"""How fast a reply came, in seconds and tokens per second.

The pace is taken over the generation span, from the first delta with content to the last, and
not over the wait before it. A reply that came in one burst has no pace: the span says how the
network delivered it, not how fast it was made.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

SHORTEST_SPAN = 0.2
"""Seconds below which a reply counts as one burst."""

BEAT = 0.5
"""Seconds of one cell of the pulse."""

BEATS = 30
"""Cells of the pulse."""

BARS = "▁▂▃▄▅▆▇█"
"""From nothing to as much as in the fullest beat."""


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

    @property
    def last_s(self) -> float | None:
        """Seconds from the request to the latest content."""
        return None if self.last is None else self.last - self.asked

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


class Pulse:
    """How much came in each of the last half-seconds, as a row of bars.

    It is taken from when words came and how many, and not from counts of tokens: those of a
    growing text can fall, and would make a pace below zero.
    """

    def __init__(self) -> None:
        self._first: float | None = None
        self._beats: deque[tuple[int, int]] = deque(maxlen=BEATS + 1)

    def beat(self, now: float, size: int) -> None:
        """So much came at `now`, in seconds of a monotonic clock."""
        self._first = now if self._first is None else self._first
        place = int((now - self._first) / BEAT)
        if self._beats and self._beats[-1][0] == place:
            size += self._beats.pop()[1]
        self._beats.append((place, size))

    def bars(self, now: float) -> str:
        """The bars up to `now`, the latest on the right; the half-second under way has none."""
        if self._first is None:
            return ""
        end = int((now - self._first) / BEAT)
        sizes = dict(self._beats)
        row = [sizes.get(place, 0) for place in range(max(0, end - BEATS), end)]
        most = max(row, default=0)
        return "".join(_bar(size, most) for size in row)


def _bar(size: int, most: int) -> str:
    return BARS[-(-size * (len(BARS) - 1) // most)] if most else BARS[0]
