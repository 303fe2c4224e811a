"""The spine over real HTTP: the real client, a real socket, every way to end."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.full_house import full_house
from tests.tls import front
from tests.waiting import until
from tui.core.catalog import Profile
from tui.core.conversation import Conversation
from tui.core.deltas import (
    CONTENT,
    Accepted,
    Delta,
    Finished,
    Outcome,
    Remark,
    Retrying,
    Served,
    Text,
    Usage,
)
from tui.core.request import Request
from tui.core.server import Answer
from tui.core.settings import Endpoint, Patience
from tui.edge.client import Client
from tui.edge.demo import Act, Asked, DemoServer, Script, raw
from tui.turn import Stop, turn

DONE = b"data: [DONE]\n\n"

SOON = Patience(first=0.2, idle=0.2, usage=0.2)


@pytest.fixture
async def client(demo: DemoServer) -> AsyncIterator[Client]:
    made = Client(Endpoint(demo.base_url))
    yield made
    await made.aclose()


def asking(model: str) -> Request:
    return Request(model, Conversation().asked("What is a rillet?").sent)


async def all_of(
    client: Client, model: str, patience: Patience | None = None, stop: Stop | None = None
) -> list[Delta]:
    async with aclosing(turn(client, asking(model), patience, stop)) as deltas:
        return [delta async for delta in deltas]


def text(deltas: list[Delta]) -> str:
    return "".join(delta.text for delta in deltas if isinstance(delta, Text))


def end(deltas: list[Delta]) -> Finished:
    assert sum(isinstance(delta, Finished) for delta in deltas) == 1
    last = deltas[-1]
    assert isinstance(last, Finished)
    return last


def chunk(word: str) -> bytes:
    return (
        f"data: {json.dumps({'choices': [{'index': 0, 'delta': {'content': word}}]})}\n\n".encode()
    )


async def test_a_reply_streams_and_finishes_with_usage(client: Client) -> None:
    deltas = await all_of(client, "demo-echo")
    assert "What is a rillet?" in text(deltas)
    assert end(deltas) == Finished(Outcome.FINISHED, "stop")
    assert any(isinstance(delta, Usage) and delta.prompt for delta in deltas)


@pytest.mark.parametrize(
    ("model", "outcome", "reason"),
    [
        ("demo-length", Outcome.FINISHED, "length"),
        ("demo-filter", Outcome.FINISHED, "content_filter"),
        ("demo-tools", Outcome.FINISHED, "tool_calls"),
        ("demo-refusal", Outcome.FINISHED, "stop"),
        ("demo-empty", Outcome.FINISHED, "stop"),
        ("demo-reasoning", Outcome.FINISHED, "stop"),
        ("demo-drop", Outcome.INTERRUPTED, ""),
        ("demo-stall", Outcome.STALLED, ""),
        ("demo-silent", Outcome.STALLED, ""),
        ("demo-hang", Outcome.STALLED, ""),
        ("demo-401", Outcome.FAILED, ""),
        ("demo-404", Outcome.FAILED, ""),
        ("demo-429", Outcome.FAILED, ""),
        ("demo-quota", Outcome.FAILED, ""),
        ("demo-500", Outcome.FAILED, ""),
        ("demo-html", Outcome.FAILED, ""),
        ("demo-error-midstream", Outcome.FAILED, ""),
    ],
)
async def test_every_way_to_end_is_told_as_it_was(
    client: Client, model: str, outcome: Outcome, reason: str
) -> None:
    patience = Patience(first=0.3, idle=0.3, retries=0)
    last = end(await all_of(client, model, patience))
    assert (last.outcome, last.reason) == (outcome, reason)
    assert (last.failure is None) == (outcome is Outcome.FINISHED)


async def test_a_body_cut_at_any_byte_ends_once_and_keeps_every_word(
    demo: DemoServer, client: Client
) -> None:
    words = ["Rivers ", "fließen ", "日本🎉"]
    events = [chunk(word) for word in words]
    body = b"".join(events)
    for cut in range(1, len(body), 3):
        demo.script("cut", raw(body[:cut], then="drop" if cut % 2 else "end"))
        deltas = await all_of(client, "cut")
        whole = [w for n, w in enumerate(words) if cut >= len(b"".join(events[: n + 1])) - 2]
        assert text(deltas) == "".join(whole)
        assert end(deltas).outcome is Outcome.INTERRUPTED


@pytest.mark.parametrize(
    "model", ["demo-hang", "demo-silent", "demo-slow", "demo-stall", "demo-fast"]
)
async def test_a_stop_reaches_the_server_in_every_phase(
    demo: DemoServer, client: Client, model: str
) -> None:
    await client.ready()
    stop = Stop()
    task = asyncio.create_task(all_of(client, model, stop=stop))
    await until(lambda: demo.asked)
    asyncio.get_running_loop().call_later(0.02, stop)
    assert end(await task).outcome is Outcome.CANCELLED
    await until(lambda: demo.gone == [model], patience=1)


@pytest.mark.parametrize("model", ["demo-hang", "demo-stall"])
async def test_a_stop_of_a_whole_answer_reaches_the_server(
    demo: DemoServer, client: Client, model: str
) -> None:
    stop = Stop()
    request = replace(asking(model), is_stream=False)

    async def read() -> list[Delta]:
        async with aclosing(turn(client, request, None, stop)) as deltas:
            return [delta async for delta in deltas]

    reading = asyncio.create_task(read())
    await until(lambda: demo.asked)
    asyncio.get_running_loop().call_later(0.3, stop)
    assert end(await reading) == Finished(Outcome.CANCELLED)
    await until(lambda: demo.gone == [model])


async def test_a_stop_ends_the_search_for_a_model() -> None:
    with full_house() as url:
        assert await stopped(Client(Endpoint(url)), "") == [Finished(Outcome.CANCELLED)]


async def test_a_stop_ends_a_connection_that_is_not_made() -> None:
    with full_house() as url:
        assert await stopped(Client(Endpoint(url)), "m") == [Finished(Outcome.CANCELLED)]


async def stopped(client: Client, model: str) -> list[Delta]:
    """What is handed out where the stop comes while nothing has come."""
    await client.ready()
    stop = Stop()
    asyncio.get_running_loop().call_later(0.05, stop)
    deltas = await all_of(client, model, stop=stop)
    await client.aclose()
    return deltas


@pytest.mark.parametrize(("model", "words"), [("demo-slow", 1), ("demo-999999t", 1_000)])
async def test_a_stop_reaches_the_server_through_tls(
    demo: DemoServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, model: str, words: int
) -> None:
    authority = tmp_path / "authority.pem"
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    stop = Stop()
    async with front(demo.base_url, authority) as url, AsyncExitStack() as stack:
        client = Client(Endpoint(url))
        stack.push_async_callback(client.aclose)
        deltas = await stack.enter_async_context(aclosing(turn(client, asking(model), None, stop)))
        async for delta in deltas:
            words -= isinstance(delta, Text)
            if words == 0:
                stop()
        assert delta == Finished(Outcome.CANCELLED)
        await until(lambda: demo.gone == [model])


def in_one_go(words: int) -> Script:
    """So many words, squeezed into a piece that arrives whole."""
    body = gzip.compress(b"".join(chunk(f"{number} ") for number in range(words)) + DONE)
    assert len(body) < 64 * 1024
    return raw(body, headers={"content-encoding": "gzip"})


async def test_a_burst_gives_the_event_loop_its_turns(demo: DemoServer, client: Client) -> None:
    demo.script("burst", in_one_go(10_000))
    turns = [0]

    async def count() -> None:
        while True:
            turns[0] += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    async with aclosing(turn(client, asking("burst"))) as deltas:
        seen = [turns[0] async for delta in deltas if isinstance(delta, Text)]
    counting.cancel()
    assert len(seen) == 10_000
    assert seen[-1] > seen[0]


async def test_a_stop_ends_a_burst_in_its_middle(demo: DemoServer, client: Client) -> None:
    demo.script("burst", in_one_go(10_000))
    stop = Stop()
    seen: list[Delta] = []
    async with aclosing(turn(client, asking("burst"), None, stop)) as deltas:
        async for delta in deltas:
            seen.append(delta)
            if len(seen) == 100:
                asyncio.get_running_loop().call_soon(stop)
    assert end(seen) == Finished(Outcome.CANCELLED)
    assert 100 <= len(seen) < 9_000


async def test_a_stop_before_the_start_asks_nothing(demo: DemoServer, client: Client) -> None:
    stop = Stop()
    stop()
    assert await all_of(client, "demo-echo", stop=stop) == [Finished(Outcome.CANCELLED)]
    assert demo.asked == []


async def test_a_stop_keeps_the_words_that_came(demo: DemoServer, client: Client) -> None:
    demo.script("half", raw(chunk("Half a "), then="hang"))
    stop = Stop()
    seen: list[Delta] = []
    async with aclosing(turn(client, asking("half"), None, stop)) as deltas:
        async for delta in deltas:
            seen.append(delta)
            if isinstance(delta, CONTENT):
                stop()
    assert text(seen) == "Half a "
    assert end(seen) == Finished(Outcome.CANCELLED)


async def test_keep_alive_comments_do_not_hide_a_stall(demo: DemoServer, client: Client) -> None:
    body = chunk("Hi") + b": ping\n\n" * 100
    demo.script("ping", raw(body, pieces=8, pause=0.02, then="hang"))
    last = end(await all_of(client, "ping", SOON))
    assert last.outcome is Outcome.STALLED


async def test_usage_that_never_comes_does_not_spoil_the_end(
    demo: DemoServer, client: Client
) -> None:
    done = b'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'
    demo.script("late", raw(chunk("Hi") + done, then="hang"))
    assert end(await all_of(client, "late", SOON)) == Finished(Outcome.FINISHED, "stop")


async def test_a_refused_request_is_sent_again_and_said_so(
    demo: DemoServer, client: Client
) -> None:
    deltas = await all_of(client, "demo-503-once")
    assert isinstance(deltas[0], Retrying)
    assert (deltas[0].attempt, deltas[0].of) == (1, 2)
    assert end(deltas).outcome is Outcome.FINISHED
    assert len(demo.asked) == 2


async def test_an_empty_quota_is_not_asked_again(demo: DemoServer, client: Client) -> None:
    last = end(await all_of(client, "demo-quota"))
    assert last.failure is not None
    assert not last.failure.can_help_again
    assert len(demo.asked) == 1


async def test_nothing_is_sent_again_once_words_came(demo: DemoServer, client: Client) -> None:
    await all_of(client, "demo-drop")
    assert len(demo.asked) == 1


async def test_a_retry_can_be_stopped(demo: DemoServer, client: Client) -> None:
    stop = Stop()
    seen: list[Delta] = []
    async with aclosing(turn(client, asking("demo-429"), None, stop)) as deltas:
        async for delta in deltas:
            seen.append(delta)
            stop()
    assert isinstance(seen[0], Retrying)
    assert end(seen).outcome is Outcome.CANCELLED
    assert len(demo.asked) == 1


async def test_a_strict_server_is_asked_again_without_usage(
    demo: DemoServer, client: Client
) -> None:
    def strict(asked: Asked) -> AsyncIterator[Act]:
        if "stream_options" in asked.body:
            error = b'{"error":{"message":"unknown field stream_options"}}'
            return raw(error, content_type="application/json", status=400)(asked)
        return raw(chunk("Hi") + DONE)(asked)

    demo.script("strict", strict)
    assert text(await all_of(client, "strict")) == "Hi"
    assert text(await all_of(client, "strict")) == "Hi"
    assert ["stream_options" in asked.body for asked in demo.asked] == [True, False, False]


async def test_without_a_model_the_first_one_listed_answers(
    demo: DemoServer, client: Client
) -> None:
    async with aclosing(turn(client, asking(""))) as deltas:
        assert isinstance(await anext(deltas), Accepted)
        assert isinstance(await anext(deltas), Served)
    assert [asked.path for asked in demo.asked] == ["/v1/models", "/v1/chat/completions"]
    assert demo.asked[1].body["model"] == "demo-tour"


async def test_a_damaged_event_is_remarked(demo: DemoServer, client: Client) -> None:
    demo.script("hurt", raw(chunk("H") + b"data: {oops\n\n" + chunk("i") + DONE))
    deltas = await all_of(client, "hurt")
    assert text(deltas) == "Hi"
    assert any(isinstance(delta, Remark) for delta in deltas)


async def test_a_whole_answer_is_shown_as_one(client: Client) -> None:
    request = Request("demo-echo", Conversation().asked("Hi").sent, is_stream=False)
    async with aclosing(turn(client, request)) as deltas:
        seen = [delta async for delta in deltas]
    assert "Hi" in text(seen)
    assert end(seen) == Finished(Outcome.FINISHED, "stop")


async def test_a_consumer_that_leaves_closes_the_connection(
    demo: DemoServer, client: Client
) -> None:
    async with aclosing(turn(client, asking("demo-slow"))) as deltas:
        async for delta in deltas:
            if isinstance(delta, Text):
                break
    await until(lambda: demo.gone == ["demo-slow"], patience=1)


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("http://127.0.0.1:9/v1", "Nothing answers at the server's address"),
        ("http://no-such-host.invalid/v1", "The server's name is not known"),
    ],
)
async def test_a_server_that_is_not_there_is_told_in_words(url: str, title: str) -> None:
    client = Client(Endpoint(url, "secret-key-123456"))
    last = end(await all_of(client, "m"))
    await client.aclose()
    assert last.failure is not None
    assert last.failure.title == title
    assert "secret" not in repr(last)


async def test_a_redirect_is_not_followed(demo: DemoServer, client: Client) -> None:
    demo.script("moved", raw(b"", status=307, headers={"location": "http://127.0.0.1:1/v1"}))
    last = end(await all_of(client, "moved"))
    assert last.failure is not None
    assert "redirects to http://127.0.0.1:1/v1" in last.failure.detail


class Broken:
    """A server with a fault that nobody thought of."""

    progress = ""
    announced: Mapping[str, Profile] = MappingProxyType({})

    async def ready(self) -> None:
        raise ZeroDivisionError

    async def models(self) -> list[str]:
        return []

    def answer(self, request: Request) -> AbstractAsyncContextManager[Answer]:
        raise ZeroDivisionError

    async def aclose(self) -> None:
        pass


async def test_a_fault_of_our_own_ends_the_turn_and_nothing_else() -> None:
    async with aclosing(turn(Broken(), asking("m"))) as deltas:
        last = end([delta async for delta in deltas])
    assert last.outcome is Outcome.FAILED
    assert last.failure is not None
    assert last.failure.cause == "ZeroDivisionError"


async def test_the_key_goes_with_the_request(demo: DemoServer) -> None:
    client = Client(Endpoint(demo.base_url, "sk-test-1234567890"))
    await all_of(client, "demo-echo")
    await client.aclose()
    assert demo.asked[0].headers["authorization"] == "Bearer sk-test-1234567890"
