"""`from tui import stream_reply`: what a program gets, and what is left of it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import aclosing

import pytest

import tui
from tests.waiting import until
from tui import (
    Finished,
    Outcome,
    Text,
    ToolCall,
    Usage,
    UsageError,
    sse,
    stream_reply,
    stream_reply_sync,
)
from tui.core.deltas import Delta
from tui.edge.demo import DemoServer


def words(deltas: list[Delta]) -> str:
    return "".join(delta.text for delta in deltas if isinstance(delta, Text))


async def test_a_reply_comes_in_deltas_and_ends_with_finished(demo: DemoServer) -> None:
    deltas = [
        delta
        async for delta in stream_reply("Hello", model="demo-echo", base_url=demo.base_url, key="")
    ]
    assert "Hello" in words(deltas)
    assert deltas[-1] == Finished(Outcome.FINISHED, "stop")
    assert [type(delta) for delta in deltas].count(Finished) == 1
    assert any(isinstance(delta, Usage) for delta in deltas)


async def test_all_that_is_given_is_asked(demo: DemoServer) -> None:
    picture = "https://example.org/cat.png"
    async for _ in stream_reply(
        "See",
        model="demo-echo",
        base_url=demo.base_url,
        key="k-123456",
        system="Be brief.",
        images=[picture],
        max_tokens=5,
        temperature=0.5,
        options={"top_p": 0.9, "stop": ["END"], "top_k": 40, "seed": None},
    ):
        pass
    asked = demo.asked[-1]
    assert asked.headers["authorization"] == "Bearer k-123456"
    assert (asked.body["max_tokens"], asked.body["temperature"]) == (5, 0.5)
    assert (asked.body["top_p"], asked.body["stop"], asked.body["top_k"]) == (0.9, ["END"], 40)
    assert "seed" not in asked.body
    assert asked.body["messages"] == [
        {"role": "system", "content": "Be brief."},
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "See"},
                {"type": "image_url", "image_url": {"url": picture}},
            ],
        },
    ]


async def test_messages_are_sent_as_they_are(demo: DemoServer) -> None:
    messages = [{"role": "user", "content": "Hi", "name": "ann"}]
    async for _ in stream_reply(messages, model="demo-echo", base_url=demo.base_url):
        pass
    assert demo.asked[-1].body["messages"] == messages


async def test_a_loop_left_early_cancels_the_request(demo: DemoServer) -> None:
    async for delta in stream_reply("go", model="demo-slow", base_url=demo.base_url):
        if isinstance(delta, Text):
            break
    await until(lambda: demo.gone == ["demo-slow"])
    await until(lambda: len(asyncio.all_tasks()) <= 2)  # this test, and the demo's accepting


async def test_the_end_of_the_block_cancels_the_request(demo: DemoServer) -> None:
    async with stream_reply("go", model="demo-slow", base_url=demo.base_url) as deltas:
        async for delta in deltas:
            if isinstance(delta, Text):
                break
    await until(lambda: demo.gone == ["demo-slow"])


async def test_leaving_the_frames_cancels_the_request(demo: DemoServer) -> None:
    frames = sse(stream_reply("go", model="demo-slow", base_url=demo.base_url))
    async with aclosing(frames) as coming:
        async for _ in coming:
            break
    await until(lambda: demo.gone == ["demo-slow"])


async def test_the_twin_without_an_event_loop_says_the_same(demo: DemoServer) -> None:
    def ask() -> list[Delta]:
        return list(stream_reply_sync("Hello", model="demo-tools", base_url=demo.base_url))

    deltas = await asyncio.to_thread(ask)
    assert any(isinstance(delta, ToolCall) for delta in deltas)
    assert deltas[-1] == Finished(Outcome.FINISHED, "tool_calls")


async def test_the_twin_cancels_the_request_when_its_loop_is_left(demo: DemoServer) -> None:
    def ask() -> None:
        for delta in stream_reply_sync("go", model="demo-slow", base_url=demo.base_url):
            if isinstance(delta, Text):
                break

    await asyncio.to_thread(ask)
    await until(lambda: demo.gone == ["demo-slow"])


async def test_the_twin_says_what_to_use_where_a_loop_runs(demo: DemoServer) -> None:
    with pytest.raises(RuntimeError, match="use stream_reply"):
        next(stream_reply_sync("go", base_url=demo.base_url))


async def test_what_goes_wrong_is_told_at_the_end_and_never_raised(demo: DemoServer) -> None:
    (last,) = [d async for d in stream_reply("go", model="demo-401", base_url=demo.base_url)]
    assert isinstance(last, Finished)
    assert last.outcome is Outcome.FAILED
    assert last.failure is not None
    assert last.failure.status == 401


async def test_the_frames_of_a_failure_say_what_went_wrong(demo: DemoServer) -> None:
    frames = [f async for f in sse(stream_reply("go", model="demo-401", base_url=demo.base_url))]
    assert len(frames) == 1
    assert '"done": true' in frames[0]
    assert '"status": 401' in frames[0]


def test_what_cannot_be_sent_is_refused_at_once() -> None:
    with pytest.raises(UsageError, match="options: model is said by Rillet itself"):
        stream_reply("Hi", options={"model": "other"})
    with pytest.raises(UsageError):
        stream_reply("go", base_url="nowhere")
    with pytest.raises(UsageError):
        stream_reply("go", base_url="http://127.0.0.1:9/v1", images=["cat.png"])


def test_everything_that_is_promised_is_there() -> None:
    for name in tui.__all__:
        assert getattr(tui, name) is not None
    with pytest.raises(AttributeError):
        tui.__getattr__("nothing")


def test_the_package_alone_loads_nothing_else() -> None:
    code = "import sys, tui; print([m for m in sys.modules if m.startswith('tui.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
