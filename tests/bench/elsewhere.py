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
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from tests.bench.shapes import LAST, SHAPES, events
from tests.tls import front
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


def tell(*words: object) -> None:
    """A line for whoever started the process."""
    sys.stdout.write(f"{' '.join(map(str, words))}\n")
    sys.stdout.flush()


def came(asked: Asked) -> None:
    """A question has come."""
    if asked.path.endswith("/completions"):
        tell("came", time.monotonic())


class Gone(list[str]):
    """Tells when somebody left."""

    def append(self, model: str) -> None:
        """Somebody left while this model was talking."""
        tell("left", time.monotonic())
        super().append(model)


async def serve(authority: Path) -> None:
    """Serve until killed: first a line with the addresses, then one for each coming and leaving."""
    async with DemoServer(on_asked=came) as server:
        server.gone = Gone()
        server.script("openai-gzip", squeezed("openai"))
        for shape in SHAPES:
            for each in PER_WRITE:
                server.script(f"{shape}-{each}", flood(shape, each))
        async with front(server.base_url, authority) as safe_url:
            tell(server.base_url, safe_url)
            await asyncio.get_running_loop().create_future()


class Elsewhere:
    """Starts the process; leaving the context ends it."""

    base_url: str
    """Where it listens."""

    safe_url: str
    """Where it listens with TLS."""

    authority: str
    """The file of the authority to trust for that."""

    async def __aenter__(self) -> Self:
        self._folder = TemporaryDirectory()
        self.authority = str(Path(self._folder.name, "authority.pem"))
        command = (sys.executable, "-m", "tests.bench.elsewhere", self.authority)
        self._process = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
        self.base_url, self.safe_url = (await self._line()).split()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        await self._process.wait()
        self._folder.cleanup()

    async def told(self, what: str) -> float:
        """Wait until a client `came` or `left`; gives the time by the monotonic clock."""
        async with asyncio.timeout(60):
            while True:
                said, when = (await self._line()).split()
                if said == what:
                    return float(when)

    async def _line(self) -> str:
        assert self._process.stdout is not None
        return (await self._process.stdout.readline()).decode()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
