"""The body of a refusal, bounded: a server that says no gets neither endless time nor memory.

The SDK reads such a body to its end before it raises anything, so a head that says 500 and then
nothing would be a silence, and one that never ends would fill the memory. What came until then
is what is told.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

from httpx2 import AsyncByteStream, Response

MOST = 256 * 1024
"""The most bytes that are read of a refusal."""

WITHIN = 5.0
"""Seconds in which it has to be said."""


async def bound(response: Response) -> None:
    """A hook on every response: bounds the body of one that is a refusal."""
    if response.status_code >= 400 and isinstance(response.stream, AsyncByteStream):
        response.stream = _Bounded(response.stream)


class _Bounded(AsyncByteStream):
    """As much of a stream as is read."""

    def __init__(self, stream: AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        deadline, left = asyncio.get_running_loop().time() + WITHIN, MOST
        pieces = aiter(self._stream)
        try:
            while left > 0:
                try:
                    async with asyncio.timeout_at(deadline):
                        piece = await anext(pieces, None)
                except TimeoutError:
                    return
                if piece is None:
                    return
                left -= len(piece)
                yield piece
        finally:
            if isinstance(pieces, AsyncGenerator):
                await pieces.aclose()

    async def aclose(self) -> None:
        """Close the connection, whatever is left."""
        await self._stream.aclose()
