"""An answer of some 100 MB, which tells how much of it was taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from tui.edge.demo import Act, Asked, Bytes, Status

PIECE = b'data: {"choices":[{"index":0,"delta":{"content":"' + b"x" * 8000 + b'"}}]}\n\n'

PIECES = 12_000

STANDS = 0.5
"""Seconds without a byte after which it is held up."""


class Flood:
    """A script of the demo server's."""

    def __init__(self) -> None:
        self.sent = 0
        """Bytes that were taken so far."""

    async def __call__(self, _: Asked) -> AsyncIterator[Act]:
        """Play it."""
        yield Status(200, {"content-type": "text/event-stream"})
        for _i in range(PIECES):
            self.sent += len(PIECE)
            yield Bytes(PIECE)

    async def stands(self) -> None:
        """Wait until nobody takes any more."""
        before = -1
        while before != self.sent:
            before = self.sent
            await asyncio.sleep(STANDS)
