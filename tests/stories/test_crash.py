"""A fault of Rillet's own: the terminal is as it was, every word is kept, and no secret is told."""

import asyncio
import os
import stat
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.crashing import LOCAL
from tests.emitted import foreign
from tests.stories.test_attack import chunk
from tests.terminal import Terminal
from tests.waiting import until
from tui.edge.demo import DemoServer, raw

KEY = "sk-proj-very-secret-0123456789"
HALF = raw(chunk(reasoning_content="So I thought.") + chunk(content="Half a sen"), then="hang")


@asynccontextmanager
async def crashing(demo: DemoServer, place: str, *more: str, **env: str) -> AsyncIterator[Terminal]:
    demo.script("half", HALF)
    flags = ("--base-url", demo.base_url, "--model", "half", *more)
    command = (sys.executable, "-m", "tests.crashing", place, *flags)
    async with Terminal(*command, env={"OPENAI_API_KEY": KEY, **env}) as terminal:
        yield terminal


def told(terminal: Terminal) -> str:
    """What stands in the terminal behind the app."""
    output = terminal.output.decode()
    assert output.count("\x1b[?1049h") == output.count("\x1b[?1049l") == 1
    assert output.rindex("\x1b[?25h") > output.rindex("\x1b[?25l")
    return output.rpartition("\x1b[?1004l")[2]


def read(path: Path) -> str:
    """A file that nobody else may read."""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return path.read_text(encoding="utf-8")


def crashes(folder: Path) -> list[Path]:
    return list(folder.rglob("crash-*"))


def check(said: str) -> None:
    """Nothing that is nobody's business."""
    assert foreign(said.encode(), 120, 40) == []
    assert "very-secret" not in said
    assert LOCAL not in said
    assert "Half a sen" not in said
    assert "my plan" not in said


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        *(("action", "\x1bOS"), ("compose", "\x1bOP"), ("input", "!")),
        *(("timer", ""), ("worker", ""), ("ending", "\x1b")),
    ],
)
async def test_a_fault_ends_it_cleanly_and_keeps_every_word(
    demo: DemoServer, place: str, keys: str
) -> None:
    async with crashing(demo, place) as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Hear my plan\r")
        if keys:
            await terminal.sees("Half a sen")
            terminal.type("and this is a draft")
            await terminal.sees("and this is a draft")
            terminal.type(keys)
        assert await terminal.ends() == 1
        await until(lambda: "Please report it" in told(terminal))
        said = " ".join(told(terminal).split())
    check(said)
    assert "rillet: Something in Rillet went wrong, and it had to end." in said
    assert "RuntimeError: fault with ••• and ␛]0;owned␇ in it, 27" in said
    assert "at tests/crashing.py:" in said
    kept = read(Path(said.partition("The conversation is kept in ")[2].partition(" Please")[0]))
    assert "## You\n\nHear my plan" in kept
    if keys:
        assert "> So I thought.\n\nHalf a sen" in kept
        assert "## Not sent yet\n\nand this is a draft" in kept


async def test_a_fault_at_the_start_is_told_and_nothing_is_written(
    demo: DemoServer, tmp_path: Path
) -> None:
    async with crashing(demo, "start") as terminal:
        assert await terminal.ends() == 1
        await until(lambda: b"Please report it" in terminal.output)
        check(told(terminal))
        assert "kept in" not in told(terminal)
    assert crashes(tmp_path) == []


async def test_words_that_cannot_be_written_stay_in_the_terminal(
    demo: DemoServer, tmp_path: Path
) -> None:
    (tmp_path / "no folder").write_text("")
    async with crashing(demo, "action", XDG_STATE_HOME=str(tmp_path / "no folder")) as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Hear my plan\r")
        await terminal.sees("Half a sen")
        terminal.type("\x1bOS")
        assert await terminal.ends() == 1
        await until(lambda: b"Please report it" in terminal.output)
        assert "cannot be written (Not a directory), so here it is:" in told(terminal)
        assert "Half a sen" in told(terminal)


async def test_a_private_conversation_is_written_nowhere_even_then(
    demo: DemoServer, tmp_path: Path
) -> None:
    async with crashing(demo, "action", "--private") as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Hear my plan\r")
        await terminal.sees("Half a sen")
        terminal.type("\x1bOS")
        assert await terminal.ends() == 1
        await until(lambda: b"Please report it" in terminal.output)
        assert "kept nowhere, so here is the conversation:" in told(terminal)
        assert "Hear my plan" in told(terminal)
        assert "Half a sen" in told(terminal)
    assert crashes(tmp_path) == []


async def test_a_fault_of_ask_is_told_in_the_same_way(demo: DemoServer) -> None:
    command = (sys.executable, "-m", "tests.crashing", "words", "ask", "--base-url", demo.base_url)
    process = await asyncio.create_subprocess_exec(
        *(*command, "--model", "demo-echo", "my plan"),
        env={**os.environ, "OPENAI_API_KEY": KEY}, stdin=DEVNULL, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    out, told = await process.communicate()
    assert (process.returncode, out) == (1, b"")
    check(told.decode())
    assert "RuntimeError: fault with ••• and ␛]0;owned␇" in told.decode()
    assert "at tui/ask/asking.py:" in told.decode()


@pytest.mark.parametrize("place", ["task", "thread"])
@pytest.mark.parametrize("env", [{}, {"PYTHONDEVMODE": "1"}])
async def test_what_fails_unseen_tells_no_secret_either(
    demo: DemoServer, place: str, env: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "textual.log"
    async with crashing(demo, place, TEXTUAL_LOG=str(log), **env) as terminal:
        await terminal.sees("Ask anything")
        terminal.type("\x1bOS\x11")
        assert await terminal.ends() == 0
        await until(lambda: place == "task" or b"went wrong" in terminal.output)
        check(told(terminal))
    assert "very-secret" not in log.read_text(encoding="utf-8", errors="replace")


async def test_no_log_of_any_package_holds_the_key_or_steers(demo: DemoServer) -> None:
    field = "id \xc2\x9b2J\xe2\x80\xae"
    demo.script("bad", raw(chunk(content="Hi"), headers={"x-request-id": field}))
    code = (
        "import logging; logging.basicConfig(level=logging.DEBUG, force=True)\n"
        "from tui import cli; cli.main()"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", code, "ask", "--base-url", demo.base_url, "--model", "bad", "Hi"),
        env={**os.environ, "OPENAI_API_KEY": KEY, "OPENAI_LOG": "debug", "PYTHONASYNCIODEBUG": "1"},
        stdin=DEVNULL, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    _, logged = await process.communicate()
    assert b"send_request_headers" in logged
    assert b"authorization" in logged.lower() or b"request_id" in logged
    assert b"very-secret" not in logged
    assert foreign(logged, 120, 40) == []


async def test_no_log_holds_a_key_that_was_fetched(demo: DemoServer, tmp_path: Path) -> None:
    key = "a-key-that-a-server-echoes"
    demo.script("echo", raw(chunk(content="Hi"), headers={"x-request-id": key}))
    config = tmp_path / "own.toml"
    where = f'[endpoints.own]\nbase_url = "{demo.base_url}"\n'
    config.write_text(f'{where}key_command = "echo {key}"\n')
    code = (
        "import logging; logging.basicConfig(level=logging.DEBUG, force=True)\n"
        "from tui import cli; cli.main()"
    )
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", code, "ask", "--base-url", demo.base_url, "--model", "echo", "Hi"),
        *("--config", str(config)),
        stdin=DEVNULL, stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    _, logged = await process.communicate()
    assert demo.asked[-1].headers["authorization"] == f"Bearer {key}"
    assert b"x-request-id" in logged
    assert key.encode() not in logged
