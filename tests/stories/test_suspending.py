"""Ctrl+Z goes back to the shell in mid-stream, and fg comes back, with nothing lost."""

import asyncio
import os
import shlex
import sys
from pathlib import Path

from tests.terminal import Terminal
from tui.edge.demo import DemoServer, saying

SHELL = ("bash", "--norc", "-i")
WORDS = " ".join(f"word{number}" for number in range(1, 61))


def shell(env: dict[str, str] | None = None) -> Terminal:
    return Terminal(*SHELL, env={**os.environ, "PS1": "shell$ ", "ENV": "", **(env or {})})


def command(demo: DemoServer, *flags: str) -> str:
    program = (sys.executable, "-m", "tui", "--base-url", demo.base_url, "--model", "said", *flags)
    return f"{shlex.join(program)}\r"


async def test_a_reply_goes_on_after_a_look_at_the_shell(demo: DemoServer, tmp_path: Path) -> None:
    demo.script("said", saying(WORDS, rate=20))
    patience = tmp_path / "config.toml"
    patience.write_text("[wait]\nidle_timeout = 1.5\n")
    async with shell() as terminal:
        terminal.type(command(demo, "--config", str(patience)))
        await terminal.sees("Ask anything")
        terminal.type("Count\r")
        await terminal.sees("word9")
        terminal.type("\x1a")
        await terminal.sees("topped")  # bash and zsh write it differently
        terminal.type("echo so$((40+2))far\r")
        await terminal.sees("so42far")
        await asyncio.sleep(4)  # longer than the app waits for words, and than the reply takes
        terminal.type("fg\r")
        await terminal.sees("word60", "✓ complete", "Ask anything")
        terminal.type("And more")
        await terminal.sees("And more")
        terminal.press("ctrl+q")
        await terminal.sees("shell$")


async def test_what_started_rillet_goes_back_to_the_shell_too(demo: DemoServer) -> None:
    demo.script("said", saying("Fine."))
    async with shell() as terminal:
        terminal.type(f"sh -c {shlex.quote(command(demo).strip() + '; echo over')}\r")
        await terminal.sees("Ask anything")
        terminal.type("A draft\x1a")
        await terminal.sees("topped")
        terminal.type("fg\r")
        await terminal.sees("A draft", "F1 help")
        terminal.press("ctrl+q")
        await terminal.sees("over")


async def test_without_a_shell_there_is_nothing_to_go_back_to(demo: DemoServer) -> None:
    demo.script("said", saying("Fine."))
    program = (sys.executable, "-m", "tui", "--base-url", demo.base_url, "--model", "said")
    async with Terminal(*program) as terminal:
        await terminal.sees("Ask anything")
        terminal.type("\x1a")
        await terminal.sees("No shell waits here")
        terminal.type("still here")
        await terminal.sees("still here")
