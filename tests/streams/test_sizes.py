"""Streams that are large, or made of very small things."""

import json
import os
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from tui.core.conversation import Conversation
from tui.core.deltas import Delta, Finished, Outcome, Text
from tui.core.request import Request
from tui.core.settings import Endpoint
from tui.edge.client import Client
from tui.edge.demo import DemoServer, raw
from tui.turn import turn

LONG = os.environ.get("RILLET_LONG_TESTS") == "1"
MANY = 100_000 if LONG else 10_000
MEGABYTE = "A rillet. " * 100_000
END = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'


@pytest.fixture
async def client(demo: DemoServer) -> AsyncIterator[Client]:
    made = Client(Endpoint(demo.base_url))
    yield made
    await made.aclose()


def say(word: str) -> bytes:
    return b'data: {"choices":[{"delta":{"content":%b}}]}\n\n' % json.dumps(word).encode()


async def answer(demo: DemoServer, client: Client, body: bytes, pieces: int = 65_536) -> str:
    """The words of a body that is sent in pieces of this size."""
    demo.script("m", raw(body, pieces=pieces))
    async with aclosing(turn(client, Request("m", Conversation().asked("Hi").sent))) as turning:
        deltas: list[Delta] = [delta async for delta in turning]
    last = deltas[-1]
    assert isinstance(last, Finished)
    assert last.outcome is Outcome.FINISHED
    return "".join(delta.text for delta in deltas if isinstance(delta, Text))


async def test_a_megabyte_in_one_event(demo: DemoServer, client: Client) -> None:
    assert await answer(demo, client, say(MEGABYTE) + END) == MEGABYTE


async def test_a_megabyte_in_one_whole_answer(demo: DemoServer, client: Client) -> None:
    choice = {"message": {"content": MEGABYTE}, "finish_reason": "stop"}
    assert await answer(demo, client, json.dumps({"choices": [choice]}).encode()) == MEGABYTE


async def test_very_many_tiny_events(demo: DemoServer, client: Client) -> None:
    assert await answer(demo, client, say("a") * MANY + END) == "a" * MANY


async def test_a_comment_and_a_field_of_a_megabyte(demo: DemoServer, client: Client) -> None:
    junk = b": %b\n\nmeta: %b\n\n" % (MEGABYTE.encode(), MEGABYTE.encode())
    assert await answer(demo, client, junk + say("a") + END) == "a"


async def test_a_line_of_many_events(demo: DemoServer, client: Client) -> None:
    line = say("a").strip() * 2000
    assert await answer(demo, client, line + b"\n\n" + END) == "a" * 2000


async def test_pieces_of_seven_bytes(demo: DemoServer, client: Client) -> None:
    words = "日本🎉 " * 40
    assert await answer(demo, client, b"".join(map(say, words)) + END, pieces=7) == words
