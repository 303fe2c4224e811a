"""Keys of one's own: pressed, shown everywhere, and refused with file and line."""

import os
import subprocess
import sys
from pathlib import Path

from textual.widgets import Static

from tests.play import play
from tests.waiting import until
from tui.edge.demo import DemoServer


async def test_a_chosen_key_does_what_the_old_one_did_and_the_old_one_does_no_more(
    demo: DemoServer,
) -> None:
    async with play(demo, keys={"new": "ctrl+k"}) as person:
        await person.asks("Hello")
        await person.sees("complete")
        await person.types("a draft")
        await person.press("ctrl+n")
        assert person.chat.conversation.messages
        await person.press("ctrl+k")
        await until(lambda: not person.chat.conversation.messages)
        assert person.prompt.text == "a draft"


async def test_the_key_line_the_help_and_the_first_screen_tell_the_chosen_keys(
    demo: DemoServer,
) -> None:
    keys = {"help": "f12", "model": "f9", "copy": "y,D", "editor": ""}
    async with play(demo, keys=keys) as person:
        await person.sees("F12 shows the keys", "F9 the models", "F12 help", "F9 model")
        await person.press("f12")
        await person.sees("Show the keys.")
        shown = [str(each.content) for each in person.app.screen.query(".help-key").results(Static)]
        assert "y, D" in shown
        assert "Ctrl+E" not in shown
        await person.press("f12")
        await person.sees_no("Show the keys.")


async def test_a_key_that_was_taken_away_does_nothing(demo: DemoServer) -> None:
    async with play(demo, keys={"panels": ""}) as person:
        await person.press("f4")
        await person.types("x")
        await person.sees("x")
        assert not person.chat.has_class("-no-side")
        assert "F4" not in person.sight


async def test_letters_of_ones_own_work_in_the_conversation(demo: DemoServer) -> None:
    keys = {"copy": "D,y", "wrap-code": "k", "earlier": "up"}
    async with play(demo, keys=keys) as person:
        await person.asks("Hello")
        await person.sees("complete")
        await person.press("tab", "D")
        await until(lambda: bool(person.copied))
        await person.press("y")
        await until(lambda: len(person.copied) == 2)


async def test_an_offered_letter_follows_the_chosen_key(demo: DemoServer) -> None:
    async with play(demo, "demo-length", keys={"go-on": "m", "again": "R"}) as person:
        await person.asks("Hello")
        await person.sees("m continues", "R asks again")
        await person.types("m")
        await person.press("enter")
        await person.sees("continued once")


async def test_a_command_without_a_key_can_be_given_one(demo: DemoServer) -> None:
    async with play(demo, keys={"export": "f8", "theme": "ctrl+k"}) as person:
        await person.press("f8")
        await person.sees("There is nothing to write yet.")
        await person.press("ctrl+k")
        await person.sees("rillet-light")


async def test_two_keys_change_places_in_the_prompt_too(demo: DemoServer) -> None:
    keys = {"help": "f2", "model": "f1", "quit": "f10"}
    async with play(demo, keys=keys) as person:
        await person.press("f2")
        await person.sees("Show the keys.")
        await person.press("escape")
        await person.sees_no("Show the keys.")
        await person.press("f10")
        await until(lambda: not person.app.is_running)


async def test_the_list_of_conversations_has_the_chosen_keys(demo: DemoServer) -> None:
    async with play(demo, keys={"chats-pin": "P", "chats": "f9"}) as person:
        await person.asks("Hello")
        await person.sees("complete")
        await person.press("f9")
        await person.sees("Conversations", "Enter open")
        await person.press("down", "P")
        await person.sees("Pinned")
        await person.press("f9")
        await person.sees_no("Conversations")


async def test_a_key_with_a_trap_is_told_at_the_start(demo: DemoServer) -> None:
    async with play(demo, keys={"new": "ctrl+s"}) as person:
        await person.sees("Ctrl+S, chosen for")


def test_a_clash_is_told_with_file_and_line_before_anything_begins(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('model = "m"\n\n[keys]\ncopy = "y"\nnew = "ctrl+r"\n')
    ended = rillet("--config", str(file), "models")
    assert ended.returncode == 2
    assert f"{file}, line 5: Ctrl+R would be new and ask-again at once." in " ".join(
        ended.stderr.split()
    )


def test_doctor_names_the_chosen_keys(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[keys]\nnew = "ctrl+s"\neditor = ""\n')
    told = rillet("--config", str(file), "doctor").stdout
    assert "keys.new" in told
    assert "Ctrl+S" in told
    assert "stops the output of some terminals" in told
    assert "keys.editor" in told


def rillet(*words: str) -> subprocess.CompletedProcess[str]:
    """The program, run with these words, against a port at which nobody answers."""
    environ = os.environ | {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
    command = [sys.executable, "-m", "tui", *words]
    return subprocess.run(command, capture_output=True, text=True, env=environ, check=False)
