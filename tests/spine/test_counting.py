"""Counts that servers give while they answer, and what they say of their models."""

import json
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from tui.core.catalog import Profile
from tui.core.conversation import Conversation
from tui.core.deltas import Delta, Usage
from tui.core.request import Request
from tui.core.settings import Endpoint
from tui.edge import local
from tui.edge.client import Client
from tui.edge.demo import Act, Asked, DemoServer, raw, saying
from tui.edge.engine import CONTEXT
from tui.edge.hosted import Hosted
from tui.turn import turn

MISSING = local.missing()


@pytest.fixture
async def client(demo: DemoServer) -> AsyncIterator[Client]:
    client = Client(Endpoint(demo.base_url))
    yield client
    await client.aclose()


async def usages(client: Client | Hosted, model: str) -> list[Usage]:
    """The counts of a turn, in the order in which they came."""
    request = Request(model, Conversation().asked("Tell me about rivers.").sent)
    seen: list[Delta] = []
    async with aclosing(turn(client, request)) as deltas:
        seen = [delta async for delta in deltas]
    return [delta for delta in seen if isinstance(delta, Usage)]


def stream(*chunks: dict[str, object]) -> bytes:
    events = [f"data: {json.dumps(chunk)}\n\n" for chunk in chunks]
    return ("".join(events) + "data: [DONE]\n\n").encode()


def words(text: str) -> list[dict[str, object]]:
    return [{"index": 0, "delta": {"content": text}}]


async def test_what_an_endpoint_says_of_its_models_is_kept(
    demo: DemoServer, client: Client
) -> None:
    demo.describe("demo-echo", max_model_len=8192)
    names = await client.models()
    assert "demo-tour" in names
    assert client.announced["demo-echo"] == Profile(context=8192)
    assert client.announced["demo-tour"] == Profile(context=32_768)


async def test_llama_cpp_is_asked_for_its_counts_and_gives_them(
    demo: DemoServer, client: Client
) -> None:
    demo.describe("demo-tour", owned_by="llamacpp")
    timings = {"cache_n": 32, "prompt_n": 1, "predicted_n": 1, "predicted_ms": 0.1}
    demo.script(
        "m",
        raw(
            stream(
                {"choices": words("One"), "timings": timings},
                {"choices": words(" two"), "timings": timings | {"predicted_n": 2}},
                {"choices": words("."), "timings": {"predicted_n": "much"}},
            )
        ),
    )
    await client.models()
    assert await usages(client, "m") == [Usage(33, 1, 32), Usage(33, 2, 32)]
    assert demo.asked[-1].body["timings_per_token"] is True


async def test_vllm_is_asked_for_running_usage(demo: DemoServer, client: Client) -> None:
    demo.describe("demo-tour", owned_by="vllm")
    demo.script("m", saying("One two."))
    await client.models()
    await usages(client, "m")
    options = demo.asked[-1].body["stream_options"]
    assert options == {"include_usage": True, "continuous_usage_stats": True}


async def test_others_are_asked_for_nothing_that_they_may_not_know(
    demo: DemoServer, client: Client
) -> None:
    await client.models()
    await usages(client, "demo-echo")
    assert demo.asked[-1].body["stream_options"] == {"include_usage": True}
    assert "timings_per_token" not in demo.asked[-1].body


async def test_one_that_refuses_is_asked_again_without(demo: DemoServer, client: Client) -> None:
    def strict(asked: Asked) -> AsyncIterator[Act]:
        if "stream_options" in asked.body:
            error = b'{"error":{"message":"unknown field in stream_options"}}'
            return raw(error, content_type="application/json", status=400)(asked)
        return raw(stream({"choices": words("Hi")}))(asked)

    demo.describe("demo-tour", owned_by="llamacpp")
    demo.script("strict", strict)
    await client.models()
    assert await usages(client, "strict") == []
    asked = [request.body for request in demo.asked if request.path.endswith("completions")]
    assert [("stream_options" in body, "timings_per_token" in body) for body in asked] == [
        (True, True),
        (False, False),
    ]


@pytest.mark.skipif(MISSING is not None, reason=MISSING or "")
async def test_the_embedded_engine_tells_its_window_and_counts_as_it_answers() -> None:
    engine = Hosted(local.engine())
    try:
        assert await engine.models() == [local.NAME]
        profile = engine.announced[local.NAME]
        assert (profile.context, profile.sees) == (CONTEXT, False)
        counts = [usage.completion for usage in await usages(engine, local.NAME)]
    finally:
        await engine.aclose()
    assert len(counts) > 5
    assert counts == sorted(counts, key=lambda count: count or 0)
