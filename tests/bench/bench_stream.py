"""A reply of 20,000 tokens at full speed: CPU per 1,000 tokens, and how late the last word is.

The same bytes go to Rillet and to a 40-line chat on Textual's own Markdown stream and the SDK's
typed stream. The lag is from the server's last byte to the last word at the terminal.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator, Sequence

from tests.bench.program import Program
from tui.edge.demo import Act, Asked, Bytes, DemoServer, Status

TOKENS = (2_000, 20_000)
LAST = "qqLASTWORDqq"
PER_WRITE = 50

SETTLE = 4
"""Seconds after the first paint: the start-up's own work is not what is measured."""

PATIENCE = 180
"""Seconds after which a chat is taken not to get there."""


class Flood:
    """A script that knows when its last byte was handed to the socket."""

    def __init__(self, tokens: int) -> None:
        self.tokens = tokens
        self.sent = 0.0
        words = [f"word{n} " if n % 12 else f"end{n}.\n\n" for n in range(tokens - 1)]
        events = [self._event(word) for word in (*words, LAST)]
        self._writes = [
            b"".join(events[at : at + PER_WRITE]) for at in range(0, len(events), PER_WRITE)
        ]

    @staticmethod
    def _event(word: str) -> bytes:
        choice = {"index": 0, "delta": {"content": word}, "finish_reason": None}
        chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "flood"}
        return f"data: {json.dumps({**chunk, 'choices': [choice]})}\n\n".encode()

    async def __call__(self, _: Asked) -> AsyncIterator[Act]:
        """Play it."""
        yield Status(200, {"content-type": "text/event-stream"})
        for write in self._writes:
            yield Bytes(write)
        self.sent = time.perf_counter()
        done = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
        yield Bytes(f"data: {json.dumps(done)}\n\ndata: [DONE]\n\n".encode())


async def flooded(command: tuple[str, ...], ready: bytes, flood: Flood) -> str:
    """One row of the table."""
    async with Program(*command) as program:
        await program.shows(ready)
        await asyncio.sleep(SETTLE)
        program.type("go\r")
        cpu, began = program.cpu, time.perf_counter()
        try:
            shown = await program.shows(LAST.encode(), PATIENCE)
        except TimeoutError:
            return f"not done after {PATIENCE} s, {program.cpu - cpu:.0f} s of CPU used"
        await asyncio.sleep(0.5)
        used = program.cpu - cpu
        return (
            f"{used / flood.tokens * 1e6:8.1f} ms CPU per 1,000 tokens   "
            f"{(shown - flood.sent) * 1e3:9,.0f} ms lag   {shown - began:6.2f} s in all"
        )


async def measure(many: Sequence[int] = TOKENS) -> None:
    """Print the table."""
    async with DemoServer() as server:
        url = server.base_url
        rillet = (sys.executable, "-m", "tui", "--base-url", url, "--model", "flood")
        plain = (sys.executable, "-m", "tests.bench.plain_chat", url, "flood")
        for tokens in many:
            flood = Flood(tokens)
            server.script("flood", flood)
            print(f"a reply of {tokens:,} tokens at full speed")
            print("  Rillet        ", await flooded(rillet, b"a chat that streams", flood))
            print("  Textual + SDK ", await flooded(plain, b"neighbour", flood), flush=True)


def main() -> None:
    """Print the figures."""
    asyncio.run(measure())


if __name__ == "__main__":
    main()
