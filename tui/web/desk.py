"""How many turns run at once, who answers them, and the end of all."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tui.core.server import Server
from tui.core.settings import Endpoint, Settings
from tui.stop import Stop
from tui.web.errors import BUSY, LEAVING, Unacceptable


@dataclass(slots=True)
class Desk:
    """What all requests share."""

    server: Server
    """Who answers."""

    settings: Settings
    """What is asked where a request says nothing."""

    most: int
    """How many turns may run at once."""

    beat: float = 15.0
    """Seconds of silence after which a stream gets a comment, so that no proxy hangs up."""

    is_leaving: bool = False
    """Whether no new turn begins, because the server ends."""

    _running: dict[Stop, Callable[[], None]] = field(default_factory=dict)
    _is_idle: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def key(self) -> str:
        """The endpoint's key, which is in nothing that is handed on."""
        return self.settings.source.secret if isinstance(self.settings.source, Endpoint) else ""

    @property
    def running(self) -> int:
        """How many turns are under way."""
        return len(self._running)

    def check(self) -> None:
        """See whether a turn can begin.

        Raises:
            Unacceptable: If no place is free, or the server ends.
        """
        if self.is_leaving:
            raise Unacceptable(LEAVING)
        if len(self._running) >= self.most:
            raise Unacceptable(BUSY)

    @contextmanager
    def place(self, stop: Stop, end: Callable[[], None] | None = None) -> Iterator[None]:
        """A place for a turn.

        Args:
            stop: What stops it.
            end: What does so where it may be waiting for a reader.

        Raises:
            Unacceptable: If none is free, or the server ends.
        """
        self.check()
        self._running[stop] = end or stop
        try:
            yield
        finally:
            del self._running[stop]
            self._is_idle.set()

    def leave(self) -> None:
        """Begin no more turns; those that run may go on."""
        self.is_leaving = True

    async def idle(self) -> None:
        """Wait until nothing runs."""
        while self._running:
            self._is_idle.clear()
            await self._is_idle.wait()

    def stop_all(self) -> None:
        """Break off what runs; each turn ends with the word that it was cancelled."""
        for end in list(self._running.values()):
            end()
