"""Where copied words go, in real terminals, and that the line which says so is true."""

import asyncio
import base64
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.clipboards import needs_desktop, needs_tmux
from tests.terminal import Terminal
from tui.edge.demo import DemoServer, saying

NOWHERE = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "TMUX": "", "SSH_CONNECTION": "", "SSH_TTY": ""}
ANSWER = "Two wörds, 日本語."


def asking(demo: DemoServer, answer: str, env: dict[str, str]) -> Terminal:
    demo.script("said", saying(answer))
    where = ("--base-url", demo.base_url, "--model", "said", "--private")
    return Terminal(sys.executable, "-m", "tui", *where, env={**os.environ, **NOWHERE, **env})


async def copies(terminal: Terminal, key: str = "y") -> None:
    """Ask, go to the answer and copy."""
    await terminal.sees("Ask anything")
    terminal.type("Say it\r")
    await terminal.sees("✓ complete")
    terminal.press("tab")
    await terminal.sees("copy")
    terminal.type(key)


async def test_without_a_desktop_the_terminal_is_asked_and_that_is_said(demo: DemoServer) -> None:
    async with asking(demo, ANSWER, {}) as terminal:
        await copies(terminal)
        await terminal.sees("(OSC 52)")
        (sent,) = re.findall(rb"\x1b\]52;c;([^\x07]*)\x07", bytes(terminal.output))
    assert base64.b64decode(sent).decode() == ANSWER


async def test_the_whole_conversation_is_copied(demo: DemoServer) -> None:
    async with asking(demo, ANSWER, {}) as terminal:
        await copies(terminal, "C")
        await terminal.sees("(OSC 52)")
        (sent,) = re.findall(rb"\x1b\]52;c;([^\x07]*)\x07", bytes(terminal.output))
    assert base64.b64decode(sent).decode() == f"## You\n\nSay it\n\n## Answer · said\n\n{ANSWER}\n"


@needs_tmux
async def test_in_tmux_it_is_in_the_newest_buffer(demo: DemoServer, tmux: dict[str, str]) -> None:
    async with asking(demo, ANSWER, {"TMUX": tmux["TMUX"]}) as terminal:
        await copies(terminal)
        await terminal.sees("tmux's buffer")
        assert b"\x1b]52" not in terminal.output
    shown = await asyncio.to_thread(
        subprocess.run, ("tmux", "show-buffer"), env=tmux, capture_output=True, check=True
    )
    assert shown.stdout.decode() == ANSWER


@needs_desktop
async def test_on_a_desktop_it_is_read_back(demo: DemoServer, desktop: str) -> None:
    async with asking(demo, ANSWER, {"DISPLAY": desktop}) as terminal:
        await copies(terminal)
        await terminal.sees("gives it back")
        held = await asyncio.to_thread(
            subprocess.run,
            ("xclip", "-o", "-selection", "clipboard"),
            env={**os.environ, "DISPLAY": desktop},
            capture_output=True,
            check=True,
        )
    assert held.stdout.decode() == ANSWER


async def test_over_ssh_the_near_terminal_is_asked(demo: DemoServer) -> None:
    far = {"DISPLAY": ":77", "SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22"}
    async with asking(demo, ANSWER, far) as terminal:
        await copies(terminal)
        await terminal.sees("(OSC 52)")


async def test_what_no_terminal_takes_is_in_a_file(demo: DemoServer, tmp_path: Path) -> None:
    async with asking(demo, "word " * 15_000, {"XDG_STATE_HOME": str(tmp_path)}) as terminal:
        await copies(terminal)
        await terminal.sees("Too long for")
        assert b"\x1b]52" not in terminal.output
    assert written(tmp_path).strip() == ("word " * 15_000).strip()


def written(folder: Path) -> str:
    (file,) = folder.rglob("copied.md")
    return file.read_text("utf-8")
