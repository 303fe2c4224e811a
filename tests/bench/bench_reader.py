"""Reading 30,000 chunks at full speed: CPU per chunk, beside the SDK's typed stream.

The same bytes come from another process to the real client and its turn, as deltas, and to the
typed stream of the openai package, as objects; in turns, and the quietest of some rounds counts.
While ours reads, a task looks in every two milliseconds: the longest time between two looks is
how long a key would have waited. Neighbours of the machine add to it, so the quietest round
counts here too; the CPU in it, which they cannot add, is that of the worst.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from dataclasses import dataclass, field

from openai import AsyncOpenAI

from tests.bench.elsewhere import CHUNKS, Elsewhere
from tui.app import settle_memory
from tui.core.conversation import Conversation
from tui.core.deltas import Text
from tui.core.request import Request
from tui.core.settings import Endpoint
from tui.edge.client import Client
from tui.edge.sdk import NO_KEY
from tui.turn import turn

ROUNDS = 3

FLOODS = {
    "openai-1": "OpenAI, a chunk a write",
    "llama.cpp-1": "llama.cpp, a chunk a write",
    "vllm-1": "vLLM with usage, a chunk a write",
    "openai-50": "OpenAI, 50 chunks a write",
    "openai-gzip": "OpenAI, compressed",
}


@dataclass
class Heartbeat:
    """Looks in again and again; `longest` are seconds, on the clock and of CPU."""

    longest: tuple[float, float] = (0.0, 0.0)
    _beating: list[asyncio.Task[None]] = field(default_factory=list)

    async def __aenter__(self) -> Heartbeat:
        self._beating.append(asyncio.create_task(self._beat()))
        await asyncio.sleep(0.01)
        self.longest = (0.0, 0.0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._beating.pop().cancel()

    async def _beat(self) -> None:
        while True:
            seen, used = time.perf_counter(), time.thread_time()
            await asyncio.sleep(0.002)
            gap = time.perf_counter() - seen, time.thread_time() - used
            self.longest = max(self.longest, gap)


async def ours(url: str, model: str) -> tuple[float, tuple[float, float]]:
    """CPU seconds of a turn, and the longest stall."""
    client = Client(Endpoint(url))
    await client.ready()
    request = Request(model, Conversation().asked("go").sent)
    async with Heartbeat() as heart:
        words, began = 0, time.process_time()
        async with aclosing(turn(client, request)) as deltas:
            async for delta in deltas:
                words += isinstance(delta, Text)
        used = time.process_time() - began
    await client.aclose()
    assert words == CHUNKS, f"{words} words of {CHUNKS} came"
    return used, heart.longest


async def typed(url: str, model: str) -> float:
    """CPU seconds of the SDK's typed stream."""
    async with AsyncOpenAI(base_url=url, api_key=NO_KEY) as sdk:
        words, began = 0, time.process_time()
        stream = await sdk.chat.completions.create(
            model=model, messages=[{"role": "user", "content": "go"}], stream=True
        )
        async for chunk in stream:
            words += bool(chunk.choices and chunk.choices[0].delta.content)
        used = time.process_time() - began
    assert words == CHUNKS, f"{words} words of {CHUNKS} came"
    return used


async def measure() -> None:
    """Print the table."""
    print(
        f"{CHUNKS:,} chunks at full speed: microseconds of CPU per chunk, the quietest of {ROUNDS}"
    )
    print(f"{'':34}{'Rillet':>8}{'SDK':>8}{'ratio':>8}{'longest stall':>16}{'of it CPU':>12}")
    async with Elsewhere() as server:
        for model, name in FLOODS.items():
            mine, theirs, stalls = [], [], []
            for _ in range(ROUNDS):
                used, stall = await ours(server.base_url, model)
                mine.append(used)
                stalls.append(stall)
                theirs.append(await typed(server.base_url, model))
            longest = min(wall for wall, _ in stalls), max(cpu for _, cpu in stalls)
            print(f"  {name:<32}{_row(min(mine), min(theirs), longest)}", flush=True)


def _row(mine: float, theirs: float, stall: tuple[float, float]) -> str:
    each = 1e6 / CHUNKS
    figures = f"{mine * each:8.1f}{theirs * each:8.1f}{theirs / mine:8.1f}"
    return f"{figures}{stall[0] * 1e3:13.0f} ms{stall[1] * 1e3:9.0f} ms"


def main() -> None:
    """Print the figures."""
    settle_memory()
    asyncio.run(measure())


if __name__ == "__main__":
    main()
