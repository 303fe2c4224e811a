"""TLS in front of a plain server of this machine, by an authority made for the occasion."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import trustme


@asynccontextmanager
async def front(url: str, authority: Path) -> AsyncIterator[str]:
    """Hand everything on to the server at a URL; gives the URL in front of it.

    Args:
        url: Where the plain server is.
        authority: The file that `SSL_CERT_FILE` shall name; it is written.
    """
    behind = urlsplit(url)

    async def join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, here = await asyncio.open_connection(behind.hostname, behind.port)
        pumps = [asyncio.create_task(_pump(*ends)) for ends in ((reader, here), (there, writer))]
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        for pump, end in zip(pumps, (here, writer), strict=True):
            pump.cancel()
            end.transport.abort()
        await asyncio.gather(*pumps, return_exceptions=True)

    made = trustme.CA()
    made.cert_pem.write_to_path(str(authority))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.issue_cert("localhost").configure_cert(context)
    async with await asyncio.start_server(join, "127.0.0.1", 0, ssl=context) as listening:
        yield f"https://localhost:{listening.sockets[0].getsockname()[1]}{behind.path}"


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while some := await reader.read(65536):
        writer.write(some)
        await writer.drain()
