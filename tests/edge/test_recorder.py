"""What is recorded of real streams: every byte, every ending, and no key."""

import asyncio
import gzip
import json
import os
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest

from tests.waiting import until
from tui.core.conversation import Conversation
from tui.core.deltas import CONTENT, Delta, Finished, Outcome, Text
from tui.core.record import Ending, Stream, read
from tui.core.request import Request
from tui.core.settings import Endpoint, Patience
from tui.edge.child import ChildServer
from tui.edge.client import Client
from tui.edge.demo import Act, Asked, Bytes, DemoServer, Drop, Script, Status, raw, saying
from tui.edge.hosted import Hosted
from tui.edge.recorder import Recorder, recorder_to
from tui.edge.recording import RecordingClient
from tui.turn import Stop, turn

KEY = "sk-proj-0123456789abcdef"
SOON = Patience(first=0.3, idle=0.3, usage=0.3, retries=0)
STREAM = {"content-type": "text/event-stream"}
HELLO = b'data: {"choices":[{"delta":{"content":"Hello"}}]}\n\n'
STOPPED = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'


def asking(model: str, *, is_stream: bool = True) -> Request:
    return Request(model, Conversation().asked("What is a rillet?").sent, is_stream=is_stream)


async def all_of(client: Client | Hosted, request: Request, patience: Patience) -> list[Delta]:
    async with aclosing(turn(client, request, patience)) as deltas:
        return [delta async for delta in deltas]


@asynccontextmanager
async def recording(path: Path, url: str, key: str = "") -> AsyncIterator[Client]:
    recorder = recorder_to(path)
    client = Client(Endpoint(url, key), recorder=recorder)
    try:
        yield client
    finally:
        await client.aclose()
        recorder.close()


def streams(path: Path) -> tuple[Stream, ...]:
    return read(path.read_bytes()).streams


def written(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def ending(stream: Stream) -> Ending:
    assert stream.ended is not None
    return stream.ended.how


async def recorded(
    path: Path, demo: DemoServer, script: Script, patience: Patience = SOON, key: str = ""
) -> tuple[Stream, list[Delta]]:
    """Ask a model that follows this script; what was recorded, and what came of it."""
    demo.script("m", script)
    async with recording(path, demo.base_url, key) as client:
        deltas = await all_of(client, asking("m"), patience)
    (stream,) = streams(path)
    return stream, deltas


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.jsonl"


async def test_a_request_and_its_response_are_recorded_whole(path: Path, demo: DemoServer) -> None:
    body = HELLO + "data: größer 日本\r\n\r\n".encode() + STOPPED
    stream, _ = await recorded(path, demo, raw(body, status=203, headers={"x-word": "rill"}))
    assert stream.asked.method == "POST"
    assert stream.asked.url == f"{demo.base_url}/chat/completions"
    assert stream.asked.body == demo.asked[-1].body
    assert stream.asked.headers["content-type"] == "application/json"
    assert stream.answered is not None
    assert stream.answered.status == 203
    assert stream.answered.headers["x-word"] == "rill"
    assert stream.body == body
    assert ending(stream) is Ending.COMPLETE


async def test_pieces_are_recorded_as_they_come_and_in_the_file_at_once(
    path: Path, demo: DemoServer
) -> None:
    read_first = asyncio.Event()

    async def waiting(_: Asked) -> AsyncIterator[Act]:
        yield Status(200, STREAM)
        yield Bytes(HELLO)
        await read_first.wait()
        yield Bytes(STOPPED)

    demo.script("m", waiting)
    async with recording(path, demo.base_url) as client:
        asked = asyncio.create_task(all_of(client, asking("m"), Patience()))
        await until(lambda: path.exists() and b"Hello" in path.read_bytes())
        (stream,) = streams(path)
        assert (stream.body, stream.ended) == (HELLO, None)
        read_first.set()
        await asked
    (stream,) = streams(path)
    assert [piece.data for piece in stream.pieces] == [HELLO, STOPPED]
    assert stream.answered is not None
    assert stream.ended is not None
    times = [stream.answered.at, *(piece.at for piece in stream.pieces), stream.ended.at]
    assert times == sorted(times)


async def dropping(_: Asked) -> AsyncIterator[Act]:
    yield Drop()


@pytest.mark.parametrize(
    ("script", "how", "body"),
    [
        (raw(HELLO + STOPPED + b"data: [DONE]\n\n"), Ending.DONE, b"[DONE]\n\n"),
        (raw(HELLO + STOPPED), Ending.COMPLETE, STOPPED),
        (raw(HELLO, then="fin"), Ending.COMPLETE, HELLO),
        (raw(HELLO, headers={"content-length": "900"}, then="drop"), Ending.CUT, HELLO),
        (raw(HELLO, then="drop"), Ending.CUT, HELLO),
        (raw(HELLO, then="reset"), Ending.RESET, HELLO),
        (raw(HELLO, then="hang"), Ending.LEFT, HELLO),
        (raw(b"", then="hang"), Ending.LEFT, b""),
        (raw(b"{}", status=429), Ending.COMPLETE, b"{}"),
        (dropping, Ending.UNANSWERED, b""),
    ],
)
async def test_every_ending_is_recorded(
    path: Path, demo: DemoServer, script: Script, how: Ending, body: bytes
) -> None:
    stream, deltas = await recorded(path, demo, script)
    assert ending(stream) is how
    assert stream.body.endswith(body)
    assert isinstance(deltas[-1], Finished)


@pytest.mark.parametrize("model", ["demo-silent", "demo-hang"])
async def test_a_wait_that_was_given_up_is_recorded(
    path: Path, demo: DemoServer, model: str
) -> None:
    async with recording(path, demo.base_url) as client:
        await all_of(client, asking(model), SOON)
    (stream,) = streams(path)
    assert ending(stream) is Ending.LEFT
    assert (stream.answered is None) == (model == "demo-hang")


async def test_a_server_that_is_not_there_is_recorded_with_the_reason(path: Path) -> None:
    async with recording(path, "http://127.0.0.1:9/v1") as client:
        await all_of(client, asking("m"), SOON)
    (stream,) = streams(path)
    assert ending(stream) is Ending.UNANSWERED
    assert stream.ended is not None
    assert "Connect" in stream.ended.why


async def test_every_attempt_is_a_stream_of_its_own(path: Path, demo: DemoServer) -> None:
    async with recording(path, demo.base_url) as client:
        await all_of(client, asking("demo-503-once"), Patience())
    refused, answered = streams(path)
    assert refused.answered is not None
    assert refused.answered.status == 503
    assert b'"error"' in refused.body
    assert ending(answered) is Ending.DONE


async def test_a_request_that_is_asked_again_without_usage_is_recorded_twice(
    path: Path, demo: DemoServer
) -> None:
    plain = saying("Fine.")
    refused = raw(b'{"error": {"message": "stream_options is unknown"}}', status=400)
    demo.script("m", lambda asked: (refused if "stream_options" in asked.body else plain)(asked))
    async with recording(path, demo.base_url) as client:
        await all_of(client, asking("m"), SOON)
    assert [stream.answered.status for stream in streams(path) if stream.answered] == [400, 200]


async def test_a_whole_answer_is_recorded_and_lists_of_models_are_not(
    path: Path, demo: DemoServer
) -> None:
    async with recording(path, demo.base_url) as client:
        await client.models()
        await all_of(client, asking("demo-echo", is_stream=False), SOON)
    (stream,) = streams(path)
    assert json.loads(stream.body)["object"] == "chat.completion"
    assert ending(stream) is Ending.COMPLETE


async def test_a_compressed_body_is_recorded_as_it_came(path: Path, demo: DemoServer) -> None:
    body = gzip.compress(HELLO + STOPPED)
    stream, deltas = await recorded(path, demo, raw(body, headers={"content-encoding": "gzip"}))
    assert stream.asked.headers["accept-encoding"] == "identity"
    assert stream.body == body
    assert Text("Hello") in deltas


async def test_to_stop_closes_the_connection_at_once(path: Path, demo: DemoServer) -> None:
    stop = Stop()
    async with recording(path, demo.base_url) as client:
        async with aclosing(turn(client, asking("demo-slow"), Patience(), stop)) as deltas:
            async for delta in deltas:
                if isinstance(delta, CONTENT):
                    stop()
        assert delta == Finished(Outcome.CANCELLED)
        await until(lambda: demo.gone == ["demo-slow"])
        assert ending(streams(path)[0]) is Ending.LEFT


async def test_a_consumer_that_pauses_pauses_the_server(path: Path, demo: DemoServer) -> None:
    written: list[int] = []

    async def flooding(_: Asked) -> AsyncIterator[Act]:
        yield Status(200, STREAM)
        for piece in range(1_000):
            written.append(piece)
            yield Bytes(HELLO + b":" + b"x" * 65536 + b"\n\n")

    demo.script("m", flooding)
    async with recording(path, demo.base_url) as client:
        async with client.answer(asking("m")) as answer, aclosing(answer.pieces()) as pieces:
            await anext(pieces)
            before = -1
            while len(written) > before:
                before = len(written)
                await client.models()
        assert 0 < len(written) < 1_000
        await until(lambda: demo.gone == ["m"])
    assert streams(path)[0].ended is not None


async def test_the_key_is_nowhere_in_the_file(path: Path) -> None:
    said = json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}"}}).encode()
    cut = said.index(KEY.encode()) + 9
    async with DemoServer(key=KEY) as server:
        leaking = raw(said, status=401, pieces=(cut,), headers={"x-echo": f"key={KEY}"})
        server.script("leak", leaking)
        server.script(f"has {KEY}", raw(HELLO + f": {KEY}\n\n".encode() + STOPPED))
        for url in (server.base_url, f"{server.base_url}?api-key={KEY}"):
            async with recording(path, url, KEY) as client:
                for model in ("leak", f"has {KEY}"):
                    await all_of(client, asking(model), SOON)
        assert server.asked[-1].headers["authorization"] == f"Bearer {KEY}"
    assert "0123456789" not in written(path)
    assert [stream.body.count("•••".encode()) for stream in streams(path)] == [1, 1, 1, 1]


async def test_the_key_of_a_child_of_ours_is_hidden_too(path: Path) -> None:
    recorder = recorder_to(path)
    server = Hosted(ChildServer("tui.edge.demo"), recorder)
    try:
        await all_of(server, asking("demo-401"), SOON)
    finally:
        await server.aclose()
        recorder.close()
    assert streams(path)[0].asked.headers["authorization"] == "•••"


async def test_a_proxy_of_the_environment_is_still_used(
    path: Path, demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", demo.base_url.removesuffix("/v1"))
    async with recording(path, "http://endpoint.example/v1") as client:
        await all_of(client, asking("m"), SOON)
    assert demo.asked[-1].path == "http://endpoint.example/v1/chat/completions"
    (stream,) = streams(path)
    assert stream.answered is not None
    assert stream.answered.status == 404


async def test_a_redirect_is_a_stream_of_its_own(path: Path, demo: DemoServer) -> None:
    location = {"location": f"{demo.base_url}/chat/completions?again"}
    there, here = raw(HELLO), raw(b"elsewhere", status=307, headers=location)
    demo.script("m", lambda asked: (there if "again" in asked.path else here)(asked))
    recorder = recorder_to(path)
    options = {"follow_redirects": True, "trust_env": False}
    async with RecordingClient(recorder, "", **options) as client:
        asked = {"model": "m", "messages": [{"role": "user", "content": "Hi"}]}
        answer = await client.post(f"{demo.base_url}/chat/completions", json=asked)
    recorder.close()
    assert answer.content == HELLO
    assert [stream.body for stream in streams(path)] == [b"elsewhere", HELLO]
    assert [ending(stream) for stream in streams(path)] == [Ending.COMPLETE] * 2


async def test_a_full_disk_ends_the_recording_and_not_the_stream(
    path: Path, demo: DemoServer
) -> None:
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
    recorder = Recorder(file, "record.jsonl")
    told: list[str] = []
    recorder.tell = told.append
    full = os.open("/dev/full", os.O_WRONLY)
    os.dup2(full, file)
    os.close(full)
    client = Client(Endpoint(demo.base_url), recorder=recorder)
    for _ in range(2):
        deltas = await all_of(client, asking("demo-echo"), SOON)
        assert deltas[-1] == Finished(Outcome.FINISHED, "stop")
    await client.aclose()
    assert told == [
        "The recording to record.jsonl has stopped: No space left on device. "
        "The answer goes on, and what was recorded before is kept."
    ]
