"""The demo server and clients that leave, and how it closes."""

import asyncio
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
    until,
)
from tui.edge.demo import (
    Act,
    Asked,
    Bytes,
    DemoServer,
    Pause,
    Script,
    Status,
    raw,
    serve_forever,
)


@pytest.fixture
async def server() -> AsyncIterator[DemoServer]:
    async with DemoServer() as server:
        yield server


async def pausing(_: Asked) -> AsyncIterator[Act]:
    yield Status(200, {"content-type": "text/event-stream"})
    yield Bytes(b"data: {}\n\n")
    yield Pause(3600)


@pytest.mark.parametrize(
    ("model", "mark"),
    [
        ("pausing", b"data: {}"),
        ("hanging", b"data: {}"),
        ("demo-slow", b'"##"'),
        ("demo-stall", b'" when"'),
        ("demo-silent", b"\r\n\r\n"),
        ("demo-hang", b""),
    ],
)
async def test_a_client_that_leaves_is_noticed_while_nothing_is_sent(
    server: DemoServer, model: str, mark: bytes
) -> None:
    scripts: dict[str, Script] = {"pausing": pausing, "hanging": raw(b"data: {}", then="hang")}
    for name, script in scripts.items():
        server.script(name, script)
    with closing(await dial(server, request(question(model)))) as line:
        assert mark in await read_until(line, mark)
        await until(lambda: len(server.asked) == 1)
        assert server.gone == []
    await until(lambda: server.gone == [model])


async def test_a_script_is_closed_when_its_client_leaves(server: DemoServer) -> None:
    closed = asyncio.Event()

    async def tidy(asked: Asked) -> AsyncIterator[Act]:
        try:
            async for act in pausing(asked):
                yield act
        finally:
            closed.set()

    server.script("tidy", tidy)
    with closing(await dial(server, request(question("tidy")))) as line:
        await read_until(line, b"data: {}")
    await until(closed.is_set)


async def test_a_client_that_reads_to_the_end_has_not_left(server: DemoServer) -> None:
    for _ in range(20):
        with closing(await dial(server, request(question("demo-7t")))) as line:
            await read_until(line, b"[DONE]")
    await everything(server, request(question("demo-empty"), LAST))
    assert server.gone == []


async def test_a_burst_starves_nobody(server: DemoServer) -> None:
    with closing(await dial(server, request(question("demo-999999t")))) as line:
        await read_until(line, b'"##"')
        assert b"[DONE]" in await everything(server, request(question("demo-7t"), LAST))
        assert server.gone == []
    await until(lambda: server.gone == ["demo-999999t"])


async def test_the_loop_turns_between_two_writes(server: DemoServer) -> None:
    turns: list[int] = []

    async def chattering(_: Asked) -> AsyncIterator[Act]:
        yield Status()
        for _turn in range(100):
            asyncio.get_running_loop().call_soon(turns.append, 1)
            yield Bytes(b"x" * (1 + len(turns)))

    server.script("chattering", chattering)
    body = unchunked(await everything(server, request(question("chattering"), LAST)))
    assert len(body) == sum(range(1, 101))


async def test_a_slow_reader_is_waited_for(server: DemoServer) -> None:
    written: list[int] = []

    async def flooding(_: Asked) -> AsyncIterator[Act]:
        yield Status()
        for piece in range(1_000):
            written.append(piece)
            yield Bytes(bytes(65536))

    server.script("flooding", flooding)
    with closing(await dial(server, request(question("flooding")))):
        before = -1
        while len(written) > before:
            before = len(written)
            await everything(server, request(question("demo-7t"), LAST))
        assert 0 < len(written) < 1_000
    await until(lambda: server.gone == ["flooding"])


async def test_a_server_that_closes_leaves_no_connection_open() -> None:
    async with DemoServer() as server:
        lines = [await dial(server, request(question(model))) for model in ("demo-hang", "demo-7t")]
        await read_until(lines[1], b"[DONE]")
    for line in lines:
        with closing(line):
            await read_until(line, NEVER)
    assert server.gone == []
    with pytest.raises(ConnectionRefusedError):
        await everything(server, b"")


async def test_a_server_runs_until_it_is_cancelled() -> None:
    announced: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    running = asyncio.create_task(serve_forever(DemoServer(), announced.set_result))
    assert (await announced).startswith("http://127.0.0.1:")
    assert not running.done()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
