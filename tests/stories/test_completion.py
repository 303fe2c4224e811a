"""`rillet completion`: what real shells offer when Tab is pressed."""

import asyncio
import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.terminal import Scrollback
from tui.arguments.shells import WRITERS
from tui.arguments.shells.flags import commands
from tui.cli import parser
from tui.core.chats import Chat
from tui.core.conversation import Conversation, Message
from tui.edge.paths import chats_file
from tui.edge.store import Store

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A PATH on which `rillet` is this one."""
    folder = tmp_path / "bin"
    folder.mkdir()
    rillet = folder / "rillet"
    rillet.write_text(f'#!/bin/sh\ncd {ROOT} && exec {sys.executable} -m tui "$@"\n')
    rillet.chmod(rillet.stat().st_mode | stat.S_IXUSR)
    return f"{folder}:{os.environ['PATH']}"


async def put(model: str, name: str = "abcdefgh") -> None:
    store, now = Store(chats_file()), time.time()
    talk = Conversation().asked("About boats").answered(Message(0, "assistant", "They float."))
    await store.put(Chat(name, model=model, created=now, updated=now, conversation=talk))
    await store.aclose()


def asked(kind: str) -> str:
    command = (sys.executable, "-m", "tui", "completion", "--words", kind)
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


BASH = ("bash", "--norc", "--noprofile", "-i")
BEGIN = "PS1='> '; eval \"$(rillet completion bash)\"; clear; echo rea''dy\r"


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("rillet as\t", "> rillet ask"),
        ("rillet ask --js\t\t", "--json"),
        ("rillet ask --ma\t", "> rillet ask --max-tokens"),
        ("rillet --theme rillet-l\t", "> rillet --theme rillet-light"),
        ("rillet --model export ask --chat abc\t", "--chat abcdefgh"),
        ("rillet ask --model lla\t", "> rillet ask --model llama3:8b"),
        ("rillet ask --model llama3:\t", "> rillet ask --model llama3:8b"),
        ("rillet ask --model=lla\t", "> rillet ask --model=llama3:8b"),
        ("rillet --base-url http://127.0.0.1:11\t", "127.0.0.1:11434/v1"),
        ("rillet ask --file READ\t", "--file README.md"),
        ("rillet export --format h\t", "--format html"),
        ("rillet export abc\t", "> rillet export abcdefgh"),
        ("rillet completion f\t", "> rillet completion fish"),
    ],
)
async def test_bash_completes(typed: str, seen: str, path: str) -> None:
    await put("llama3:8b")
    async with Scrollback(*BASH, env={"PATH": path}) as terminal:
        terminal.type(BEGIN)
        await terminal.sees("ready\n> ".replace("\n", " " * 75 + "\n"))
        terminal.type(typed)
        await terminal.sees(seen)


async def test_a_name_is_never_carried_out(tmp_path: Path, path: str) -> None:
    evil = tmp_path / "evil"
    await put(f"$(touch${{IFS}}{evil})")
    async with Scrollback(*BASH, env={"PATH": path}) as terminal:
        terminal.type(BEGIN)
        await terminal.sees("ready")
        terminal.type("rillet ask --model \t\t")
        terminal.type("\x15echo do''ne\r")
        await terminal.sees("done")
    assert not evil.exists()
    assert asked("models") == ""


# A shell that is not there cannot be asked; `.ci/run` installs both, so there they are.
@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("rillet as\t", "> rillet ask"),
        ("rillet ask --jsonl\t", "> rillet ask --jsonl"),
        ("rillet ask --model lla\tx", "--model llama3:8b x"),
        ("rillet ask --chat abc\tx", "--chat abcdefgh x"),
        ("rillet ask --chat \t", "abcdefgh  -- About boats"),
        ("rillet export --format h\tx", "--format html x"),
        ("rillet ask --file READ\t", "README.md"),
    ],
)
async def test_zsh_completes(typed: str, seen: str, path: str) -> None:
    await put("llama3:8b")
    begin = (
        "PS1='> '; autoload -U compinit; compinit -u -D; "
        "eval \"$(rillet completion zsh)\"; clear; echo rea''dy\r"
    )
    async with Scrollback("zsh", "-f", "-i", env={"PATH": path}) as terminal:
        terminal.type(begin)
        await terminal.sees("ready")
        terminal.type(typed)
        await terminal.sees(seen)


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("rillet as", "ask\task once, without a screen"),
        ("rillet ask --js", "--jsonl\ta line of JSON for every delta, then the end"),
        ("rillet ask --model lla", "llama3:8b\tasked before"),
        ("rillet export abc", "abcdefgh\tAbout boats"),
        ("rillet export --format h", "html"),
        ("rillet ask --file READ", "README.md"),
    ],
)
def test_fish_completes(typed: str, offered: str, path: str) -> None:
    asyncio.run(put("llama3:8b"))
    line = f"rillet completion fish | source; complete -C {typed!r}"
    done = subprocess.run(
        ("fish", "--no-config", "-c", line),
        env={**os.environ, "PATH": path}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert any(shown.startswith(offered) for shown in done.stdout.splitlines())


@pytest.mark.parametrize("shell", WRITERS)
def test_a_script_knows_every_command_and_every_flag(shell: str) -> None:
    known = commands(parser())
    script = WRITERS[shell](known)
    for command in known:
        assert command.name in script
        for name in (name for flag in command.flags for name in flag.names):
            written = name.lstrip("-") if shell == "fish" else name
            assert written in script


def test_a_configuration_that_cannot_be_read_offers_nothing() -> None:
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "rillet" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text("model = ")
    assert asked("models") == ""


def test_no_shell_is_no_script() -> None:
    command = (sys.executable, "-m", "tui", "completion")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "rillet: name a shell: bash, zsh or fish.\n"
