"""Taking code out of the conversation by key: going to it, copying, writing, editing."""

import stat
import sys
import tempfile
from pathlib import Path

import pytest

from tests.play import Person, play
from tests.stories.test_terminal import RILLET
from tests.terminal import Terminal
from tests.waiting import until
from tui.edge.demo import DemoServer, saying

CODE = "def f():\n\treturn  1\n\n\nprint(f())\n"
TEXT = f"First:\n\n```sh\nls -l\n```\n\nThen:\n\n```python\n{CODE}```\n\nThat is all."


def names(folder: Path) -> list[str]:
    """The names of the files there."""
    return [file.name for file in folder.iterdir()]


async def at_the_code(person: Person) -> None:
    """The answer has come, and the last block of code is in focus."""
    await person.asks("Hi")
    await person.sees("✓ complete")
    await person.press("tab")
    await until(lambda: person.log.has_focus)
    await person.press("left_square_bracket")
    await person.sees("█▌python", "█▌print(f())")


async def test_code_is_gone_to_and_copied_as_it_was_written(demo: DemoServer) -> None:
    demo.script("code", saying(TEXT))
    async with play(demo, "code") as person:
        await at_the_code(person)
        await person.press("y")
        await until(lambda: person.copied == [CODE])
        await person.press("left_square_bracket")
        await person.sees("█▌ls -l")
        await person.sees_no("█▌python")
        await person.press("y")
        await until(lambda: person.copied == [CODE, "ls -l\n"])
        await person.press("left_square_bracket")
        await person.sees("no further block of code")
        await person.press("right_square_bracket")
        await person.sees("█▌python")


async def test_esc_leaves_the_code_and_then_the_conversation(demo: DemoServer) -> None:
    demo.script("code", saying(TEXT))
    async with play(demo, "code") as person:
        await at_the_code(person)
        await person.press("escape")
        await person.sees_no("█▌")
        assert person.log.has_focus
        await person.press("y")
        await until(lambda: person.copied == [TEXT])
        await person.press("escape")
        await until(lambda: person.prompt.has_focus)


async def test_code_is_written_to_a_new_file_and_over_none(
    demo: DemoServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "snippet.py").write_text("mine")
    demo.script("code", saying(TEXT))
    async with play(demo, "code") as person:
        await at_the_code(person)
        await person.press("w")
        await person.sees("Write the code to a file", "snippet.py")
        await person.press("enter")
        await person.sees("is there already")
        assert (tmp_path / "snippet.py").read_text() == "mine"
        await person.press("ctrl+u")
        await person.types("other.py")
        await person.press("enter")
        await person.sees("Written to other.py.")
        assert (tmp_path / "other.py").read_bytes() == CODE.encode()
        plain = tmp_path / "plain"
        plain.touch()
        modes = [stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "other.py", plain)]
        assert modes[0] == modes[1]


async def test_a_file_that_cannot_be_written_is_told_of_and_esc_writes_none(
    demo: DemoServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    demo.script("code", saying(TEXT))
    async with play(demo, "code") as person:
        await at_the_code(person)
        await person.press("w", "ctrl+u")
        await person.types("no/such.py")
        await person.press("enter")
        await person.sees("It cannot be written: No such file or directory.")
        await person.press("escape")
        await person.sees_no("Write the code")
        assert names(tmp_path) == ["data"]


async def test_without_code_in_focus_and_without_an_editor_it_says_so(
    demo: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    demo.script("code", saying(TEXT))
    async with play(demo, "code") as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await person.press("tab", "o")
        await person.sees("No block of code is in focus.")
        await person.press("left_square_bracket")
        await person.sees("█▌python")
        await person.press("o")
        await person.sees("No editor is set")


async def test_code_is_lent_to_the_editor_and_the_copy_goes(
    demo: DemoServer, tmp_path: Path
) -> None:
    script = tmp_path / "an editor.py"
    script.write_text(
        "import os, pathlib, sys\n"
        "path = pathlib.Path(sys.argv[-1])\n"
        "seen = pathlib.Path(sys.argv[1])\n"
        "seen.write_text(f'{path}\\n{oct(path.stat().st_mode)}\\n{path.read_text()}')\n"
        "print('IN THE EDITOR', flush=True)\n"
        "sys.stdin.readline()\n"
    )
    seen = tmp_path / "seen"
    editor = f"{sys.executable} '{script}' '{seen}'"
    demo.script("code", saying(TEXT))
    command = (*RILLET, "--base-url", demo.base_url, "--model", "code")
    async with Terminal(*command, env={"EDITOR": editor}) as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Hi\r")
        await terminal.sees("✓ complete")
        terminal.press("tab")
        await terminal.sees("earlier")
        terminal.type("[")
        await terminal.sees("█▌python")
        terminal.type("o")
        await terminal.sees("IN THE EDITOR")
        terminal.type("\r")
        await terminal.sees("█▌python", "Ask anything")
        path, mode, code = seen.read_text().split("\n", 2)
        assert (path[-3:], mode[-3:], code) == (".py", "600", CODE)
        assert path.rpartition("/")[2] not in names(Path(tempfile.gettempdir()))
        terminal.press("ctrl+q")
        assert await terminal.ends() == 0
