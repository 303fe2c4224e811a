"""Continuing a cut answer over real HTTP, at servers that take it and servers that do not."""

import json
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from tui.core.continuing import Way
from tui.core.conversation import Conversation, Message
from tui.core.deltas import Continued, Delta, Finished, Outcome, Text
from tui.core.request import Request
from tui.core.settings import Endpoint
from tui.edge.client import Client
from tui.edge.demo import Act, Asked, DemoServer, raw, saying
from tui.turn import turn

BEFORE = "The river begins in the hills. It runs"


@pytest.fixture
async def client(demo: DemoServer) -> AsyncIterator[Client]:
    made = Client(Endpoint(demo.base_url))
    yield made
    await made.aclose()


async def rest_of(client: Client, model: str, before: str = BEFORE) -> list[Delta]:
    talk = Conversation().asked("Where?").answered(Message(0, "assistant", before))
    request = Request(model, talk.sent, continues=True)
    async with aclosing(turn(client, request)) as deltas:
        return [delta async for delta in deltas]


def told(deltas: list[Delta]) -> tuple[str, Continued | None]:
    text = "".join(delta.text for delta in deltas if isinstance(delta, Text))
    return text, next((delta for delta in deltas if isinstance(delta, Continued)), None)


def strict(asked: Asked) -> AsyncIterator[Act]:
    """A server that refuses what OpenAI refuses."""
    if "continue_final_message" in asked.body:
        error = {"error": {"message": "Unrecognized request argument: continue_final_message"}}
        refusal = json.dumps(error).encode()
        return raw(refusal, content_type="application/json", status=400)(asked)
    return saying("It runs to the sea.")(asked)


async def test_the_partial_answer_goes_back_as_the_last_message(
    demo: DemoServer, client: Client
) -> None:
    demo.script("willing", saying(" to the sea."))
    assert told(await rest_of(client, "willing")) == (" to the sea.", Continued(Way.FLAGS))
    body = demo.asked[0].body
    assert body["messages"] == [
        {"role": "user", "content": "Where?"},
        {"role": "assistant", "content": BEFORE},
    ]
    assert (body["continue_final_message"], body["add_generation_prompt"]) == (True, False)


async def test_a_server_that_does_not_know_it_is_asked_in_words_and_remembered(
    demo: DemoServer, client: Client
) -> None:
    demo.script("strict", strict)
    for _ in range(2):
        rest = told(await rest_of(client, "strict"))
        assert rest == (" to the sea.", Continued(Way.INSTRUCTION, "It runs"))
    assert ["continue_final_message" in asked.body for asked in demo.asked] == [True, False, False]
    assert "“The river begins in the hills. It runs”" in str(demo.asked[-1].body["messages"])


async def test_what_a_server_refuses_either_way_is_told_and_not_remembered(
    demo: DemoServer, client: Client
) -> None:
    demo.script("full", raw(b'{"error":{"message":"too long"}}', status=400))
    last = (await rest_of(client, "full"))[-1]
    assert isinstance(last, Finished)
    assert last.outcome is Outcome.FAILED
    demo.script("full", saying(" to the sea."))
    assert told(await rest_of(client, "full"))[1] == Continued(Way.FLAGS)


async def test_an_echo_of_the_beginning_is_left_out(demo: DemoServer, client: Client) -> None:
    demo.script("echo", saying(f"{BEFORE} to the sea."))
    assert told(await rest_of(client, "echo")) == (" to the sea.", Continued(Way.FLAGS, BEFORE))


async def test_words_held_at_the_seam_survive_a_cut(demo: DemoServer, client: Client) -> None:
    chunk = json.dumps({"choices": [{"delta": {"content": BEFORE[:20]}}]})
    demo.script("cut", raw(f"data: {chunk}\n\n".encode(), then="drop"))
    deltas = await rest_of(client, "cut")
    assert told(deltas)[0] == BEFORE[:20]
    assert deltas[-2:] == [Text(BEFORE[:20]), deltas[-1]]
