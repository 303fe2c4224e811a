"""From Esc to the moment at which the server sees the client leave, in every phase of a turn.

The server is another process and says when it saw it; both read the same monotonic clock. Where
nothing is open at a server, the end of the turn is what is measured. In the app, Esc is a byte at
the pty: what the terminal's parser and the screen take is in the figure.
"""

from __future__ import annotations

import asyncio
import os
import random
import socket
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import aclosing, contextmanager

from tests.bench.elsewhere import Elsewhere
from tests.bench.program import Program
from tests.tls import CERTIFICATE
from tui.app import settle_memory
from tui.core.conversation import Conversation
from tui.core.deltas import Finished, Outcome, Text
from tui.core.request import Request
from tui.core.settings import Endpoint, Patience
from tui.edge.client import Client
from tui.turn import Stop, turn

TRIES = 20

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


async def cancelled(client: Client, request: Request, words: int) -> tuple[float, float]:
    """When Esc came, shortly after so many words, and when the turn was over."""
    stop, came, later = Stop(), [0.0], asyncio.get_running_loop().call_later

    def press() -> None:
        came[0] = time.monotonic()
        stop()

    async with aclosing(turn(client, request, Patience(connect=60), stop)) as deltas:
        if not words:
            later(random.uniform(0.1, 0.15), press)
        async for delta in deltas:
            words -= isinstance(delta, Text)
            if isinstance(delta, Text) and words == 0:
                later(random.uniform(0.0, 0.05), press)
    assert delta == Finished(Outcome.CANCELLED)
    return came[0], time.monotonic()


async def by_the_client(
    server: Elsewhere, url: str, model: str, is_stream: bool, words: int
) -> list[float]:
    """Seconds until the server saw it, for each try."""
    client = Client(Endpoint(url))
    await client.ready()
    request = Request(model, Conversation().asked("go").sent, is_stream=is_stream)
    found = []
    for _ in range(TRIES):
        came, _ended = await cancelled(client, request, words)
        found.append(await server.departure() - came)
    await client.aclose()
    return found


async def by_itself(url: str, model: str) -> list[float]:
    """Seconds until the turn was over, for each try."""
    client = Client(Endpoint(url), connect_timeout=60)
    await client.ready()
    request = Request(model, Conversation().asked("go").sent)
    times = [await cancelled(client, request, 0) for _ in range(TRIES)]
    await client.aclose()
    return [ended - came for came, ended in times]


async def by_the_key(server: Elsewhere, model: str) -> list[float]:
    """Seconds from Esc at the terminal until the server saw it, for each try."""
    command = (sys.executable, "-m", "tui", "--base-url", server.base_url, "--model", model)
    found = []
    async with Program(*command) as program:
        await program.shows(b"a chat that streams")
        await asyncio.sleep(4)
        for _ in range(TRIES):
            program.type("go\r")
            await asyncio.sleep(random.uniform(1.0, 1.5))
            came = time.monotonic()
            program.type("\x1b")
            found.append(await server.departure() - came)
            await asyncio.sleep(1)
            program.type("\x0e")
    return found


@contextmanager
def full_house() -> Iterator[str]:
    """The URL of a server that accepts nobody, because too many wait already."""
    with socket.socket() as door, socket.socket() as first, socket.socket() as second:
        door.bind(("127.0.0.1", 0))
        door.listen(0)
        for guest in (first, second):
            guest.setblocking(False)
            guest.connect_ex(door.getsockname())
        yield f"http://127.0.0.1:{door.getsockname()[1]}/v1"


def show(phase: str, seconds: list[float]) -> None:
    """Print a line of the table."""
    median, longest = statistics.median(seconds) * 1e3, max(seconds) * 1e3
    print(f"  {phase:<44}{median:8.1f}{longest:8.1f}", flush=True)


async def measure() -> None:
    """Print the table."""
    os.environ["SSL_CERT_FILE"] = str(CERTIFICATE)
    print(f"milliseconds from Esc until the server sees it: {TRIES} tries{'':7}p50     max")
    async with Elsewhere() as server:
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
