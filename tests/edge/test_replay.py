"""A record that is served again: the same bytes, the same ending, the same deltas."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.edge.wire import LAST, everything, question, request, unchunked
from tui.core.conversation import Conversation
from tui.core.deltas import Delta, Finished, Retrying
from tui.core.errors import Failure, UsageError
from tui.core.record import Stream, read
from tui.core.request import Request
from tui.core.settings import Endpoint, Patience
from tui.edge.client import Client
from tui.edge.demo import Act, Asked, Bytes, DemoServer, Drop, Hang, Pause, Script, Status, raw
from tui.edge.recorder import recorder_to
from tui.edge.replay import AT_ONCE, Shelf, acts, load, replaying
from tui.turn import turn

SOON = Patience(first=1.0, idle=0.3, usage=0.3, retries=0)
HELLO = b'data: {"choices":[{"delta":{"content":"Hello"}}]}\n\n'


def asking(model: str, words: str = "What is a rillet?") -> Request:
    return Request(model, Conversation().asked(words).sent)


async def recorded(
    path: Path, server: DemoServer, *requests: Request, patience: Patience = SOON
) -> list[Delta]:
    """Ask a server while recording; the deltas of all turns."""
    recorder = recorder_to(path)
    client = Client(Endpoint(server.base_url), recorder=recorder)
    deltas: list[Delta] = []
    try:
        for asked in requests:
            async with aclosing(turn(client, asked, patience)) as turning:
                deltas += [delta async for delta in turning]
    finally:
        await client.aclose()
        recorder.close()
    return deltas


def anywhere(deltas: list[Delta]) -> list[Delta]:
    """The deltas without the address of the server in them."""
    return [
        replace(delta, failure=_anywhere(delta.failure))
        if isinstance(delta, Finished | Retrying) and delta.failure
        else delta
        for delta in deltas
    ]


def _anywhere(failure: Failure) -> Failure:
    detail = re.sub(r"127\.0\.0\.1:\d+", "HOST", failure.detail)
    return replace(failure, url="", cause="", detail=detail)


def streams(*lines: dict[str, object]) -> tuple[Stream, ...]:
    """What a file with these lines holds."""
    whole = ({"rillet_record": 1}, *lines)
    return read("".join(json.dumps(line) + "\n" for line in whole).encode()).streams


def said(model: str, text: str, number: int, **more: object) -> dict[str, object]:
    """A stream on one line."""
    messages = [{"role": "user", "content": "Hello"}]
    asked = {"body": {"model": model, "messages": messages}}
    line = {"stream": number, "request": asked, "response": {}, "text": text, "end": "complete"}
    return {**line, **more}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.jsonl"


def told(stream: Stream) -> tuple[object, ...]:
    """All of a stream but its times and the system's words."""
    assert stream.answered is not None
    assert stream.ended is not None
    return stream.answered.status, stream.answered.headers, stream.body, stream.ended.how


SCRIPTS: dict[str, Script] = {
    "a length that is kept": raw(HELLO, headers={"content-length": str(len(HELLO))}),
    "a length that is not": raw(HELLO, headers={"content-length": "4000"}, then="drop"),
    "an end by closing": raw(HELLO, then="fin"),
    "a reset": raw(HELLO, then="reset"),
    "no words": raw(b"", status=204, headers={"content-length": "0"}),
    "pieces in the middle of signs": raw("data: 日本🎉\n\n".encode(), pieces=1),
    "no text at all": raw(bytes(range(256)), content_type="application/octet-stream"),
    "a strange status": raw(b"{}", status=599, headers={"x-odd": "a\xe4b"}),
}

DEMOS = (
    *("demo-echo", "demo-tour-0ps", "demo-length", "demo-filter", "demo-tools", "demo-refusal"),
    *("demo-empty", "demo-reasoning", "demo-401", "demo-404", "demo-429", "demo-quota"),
    *("demo-500", "demo-drop", "demo-stall", "demo-silent", "demo-error-midstream", "demo-html"),
)


@pytest.mark.parametrize("model", [*DEMOS, *SCRIPTS])
async def test_a_replay_is_what_was_recorded(path: Path, demo: DemoServer, model: str) -> None:
    if model in SCRIPTS:
        demo.script(model, SCRIPTS[model])
    deltas = await recorded(path, demo, asking(model))
    original = load(path).streams
    again = path.with_name("again.jsonl")
    async with replaying(original, speed=AT_ONCE) as server:
        assert anywhere(await recorded(again, server, asking(model))) == anywhere(deltas)
    assert [told(stream) for stream in load(again).streams] == [told(one) for one in original]


@pytest.mark.parametrize("model", ["demo-hang", "nothing"])
async def test_what_was_never_answered_is_not_answered(
    path: Path, demo: DemoServer, model: str
) -> None:
    async def dropping(_: Asked) -> AsyncIterator[Act]:
        yield Drop()

    demo.script("nothing", dropping)
    deltas = await recorded(path, demo, asking(model))
    async with replaying(load(path).streams, speed=AT_ONCE) as server:
        again = await recorded(path, server, asking(model))
    assert anywhere(again) == anywhere(deltas)
    assert [stream.answered for stream in load(path).streams] == [None, None]


async def test_a_conversation_with_a_retry_is_replayed_in_its_order(
    path: Path, demo: DemoServer
) -> None:
    asked = (asking("demo-503-once", "One?"), asking("demo-echo", "Two?"))
    deltas = await recorded(path, demo, *asked, patience=Patience())
    async with replaying(load(path).streams, speed=AT_ONCE) as server:
        again = await recorded(path.with_name("again.jsonl"), server, *asked, patience=Patience())
    assert anywhere(again) == anywhere(deltas)
    assert len(server.asked) == 3


async def test_a_stream_that_ended_in_silence_is_left_open_unless_it_was_done() -> None:
    done, left, lost = streams(
        said("done", "data: [DONE]\n\n", 1, end="done"),
        said("left", "data: 1\n\n", 2, end="left"),
        {key: value for key, value in said("lost", "data: 1\n\n", 3).items() if key != "end"},
    )
    assert (await scored(done, AT_ONCE))[-1] == Bytes(b"")
    assert (await scored(left, AT_ONCE))[-1] == Hang()
    assert (await scored(lost, AT_ONCE))[-1] == Hang()
    async with replaying([done]) as server:
        answer = await everything(server, request(question("done"), LAST))
        assert unchunked(answer) == b"data: [DONE]\n\n"


async def test_the_head_is_as_recorded_without_what_belongs_to_the_connection() -> None:
    headers = {
        "content-type": "text/plain",
        "x-request-id": "req_1",
        "retry-after": "7",
        "set-cookie": "•••",
        "keep-alive": "timeout=5",
        "content-length": "2",
        "x-split": "a\r\nb: c",
        "bad name": "x",
    }
    recorded = streams(said("m", "body", 1, response={"status": 429, "headers": headers}))
    async with replaying(recorded) as server:
        answer = await everything(server, request(question("m"), LAST))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.split(b"\r\n") == [
        b"HTTP/1.1 429 Too Many Requests",
        b"content-type: text/plain",
        b"x-request-id: req_1",
        b"retry-after: 7",
        b"x-split: a  b: c",
        b"content-length: 4",
        b"connection: close",
    ]
    assert body == b"body"


@pytest.mark.parametrize("origin", ["https://one.example", ""])
async def test_a_redirect_to_the_server_that_was_leads_to_the_replay(origin: str) -> None:
    recorded = streams(
        said("m", "", 1, response={"status": 307, "headers": {"location": f"{origin}/v2/chat"}})
        | {"request": {"url": "https://one.example/v1/chat/completions"}},
        said("m", "arrived", 2) | {"request": {"url": "https://one.example/v2/chat"}},
    )
    async with replaying(recorded) as server:
        assert b"\r\nlocation: /v2/chat\r\n" in await everything(
            server, request(question("m"), LAST)
        )
        again = request(question("m"), LAST).replace(b"/v1/chat/completions", b"/v2/chat")
        assert unchunked(await everything(server, again)) == b"arrived"


async def test_a_redirect_to_somewhere_else_is_as_it_was() -> None:
    target = "https://one.example.evil/v2"
    head = {"status": 307, "headers": {"location": target}}
    asked = {"url": "https://one.example/v1/chat/completions"}
    async with replaying(streams(said("m", "", 1, response=head, request=asked))) as server:
        answer = await everything(server, request(question("m"), LAST))
    assert f"location: {target}\r\n".encode() in answer


async def scored(stream: Stream, speed: float) -> list[Act]:
    return [act async for act in acts(stream, speed)]


async def test_pauses_are_as_long_as_they_were_or_shorter_by_the_speed() -> None:
    (stream,) = streams(
        {"stream": 1, "request": {}},
        {"stream": 1, "at": 10, "response": {}},
        {"stream": 1, "at": 20, "text": "a"},
        {"stream": 1, "at": 40, "end": "complete"},
    )
    for speed, due in ((1.0, [10, 20, 40]), (10.0, [1, 2, 4]), (0.5, [20, 40, 80])):
        pauses = [act.seconds for act in await scored(stream, speed) if isinstance(act, Pause)]
        assert pauses == pytest.approx(due, abs=0.5)  # from now on: nobody waits in between
    at_once = [Status(200, {}, is_bare=True), Bytes(b"a"), Bytes(b"")]
    assert await scored(stream, AT_ONCE) == at_once


# Which stream answers


def body(model: str, text: str) -> dict[str, object]:
    return {"model": model, "messages": [{"role": "user", "content": text}]}


def asked_with(model: str, text: str, number: int) -> dict[str, object]:
    return {"stream": number, "request": {"body": body(model, text)}}


def test_the_same_question_gets_its_answers_in_their_order_and_then_again() -> None:
    first, other, second = kept = streams(
        asked_with("m", "One?", 1), asked_with("m", "Two?", 2), asked_with("m", "One?", 3)
    )
    shelf = Shelf(kept)
    assert [shelf.take(body("m", "One?")) for _ in range(3)] == [first, second, first]
    assert shelf.take(body("m", "Two?")) == other


def test_another_question_gets_the_next_answer_of_the_model() -> None:
    first, other, second = kept = streams(
        asked_with("m", "One?", 1), asked_with("n", "One?", 2), asked_with("m", "Two?", 3)
    )
    shelf = Shelf(kept)
    assert [shelf.take(body("m", "Else?")) for _ in range(3)] == [first, second, first]
    assert shelf.take(body("n", "Else?")) == other


def test_another_model_gets_what_is_next() -> None:
    first, second = kept = streams(asked_with("m", "One?", 1), asked_with("n", "One?", 2))
    shelf = Shelf(kept)
    assert [shelf.take(body("x", "One?")) for _ in range(3)] == [first, second, first]
    assert Shelf(kept).take({}) == first


async def test_the_models_of_the_file_are_listed_and_any_request_is_answered() -> None:
    kept = streams(said("m", "one", 1), said("n", "two", 2), said("m", "three", 3))
    async with replaying(kept) as server:
        client = Client(Endpoint(server.base_url))
        assert await client.models() == ["m", "n"]
        await client.aclose()
        for nonsense, answer in ((b"{", b"one"), (b"[]", b"two"), (b'{"model": "m"}', b"three")):
            assert unchunked(await everything(server, request(nonsense, LAST))) == answer


# Files


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "cannot be read: No such file"),
        (b"hello\n", "record.jsonl, line 1: This is not JSON."),
        (b'{"rillet_record": 1}\n', "holds no stream"),
        (b'{"rillet_record": 1}\n{"stream": 1, "end": "x"}\n', "line 2: .*there are: complete"),
    ],
)
def test_a_file_that_cannot_be_replayed_is_refused(
    path: Path, data: bytes | None, said: str
) -> None:
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UsageError, match=said):
        load(path)
