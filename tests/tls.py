"""TLS in front of a plain server of this machine, with the certificate that lies beside."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""Key and certificate in one file."""


@asynccontextmanager
async def front(url: str) -> AsyncIterator[str]:
    """Hand everything on to the server at a URL; gives the URL in front of it."""
    behind = urlsplit(url)

    async def join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, here = await asyncio.open_connection(behind.hostname, behind.port)
        pumps = [asyncio.create_task(_pump(*ends)) for ends in ((reader, here), (there, writer))]
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        for pump, end in zip(pumps, (here, writer), strict=True):
            pump.cancel()
            end.transport.abort()
        await asyncio.gather(*pumps, return_exceptions=True)

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    async with await asyncio.start_server(join, "127.0.0.1", 0, ssl=context) as listening:
        yield f"https://localhost:{listening.sockets[0].getsockname()[1]}{behind.path}"


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while some := await reader.read(65536):
        writer.write(some)
        await writer.drain()
