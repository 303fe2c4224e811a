"""A wire between a client and the bridge that can be cut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from tests.web.bridges import Bridge


@asynccontextmanager
async def cutting(bridge: Bridge) -> AsyncIterator[tuple[str, Callable[[], int]]]:
    """Another address of the bridge, and what cuts all connections through it; gives how many."""
    host, _, port = bridge.url.removeprefix("http://").partition(":")
    open_ones: set[asyncio.StreamWriter] = set()

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await reader.read(65536):
                writer.write(piece)
                await writer.drain()
        writer.close()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_connection(host, int(port))
        open_ones.update((writer, there[1]))
        await asyncio.gather(carry(reader, there[1]), carry(there[0], writer))
        open_ones.difference_update((writer, there[1]))

    def cut() -> int:
        cut_now = list(open_ones)
        for each in cut_now:
            each.transport.abort()
        return len(cut_now)

    server = await asyncio.start_server(connect, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", cut
        cut()
