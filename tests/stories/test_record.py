"""A bug report, a demo or a test is a file: recorded by one program, served again by another."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.play import play
from tests.terminal import Terminal
from tests.waiting import until
from tui.core.record import Ending, Stream, read
from tui.core.settings import Patience
from tui.edge.demo import DemoServer, raw, saying
from tui.edge.replay import AT_ONCE, load, replaying

RILLET = (sys.executable, "-m", "tui")


async def run(*command: str | Path, **environ: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *map(str, command), stdin=DEVNULL, stdout=PIPE, stderr=PIPE, env={**os.environ, **environ}
    )
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


@asynccontextmanager
async def replay(*arguments: str | Path) -> AsyncIterator[str]:
    """The program that serves a file; gives where it does."""
    process = await asyncio.create_subprocess_exec(
        *(*RILLET, "replay", *map(str, arguments)), stdin=DEVNULL, stdout=PIPE, stderr=PIPE
    )
    assert process.stdout is not None
    yield (await process.stdout.readline()).decode().strip()
    process.send_signal(signal.SIGINT)
    assert await process.communicate() == (b"", b"")
    assert process.returncode == 130


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.jsonl"


def streams(path: Path) -> tuple[Stream, ...]:
    return read(path.read_bytes()).streams if path.exists() else ()


@pytest.mark.parametrize("model", ["demo-echo", "demo-length", "demo-drop", "demo-tools"])
async def test_what_one_recorded_another_sees(demo: DemoServer, path: Path, model: str) -> None:
    ask = (*RILLET, "ask", "--model", model, "--base-url")
    first = await run(*ask, demo.base_url, "--record", path, "What is a rillet?")
    async with replay(path, "--speed", "inf") as url:
        again = await run(*ask, url, "What is a rillet?")
    code, words, notes = first
    there, here = (urlsplit(base).netloc for base in (demo.base_url, url))
    assert again == (code, words, notes.replace(there, here))
    assert words or "water_level" in notes


async def test_without_a_model_the_first_of_the_file_answers(path: Path) -> None:
    asked = await run(*RILLET, "--demo", "ask", "--model", "demo-length", "--record", path, "Hi")
    async with replay("--speed", "100", path) as url:
        again = await run(*RILLET, "ask", "--base-url", url, "Hello")
    assert asked == again
    assert asked[2] == "rillet: cut at the token limit\n"


async def test_a_program_that_is_killed_leaves_a_file_that_can_be_read(
    demo: DemoServer, path: Path
) -> None:
    body = b'data: {"choices":[{"delta":{"content":"first"}}]}\n\n'
    demo.script("m", raw(body, then="hang"))
    process = await asyncio.create_subprocess_exec(
        *(*RILLET, "ask", "--base-url", demo.base_url, "--model", "m", "--record", path, "Hi"),
        stdin=DEVNULL, stdout=PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert await process.stdout.readexactly(5) == b"first"
    process.kill()
    await process.communicate()
    (stream,) = streams(path)
    assert (stream.body, stream.ended) == (body, None)


async def test_ctrl_c_is_recorded_as_leaving(demo: DemoServer, path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(*RILLET, "ask", "--base-url", demo.base_url, "--model", "demo-slow"),
        *("--record", path, "Hi"), stdin=DEVNULL, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert await process.stdout.readexactly(2)
    process.send_signal(signal.SIGINT)
    await process.communicate()
    assert process.returncode == 130
    ended = streams(path)[0].ended
    assert ended is not None
    assert ended.how is Ending.LEFT


async def test_a_disk_that_fills_up_costs_no_word(demo: DemoServer, path: Path) -> None:
    words = "All of these words arrive. " * 400
    demo.script("m", saying(words))
    ask = f"{sys.executable} -m tui ask --base-url {demo.base_url} --model m --record {path} Hi"
    code, out, err = await run("bash", "-c", f"ulimit -f 16; exec {ask}")
    assert (code, out) == (0, words)
    assert err == (
        f"rillet: The recording to {path} has stopped: File too large. "
        "The answer goes on, and what was recorded before is kept.\n"
    )
    assert streams(path)[0].body
    assert await run(*RILLET, "ask", "--demo", "--model", "demo-empty", "--record", path, "Hi")
    assert len(streams(path)) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask", "--demo", "--record", "/nowhere/x", "Hi"), "/nowhere/x cannot be written: No "),
        (("ask", "--demo", "--record", "/dev/full", "Hi"), "/dev/full is no file"),
        (("ask", "--demo", "--record", "pyproject.toml", "Hi"), "is no record, so it is left"),
        (("replay", "/nowhere/x"), "/nowhere/x cannot be read: No such file"),
        (("replay", "pyproject.toml"), "pyproject.toml, line 1: This is not JSON."),
        (("replay", "--speed", "0", "x"), "a number above 0, or inf, is needed"),
        (("replay",), "FILE"),
    ],
)
async def test_what_cannot_be_is_refused_with_a_sentence(
    arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = await run(*RILLET, *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


async def test_the_help_says_that_the_words_are_in_the_file() -> None:
    for command in ((), ("ask",)):
        _, out, _ = await run(*RILLET, *command, "--help")
        assert "all that is said is in it, keys are not" in " ".join(out.split())


async def test_the_app_records_and_says_so(demo: DemoServer, path: Path) -> None:
    command = (*RILLET, "--base-url", demo.base_url, "--model", "demo-slow", "--record", str(path))
    async with Terminal(*command, env={"OPENAI_API_KEY": "sk-very-secret-0123456789"}) as terminal:
        await terminal.sees("Ask anything", "recorded to")
        terminal.type("Hi\r")
        await terminal.sees("Esc")
        await until(lambda: len(streams(path)) == 1 and streams(path)[0].pieces)
        terminal.press("escape")
        await terminal.sees("cancelled")
        terminal.type("More\r")
        await until(lambda: len(streams(path)) == 2 and streams(path)[1].pieces)
        terminal.press("ctrl+q")
        assert await terminal.ends() == 0
    for stream in streams(path):
        assert stream.asked.headers["authorization"] == "•••"
        assert stream.ended is not None
        assert stream.ended.how is Ending.LEFT


async def test_a_recording_that_stops_is_told_in_the_app(demo: DemoServer, path: Path) -> None:
    demo.script("m", saying("All of these words arrive. " * 400))
    app = f"{sys.executable} -m tui --base-url {demo.base_url} --model m --record {path}"
    async with Terminal("bash", "-c", f"ulimit -f 16; exec {app}") as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Hi\r")
        await terminal.sees("stopped", "large", "complete")  # a toast wraps


async def test_a_bug_report_is_opened_by_the_app(demo: DemoServer, path: Path) -> None:
    ask = ("ask", "--base-url", demo.base_url, "--model", "demo-error-midstream")
    assert (await run(*RILLET, *ask, "--record", path, "Hi"))[0] == 1
    async with (
        replaying(load(path).streams, speed=AT_ONCE) as server,
        play(server, "", patience=Patience(retries=0)) as person,
    ):
        await person.asks("Whatever")
        await person.sees("demo-error-midstream", "The server reported an error")
