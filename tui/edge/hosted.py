"""A server that Rillet runs itself: a child process, and a client that talks to it.

The child starts at the first need (or when the app asks after its first paint), once for all
who wait. If it dies later, the stream it served just ends, and the next request starts it anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from tui.core.catalog import Profile
from tui.core.errors import Failure, RequestFailed
from tui.core.request import Request
from tui.core.settings import Endpoint
from tui.edge.child import ChildFailed, ChildServer
from tui.edge.client import Client, OpenAnswer

if TYPE_CHECKING:
    from tui.edge.recorder import Recorder


class Hosted:
    """A child process behind the same face as a `Client`."""

    def __init__(
        self, child: ChildServer, recorder: Recorder | None = None, program: str = ""
    ) -> None:
        """Begins with nothing running.

        Args:
            child: What is to run.
            recorder: Records its streams, where that was asked for.
            program: Which program it is, in the words of `owned_by`, where that is known.
        """
        self.progress = "starting"
        """What the start-up is doing, in words; empty once it is up."""
        self.announced: Mapping[str, Profile] = {}
        """What the child said of its models when it listed them."""
        self._child = child
        self._recorder = recorder
        self._program = program
        self._starting: asyncio.Task[Client] | None = None

    async def ready(self) -> None:
        """Wait until the child answers; RequestFailed with its reason when it will not."""
        await (await self._client()).ready()

    async def models(self) -> list[str]:
        """The names that the child lists."""
        client = await self._client()
        names = await client.models()
        self.announced = client.announced
        return names

    @asynccontextmanager
    async def answer(self, request: Request) -> AsyncIterator[OpenAnswer]:
        """Send the request; leaving the context closes the connection."""
        client = await self._client()
        async with client.answer(request) as answer:
            yield answer

    async def aclose(self) -> None:
        """End the child and close what is open."""
        if self._starting is not None:
            self._starting.cancel()
            done, _ = await asyncio.wait({self._starting})
            for task in done:
                if not task.cancelled() and task.exception() is None:
                    await task.result().aclose()
        await self._child.stop()

    async def _client(self) -> Client:
        if self._starting is None or self._has_ended(self._starting):
            self._starting = asyncio.create_task(self._start())
        return await asyncio.shield(self._starting)

    def _has_ended(self, starting: asyncio.Task[Client]) -> bool:
        if not starting.done():
            return False
        return starting.cancelled() or starting.exception() is not None or not self._child.running

    async def _start(self) -> Client:
        self.progress = "starting"
        try:
            ready = await self._child.start(self._note)
        except ChildFailed as error:
            raise RequestFailed(Failure(error.title, error.detail)) from error
        finally:
            self.progress = ""
        endpoint = Endpoint(ready.base_url, ready.key)
        return Client(endpoint, recorder=self._recorder, program=self._program)

    def _note(self, words: str) -> None:
        self.progress = words
