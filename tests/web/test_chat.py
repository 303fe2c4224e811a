"""OpenAI's API over an endpoint: what goes in comes out, refusals included."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from tests.waiting import until
from tests.web.bridges import JSON, Bridge, body, bridging, events, seen
from tests.web.floods import Flood
from tui.core.settings import Patience
from tui.edge.demo import DemoServer, raw, saying
from tui.web import answers


def deltas(chunks: list[JSON]) -> list[JSON]:
    found = []
    for chunk in chunks:
        choices = chunk["choices"]
        assert isinstance(choices, list)
        found += [choice["delta"] for choice in choices]
    return found


def said(chunks: list[JSON], name: str = "content") -> str:
    return "".join(str(delta.get(name) or "") for delta in deltas(chunks))


def reasons(chunks: list[JSON]) -> list[object]:
    found = []
    for chunk in chunks:
        choices = chunk["choices"]
        assert isinstance(choices, list)
        found += [choice["finish_reason"] for choice in choices]
    return [reason for reason in found if reason]


def posts(demo: DemoServer) -> int:
    return sum(asked.method == "POST" for asked in demo.asked)


async def test_a_stream_has_openai_s_chunks_and_ends_with_done(
    bridge: Bridge, demo: DemoServer
) -> None:
    demo.script("m", saying("Rivers, 日本語, 🎉."))
    answer = await bridge.complete("m", stream=True)
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert answer.text.endswith("data: [DONE]\n\n")
    chunks = events(answer.text)
    assert said(chunks) == "Rivers, 日本語, 🎉."
    assert {str(chunk["object"]) for chunk in chunks} == {"chat.completion.chunk"}
    assert len({str(chunk["id"]) for chunk in chunks}) == 1
    assert deltas(chunks)[0]["role"] == "assistant"
    assert reasons(chunks) == ["stop"]


async def test_usage_is_there_where_it_was_asked_for_and_only_there(bridge: Bridge) -> None:
    plain = events((await bridge.complete("demo-echo", stream=True)).text)
    assert all("usage" not in chunk for chunk in plain)
    options = {"include_usage": True}
    asked = events((await bridge.complete("demo-echo", stream=True, stream_options=options)).text)
    assert asked[-1]["choices"] == []
    usage = asked[-1]["usage"]
    assert isinstance(usage, dict)
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"] > 0
    assert all(chunk["usage"] is None for chunk in asked[:-1])


async def test_a_whole_completion_is_one_object_with_usage(bridge: Bridge) -> None:
    answer = (await bridge.complete("demo-echo")).json()
    (choice,) = answer["choices"]
    assert answer["object"] == "chat.completion"
    assert choice["finish_reason"] == "stop"
    assert "Hi" in choice["message"]["content"]
    assert answer["usage"]["completion_tokens"] > 0


@pytest.mark.parametrize(
    ("model", "reason"),
    [("demo-length", "length"), ("demo-filter", "content_filter"), ("demo-tools", "tool_calls")],
)
async def test_the_finish_reason_is_the_endpoint_s(bridge: Bridge, model: str, reason: str) -> None:
    assert reasons(events((await bridge.complete(model, stream=True)).text)) == [reason]
    whole = (await bridge.complete(model)).json()
    assert whole["choices"][0]["finish_reason"] == reason


async def test_tool_calls_go_through_in_pieces_and_whole(bridge: Bridge) -> None:
    chunks = events((await bridge.complete("demo-tools", stream=True)).text)
    calls = [call for delta in deltas(chunks) for call in _list(delta.get("tool_calls"))]
    assert [call["id"] for call in calls if "id" in call] == ["call_demo"]
    arguments = "".join(call["function"]["arguments"] for call in calls)
    message = (await bridge.complete("demo-tools")).json()["choices"][0]["message"]
    assert message["content"] is None
    (whole,) = message["tool_calls"]
    assert whole["function"] == {"name": "water_level", "arguments": arguments}
    assert json.loads(arguments)


def _list(found: object) -> list[dict[str, Any]]:
    return found if isinstance(found, list) else []


async def test_reasoning_and_refusals_go_through(bridge: Bridge) -> None:
    thought = events((await bridge.complete("demo-reasoning", stream=True)).text)
    assert said(thought, "reasoning_content")
    assert said(thought)
    declined = events((await bridge.complete("demo-refusal", stream=True)).text)
    assert said(declined, "refusal")
    message = (await bridge.complete("demo-refusal")).json()["choices"][0]["message"]
    assert message["refusal"] == said(declined, "refusal")
    assert message["content"] is None


async def test_what_nobody_here_knows_is_passed_on_as_it_was_given(
    bridge: Bridge, demo: DemoServer
) -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA==", "x": [1]}}
    words = {"type": "text", "text": "See ü 😀"}
    given: JSON = {
        "model": "demo-echo",
        "messages": [{"role": "user", "content": [words, picture], "odd": {"deep": [None, 1.5]}}],
        "stream": True,
        "top_k": 40,
        "seed": 7,
        "n": 1,
        "metadata": {"a": {"b": [True, None]}},
        "tools": [{"type": "function", "function": {"name": "f", "parameters": {}}}],
    }
    await bridge.http.post("/v1/chat/completions", json=given)
    assert demo.asked[-1].body == given


@pytest.mark.parametrize(
    ("model", "status"),
    [("demo-401", 401), ("demo-404", 404), ("demo-429", 429), ("demo-too-long", 400)],
)
async def test_a_refusal_goes_through_as_it_is(
    bridge: Bridge, demo: DemoServer, model: str, status: int
) -> None:
    async with bridging(demo.base_url, key="k-secret-123456") as keyed:
        direct = await keyed.http.post(f"{demo.base_url}/chat/completions", json=body(model))
        before = posts(demo)
        for is_stream in (True, False):
            answer = await keyed.complete(model, stream=is_stream)
            assert answer.status_code == status
            assert set(answer.json()) == {"error"}
            assert answer.json()["error"]["type"] == direct.json()["error"]["type"]
            assert answer.headers.get("retry-after") == direct.headers.get("retry-after")
            assert "k-secret-123456" not in answer.text
        assert posts(demo) == before + 2


async def test_a_page_in_place_of_an_answer_is_an_error_in_openai_s_form(
    bridge: Bridge, demo: DemoServer
) -> None:
    demo.script("page", raw(b"<h1>Welcome</h1>", content_type="text/html"))
    for is_stream in (True, False):
        answer = await bridge.complete("page", stream=is_stream)
        assert answer.status_code == 502
        assert "did not answer with a stream" in answer.json()["error"]["message"]


async def test_an_answer_that_is_cut_ends_with_an_error_and_without_done(bridge: Bridge) -> None:
    answer = await bridge.complete("demo-drop", stream=True)
    assert "[DONE]" not in answer.text
    last = events(answer.text)[-1]
    assert isinstance(last["error"], dict)
    assert (await bridge.complete("demo-drop")).status_code == 502


async def test_an_endpoint_that_falls_silent_is_told(demo: DemoServer) -> None:
    async with bridging(demo.base_url, patience=Patience(first=0.3, idle=0.3)) as bridge:
        answer = await bridge.complete("demo-stall", stream=True)
        assert "fell silent" in str(events(answer.text)[-1]["error"])
        assert (await bridge.complete("demo-silent", stream=True)).status_code in (200, 504)


async def test_an_endpoint_that_is_not_there_is_a_bad_gateway() -> None:
    async with bridging("http://127.0.0.1:9/v1") as bridge:
        for is_stream in (True, False):
            answer = await bridge.complete("m", stream=is_stream)
            assert answer.status_code == 502
            assert answer.json()["error"]["type"] == "upstream_error"


@pytest.mark.parametrize(
    ("more", "param"),
    [
        ({"n": 2}, "n"),
        ({"logprobs": True}, "logprobs"),
        ({"modalities": ["text", "audio"]}, "modalities"),
        ({"functions": [{"name": "f"}]}, "functions"),
        ({"messages": []}, "messages"),
        ({"messages": ["Hi"]}, "messages"),
        ({"messages": "Hi"}, "messages"),
        ({"stream": "yes"}, "stream"),
        ({"model": 5}, "model"),
    ],
)
async def test_what_cannot_be_passed_back_is_refused_with_its_name(
    bridge: Bridge, demo: DemoServer, more: JSON, param: str
) -> None:
    answer = await bridge.http.post("/v1/chat/completions", json=body("demo-echo") | more)
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == param
    assert answer.json()["error"]["type"] == "invalid_request_error"
    assert demo.asked == []


@pytest.mark.parametrize(
    "raw_body",
    [
        *(b"", b"{", b"[]", b'"x"', b"[" * 100_000, b'{"a": NaN}', b'{"a": 1e999}'),
        *(b'{"a": "\\ud800"}', b'{"a": "\xed\xa0\x80"}', '{"a": "\\ud800"}'.encode("utf-16")),
    ],
)
async def test_what_is_no_json_object_is_refused(bridge: Bridge, raw_body: bytes) -> None:
    kind = {"content-type": "application/json"}
    answer = await bridge.http.post("/v1/chat/completions", content=raw_body, headers=kind)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "invalid_json"


async def test_the_endpoint_s_models_are_listed(bridge: Bridge, demo: DemoServer) -> None:
    listed = (await bridge.http.get("/v1/models")).json()
    assert [model["id"] for model in listed["data"]] == demo.models
    one = await bridge.http.get("/v1/models/demo-echo")
    assert one.json()["id"] == "demo-echo"
    assert (await bridge.http.get("/v1/models/none")).status_code == 404


async def test_without_a_model_the_first_that_is_listed_is_asked(
    bridge: Bridge, demo: DemoServer
) -> None:
    await bridge.complete("", stream=True, max_tokens=3)
    assert demo.asked[-1].body["model"] == demo.models[0]


@pytest.mark.parametrize("model", ["demo-hang", "demo-silent", "demo-slow"])
@pytest.mark.parametrize("is_stream", [True, False])
async def test_a_client_that_leaves_cancels_the_request_at_once(
    bridge: Bridge, demo: DemoServer, model: str, is_stream: bool
) -> None:
    asking = asyncio.create_task(bridge.complete(model, stream=is_stream))
    await until(lambda: demo.asked)
    asking.cancel()
    await until(lambda: demo.gone == [model], patience=2)
    await until(lambda: bridge.desk.running == 0)


async def test_streams_beyond_the_limit_are_told_to_wait(demo: DemoServer) -> None:
    async with bridging(demo.base_url, most=2) as bridge:
        running = [asyncio.create_task(bridge.complete("demo-hang")) for _ in range(2)]
        await until(lambda: len(demo.asked) == 2)
        answer = await bridge.complete("demo-echo")
        assert answer.status_code == 429
        assert answer.json()["error"]["code"] == "too_many_streams"
        assert answer.headers["retry-after"] == "1"
        for each in running:
            each.cancel()
        await until(lambda: bridge.desk.running == 0)
        assert (await bridge.complete("demo-echo")).status_code == 200


async def without_reading(bridge: Bridge, model: str) -> asyncio.StreamWriter:
    """A client that takes the first words of an answer and then nothing."""
    host, _, port = bridge.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port), limit=1024)
    asked = json.dumps(body(model, stream=True)).encode()
    head = (
        f"POST /v1/chat/completions HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
    )
    writer.write(f"{head}Content-Length: {len(asked)}\r\n\r\n".encode() + asked)
    await seen(reader, b"xxx")
    return writer


async def test_a_slow_client_pauses_the_endpoint(bridge: Bridge, demo: DemoServer) -> None:
    """Of some 100 MB nobody reads any: what is under way is bounded."""
    flood = Flood()
    demo.script("flood", flood)
    writer = await without_reading(bridge, "flood")
    await flood.stands()
    assert flood.sent < 24 * 2**20
    writer.close()
    await until(lambda: demo.gone == ["flood"])


async def test_a_long_silence_has_comments(demo: DemoServer) -> None:
    async with bridging(demo.base_url, beat=0.05, patience=Patience(first=1.8)) as bridge:
        answer = await bridge.complete("demo-silent", stream=True)
        assert answer.text.count(": \n\n") > 3
        assert "error" in events(answer.text)[-1]


async def test_a_client_that_takes_nothing_at_all_is_let_go(
    bridge: Bridge, demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "SLOWEST", 0.3)
    demo.script("flood", Flood())
    writer = await without_reading(bridge, "flood")
    await until(lambda: demo.gone == ["flood"])
    assert bridge.desk.running == 0
    writer.close()
