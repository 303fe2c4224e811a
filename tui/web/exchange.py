"""One turn, and what its reader has to know before the first word: was it taken, or refused?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager

from tui.core.catalog import Profile
from tui.core.deltas import Delta, Finished, Outcome
from tui.core.errors import RequestFailed
from tui.core.request import Request
from tui.core.server import Answer, Server
from tui.core.settings import Patience
from tui.edge.passed_on import Refused, refused_in
from tui.stop import Stop
from tui.turn import turn
from tui.web.tape import Tape


class Watched:
    """A server that remembers whether it took the request, and how it refused it."""

    progress = ""

    def __init__(self, server: Server, key: str) -> None:
        self.taken = asyncio.Event()
        """Set when the server has answered with a good status."""
        self.request_id = ""
        """Its name for the request."""
        self.refused: Refused | None = None
        """What it answered instead."""
        self._server, self._key = server, key

    @property
    def announced(self) -> Mapping[str, Profile]:
        """What it said of its models."""
        return self._server.announced

    async def ready(self) -> None:
        """Wait until it can be asked."""
        await self._server.ready()

    async def models(self) -> list[str]:
        """The names that it lists."""
        try:
            return await self._server.models()
        except RequestFailed as error:
            self.refused = refused_in(error, self._key)
            raise

    @asynccontextmanager
    async def answer(self, request: Request) -> AsyncIterator[Answer]:
        """Send the request; leaving the context closes the connection."""
        try:
            async with self._server.answer(request) as answer:
                self.request_id = answer.request_id
                self.taken.set()
                yield answer
        except RequestFailed as error:
            if not self.taken.is_set():
                self.refused = refused_in(error, self._key)
            raise

    async def aclose(self) -> None:
        """The server is shared, and stays."""


class Exchange:
    """A turn that is being written to a tape."""

    def __init__(self, server: Watched, stop: Stop, tape: Tape) -> None:
        self.server, self.stop, self.tape = server, stop, tape
        self.failed: Finished | None = None
        """How it ended, where that was before the first piece, and badly."""

    async def run(
        self, request: Request, patience: Patience, take: Callable[[Delta], bytes]
    ) -> None:
        """Write what `take` makes of the deltas; ends with the turn, or when it is cancelled."""
        try:
            async with aclosing(turn(self.server, request, patience, self.stop)) as deltas:
                async for delta in deltas:
                    if isinstance(delta, Finished) and delta.outcome is not Outcome.FINISHED:
                        self.failed = None if self.tape.last else delta
                    if piece := take(delta):
                        await self.tape.put(piece)
        finally:
            self.tape.end()
