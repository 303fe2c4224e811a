"""From a turn to the screen: deltas gathered by time, at most one batch a frame.

A delta that comes after a quiet moment is posted at once. In a flood, deltas gather until the
next frame is due, and a batch that has not been drawn yet grows instead of queueing. The frame
adapts to what drawing costs, so that drawing takes about a third of the time at the most; a
large batch is handed out in slices, as many as fit between two frames without a key waiting.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from textual.message import Message

from tui.core.deltas import Delta, Finished, Reasoning, Refusal, Text

FRAME = 1 / 30
"""Seconds between two batches, at the least."""

SHARE = 0.35
"""The part of the time that drawing may take in a flood."""

SLICE = 2_000
"""Characters handed out at once, or deltas if they carry none."""

WORK = 0.012
"""Seconds of taking slices between two frames, at the most: a key never waits longer."""


@dataclass
class DeltasCame(Message, bubble=False):
    """There are deltas to take."""


class Feed:
    """The deltas that came and are not drawn yet, each with the time at which it came."""

    def __init__(self, post: Callable[[Message], object], clock: Callable[[], float]) -> None:
        self._post = post
        self._clock = clock
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[tuple[Delta, float]] = deque()
        self._is_posted = False
        self._next = 0.0

    @property
    def is_behind(self) -> bool:
        """Whether something has come that is not drawn yet."""
        return bool(self._waiting)

    @property
    def waiting(self) -> tuple[tuple[Delta, float], ...]:
        """What has come and is not drawn yet, each with its time."""
        return tuple(self._waiting)

    def add(self, delta: Delta) -> None:
        """Take a delta that has just come."""
        now = self._clock()
        self._waiting.extend((part, now) for part in _parts(delta))
        if isinstance(delta, Finished):
            self._post(DeltasCame())
        elif not self._is_posted:
            self._post_when_due()

    def _post_when_due(self) -> None:
        self._is_posted = True
        if self._loop.time() >= self._next:
            self._post(DeltasCame())
        else:
            self._loop.call_at(self._next, self._post, DeltasCame())

    def slices(self, among: int = 1) -> Iterator[list[tuple[Delta, float]]]:
        """What waits, in order and in slices, as long as a frame has time for them.

        Args:
            among: How many feeds share the time of the frame.
        """
        end = self._loop.time() + WORK / among
        while self._waiting and self._loop.time() < end:
            yield self._slice()

    def _slice(self) -> list[tuple[Delta, float]]:
        taken, size = [], 0
        while self._waiting and size < SLICE:
            taken.append(self._waiting.popleft())
            size += max(1, len(getattr(taken[-1][0], "text", "")))
        return taken

    def drawn(self, cost: float) -> None:
        """A slice was drawn, which took `cost` seconds: the next one when it is due."""
        now = self._loop.time()
        self._next = now + max(FRAME, cost / SHARE) - cost
        self._is_posted = False
        if self._waiting:
            self._post_when_due()


def _parts(delta: Delta) -> Iterator[Delta]:
    """The delta, cut where it is so long that taking it at once would hold the keys up."""
    if not isinstance(delta, Text | Reasoning | Refusal) or len(delta.text) <= SLICE:
        yield delta
        return
    for start in range(0, len(delta.text), SLICE):
        yield type(delta)(delta.text[start : start + SLICE])
