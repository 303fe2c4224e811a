"""The demo server on the wire: requests, bytes and faults."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import closing

import pytest

from tests.edge.wire import (
    LAST,
    NEVER,
    dial,
    everything,
    question,
    read_until,
    request,
    unchunked,
)
from tui.edge.demo import (
    Act,
    Asked,
    Bytes,
    DemoServer,
    Drop,
    Ending,
    Status,
    raw,
    saying,
)

BODY = 'data: {"a": "é"}\n\ndata: [DONE]\n\n'.encode()


@pytest.fixture
async def server() -> AsyncIterator[DemoServer]:
    async with DemoServer() as server:
        yield server


# Requests


@pytest.mark.parametrize(
    ("body", "param", "words"),
    [
        (b"{", None, "could not parse the JSON"),
        (b"[]", None, "could not parse the JSON"),
        (b"[" * 100_000, None, "could not parse the JSON"),
        (b'{"messages": []}', None, "must provide a model"),
        (b'{"model": "demo-echo"}', "messages", "Missing required"),
        (b'{"model": "demo-echo", "messages": []}', "messages", "empty array"),
        (b'{"model": "demo-echo", "messages": "hi"}', "messages", "array of objects"),
        (b'{"model": "demo-echo", "messages": [{}]}', "messages[0].role", "Missing required"),
        (question("demo-echo", max_tokens=0), "max_tokens", "minimum value"),
        (question("demo-echo", max_tokens="9"), "max_tokens", "got a string"),
    ],
)
async def test_a_faulty_request_is_told_what_is_wrong(
    server: DemoServer, body: bytes, param: str | None, words: str
) -> None:
    head, _, answer = (await everything(server, request(body, LAST))).partition(b"\r\n\r\n")
    error = json.loads(answer)["error"]
    assert head.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert set(error) == {"message", "type", "param", "code"}
    assert error["param"] == param
    assert words in error["message"]


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /v1/nothing HTTP/1.1", b"404"),
        (b"POST /v1/models HTTP/1.1", b"405"),
        (b"GET /v1/chat/completions HTTP/1.1", b"405"),
        (b"GET /v1/models?page=2 HTTP/1.0", b"200"),
        (b"hello", b"400"),
        (b"GET /v1/models HTTP/1.1\r\nTransfer-Encoding: chunked", b"411"),
        (b"GET /v1/models HTTP/1.1\r\nContent-Length: -1", b"400"),
        (b"GET /v1/models HTTP/1.1\r\nContent-Length: 33554433", b"413"),
        (b"GET /v1/models HTTP/1.1\r\nLong: " + b"x" * 200_000, b"431"),
    ],
)
async def test_every_request_gets_a_status_and_json(
    server: DemoServer, head: bytes, status: bytes
) -> None:
    answer = await everything(server, head + b"\r\nConnection: close\r\n\r\n")
    assert answer.split(b" ")[1] == status
    assert json.loads(answer.partition(b"\r\n\r\n")[2])


async def test_one_connection_carries_many_requests(server: DemoServer) -> None:
    sent = request(question("demo-7t")) + request(question("demo-429"))
    answer = await everything(server, sent + request(question("demo-empty"), LAST))
    assert [part[:3] for part in answer.split(b"HTTP/1.1 ")[1:]] == [b"200", b"429", b"200"]
    assert answer.count(b"\r\nx-request-id: req_") == 3


async def test_a_client_that_asks_first_is_told_to_send_its_body(server: DemoServer) -> None:
    body = question("demo-empty")
    head = request(body, LAST, "Expect: 100-continue").removesuffix(body)
    with closing(await dial(server, head)) as line:
        assert await read_until(line, b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        await asyncio.get_running_loop().sock_sendall(line, body)
        assert b"[DONE]" in await read_until(line, NEVER)


async def test_a_server_remembers_what_it_was_asked() -> None:
    seen: list[Asked] = []
    async with DemoServer(on_asked=seen.append) as server:
        await everything(server, request(question("demo-empty"), "X-Word: Grüezi", LAST))
        await everything(server, request(b"nonsense", LAST))
    assert server.asked == seen
    assert seen[0].headers["x-word"] == "Grüezi".encode().decode("latin-1")
    assert (seen[0].method, seen[0].path) == ("POST", "/v1/chat/completions")
    assert seen[0].body["model"] == "demo-empty"
    assert seen[1].body == {}


# Answers


async def test_a_stream_ends_with_done_and_names_usage_only_when_asked(server: DemoServer) -> None:
    body = unchunked(await everything(server, request(question("demo-7t"), LAST)))
    asked = question("demo-7t", stream_options={"include_usage": True})
    with_usage = unchunked(await everything(server, request(asked, LAST)))
    assert body.endswith(b"data: [DONE]\n\n")
    assert b"usage" not in body
    assert with_usage.count(b'"usage":null}\n\n') == 9


@pytest.mark.parametrize("then", ["end", "fin", "drop", "reset"])
async def test_any_bytes_arrive_as_they_are_up_to_any_cut(server: DemoServer, then: Ending) -> None:
    for cut in range(len(BODY) + 1):
        server.script("cut", raw(BODY[:cut], then=then))
        answer = await everything(server, request(question("cut"), LAST))
        head, _, rest = answer.partition(b"\r\n\r\n")
        assert b"\r\ncontent-type: text/event-stream\r\n" in head
        assert (rest if then == "fin" else unchunked(answer)) == BODY[:cut]
        assert answer.endswith(b"\r\n0\r\n\r\n") == (then == "end")
    assert server.gone == []


@pytest.mark.parametrize(
    ("pieces", "sizes"), [((), [6]), (4, [4, 2]), ((1, 3), [1, 2, 3]), (range(6), [1] * 6)]
)
async def test_pieces_are_chunks(
    server: DemoServer, pieces: int | tuple[int, ...], sizes: list[int]
) -> None:
    server.script("cut", raw(b"abcdef", pieces=pieces, status=418))
    answer = await everything(server, request(question("cut"), LAST))
    lines = answer.partition(b"\r\n\r\n")[2].split(b"\r\n")
    assert [int(size, 16) for size in lines[::2] if size] == [*sizes, 0]
    assert answer.startswith(b"HTTP/1.1 418 ")


@pytest.mark.parametrize("length", [3, 9])
async def test_an_announced_length_may_be_a_lie(server: DemoServer, length: int) -> None:
    server.script("liar", raw(b"abc", headers={"content-length": str(length)}))
    answer = await everything(server, request(question("liar"), *([LAST] if length == 3 else [])))
    assert b"\r\ncontent-length: %d\r\n" % length in answer
    assert answer.endswith(b"\r\n\r\nabc")


async def test_a_dropped_reply_keeps_its_words_and_has_no_end(server: DemoServer) -> None:
    body = unchunked(await everything(server, request(question("demo-drop"))))
    assert b'" sentence"' in body
    assert b'"finish_reason":"' not in body
    assert b"[DONE]" not in body


async def test_a_dropped_answer_breaks_off_before_its_announced_length(server: DemoServer) -> None:
    answer = await everything(server, request(question("demo-drop", stream=False)))
    head, _, body = answer.partition(b"\r\n\r\n")
    announced = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    assert 0 < len(body) < announced


async def test_what_a_script_has_said_is_sent_before_it_waits(server: DemoServer) -> None:
    read = asyncio.Event()

    async def waiting(_: Asked) -> AsyncIterator[Act]:
        yield Status(200, {"content-type": "text/plain"})
        yield Bytes(b"before")
        await read.wait()
        yield Bytes(b"after")

    server.script("waiting", waiting)
    with closing(await dial(server, request(question("waiting"), LAST))) as line:
        assert b"before" in await read_until(line, b"before")
        read.set()
        assert b"after" in await read_until(line, b"after")


async def test_a_listed_model_can_be_given_another_script(server: DemoServer) -> None:
    server.script("demo-tour", saying("Another one"))
    assert b"Another" in await everything(server, request(question("demo-tour"), LAST))


async def test_a_connection_may_close_without_an_answer(server: DemoServer) -> None:
    async def dropping(_: Asked) -> AsyncIterator[Act]:
        yield Drop()

    server.script("dropping", dropping)
    assert await everything(server, request(question("dropping"))) == b""
    assert server.gone == []
