"""How a wait ends that nobody wants to wait for any longer: by Esc or by its deadline.

There is one mechanism for both, the one of `asyncio.timeout`: the task that waits is cancelled,
and the wait turns that cancel into an exception of its own. `asyncio.timeout` sets a timer and
takes it back for every wait, though, which in a burst, with thousands of waits in a second that
all end at once, is a fifth of the work. Here one alarm stands through all the waits of a turn.
Where it rings too early, because words that came have moved the deadline, it is set anew; where
it rings while nobody waits, the next wait sets it.

An alarm that rings far too late says that this process slept (Ctrl-Z, a machine that was put to
sleep), and nothing of the server: what was slept through is waited for once more.
"""

from __future__ import annotations

import asyncio
from math import inf
from types import TracebackType
from typing import Self

SLEPT = 1.0
"""Seconds by which an alarm that rings late tells that the whole process was stopped."""

MOST_SLEPT = 60.0
"""Seconds that are waited once more for what may have come in the meantime."""


class Stopped(Exception):
    """The user stopped the turn."""


class Silence(Exception):
    """The deadline of a wait has passed."""


class Stop:
    """The user's Esc, for one turn: it ends the wait that the turn is in, or its next one."""

    def __init__(self) -> None:
        self.is_asked = False
        self._waiting: asyncio.Task[object] | None = None
        self._deadline = inf
        self._alarm: asyncio.TimerHandle | None = None
        self._set_at = 0.0
        self._cancels = 0
        self._has_struck = False

    def __call__(self) -> None:
        """Stop the turn; calling it again changes nothing."""
        self.is_asked = True
        self._strike()

    def until(self, deadline: float | None) -> Self:
        """Round one wait: raises Silence at `deadline` (the loop's clock), Stopped on stop."""
        if self.is_asked:
            raise Stopped
        self._deadline = inf if deadline is None else deadline
        return self

    async def __aenter__(self) -> None:
        task = asyncio.current_task()
        assert task is not None, "only a task can wait"
        self._waiting, self._cancels = task, task.cancelling()
        if self._alarm is None or self._alarm.when() > self._deadline:
            self._set_alarm()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        task, self._waiting = self._waiting, None
        if task is None or not self._has_struck:
            return
        self._has_struck = False
        # Where somebody else cancels the task too, that cancel goes on its way.
        if task.uncancel() <= self._cancels and kind is asyncio.CancelledError:
            raise (Stopped() if self.is_asked else Silence()) from None

    def _set_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if self._deadline < inf:
            loop = asyncio.get_running_loop()
            self._set_at = loop.time()
            self._alarm = loop.call_at(self._deadline, self._ring)

    def _ring(self) -> None:
        self._alarm = None
        if self._waiting is None:
            return
        now = asyncio.get_running_loop().time()
        late = now - max(self._deadline, self._set_at)
        if late > SLEPT:
            self._deadline = now + min(late, MOST_SLEPT)
        if now < self._deadline:
            self._set_alarm()
        else:
            self._strike()

    def _strike(self) -> None:
        if self._waiting is not None and not self._has_struck:
            self._has_struck = True
            self._waiting.cancel()
