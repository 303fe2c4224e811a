"""The settings, as someone changes them at the keyboard, with a real file and a real server."""

import os
import sys
from pathlib import Path

import pytest

from tests.play import SMALL, WIDE, Person, play
from tests.terminal import Terminal
from tests.waiting import until
from tui.edge.demo import DemoServer
from tui.edge.paths import config_file

F7 = "\x1b[18~"

HELD = """# Mine, since 2024.
theme = 'rillet-light'  # for the sun

[options]
# It was 0.9 once.
temperature = 0.7
"""


@pytest.fixture
def file() -> Path:
    path = config_file(os.environ)
    assert path is not None
    path.parent.mkdir(parents=True)
    path.write_text(HELD)
    return path


def said(file: Path) -> str:
    """What the file says now."""
    return file.read_text()


def writes(file: Path, text: str) -> None:
    """Someone edits the file by hand."""
    file.write_text(text)


def an_editor(path: Path, adds: str) -> Path:
    """An editor that adds a line to the file that it opens."""
    path.write_text(f'#!/bin/sh\necho "{adds}" >> "$1"\n')
    path.chmod(0o755)
    return path


def close(file: Path) -> None:
    """The file may only be read."""
    file.chmod(0o400)


def asked(demo: DemoServer) -> dict[str, object]:
    """The last request that the server got."""
    return dict(demo.asked[-1].body)


async def goes_to(person: Person, name: str) -> None:
    """Put the cursor on a setting: type what its name has, go to the list."""
    await person.press("slash")
    await person.types(name)
    await person.press("enter")


async def to_everywhere(person: Person) -> None:
    """Open the sheet, and go to what holds everywhere."""
    await person.press("f7")
    await person.sees("Settings", "▸ This conversation")
    await person.press("shift+tab")
    await person.sees("▸ Everywhere")


async def test_a_parameter_of_the_file_is_changed_and_the_next_request_has_it(
    demo: DemoServer, file: Path
) -> None:
    async with play(demo, flags=()) as person:
        await to_everywhere(person)
        await goes_to(person, "temperature")
        await person.press("enter")
        await person.sees("Enter takes it")
        await person.press("backspace", "2", "5", "enter")
        await person.sees("0.25")
        await until(lambda: "0.25" in said(file))
        await person.press("escape", "escape")
        await person.asks("Hello")
        await person.sees("complete")
        assert asked(demo)["temperature"] == 0.25
    assert said(file) == HELD.replace("0.7", "0.25")
    async with play(demo, flags=()) as person:
        await person.asks("Hello again")
        await person.sees("complete")
        assert asked(demo)["temperature"] == 0.25


async def test_what_this_conversation_says_wins_and_another_one_knows_nothing_of_it(
    demo: DemoServer, file: Path
) -> None:
    async with play(demo, flags=()) as person:
        await person.press("f7")
        await goes_to(person, "temperature")
        await person.sees("0.7 · file, everywhere")
        await person.press("enter", "1", "enter")
        await person.sees_no("file, everywhere")
        await person.press("escape", "escape")
        await person.asks("Hello")
        await person.sees("complete")
        assert asked(demo)["temperature"] == 1
        await person.press("ctrl+n")
        await person.asks("Again")
        await person.sees("complete")
        assert asked(demo)["temperature"] == 0.7
    assert said(file) == HELD


async def test_what_this_conversation_says_is_there_after_a_restart(
    demo: DemoServer, file: Path
) -> None:
    async with play(demo, flags=()) as person:
        await person.press("f7")
        await goes_to(person, "temperature")
        await person.press("enter", *["backspace"] * 3, "1", "enter")
        await person.sees_no("file, everywhere")
        await person.press("escape", "escape")
        await person.asks("Hello")
        await person.sees("complete")
    async with play(demo, flags=()) as person:
        await person.sees("Ctrl+L")
        await person.press("ctrl+l")
        await person.sees("Hello", "complete")
        await person.asks("And now")
        await person.sees("Sent: 3 messages.")
        assert asked(demo)["temperature"] == 1


async def test_del_leaves_out_what_is_said_farther_away_and_takes_that_back(
    demo: DemoServer, file: Path
) -> None:
    async with play(demo, flags=()) as person:
        await person.press("f7", "right")
        await person.sees("▸ Model demo-echo")
        await goes_to(person, "temperature")
        await person.press("delete")
        await person.sees("left out")
        assert '[models.demo-echo.options]\nunset = ["temperature"]' in said(file)
        await person.press("escape", "escape")
        await person.asks("Hello")
        await person.sees("complete")
        assert "temperature" not in asked(demo)
        await person.press("f7", "right")
        await goes_to(person, "temperature")
        await person.press("u")
        await person.sees("0.7 · file, everywhere")
    assert said(file) == HELD


async def test_what_is_typed_wrong_stays_with_the_sentence_below_it(
    demo: DemoServer, file: Path
) -> None:
    async with play(demo, flags=()) as person:
        await to_everywhere(person)
        await goes_to(person, "temperature")
        await person.press("enter", "9", "9", "backspace", "x", "enter")
        await person.sees("temperature has to be a number from 0 to 2.", "0.79x")
        await person.press("escape")
        await person.sees_no("temperature has to be")
        await person.sees("0.7 ")
    assert said(file) == HELD


async def test_a_file_that_was_changed_by_hand_meanwhile_keeps_that(
    demo: DemoServer, file: Path
) -> None:
    async with play(demo, flags=()) as person:
        await to_everywhere(person)
        by_hand = HELD.replace("theme", "titles = true\ntheme")
        writes(file, by_hand)
        await goes_to(person, "seed")
        await person.press("enter", "7", "enter")
        await until(lambda: said(file) == by_hand + "seed = 7\n")
        await person.press("escape")
        await goes_to(person, "titles")
        await person.sees("yes")


async def test_a_file_that_may_only_be_read_is_told_and_stays(demo: DemoServer, file: Path) -> None:
    close(file)
    async with play(demo, flags=()) as person:
        await to_everywhere(person)
        await goes_to(person, "seed")
        await person.press("enter", "7", "enter")
        await person.sees("cannot be written: it may only be read")
    assert said(file) == HELD


async def test_a_theme_is_seen_while_it_is_chosen_and_put_back_by_esc(
    demo: DemoServer, file: Path
) -> None:
    async with play(demo, flags=(), theme="rillet-light") as person:
        await to_everywhere(person)
        await goes_to(person, "theme")
        await person.press("enter")
        await person.sees("‹ rillet-light ›")
        await person.press("left")
        await until(lambda: person.app.theme != "rillet-light")
        chosen = person.app.theme
        await person.press("escape")
        await until(lambda: person.app.theme == "rillet-light")
        await person.press("enter", "left", "enter")
        await until(lambda: f"theme = '{chosen}'  # for the sun" in said(file))
        await person.press("escape", "escape")
        await person.sees_no("Settings ·")
        assert person.app.theme == chosen


async def test_choosing_a_theme_begins_with_the_one_that_is_seen(
    demo: DemoServer, file: Path
) -> None:
    writes(file, "")
    async with play(demo, flags=(), theme="nord") as person:
        await to_everywhere(person)
        await goes_to(person, "theme")
        await person.press("enter")
        await person.sees("‹ nord ›")
        assert person.app.theme == "nord"


async def test_a_flag_of_this_run_wins_and_that_is_told(demo: DemoServer, file: Path) -> None:
    async with play(demo, flags=("--temperature", "0.1")) as person:
        await to_everywhere(person)
        await goes_to(person, "temperature")
        await person.sees("--temperature of this run wins")
        await person.press("enter", "backspace", "5", "enter")
        await until(lambda: "temperature = 0.5" in said(file))
        await person.press("escape", "escape")
        await person.asks("Hello")
        await person.sees("complete")
        assert asked(demo)["temperature"] == 0.1


async def test_anything_else_goes_along_as_json(demo: DemoServer, file: Path) -> None:
    async with play(demo, flags=()) as person:
        await person.press("f7")
        await goes_to(person, "extra")
        await person.press("enter")
        await person.types("top")
        await person.press("enter")
        await person.sees("extra has to be a JSON object")
        await person.press("backspace", "backspace", "backspace")
        await person.pastes('{"top_k": 40}')
        await person.press("enter", "escape", "escape")
        await person.asks("Hello")
        await person.sees("complete")
        assert asked(demo)["top_k"] == 40


async def test_the_system_prompt_is_written_in_lines(demo: DemoServer, file: Path) -> None:
    async with play(demo, flags=()) as person:
        await to_everywhere(person)
        await goes_to(person, "system")
        await person.press("enter")
        await person.sees("Ctrl+J new line")
        await person.types("Be brief.")
        await person.press("escape")
        await person.sees("Esc again throws away")
        await person.press("ctrl+j")
        await person.types("Be kind.")
        await person.press("enter")
        await until(lambda: 'system = """\nBe brief.\nBe kind."""' in said(file))
        await person.press("escape", "escape")
        await person.asks("Hello")
        await person.sees("complete")
        first = asked(demo)["messages"]
        assert isinstance(first, list)
        assert first[0] == {"role": "system", "content": "Be brief.\nBe kind."}


async def test_a_conversation_can_do_without_the_system_prompt_of_all(
    demo: DemoServer, file: Path
) -> None:
    writes(file, 'system = "Be brief."\n' + HELD)
    async with play(demo, flags=()) as person:
        await person.press("f7")
        await person.sees("Be brief. · file, everywhere")
        await person.press("delete")
        await person.sees("empty")
        await person.press("escape")
        await person.asks("Hello")
        await person.sees("Sent: 1 message.")
        assert asked(demo)["messages"] == [{"role": "user", "content": "Hello"}]


async def test_a_key_is_refused_and_who_has_it_is_kept(demo: DemoServer, file: Path) -> None:
    async with play(demo, flags=()) as person:
        await person.press("f7", "right", "right")
        await person.sees("▸ Endpoint")
        await goes_to(person, "key_env")
        await person.press("enter")
        await person.pastes("sk-0123456789abcdefghij")
        await person.press("enter")
        await person.sees("This looks like a key")
        assert "sk-" not in said(file)
        await person.press(*["backspace"] * 23)
        await person.types("MY_KEY")
        await person.press("enter")
        await until(lambda: 'key_env = "MY_KEY"' in said(file))
        assert f'base_url = "{demo.base_url}"' in said(file)


async def test_who_has_the_key_is_one_of_three_and_the_key_is_never_shown(
    demo: DemoServer, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-never-to-be-seen-0123456789")
    async with play(demo, flags=()) as person:
        await person.press("f7", "right", "right")
        await goes_to(person, "key_")
        await person.sees("▌ key_env", "OPENAI_API_KEY · this run", "key_keyring")
        await person.press("enter")
        await person.types("MY_KEY")
        await person.press("enter")
        await until(lambda: 'key_env = "MY_KEY"' in said(file))
        await person.press("down", "enter")
        await person.pastes("pass show mine")
        await person.press("enter")
        await until(lambda: 'key_command = "pass show mine"' in said(file))
        assert "key_env" not in said(file)
        await person.sees("pass show mine")
        assert "never-to-be-seen" not in person.sight


async def test_a_broken_file_is_told_with_its_line_and_nothing_is_written(
    demo: DemoServer, file: Path
) -> None:
    async with play(demo, flags=()) as person:
        writes(file, HELD + "temprature = 1\n")
        await person.press("f7")
        await person.sees("line 7: there is no setting")
        await person.press("enter")
        await person.sees_no("Enter takes it")


async def test_who_types_fast_narrows_and_opens_no_editor(demo: DemoServer, file: Path) -> None:
    async with play(demo, flags=(), size=SMALL) as person:
        await to_everywhere(person)
        person.strike(*"retries")
        await person.sees("▌ retries")
        await person.sees_no("temperature")
        await person.press("enter", "escape", "end")
        await person.sees("▌ save")


@pytest.mark.parametrize("size", [(60, 16), SMALL, WIDE, (200, 60)])
async def test_it_works_at_every_size(demo: DemoServer, file: Path, size: tuple[int, int]) -> None:
    async with play(demo, flags=(), size=size) as person:
        await to_everywhere(person)
        await goes_to(person, "retries")
        await person.press("enter", "0", "enter")
        await until(lambda: "[wait]\nretries = 0" in said(file))
        await person.press("escape", "end")
        await person.press("home")
        await person.sees("system", "Esc")


async def test_where_no_editor_can_be_opened_that_is_told(
    demo: DemoServer, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    async with play(demo, flags=()) as person:
        await person.press("f7", "e")
        await person.sees("cannot be opened")


async def test_the_editor_opens_the_file_and_what_is_wrong_then_is_told_with_its_line(
    demo: DemoServer, file: Path, tmp_path: Path
) -> None:
    editor = an_editor(tmp_path / "editor", "seeds = 3")
    command = (sys.executable, "-m", "tui", "--base-url", demo.base_url, "--model", "demo-echo")
    async with Terminal(*command, env={"EDITOR": str(editor)}) as terminal:
        await terminal.sees("Ask anything")
        terminal.type(F7)
        await terminal.sees("Settings", "temperature")
        terminal.type("e")
        await terminal.sees("The file, line 7: there is no setting", "Is it seed")
        assert said(file) == HELD + "seeds = 3\n"


async def test_no_colour_is_needed_to_read_it(demo: DemoServer, file: Path) -> None:
    command = (sys.executable, "-m", "tui", "--base-url", demo.base_url, "--model", "demo-echo")
    async with Terminal(*command, env={"NO_COLOR": "1"}) as terminal:
        await terminal.sees("Ask anything")
        terminal.type(F7)
        await terminal.sees("▸ This conversation", "▌ system", "0.7 · file, everywhere")
        terminal.type("\x1b[Z")
        await terminal.sees("▸ Everywhere")
        terminal.type("\x1b[B\x1b[B\r")
        await terminal.sees("Enter takes it")
        terminal.type("5\r")
        await until(lambda: "temperature = 0.75" in said(file))


async def test_ctrl_q_leaves_from_the_settings_and_the_draft_is_kept(
    demo: DemoServer, file: Path
) -> None:
    command = (sys.executable, "-m", "tui", "--base-url", demo.base_url, "--model", "demo-echo")
    async with Terminal(*command) as terminal:
        await terminal.sees("Ask anything")
        terminal.type("about boats")
        await terminal.sees("about boats")
        terminal.type(F7)
        await terminal.sees("Settings", "temperature")
        terminal.press("ctrl+q")
        assert await terminal.ends() == 0
    async with Terminal(*command) as terminal:
        await terminal.sees("about boats")
