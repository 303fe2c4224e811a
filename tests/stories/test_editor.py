"""The prompt in the user's own editor: what that makes of it is asked, and nothing is lost."""

import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.play import play
from tests.terminal import Terminal
from tests.waiting import until
from tui.edge.demo import DemoServer

RILLET = (sys.executable, "-m", "tui", "--model", "demo-echo")

HEAD = "import pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n"


@asynccontextmanager
async def editing(demo: DemoServer, folder: Path, does: str) -> AsyncIterator[Terminal]:
    """A draft, and an editor that does this with it."""
    script = folder / "editor.py"
    script.write_text(HEAD + does)
    env = {"VISUAL": f"{sys.executable} '{script}'"}
    async with Terminal(*RILLET, "--base-url", demo.base_url, env=env) as terminal:
        await terminal.sees("Ask anything")
        terminal.type("a draft")
        await terminal.sees("a draft")
        terminal.type("\x05")
        yield terminal


def drafts() -> set[Path]:
    """The copies that are lent to editors now."""
    return set(Path(tempfile.gettempdir()).glob("rillet-*.md"))


async def test_what_the_editor_makes_of_the_prompt_is_asked(
    demo: DemoServer, tmp_path: Path
) -> None:
    does = "path.write_text(path.read_text() + ' and more\\n日本\\n')\n"
    before = drafts()
    async with editing(demo, tmp_path, does) as terminal:
        await terminal.sees("a draft and more", "日本")
        terminal.type("!\r")
        await until(lambda: any("messages" in asked.body for asked in demo.asked))
        (question,) = [asked.body for asked in demo.asked if "messages" in asked.body]
        assert "a draft and more\n日本!" in str(question).replace("\\n", "\n")
    assert drafts() <= before


async def test_undo_brings_back_what_was_typed(demo: DemoServer, tmp_path: Path) -> None:
    async with editing(demo, tmp_path, "path.write_text('something else')\n") as terminal:
        await terminal.sees("something else")
        terminal.type("\x1f")
        await terminal.sees("a draft")


async def test_ctrl_c_is_the_editor_s_while_it_has_the_terminal(
    demo: DemoServer, tmp_path: Path
) -> None:
    does = (
        "import time\ntry:\n    print('the editor is open', flush=True)\n    time.sleep(40)\n"
        "except KeyboardInterrupt:\n    path.write_text('after Ctrl-C')\n"
    )
    async with editing(demo, tmp_path, does) as terminal:
        await until(lambda: b"the editor is open" in terminal.output)
        terminal.type("\x03")
        await terminal.sees("after Ctrl-C")


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("path.write_text('half a thought')\nsys.exit(1)\n", ""),
        ("path.write_bytes(b'\\xff\\xfe')\n", "not UTF-8"),
        ("path.unlink()\n", "No such file"),
    ],
)
async def test_an_editor_that_fails_changes_nothing(
    demo: DemoServer, tmp_path: Path, does: str, said: str
) -> None:
    async with editing(demo, tmp_path, does) as terminal:
        await terminal.sees(*(["did not do it", said] if said else []), "a draft")
        terminal.type(" stays")
        await terminal.sees("a draft stays")


async def test_without_an_editor_and_while_a_reply_comes_it_says_so(
    demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with play(demo, "demo-stall") as person:
        await person.types("a draft")
        await person.press("ctrl+e")
        await person.sees("No editor is set", "a draft")
        monkeypatch.setenv("EDITOR", "true")
        await person.press("enter")
        await person.sees("● ")
        await person.press("ctrl+e")
        await person.sees("The editor can open")
