"""The parameters of a request that a user can set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What the user set; None is 'not set', so not sent."""

    max_tokens: int | None = None
    """The most tokens that the answer may have."""

    temperature: float | None = None
    """Sampling temperature, 0 to 2."""
