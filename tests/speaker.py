"""A model of the demo server that says what a test says, when the test says it."""

import asyncio
import json
from collections.abc import AsyncIterator

from tui.edge.demo import Act, Asked, Bytes, Status


class Speaker:
    """A script: `demo.script("m", speaker)`."""

    def __init__(self) -> None:
        self._said = asyncio.Queue[bytes]()

    def say(self, text: str) -> None:
        """One delta."""
        self._put({"choices": [{"delta": {"content": text}}]})

    def think(self, text: str) -> None:
        """One delta of reasoning."""
        self._put({"choices": [{"delta": {"reasoning_content": text}}]})

    def end(self) -> None:
        """That is all."""
        self._put({"choices": [{"delta": {}, "finish_reason": "stop"}]})
        self._said.put_nowait(b"data: [DONE]\n\n")
        self._said.put_nowait(b"")

    def _put(self, chunk: object) -> None:
        self._said.put_nowait(f"data: {json.dumps(chunk)}\n\n".encode())

    async def __call__(self, asked: Asked) -> AsyncIterator[Act]:
        yield Status(200, {"content-type": "text/event-stream"})
        while piece := await self._said.get():
            yield Bytes(piece)
