"""The demo server, asked by a client that nobody here wrote."""

import ast
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import chain, islice

import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openai import AsyncOpenAI, DefaultAsyncHttpxClient
from openai.types.chat import ChatCompletion, ChatCompletionChunk

from tui.edge.demo import DemoServer, tour
from tui.edge.demo.prose import prose
from tui.edge.demo.reply import tokens


@asynccontextmanager
async def asking(server: DemoServer, key: str = "demo") -> AsyncIterator[AsyncOpenAI]:
    http = DefaultAsyncHttpxClient(trust_env=False, verify=False)
    async with AsyncOpenAI(
        base_url=server.base_url, api_key=key, max_retries=0, http_client=http
    ) as client:
        yield client


@pytest.fixture
async def client() -> AsyncIterator[AsyncOpenAI]:
    async with DemoServer() as server, asking(server) as client:
        yield client


async def whole(client: AsyncOpenAI, model: str, limit: int | None = None) -> ChatCompletion:
    return await client.chat.completions.create(
        model=model, messages=[{"role": "user", "content": "Hello there"}], max_tokens=limit
    )


async def stream(
    client: AsyncOpenAI, model: str, limit: int | None = None
) -> AsyncIterator[ChatCompletionChunk]:
    answer = await client.chat.completions.create(
        model=model,
        messages=[{"role": "user", "content": "Hello there"}],
        stream=True,
        stream_options={"include_usage": True},
        max_completion_tokens=limit,
    )
    async for chunk in answer:
        yield chunk


async def chunks(
    client: AsyncOpenAI, model: str, limit: int | None = None
) -> list[ChatCompletionChunk]:
    return [chunk async for chunk in stream(client, model, limit)]


def said(answer: list[ChatCompletionChunk], field: str = "content") -> str:
    deltas = (chunk.choices[0].delta for chunk in answer if chunk.choices)
    return "".join(getattr(delta, field, None) or "" for delta in deltas)


def told(number: int) -> str:
    """Give the beginning of the prose, in tokens."""
    return "".join(islice(chain.from_iterable(map(tokens, prose())), number))


# Replies


async def test_the_models_are_listed_in_order(client: AsyncOpenAI) -> None:
    names = [model.id async for model in client.models.list()]
    assert names[:4] == ["demo-tour", "demo-echo", "demo-fast", "demo-slow"]
    assert all(name.startswith("demo-") for name in names)


async def test_a_stream_says_who_speaks_then_words_then_the_finish_then_usage(
    client: AsyncOpenAI,
) -> None:
    first, *words, finish, usage = await chunks(client, "demo-7t")
    assert (first.choices[0].delta.role, first.choices[0].delta.content) == ("assistant", "")
    assert [chunk.choices[0].finish_reason for chunk in words] == [None] * 7
    assert finish.choices[0].finish_reason == "stop"
    assert finish.choices[0].delta.model_dump(exclude_unset=True) == {}
    assert usage.choices == []
    assert usage.usage is not None
    assert (usage.usage.prompt_tokens, usage.usage.completion_tokens) == (2, 7)
    assert usage.usage.total_tokens == 9
    assert all(chunk.usage is None for chunk in (first, *words, finish))


async def test_all_chunks_of_a_stream_share_their_head(client: AsyncOpenAI) -> None:
    answer = await chunks(client, "demo-7t")
    heads = {(chunk.id, chunk.object, chunk.created, chunk.model) for chunk in answer}
    ((name, kind, created, model),) = heads
    assert name.startswith("chatcmpl-")
    assert (kind, model) == ("chat.completion.chunk", "demo-7t")
    assert created > 0


@pytest.mark.parametrize("model", ["demo-tour-0ps", "demo-echo", "demo-300t", "demo-reasoning"])
async def test_a_whole_answer_says_what_the_stream_says(client: AsyncOpenAI, model: str) -> None:
    answer, streamed = await whole(client, model), await chunks(client, model)
    assert answer.choices[0].message.content == said(streamed)
    assert answer.object == "chat.completion"
    assert answer.usage == streamed[-1].usage


@pytest.mark.parametrize(
    ("model", "finish_reason"),
    [
        ("demo-echo", "stop"),
        ("demo-length", "length"),
        ("demo-filter", "content_filter"),
        ("demo-tools", "tool_calls"),
        ("demo-refusal", "stop"),
        ("demo-empty", "stop"),
    ],
)
async def test_a_reply_ends_as_its_model_says(
    client: AsyncOpenAI, model: str, finish_reason: str
) -> None:
    assert (await whole(client, model)).choices[0].finish_reason == finish_reason
    assert (await chunks(client, model))[-2].choices[0].finish_reason == finish_reason


async def test_a_limit_ends_a_reply_by_length(client: AsyncOpenAI) -> None:
    streamed, answer = await chunks(client, "demo-fast", 5), await whole(client, "demo-fast", 5)
    assert streamed[-2].choices[0].finish_reason == answer.choices[0].finish_reason == "length"
    assert said(streamed) == answer.choices[0].message.content == told(5)


async def test_a_limit_that_is_not_passed_changes_nothing(client: AsyncOpenAI) -> None:
    assert (await chunks(client, "demo-7t", 7))[-2].choices[0].finish_reason == "stop"


async def test_a_name_says_length_and_rate(client: AsyncOpenAI) -> None:
    assert said(await chunks(client, "demo-9t-400ps")) == said(await chunks(client, "demo-9t"))
    assert said(await chunks(client, "demo-9t")) == told(9)


async def test_a_tool_call_comes_in_pieces_that_join(client: AsyncOpenAI) -> None:
    answer = (await whole(client, "demo-tools")).choices[0].message
    deltas = [chunk.choices[0].delta for chunk in (await chunks(client, "demo-tools"))[:-1]]
    calls = [call.function for delta in deltas for call in delta.tool_calls or () if call.function]
    arguments = "".join(call.arguments or "" for call in calls)
    assert len(calls) > 5
    assert calls[0].name == "water_level"
    assert json.loads(arguments)["days"] == 3
    assert answer.content is None
    assert answer.tool_calls is not None
    assert answer.tool_calls[0].type == "function"
    assert answer.tool_calls[0].function.arguments == arguments


async def test_a_refusal_and_reasoning_have_fields_of_their_own(client: AsyncOpenAI) -> None:
    refusal, reasoned = await chunks(client, "demo-refusal"), await chunks(client, "demo-reasoning")
    assert said(refusal) == ""
    assert said(refusal, "refusal").startswith("I'm sorry")
    assert said(reasoned, "reasoning_content").startswith("The question is")
    assert said(reasoned).startswith("It comes **word by word**")


async def test_an_empty_reply_says_nothing_and_stops(client: AsyncOpenAI) -> None:
    assert (await whole(client, "demo-empty")).choices[0].message.content == ""
    assert len(await chunks(client, "demo-empty")) == 3


async def test_an_echo_names_the_images_the_messages_and_the_system_prompt(
    client: AsyncOpenAI,
) -> None:
    pixel = "data:image/png;base64,iVBORw0KGgo="
    answer = await client.chat.completions.create(
        model="demo-echo",
        messages=[
            {"role": "system", "content": "Be brief."},
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "What is *this*? 水"},
                    {"type": "image_url", "image_url": {"url": pixel, "detail": "low"}},
                    {"type": "image_url", "image_url": {"url": "https://example.com/a_b.png"}},
                    {"type": "image_url", "image_url": {"url": "data:image/gif;base64,?"}},
                ],
            },
        ],
    )
    assert answer.choices[0].message.content == "\n\n".join(
        (
            "What is *this*? 水",
            "1. data URL, image/png, 8 bytes, detail low",
            "2. <https://example.com/a_b.png>, detail auto",
            "3. data URL, image/gif, unreadable, detail auto",
            "Sent: 2 messages.",
            "System prompt: Be brief.",
        )
    )


# Errors


@pytest.mark.parametrize(
    ("model", "error", "code"),
    [
        ("demo-401", openai.AuthenticationError, "invalid_api_key"),
        ("demo-404", openai.NotFoundError, "model_not_found"),
        ("no-such-model", openai.NotFoundError, "model_not_found"),
        ("demo-too-long", openai.BadRequestError, "context_length_exceeded"),
        ("demo-429", openai.RateLimitError, "rate_limit_exceeded"),
        ("demo-quota", openai.RateLimitError, "insufficient_quota"),
        ("demo-500", openai.InternalServerError, None),
        ("demo-html", openai.InternalServerError, None),
    ],
)
async def test_an_error_is_what_the_sdk_takes_it_for(
    client: AsyncOpenAI, model: str, error: type[openai.APIStatusError], code: str | None
) -> None:
    with pytest.raises(error) as streamed:
        await chunks(client, model)
    with pytest.raises(error) as answered:
        await whole(client, model)
    assert streamed.value.code == answered.value.code == code


async def test_a_rate_limit_says_when_to_come_back(client: AsyncOpenAI) -> None:
    with pytest.raises(openai.RateLimitError) as caught:
        await whole(client, "demo-429")
    assert caught.value.response.headers["retry-after"] == "2"


async def test_an_overloaded_model_answers_when_asked_again(client: AsyncOpenAI) -> None:
    with pytest.raises(openai.InternalServerError) as caught:
        await whole(client, "demo-503-once")
    assert caught.value.status_code == 503
    assert "now there is room" in said(await chunks(client, "demo-503-once"))


async def test_an_error_in_mid_stream_follows_the_words(client: AsyncOpenAI) -> None:
    answer = stream(client, "demo-error-midstream")
    assert said([await anext(answer), await anext(answer)]) == "Here"
    with pytest.raises(openai.APIError, match="The server had an error"):
        _ = [chunk async for chunk in answer]


async def test_a_server_with_a_key_lets_nobody_else_in() -> None:
    async with DemoServer(key="open sesame") as server:
        async with asking(server, "open sesame") as client:
            assert said(await chunks(client, "demo-7t"))
        async with asking(server, "sk-wrong-and-secret") as client:
            with pytest.raises(openai.AuthenticationError, match=r"sk-\*+cret\.") as caught:
                await client.models.list()
        assert "wrong" not in str(caught.value)


# What the models say


@given(st.text())
def test_tokens_join_to_their_text(text: str) -> None:
    assert "".join(tokens(text)) == text


def test_the_prose_does_not_repeat_itself() -> None:
    sentences = re.findall(r"[A-Z][^.|]+\.(?=\s)", told(20_000))
    assert len(sentences) > 1_000
    assert len(set(sentences)) == len(sentences)


def test_the_tour_shows_all_of_markdown() -> None:
    parsed = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(tour())
    kinds = {token.type for token in parsed}
    kinds |= {child.type for token in parsed for child in token.children or ()}
    assert kinds >= {"heading_open", "bullet_list_open", "ordered_list_open", "blockquote_open"}
    assert kinds >= {"table_open", "hr", "em_open", "strong_open", "code_inline", "link_open"}
    assert {token.info for token in parsed if token.type == "fence"} == {
        "bash",
        "diff",
        "json",
        "python",
        "rust",
    }


def test_the_code_in_the_tour_and_in_the_prose_can_be_read() -> None:
    parsed = MarkdownIt("commonmark").parse(tour() + told(20_000) + "\n```")
    fences = [token for token in parsed if token.type == "fence"]
    assert all(ast.parse(fence.content) for fence in fences if fence.info == "python")
    assert all(json.loads(fence.content) for fence in fences if fence.info == "json")
