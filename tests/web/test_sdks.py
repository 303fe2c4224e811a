"""OpenAI's own SDKs, with nothing changed but the base URL: Python's two clients, and node's."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from openai import APIError, APIStatusError, AsyncOpenAI, BadRequestError, OpenAI, RateLimitError
from openai.types.chat import ChatCompletionMessageParam

from tests.foreign.npm import NotHere, installed
from tests.waiting import until
from tests.web.bridges import Bridge
from tui.edge.demo import DemoServer, saying

WORDS = "Rivers, 日本語, 🎉."

PICTURE = {
    "type": "image_url",
    "image_url": {"url": "https://example.org/cat.png", "detail": "low"},
}


@pytest.fixture
async def sdk(bridge: Bridge) -> AsyncIterator[AsyncOpenAI]:
    async with AsyncOpenAI(base_url=f"{bridge.url}/v1", api_key="none", max_retries=0) as client:
        yield client


async def test_the_async_client_streams(sdk: AsyncOpenAI, demo: DemoServer) -> None:
    demo.script("m", saying(WORDS))
    stream = await sdk.chat.completions.create(
        model="m",
        messages=[{"role": "user", "content": "Hi"}],
        stream=True,
        stream_options={"include_usage": True},
    )
    words, reason, usage = "", None, None
    async for chunk in stream:
        usage = chunk.usage or usage
        for choice in chunk.choices:
            words += choice.delta.content or ""
            reason = choice.finish_reason or reason
    assert (words, reason) == (WORDS, "stop")
    assert usage is not None
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens


async def test_the_client_without_a_loop_streams_and_asks_whole(
    bridge: Bridge, demo: DemoServer
) -> None:
    demo.script("m", saying(WORDS))

    def ask() -> tuple[str, str | None, list[str]]:
        with OpenAI(base_url=f"{bridge.url}/v1", api_key="none") as client:
            messages: list[ChatCompletionMessageParam] = [{"role": "user", "content": "Hi"}]
            stream = client.chat.completions.create(model="m", messages=messages, stream=True)
            words = "".join(chunk.choices[0].delta.content or "" for chunk in stream)
            whole = client.chat.completions.create(model="m", messages=messages)
            listed = [model.id for model in client.models.list()]
            return words, whole.choices[0].message.content, listed

    assert await asyncio.to_thread(ask) == (WORDS, WORDS, demo.models)


async def test_the_sdk_s_own_helper_puts_calls_together(sdk: AsyncOpenAI) -> None:
    async with sdk.chat.completions.stream(
        model="demo-tools", messages=[{"role": "user", "content": "Hi"}]
    ) as stream:
        async for _ in stream:
            pass
        completion = await stream.get_final_completion()
    (choice,) = completion.choices
    assert choice.finish_reason == "tool_calls"
    assert choice.message.tool_calls is not None
    (call,) = choice.message.tool_calls
    assert call.function.name == "water_level"
    assert json.loads(call.function.arguments)


async def test_a_refusal_raises_what_it_would_raise_there(sdk: AsyncOpenAI) -> None:
    for model, status in (("demo-401", 401), ("demo-404", 404), ("demo-429", 429)):
        with pytest.raises(APIStatusError) as raised:
            await sdk.chat.completions.create(
                model=model, messages=[{"role": "user", "content": "Hi"}]
            )
        assert raised.value.status_code == status
    assert isinstance(raised.value, RateLimitError)
    with pytest.raises(BadRequestError) as refused:
        await sdk.chat.completions.create(
            model="m", messages=[{"role": "user", "content": "Hi"}], n=2
        )
    assert refused.value.param == "n"


async def test_a_cut_in_mid_stream_raises_and_is_no_silent_end(sdk: AsyncOpenAI) -> None:
    stream = await sdk.chat.completions.create(
        model="demo-drop", messages=[{"role": "user", "content": "Hi"}], stream=True
    )
    words = ""

    async def read() -> None:
        nonlocal words
        async for chunk in stream:
            words += chunk.choices[0].delta.content or ""

    with pytest.raises(APIError, match="connection broke"):
        await read()
    assert words


async def test_closing_the_stream_cancels_the_request(sdk: AsyncOpenAI, demo: DemoServer) -> None:
    stream = await sdk.chat.completions.create(
        model="demo-slow", messages=[{"role": "user", "content": "Hi"}], stream=True
    )
    async for _ in stream:
        break
    await stream.close()
    await until(lambda: demo.gone == ["demo-slow"], patience=2)


@pytest.fixture(scope="module")
def node(pytestconfig: pytest.Config) -> Path:
    """The folder with the SDK and the programs.

    Where node or npm's registry cannot be had, nothing can be said of the SDK: that is skipped, and
    told, as in `tests/foreign`.
    """
    assert pytestconfig.cache is not None
    folder = pytestconfig.cache.mkdir("openai-node")
    here = Path(__file__).parent / "node"
    try:
        installed("openai", here, folder)
    except NotHere as why:
        pytest.skip(str(why))
    for program in here.glob("*.mjs"):
        (folder / program.name).write_bytes(program.read_bytes())
    return folder


async def run(node: Path, program: str, bridge: Bridge, model: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *("node", str(node / program), f"{bridge.url}/v1", model),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    written, errors = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0, errors.decode()
    return written.decode()


async def handled(node: Path, bridge: Bridge, model: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(await run(node, "handler.mjs", bridge, model))
    return found


async def test_node_streams(node: Path, bridge: Bridge, demo: DemoServer) -> None:
    demo.script("m", saying(WORDS))
    assert await run(node, "basic.mjs", bridge, "m") == WORDS


async def test_node_asks_about_a_picture(node: Path, bridge: Bridge, demo: DemoServer) -> None:
    completion = json.loads(await run(node, "vision.mjs", bridge, "demo-echo"))
    assert completion["choices"][0]["finish_reason"] == "stop"
    assert demo.asked[-1].body["messages"] == [
        {"role": "user", "content": [{"type": "text", "text": "What is it?"}, PICTURE]}
    ]


async def test_node_s_complete_handler_sees_words_calls_reason_and_usage(
    node: Path, bridge: Bridge
) -> None:
    seen = await handled(node, bridge, "demo-reasoning")
    assert seen["words"]
    assert seen["reasoning"]
    assert seen["reason"] == "stop"
    assert seen["usage"]["total_tokens"] > 0
    seen = await handled(node, bridge, "demo-tools")
    assert seen["reason"] == "tool_calls"
    assert seen["calls"][0]["id"] == "call_demo"
    assert json.loads(seen["calls"][0]["arguments"])
    assert (await handled(node, bridge, "demo-refusal"))["refusal"]


async def test_node_s_complete_handler_sees_errors_as_they_are(node: Path, bridge: Bridge) -> None:
    seen = await handled(node, bridge, "demo-401")
    assert seen["error"]["kind"] == "AuthenticationError"
    assert seen["error"]["status"] == 401
    seen = await handled(node, bridge, "demo-429")
    assert seen["error"]["kind"] == "RateLimitError"
    seen = await handled(node, bridge, "demo-drop")
    assert seen["words"]
    assert "connection broke" in seen["error"]["message"]
