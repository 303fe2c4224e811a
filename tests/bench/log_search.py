"""Searching a conversation of 10 MB: what holds the loop, and when the first hit is seen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from tests.bench.bench_markdown import prose
from tests.bench.log_frames import messages
from tests.bench.stage import MarkdownStage, RilletStage
from tests.waiting import until
from tui.widgets.log import Log

SIZE = 10_000_000

STEPS = 30
"""How often the next hit is gone to, and the one before."""

PATIENCE = 120.0

WORDS = {
    "in every message": "over the",
    "a letter": "e",
    "a capital": "The",
    "said once, at the start": "needle",
    "said nowhere": "haystacks",
}


@dataclass
class Beats:
    """Milliseconds of CPU that each turn of the event loop took."""

    found: list[float] = field(default_factory=list)

    async def beat(self) -> None:
        """Until it is cancelled; what other tasks do between two beats is one hold."""
        last = time.thread_time()
        while True:
            await asyncio.sleep(0)
            now = time.thread_time()
            self.found.append((now - last) * 1e3)
            last = now

    def told(self) -> str:
        """The longest, the sum, and how many were longer than a key should have to wait."""
        longest = max(self.found, default=0.0)
        long = sum(beat > 10 for beat in self.found)
        return f"{longest:9.1f}{long:7}{sum(b for b in self.found if b > 0.2):10,.0f}"


@asynccontextmanager
async def beating() -> AsyncIterator[Beats]:
    """Listen to the loop."""
    beats = Beats()
    task = asyncio.create_task(beats.beat())
    try:
        yield beats
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def searched(ours: RilletStage, _: MarkdownStage) -> None:
    """Print the table."""
    print("\n(g) searching 10 MB, ms of CPU: the longest turn of the loop, turns over 10 ms, all")
    many = messages(SIZE)
    many[0] = f"the needle. {many[0]}"
    one = "the needle. " + "".join(map(prose, range(SIZE // len(prose(1)))))
    for name, texts in (("20,000 messages", many), ("one message", [one])):
        await ours.show(texts)
        await ours.settled()
        for kind, words in WORDS.items():
            print(f"{name}, {kind}")
            await _searched(ours, words)


async def _searched(stage: RilletStage, words: str) -> None:
    log = stage.app.screen.query_one(Log)
    began = time.thread_time()
    async with beating() as beats:
        log.seek(words)
        await until(lambda: _has_hit(log), PATIENCE)
        first = (time.thread_time() - began) * 1e3
        await until(lambda: _is_over(log), PATIENCE)
    print(f"{'':8}{'counted':22}{beats.told()}   first hit after {first:,.0f}")
    for name, steps in (("next", [1] * STEPS), ("before", [-1] * STEPS)):
        await _step(log, name, steps)
    log.seek("")
    await stage.settled()


async def _step(log: Log, name: str, steps: Sequence[int]) -> None:
    async with beating() as beats:
        for by in steps:
            log.step_hit(by)
            await asyncio.sleep(0.05)
    print(f"{'':8}{name + f' hit, {len(steps)} times':22}{beats.told()}", flush=True)


def _has_hit(log: Log) -> bool:
    hits = log._finder.hits
    return hits is not None and (hits.total > 0 or hits.is_over)


def _is_over(log: Log) -> bool:
    return log._finder.hits is not None and log._finder.hits.is_over
