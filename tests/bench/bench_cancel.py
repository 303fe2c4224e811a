"""From Esc to the moment at which the server sees the client leave, in every phase of a turn.

The server is another process and says when it saw it; both read the same monotonic clock. Where
nothing is open at a server, the end of the turn is what is measured. In the app, Esc is a byte at
the pty: what the terminal's parser and the screen take is in the figure.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import sys
import time
from contextlib import aclosing

from tests.bench.elsewhere import Elsewhere
from tests.bench.program import Program
from tests.full_house import full_house
from tui.app import settle_memory
from tui.core.conversation import Conversation
from tui.core.deltas import Delta, Finished, Outcome, Text
from tui.core.request import Request
from tui.core.settings import Endpoint, Patience
from tui.edge.client import Client
from tui.turn import Stop, turn

TRIES = 20

SETTLE = 4
"""Seconds after the first paint: the start-up's own work is not what is measured."""

REST = 1
"""Seconds between two tries."""

FLOOD = "demo-999999t"

PHASES = {
    "waiting for headers": ("demo-hang", True, 0),
    "waiting for the first word": ("demo-silent", True, 0),
    "a slow stream": ("demo-slow", True, 1),
    "a flood": (FLOOD, True, 1_000),
    "a stall in mid-stream": ("demo-stall", True, 10),
    "half of a whole answer": ("demo-stall", False, 0),
}
"""The model, whether it streams, and the words after which Esc comes."""


async def cancelled(
    client: Client, request: Request, words: int = 0, server: Elsewhere | None = None
) -> tuple[float, float]:
    """When Esc came, shortly after so many words or after the server was asked, and the end."""
    stop, has_words = Stop(), asyncio.Event()

    async def read() -> Delta:
        nonlocal words
        async with aclosing(turn(client, request, Patience(), stop)) as deltas:
            async for delta in deltas:
                words -= isinstance(delta, Text)
                if words <= 0:
                    has_words.set()
        return delta

    reading = asyncio.create_task(read())
    if server is not None:
        await server.told("came")
    if words:
        await has_words.wait()
    await asyncio.sleep(random.uniform(0.05, 0.1))
    came = time.monotonic()
    stop()
    assert await reading == Finished(Outcome.CANCELLED)
    return came, time.monotonic()


async def by_the_client(
    server: Elsewhere, url: str, model: str, is_stream: bool, words: int
) -> list[float]:
    """Seconds until the server saw it, for each try."""
    client = Client(Endpoint(url))
    await client.ready()
    request = Request(model, Conversation().asked("go").sent, is_stream=is_stream)
    found = []
    for _ in range(TRIES):
        came, _ended = await cancelled(client, request, words, server)
        found.append(await server.told("left") - came)
    await client.aclose()
    return found


async def by_itself(url: str, model: str) -> list[float]:
    """Seconds until the turn was over, for each try."""
    client = Client(Endpoint(url), connect_timeout=60)
    await client.ready()
    request = Request(model, Conversation().asked("go").sent)
    times = [await cancelled(client, request) for _ in range(TRIES)]
    await client.aclose()
    return [ended - came for came, ended in times]


async def by_the_key(server: Elsewhere, model: str) -> list[float]:
    """Seconds from Esc at the terminal until the server saw it, for each try."""
    command = (sys.executable, "-m", "tui", "--base-url", server.base_url, "--model", model)
    found = []
    async with Program(*command) as program:
        await program.shows(b"a chat that streams")
        await asyncio.sleep(SETTLE)
        for _ in range(TRIES):
            program.type("go\r")
            await server.told("came")
            await asyncio.sleep(random.uniform(0.5, 1.0))
            came = time.monotonic()
            program.type("\x1b")
            found.append(await server.told("left") - came)
            await asyncio.sleep(REST)
            program.type("\x0e")
    return found


def show(phase: str, seconds: list[float]) -> None:
    """Print a line of the table."""
    median, longest = statistics.median(seconds) * 1e3, max(seconds) * 1e3
    print(f"  {phase:<44}{median:8.1f}{longest:8.1f}", flush=True)


async def measure() -> None:
    """Print the table."""
    print(f"milliseconds from Esc until the server sees it: {TRIES} tries{'':7}p50     max")
    async with Elsewhere() as server:
        os.environ["SSL_CERT_FILE"] = server.authority
        for phase, (model, is_stream, words) in PHASES.items():
            show(phase, await by_the_client(server, server.base_url, model, is_stream, words))
        show("a flood over TLS", await by_the_client(server, server.safe_url, FLOOD, True, 1_000))
        show("the app, waiting for headers", await by_the_key(server, "demo-hang"))
        show("the app, a flood", await by_the_key(server, FLOOD))
        show("between two retries, until the end", await by_itself(server.base_url, "demo-429"))
    with full_house() as url:
        show("connecting, until the end", await by_itself(url, "none"))


def main() -> None:
    """Print the figures."""
    settle_memory()
    asyncio.run(measure())


if __name__ == "__main__":
    main()
