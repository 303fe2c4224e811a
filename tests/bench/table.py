"""Figures out of measurements that are sorted, the smallest first."""

from collections.abc import Sequence


def mean(found: Sequence[float]) -> float:
    """The mean."""
    return sum(found) / len(found)


def middle(found: Sequence[float]) -> float:
    """The median."""
    return found[len(found) // 2]


def tail(found: Sequence[float]) -> float:
    """The 95th percentile."""
    return found[min(len(found) - 1, int(len(found) * 0.95))]
