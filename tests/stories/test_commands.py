"""The palette: every command that makes sense, found by words, with its key."""

import json
from pathlib import Path

from textual.widgets import OptionList

from tests.play import SMALL, Person, play
from tests.waiting import until
from tui.edge.demo import DemoServer
from tui.edge.paths import state_path


def listed(person: Person) -> list[str]:
    """The rows of the palette, name and key, first to last."""
    options = person.app.screen.query_one(OptionList).options
    return [" ".join(str(each.prompt).split("\n")[0].split()) for each in options]


async def test_the_palette_shows_each_command_with_its_key_at_the_right(demo: DemoServer) -> None:
    async with play(demo, size=SMALL, keys={"new": "ctrl+k"}) as person:
        await person.press("ctrl+p")
        await person.types("new")
        await person.sees("Begin a new conversation.")
        assert "New Ctrl+K" in listed(person)
        row = next(row for row in person.sight.split("\n") if "Ctrl+K" in row)
        assert len(row.rstrip()) > SMALL[0] - 6
        await person.press("enter")
        await until(lambda: person.prompt.has_focus)


async def test_a_command_is_found_by_what_it_does(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.press("ctrl+p")
        await person.types("clipboard")
        await person.sees("Take the image on the clipboard")
        assert listed(person) == ["Paste image F6"]


async def test_what_was_used_last_stands_first_and_does_so_in_the_next_run(
    demo: DemoServer,
) -> None:
    async with play(demo) as person:
        await person.types("/panels")
        await person.press("enter", "ctrl+p")
        await until(lambda: listed(person)[:1] == ["Panels F4"])
        await person.types("help")
        await until(lambda: listed(person)[:1] == ["Help F1"])
        await person.press("enter")
        await person.sees("Show the keys.")
        await person.press("escape")
        await until(lambda: "help" in kept())
    assert kept() == ["help", "panels"]
    async with play(demo) as person:
        await person.press("ctrl+p")
        await until(lambda: listed(person)[:2] == ["Help F1", "Panels F4"])


async def test_a_private_run_leaves_no_trace_of_commands(demo: DemoServer) -> None:
    async with play(demo, keeps=False) as person:
        await person.types("/panels")
        await person.press("enter", "ctrl+p")
        await until(lambda: listed(person)[:1] == ["Panels F4"])
    assert not (state_path() / "commands.json").exists()


async def test_a_damaged_file_or_none_that_can_be_written_is_no_fault(demo: DemoServer) -> None:
    path = state_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("a file where the folder would be")
    async with play(demo) as person:
        await person.types("/help")
        await person.press("enter")
        await person.sees("Show the keys.")
        await person.press("escape", "ctrl+p")
        await until(lambda: listed(person)[:1] == ["Help F1"])


async def test_over_the_list_of_conversations_the_palette_has_its_commands(
    demo: DemoServer,
) -> None:
    async with play(demo) as person:
        await person.asks("Hello")
        await person.sees("complete")
        await person.press("ctrl+o")
        await person.sees("≋ Conversations", "Hello")
        await person.press("down", "ctrl+p")
        await until(lambda: "Rename e" in listed(person))
        assert "New Ctrl+N" not in listed(person)
        assert "Cancel Esc" not in listed(person)
        assert "Quit Ctrl+Q" in listed(person)
        await person.types("pin")
        await until(lambda: listed(person)[:1] == ["Pin p"])
        await person.press("enter")
        await person.sees("Pinned")


async def test_the_conversation_is_written_to_a_file_by_a_typed_command(
    demo: DemoServer, tmp_path: Path
) -> None:
    async with play(demo, keeps=False) as person:
        await person.types("/export")
        await person.press("enter")
        await person.sees("There is nothing to write yet.")
        await person.asks("Where are boats?")
        await person.sees("complete")
        await person.types("/export")
        await person.press("enter")
        await person.sees("Write the conversation to a file")
        await person.press("home", "ctrl+k")
        await person.pastes(str(tmp_path / "talk.md"))
        await person.press("enter")
        await until(lambda: (tmp_path / "talk.md").exists())
    assert "Where are boats?" in (tmp_path / "talk.md").read_text()


async def test_rillet_is_left_by_a_typed_command(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.types("/quit")
        await person.press("enter")
        await until(lambda: not person.app.is_running)


def kept() -> list[str]:
    """The ids that the next run begins with."""
    path: Path = state_path() / "commands.json"
    found: list[str] = json.loads(path.read_text()) if path.exists() else []
    return found
