"""What ends a turn before its end: signals, and the time that the user gave it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType

from tui.core.deltas import Finished, Outcome
from tui.core.errors import Failure
from tui.stop import Stop


@contextmanager
def by_signals(stop: Stop) -> Iterator[None]:
    """Ctrl-C and the like stop the turn, and what came is kept; a second Ctrl-C ends at once.

    A signal that whoever started us ignores (`nohup`, jobs of a script) stays ignored. Ctrl-C is
    taken outside of the loop, since the loop may be waiting for a pipe that nobody reads.
    """
    loop, has_come = asyncio.get_running_loop(), False

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal has_come
        if has_come:
            raise KeyboardInterrupt
        has_come = True
        loop.call_soon_threadsafe(stop)

    others = [each for each in (signal.SIGTERM, signal.SIGHUP) if _is_heard(each)]
    before = signal.signal(signal.SIGINT, interrupt) if _is_heard(signal.SIGINT) else None
    for number in others:
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        for number in others:
            loop.remove_signal_handler(number)
        if before is not None:
            signal.signal(signal.SIGINT, before)


def _is_heard(number: signal.Signals) -> bool:
    return signal.getsignal(number) is not signal.SIG_IGN


class Limit:
    """The longest that a turn may take, from before its start."""

    def __init__(self, seconds: float | None, stop: Stop) -> None:
        """The time runs.

        Args:
            seconds: The longest; None is without an end.
            stop: Ends the turn.
        """
        self._seconds = seconds
        self._stop = stop
        self._has_passed = False
        loop = asyncio.get_running_loop()
        self._alarm = None if seconds is None else loop.call_later(seconds, self._ring)

    def _ring(self) -> None:
        if not self._stop.is_asked:
            self._has_passed = True
            self._stop()

    def told(self, end: Finished) -> Finished:
        """The end of the turn, with why, where it was this."""
        if self._alarm is not None:
            self._alarm.cancel()
        if not self._has_passed or end.outcome is not Outcome.CANCELLED:
            return end
        return replace(end, outcome=Outcome.STALLED, failure=_time_is_up(self._seconds or 0))


def _time_is_up(seconds: float) -> Failure:
    return Failure(
        title="The time is up",
        detail=f"The answer was not complete after {seconds:g} seconds (--timeout), so the "
        "connection was closed. The words that arrived are kept.",
    )
