"""Bodies cut at every byte by a real server: closed, reset, or ended as if that were all."""

import gzip
import json
import os
import zlib
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from tui.core.body import BodyReader
from tui.core.conversation import Conversation
from tui.core.deltas import Delta, Finished, Outcome, Text
from tui.core.request import Request
from tui.core.settings import Endpoint, Patience
from tui.edge.client import Client
from tui.edge.demo import DemoServer, Ending, raw
from tui.turn import turn

LONG = os.environ.get("RILLET_LONG_TESTS") == "1"
PATIENCE = Patience(usage=0.2, retries=0)


def say(word: str, is_ascii: bool = False) -> str:
    chunk = {"choices": [{"index": 0, "delta": {"content": word}}]}
    return f"data: {json.dumps(chunk, ensure_ascii=is_ascii)}\n\n"


END = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
BODY = (say("fließen 日本🎉") + say("fließen 日本🎉", is_ascii=True) + END).encode()

ENDINGS: tuple[Ending, ...] = ("end", "fin", "drop", "reset")


@pytest.fixture
async def client(demo: DemoServer) -> AsyncIterator[Client]:
    made = Client(Endpoint(demo.base_url))
    yield made
    await made.aclose()


async def deltas_of(client: Client, model: str) -> list[Delta]:
    request = Request(model, Conversation().asked("Hi").sent)
    async with aclosing(turn(client, request, PATIENCE)) as deltas:
        return [delta async for delta in deltas]


def text(deltas: list[Delta]) -> str:
    return "".join(delta.text for delta in deltas if isinstance(delta, Text))


def expected(body: bytes, then: Ending) -> tuple[str, Outcome, str]:
    """What a body means that was cut here: by its own words, and by how the connection ended."""
    reader = BodyReader("text/event-stream")
    words = text([*reader.feed(body), *reader.flush()])
    ending = reader.ending()
    if then in ("end", "fin") or reader.knows_the_end:
        return words, ending.outcome, ending.reason
    return words, Outcome.INTERRUPTED, ""


async def check(demo: DemoServer, client: Client, sent: bytes, body: bytes, then: Ending) -> None:
    zipped = {"content-encoding": "gzip"} if sent is not body else {}
    demo.script("cut", raw(sent, headers=zipped, then=then))
    deltas = await deltas_of(client, "cut")
    last = deltas[-1]
    assert isinstance(last, Finished)
    found = text(deltas), last.outcome, last.reason
    assert found == expected(body, then), f"{len(sent)} bytes, then {then}"


@pytest.mark.parametrize("then", ENDINGS)
async def test_a_body_cut_at_any_byte(demo: DemoServer, client: Client, then: Ending) -> None:
    for end in range(0, len(BODY) + 1, 1 if LONG else 17):
        part = BODY[:end]
        await check(demo, client, part, part, then)


@pytest.mark.parametrize("then", ENDINGS)
async def test_a_compressed_body_cut_at_any_byte(
    demo: DemoServer, client: Client, then: Ending
) -> None:
    zipped = gzip.compress(BODY, mtime=0)
    for end in range(1, len(zipped) + 1, 1 if LONG else 13):
        body = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(zipped[:end])
        await check(demo, client, zipped[:end], body, then)
