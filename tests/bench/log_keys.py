"""Keys while tokens arrive: how long from a key to its letter on the screen, and what idling costs.

The real program in a terminal of its own, over real HTTP. Letters that no reply has are typed, one
after the other at an uneven beat, and looked for in what the program writes.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count, islice

from tests.bench.bench_markdown import prose
from tests.bench.bench_stream import LAST, SETTLE
from tests.bench.program import Program
from tests.bench.table import middle, tail
from tui.edge.demo import Act, Asked, Bytes, DemoServer, Pause, Status

RATES = (50, 500, 5_000, 20_000)
"""Tokens a second."""

ABOVE = 1_000_000
"""Characters of the reply before."""

ABOVE_IS_THERE = "qqHISTORYqq"

SECONDS = 10
"""How long tokens arrive."""

BEAT = 0.02
"""Seconds between two writes of the server."""

FIRST_LETTER = 0x4E00

REST = 2
"""Seconds after the reply before, in which what it left to do is done."""

IDLE = 10
"""Seconds of idling."""

PATIENCE = 30.0
"""Seconds after which a letter or a last word is taken not to come."""


class Paced:
    """Answers first with a long text at once, then with words at a rate."""

    def __init__(self, rate: int, above: int) -> None:
        self.sent = 0.0
        """When the last byte was handed to the socket."""
        self._above = [event(prose(number)) for number in range(above // len(prose(1)))]
        self._beats = list(_beats(rate))

    async def __call__(self, _: Asked) -> AsyncIterator[Act]:
        """Play it."""
        yield Status(200, {"content-type": "text/event-stream"})
        if self._above:
            for write in self._above:
                yield Bytes(write)
            self._above = []
            yield Bytes(event(ABOVE_IS_THERE) + b"data: [DONE]\n\n")
            return
        began = time.perf_counter()
        for number, write in enumerate(self._beats):
            yield Pause(began + number * BEAT - time.perf_counter())
            yield Bytes(write)
        self.sent = time.perf_counter()
        yield Bytes(b"data: [DONE]\n\n")


def _beats(rate: int) -> Iterator[bytes]:
    """What the server writes, beat by beat."""
    words = (f"word{n} " if n % 12 else f"end{n}.\n\n" for n in count(1))
    for _ in range(int(SECONDS / BEAT)):
        yield b"".join(map(event, islice(words, round(rate * BEAT))))
    yield event(LAST)


def event(words: str) -> bytes:
    """A delta on the wire."""
    choice = {"index": 0, "delta": {"content": words}, "finish_reason": None}
    return f"data: {json.dumps({'choices': [choice]})}\n\n".encode()


@dataclass
class Typist:
    """Types letters that no reply has, and waits for each."""

    program: Program
    waits: list[float] = field(default_factory=list)
    """Milliseconds from a key to its letter."""
    own: list[float] = field(default_factory=list)
    """The same without those in which the machine was busy with others."""

    async def type(self) -> None:
        """Until it is cancelled."""
        for number in count():
            await asyncio.sleep(random.uniform(0.09, 0.17))
            letter = chr(FIRST_LETTER + number)
            began, starved = time.perf_counter(), self.program.starved
            self.program.type(letter)
            shown = await self.program.shows(letter.encode(), PATIENCE)
            self.waits.append((shown - began) * 1e3)
            self.own.append(max(0.0, self.waits[-1] - (self.program.starved - starved) * 1e3))


async def keys() -> None:
    """Print the table."""
    print(
        f"\n(e) keys while tokens arrive for {SECONDS} s, ms from a key to its letter; own: without"
    )
    print("    the time in which it could have run and the machine was busy with others")
    print(f"{'':32}{'p50':>6}{'p95':>6}{'own p50':>9}{'own p95':>9}{'keys':>6}", end="")
    print(f"{'last word':>11}{'own':>6}{'CPU':>6}")
    async with DemoServer() as server:
        for rate in RATES:
            for name, command, ready, above in (
                ("Rillet, 1 MB above", rillet(server), b"a chat that streams", ABOVE),
                ("Textual, nothing above", plain(server), b"neighbour", 0),
            ):
                script = Paced(rate, above)
                server.script("paced", script)
                print(f"{rate:>6,}/s {name:<23}", end="", flush=True)
                print(await _typed(command, ready, script, above), flush=True)


def rillet(server: DemoServer) -> tuple[str, ...]:
    """The program."""
    return (sys.executable, "-m", "tui", "--base-url", server.base_url, "--model", "paced")


def plain(server: DemoServer) -> tuple[str, ...]:
    """Its neighbour."""
    return (sys.executable, "-m", "tests.bench.plain_chat", server.base_url, "paced")


async def _typed(command: tuple[str, ...], ready: bytes, script: Paced, above: int) -> str:
    async with Program(*command) as program:
        await program.shows(ready)
        await asyncio.sleep(SETTLE)
        if above:
            program.type("first\r")
            await program.shows(ABOVE_IS_THERE.encode())
            await asyncio.sleep(REST)
        program.type("go\r")
        typist, cpu, began = Typist(program), program.cpu, time.perf_counter()
        typing = asyncio.create_task(typist.type())
        lag = await _late(program, script)
        used = (program.cpu - cpu) / (time.perf_counter() - began)
        typing.cancel()
        with suppress(asyncio.CancelledError, TimeoutError):
            await typing
        return f"{_times(typist.waits)}   {_times(typist.own)}{len(typist.waits):6}{lag}{used:6.0%}"


async def _late(program: Program, script: Paced) -> str:
    """How long after the last byte the last word is on the screen."""
    shown = asyncio.create_task(program.shows(LAST.encode(), SECONDS + PATIENCE))
    while not script.sent and not shown.done():
        await asyncio.sleep(BEAT)
    starved = program.starved
    try:
        lag = (await shown - script.sent) * 1e3
    except TimeoutError:
        return f"   > {PATIENCE:.0f} s       "
    own = max(0.0, lag - (program.starved - starved) * 1e3)
    return f"{lag:8,.0f} ms{own:6,.0f}"


def _times(found: list[float]) -> str:
    found = sorted(found) or [float("nan")]
    return f"{middle(found):6.0f}{tail(found):6.0f}"


async def idle() -> None:
    """What nothing costs, below a megabyte."""
    print(f"\n(f) idle for {IDLE} s, 1 MB above: CPU")
    async with DemoServer() as server:
        server.script("paced", Paced(0, ABOVE))
        async with Program(*rillet(server)) as program:
            await program.shows(b"a chat that streams")
            await asyncio.sleep(SETTLE)
            program.type("first\r")
            await program.shows(ABOVE_IS_THERE.encode())
            await asyncio.sleep(SETTLE)
            cpu = program.cpu
            await asyncio.sleep(IDLE)
            print(f"    {(program.cpu - cpu) / IDLE:.2%} of a core")
