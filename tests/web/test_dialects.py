"""Every dialect of the corpus goes in; OpenAI's comes out, and OpenAI's own SDK reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from openai import APIError, APIStatusError, AsyncOpenAI

from tests.streams.case import CORPUS, Case
from tests.web.bridges import Bridge, bridging
from tui.core.settings import Patience
from tui.edge.replay import AT_ONCE, replaying

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared() -> AsyncIterator[Bridge]:
    """A bridge over an endpoint whose models are the cases."""
    patience = Patience(first=2.0, idle=2.0, usage=1.0)
    async with (
        replaying([case.stream for case in CORPUS], speed=AT_ONCE) as server,
        bridging(server.base_url, patience=patience) as bridge,
    ):
        yield bridge


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sdk(shared: Bridge) -> AsyncIterator[AsyncOpenAI]:
    async with AsyncOpenAI(base_url=f"{shared.url}/v1", api_key="none", max_retries=0) as client:
        yield client


@dataclass
class Seen:
    """What a program sees of a stream."""

    text: str = ""
    reasoning: str = ""
    refusal: str = ""
    tools: list[list[str]] = field(default_factory=list)
    reason: str = ""
    usage: list[int] = field(default_factory=list)
    error: APIError | None = None


async def seen(sdk: AsyncOpenAI, case: Case) -> Seen:
    made = Seen()
    try:
        await _read(sdk, case, made)
    except APIError as error:
        made.error = error
    return made


async def _read(sdk: AsyncOpenAI, case: Case, made: Seen) -> None:
    stream = await sdk.chat.completions.create(
        model=case.id,
        messages=[{"role": "user", "content": "What is a rillet?"}],
        stream=True,
        stream_options={"include_usage": True},
    )
    async for chunk in stream:
        if chunk.usage:
            made.usage = [chunk.usage.prompt_tokens, chunk.usage.completion_tokens]
        for choice in chunk.choices:
            delta = choice.delta
            made.text += delta.content or ""
            made.refusal += delta.refusal or ""
            made.reasoning += (delta.model_extra or {}).get("reasoning_content") or ""
            made.reason = choice.finish_reason or made.reason
            for piece in delta.tool_calls or []:
                if piece.index == len(made.tools):
                    made.tools.append(["", ""])
                assert piece.function is not None
                made.tools[piece.index][0] += piece.function.name or ""
                made.tools[piece.index][1] += piece.function.arguments or ""


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.id)
async def test_a_dialect_comes_out_as_openai_s(case: Case, sdk: AsyncOpenAI) -> None:
    found = await seen(sdk, case)
    assert (found.text, found.reasoning, found.refusal) == (case.text, case.reasoning, case.refusal)
    assert found.tools == case.tools
    assert (found.error is None) == (case.outcome == "finished"), found.error
    if case.outcome == "finished":
        assert found.reason == case.reason
        assert found.usage == [count or 0 for count in case.usage]


ENDING = [case for case in CORPUS if case.outcome != "stalled"]
"""A whole answer is waited for as long as SDKs wait: ten minutes."""


@pytest.mark.parametrize("case", ENDING, ids=lambda case: case.id)
async def test_a_dialect_comes_out_whole(case: Case, sdk: AsyncOpenAI) -> None:
    asking = sdk.chat.completions.create(
        model=case.id, messages=[{"role": "user", "content": "What is a rillet?"}]
    )
    if case.outcome != "finished":
        with pytest.raises(APIStatusError):
            await asking
        return
    (choice,) = (await asking).choices
    message = choice.message
    reasoning = (message.model_extra or {}).get("reasoning_content") or ""
    told = (message.content or "", reasoning, message.refusal or "", choice.finish_reason)
    assert told == (case.text, case.reasoning, case.refusal, case.reason or None)
    calls = [call for call in message.tool_calls or [] if call.type == "function"]
    assert [[call.function.name, call.function.arguments] for call in calls] == case.tools
