"""Counts that servers give while they answer, and what they say of their models."""

import json
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from tui.core.catalog import Profile
from tui.core.conversation import Conversation
from tui.core.deltas import Delta, PromptRead, Usage
from tui.core.listing import LLAMA_CPP
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
    demo.describe("m", owned_by="llamacpp")
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
    assert demo.asked[-1].body["return_progress"] is True


async def test_a_header_tells_that_it_is_llama_cpp(demo: DemoServer, client: Client) -> None:
    body = stream({"choices": words("Hi")})
    demo.script("m", raw(body, headers={"server": "llama.cpp"}))
    for _ in range(2):
        await usages(client, "m")
    asked = [request.body for request in demo.asked]
    assert ["timings_per_token" in body for body in asked] == [False, True]


async def test_a_model_is_asked_as_its_own_program_takes_it(
    demo: DemoServer, client: Client
) -> None:
    """A router lists what many programs serve."""
    demo.script("m", saying("One two."))
    demo.describe("demo-tour", owned_by="vllm")
    demo.describe("m", owned_by="llamacpp")
    await client.models()
    for model in ("m", "demo-tour", "demo-echo"):
        await usages(client, model)
    asked = [request.body for request in demo.asked[1:]]
    options = [body["stream_options"] for body in asked]
    plain = {"include_usage": True}
    assert ["return_progress" in body for body in asked] == [True, False, False]
    assert options == [plain, plain | {"continuous_usage_stats": True}, plain]


async def test_how_far_the_prompt_is_read_is_told(demo: DemoServer, client: Client) -> None:
    def read(tokens: int) -> dict[str, object]:
        progress = {"total": 237, "cache": 20, "processed": tokens, "time_ms": 30}
        quiet = [{"index": 0, "delta": {"role": "assistant", "content": None}}]
        return {"choices": quiet, "prompt_progress": progress, "timings": {"predicted_n": 0}}

    odd: tuple[object, ...] = (
        {"total": 0},
        {"total": 5, "processed": 9},
        None,
        {"total": "x", "processed": -1},
    )
    demo.script(
        "m",
        raw(
            stream(
                read(20),
                read(148),
                read(148),
                read(237),
                *({"choices": [], "prompt_progress": progress} for progress in odd),
                {"choices": words("Hi")},
            )
        ),
    )
    request = Request("m", Conversation().asked("Tell me about rivers.").sent)
    async with aclosing(turn(client, request)) as deltas:
        seen = [delta async for delta in deltas]
    told = [delta for delta in seen if isinstance(delta, PromptRead)]
    assert told == [PromptRead(20, 237), PromptRead(148, 237), PromptRead(237, 237)]
    assert [each.per_cent for each in told] == [8, 62, 100]
    assert Usage(237, None, 20) in seen


async def test_vllm_is_asked_for_running_usage(demo: DemoServer, client: Client) -> None:
    demo.describe("m", owned_by="vllm")
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

    demo.describe("strict", owned_by="llamacpp")
    demo.script("strict", strict)
    await client.models()
    assert await usages(client, "strict") == []
    asked = [request.body for request in demo.asked if request.path.endswith("completions")]
    assert [("stream_options" in body, "timings_per_token" in body) for body in asked] == [
        (True, True),
        (True, False),
        (False, False),
    ]


async def test_one_that_passes_for_another_is_asked_plainly_from_then_on(
    demo: DemoServer, client: Client
) -> None:
    def strict(asked: Asked) -> AsyncIterator[Act]:
        if "timings_per_token" in asked.body:
            error = b'{"error":{"message":"Extra inputs are not permitted"}}'
            return raw(error, content_type="application/json", status=422)(asked)
        usage = {"prompt_tokens": 7, "completion_tokens": 1}
        return raw(stream({"choices": words("Hi"), "usage": usage}))(asked)

    demo.describe("strict", owned_by="llamacpp")
    demo.script("strict", strict)
    await client.models()
    assert await usages(client, "strict") == [Usage(7, 1)]
    assert await usages(client, "strict") == [Usage(7, 1)]
    asked = [request.body for request in demo.asked[1:]]
    assert ["timings_per_token" in body for body in asked] == [True, False, False]
    assert all("stream_options" in body for body in asked)


async def test_a_refusal_for_another_reason_takes_no_counts_away(
    demo: DemoServer, client: Client
) -> None:
    is_full = True

    def full(asked: Asked) -> AsyncIterator[Act]:
        if is_full:
            error = b'{"error":{"message":"the request exceeds the available context size"}}'
            return raw(error, content_type="application/json", status=400)(asked)
        return raw(stream({"choices": words("Hi")}))(asked)

    demo.describe("full", owned_by="llamacpp")
    demo.script("full", full)
    await client.models()
    await usages(client, "full")
    is_full = False
    await usages(client, "full")
    asked = [request.body for request in demo.asked[1:]]
    assert ["timings_per_token" in body for body in asked] == [True, False, True]


@pytest.mark.skipif(MISSING is not None, reason=MISSING or "")
async def test_the_embedded_engine_tells_its_window_and_counts_as_it_answers() -> None:
    engine = Hosted(local.engine(), program=LLAMA_CPP)
    try:
        unlisted = [usage.prompt for usage in await usages(engine, local.NAME)]
        assert await engine.models() == [local.NAME]
        profile = engine.announced[local.NAME]
        assert (profile.context, profile.sees) == (CONTEXT, False)
        counts = [usage.completion for usage in await usages(engine, local.NAME)]
    finally:
        await engine.aclose()
    assert len(unlisted) > 5
    assert len(set(unlisted)) == 1
    assert counts.pop(0) is None
    assert len(counts) > 5
    assert counts == sorted(counts, key=lambda count: count or 0)
