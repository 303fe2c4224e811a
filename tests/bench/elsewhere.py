"""The demo server in a process of its own.

So only the client's CPU is counted, its event loop does nothing for the server, and it is the
server that says when a client left: the monotonic clock is the same in both processes.
"""

from __future__ import annotations

import asyncio
import gzip
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Self

from tests.bench.shapes import LAST, SHAPES, events
from tui.edge.demo import Act, Asked, Bytes, DemoServer, Script, Status, raw

CHUNKS = 30_000
"""Words of a flood."""

PER_WRITE = (1, 50)
"""Events that are written at once."""


def flood(shape: str, each: int) -> Script:
    """A reply at full speed; what it sends is made once, when it is first asked."""
    pieces: list[bytes] = []

    async def play(_: Asked) -> AsyncIterator[Act]:
        if not pieces:
            made = events(shape, CHUNKS)
            pieces.extend(b"".join(made[at : at + each]) for at in range(0, CHUNKS, each))
        yield Status(200, {"content-type": "text/event-stream"})
        for piece in (*pieces, LAST):
            yield Bytes(piece)

    return play


def squeezed(shape: str) -> Script:
    """The same, compressed: a piece of the network's holds thousands of events."""
    body = gzip.compress(b"".join(events(shape, CHUNKS)) + LAST)
    return raw(body, headers={"content-encoding": "gzip"})


class Departures(list[str]):
    """Says on standard output when somebody left."""

    def append(self, model: str) -> None:
        """Somebody left while this model was talking."""
        sys.stdout.write(f"{time.monotonic()}\n")
        sys.stdout.flush()
        super().append(model)


async def serve() -> None:
    """Serve until killed: the address on the first line, then one for each that left."""
    async with DemoServer() as server:
        server.gone = Departures()
        server.script("openai-gzip", squeezed("openai"))
        for shape in SHAPES:
            for each in PER_WRITE:
                server.script(f"{shape}-{each}", flood(shape, each))
        sys.stdout.write(f"{server.base_url}\n")
        sys.stdout.flush()
        await asyncio.get_running_loop().create_future()


class Elsewhere:
    """Starts the process; leaving the context ends it."""

    base_url: str
    """Where it listens."""

    async def __aenter__(self) -> Self:
        command = (sys.executable, "-m", "tests.bench.elsewhere")
        self._process = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
        self.base_url = await self._line()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        await self._process.wait()

    async def departure(self) -> float:
        """Wait until the next client leaves; gives the time, in the monotonic clock's seconds."""
        async with asyncio.timeout(30):
            return float(await self._line())

    async def _line(self) -> str:
        assert self._process.stdout is not None
        return (await self._process.stdout.readline()).decode().strip()


if __name__ == "__main__":
    asyncio.run(serve())
