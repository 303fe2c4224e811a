"""A library of prompts: chosen by key, filled in, written, kept; and always said to be there."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

import pytest

from tests.attacks import GROUPS
from tests.play import SMALL, WIDE, Person, play
from tests.waiting import until
from tui.edge.demo import DemoServer

LONG = "You explain rivers. " * 400


@pytest.fixture
def rillet(tmp_path: Path) -> Path:
    """The folder of the library, with two prompts and two snippets in it."""
    folder = tmp_path / "config" / "rillet"
    (folder / "prompts").mkdir(parents=True)
    (folder / "snippets").mkdir()
    (folder / "prompts" / "terse.md").write_text("Be brief.\n")
    (folder / "prompts" / "guide.md").write_text(LONG)
    (folder / "snippets" / "plain.md").write_text("for a child")
    (folder / "snippets" / "translate.md").write_text(
        "Translate into {{language:English}}:\n{{text}} ({{language}})"
    )
    return folder


def system(demo: DemoServer) -> object:
    messages = demo.asked[-1].body["messages"]
    assert isinstance(messages, list)
    return messages[0]["content"] if messages[0]["role"] == "system" else None


async def opens(person: Person) -> None:
    await person.press("f5")
    await person.sees("System prompts", "Snippets")


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_system_prompt_is_chosen_shown_and_sent(
    demo: DemoServer, rillet: Path, size: tuple[int, int]
) -> None:
    async with play(demo, size=size) as person:
        await opens(person)
        await person.sees("guide", "terse", "plain", "translate", "You explain rivers.")
        await person.types("ter")
        await person.sees_no("guide")
        await person.sees("Be brief.")
        await person.press("enter")
        await person.sees("The system prompt is now terse.", "system: terse")
        assert person.prompt.has_focus
        await person.asks("Hi")
        await person.sees("✓ complete")
        assert system(demo) == "Be brief."
        await opens(person)
        await person.sees("● terse")


async def test_the_system_prompt_can_be_taken_away_and_a_new_conversation_has_the_first(
    demo: DemoServer, rillet: Path
) -> None:
    async with play(demo, system="From the start.") as person:
        await person.sees("system: From the start.")
        await opens(person)
        await person.types("no sys")
        await person.sees("From the start.")
        await person.press("enter")
        await person.sees("The system prompt is removed.")
        await person.sees_no("system: From")
        await person.asks("Hi")
        await person.sees("✓ complete")
        assert system(demo) is None
        await person.press("ctrl+n")
        await person.sees("system: From the start.")


async def test_one_that_was_named_at_the_start_is_shown_by_its_name(demo: DemoServer) -> None:
    async with play(demo, system="Be brief.", prompt="terse") as person:
        await person.sees("system: terse")


async def test_it_is_kept_with_its_conversation(demo: DemoServer, rillet: Path) -> None:
    async with play(demo) as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await opens(person)
        await person.types("terse")
        await person.press("enter")
        await person.sees("system: terse")
    async with play(demo) as person:
        await person.sees("Ctrl+L")
        await person.press("ctrl+l")
        await person.sees("system: Be brief.")
        await person.asks("And?")
        await until(lambda: len(demo.asked) > 2 and system(demo) == "Be brief.")


async def test_a_snippet_is_inserted_at_the_cursor(demo: DemoServer, rillet: Path) -> None:
    async with play(demo) as person:
        await person.types("Say it ! now")
        await person.press(*["left"] * 5, "f5")
        await person.sees("plain")
        await person.types("plain")
        await person.sees_no("translate")
        await person.press("enter")
        await until(lambda: person.prompt.text == "Say it for a child! now")
        await person.types("X")
        assert person.prompt.text == "Say it for a childX! now"


async def test_placeholders_are_asked_for_one_after_the_other(
    demo: DemoServer, rillet: Path
) -> None:
    async with play(demo) as person:
        await opens(person)
        await person.types("trans")
        await person.sees_no("plain")
        await person.press("enter")
        await person.sees("language", "English", "text", "Enter goes on")
        await person.types("*")
        await person.press("enter")
        await person.types("one\ntwo")
        await person.press("enter")
        await until(lambda: person.prompt.text == "Translate into English*:\none\ntwo (English*)")
        assert person.prompt.has_focus


async def test_esc_in_the_form_inserts_nothing_and_the_draft_stays(
    demo: DemoServer, rillet: Path
) -> None:
    async with play(demo) as person:
        await person.types("a draft")
        await opens(person)
        await person.types("trans")
        await person.sees_no("plain")
        await person.press("enter")
        await person.sees("Enter goes on")
        await person.types("x")
        await person.press("escape")
        await person.sees_no("Enter goes on")
        assert person.prompt.text == "a draft"
        await opens(person)
        await person.types("trans")
        await person.sees_no("plain")
        await person.press("enter")
        await person.sees("Enter goes on", "Englishx")


async def test_the_keys_that_save_are_told_where_there_is_something_to_save(
    demo: DemoServer, rillet: Path
) -> None:
    async with play(demo, size=SMALL) as person:
        await opens(person)
        await person.sees("Enter chooses · Esc closes")
        await person.types("terse")
        await person.press("enter")
        await person.sees("The system prompt is now terse.")
        await person.types("half a thought")
        await opens(person)
        await person.sees("Enter chooses · Tab, then s saves the prompt, d the draft · Esc closes")


async def test_the_list_is_walked_from_the_filter(demo: DemoServer, rillet: Path) -> None:
    async with play(demo) as person:
        await opens(person)
        await person.sees("You explain rivers.")
        await person.press("down")
        await person.sees("Be brief.")
        await person.press("down")
        await person.sees("for a child")
        await person.press("up", "enter")
        await person.sees("The system prompt is now terse.")


async def test_the_system_prompt_is_written_by_hand(demo: DemoServer, rillet: Path) -> None:
    async with play(demo) as person:
        await opens(person)
        await person.types("write")
        await person.sees("There is no system prompt now.")
        await person.press("enter")
        await person.sees("F5 takes it")
        await person.types("Say yes.\nOnly.")
        await person.press("f5")
        await person.sees("system: Say yes. Only.")
        await person.asks("Hi")
        await person.sees("✓ complete")
        assert system(demo) == "Say yes.\nOnly."
        await opens(person)
        await person.types("write")
        await person.press("enter")
        await person.sees("F5 takes it")
        await person.types("!")
        await person.press("escape")
        await person.sees("Esc again throws away what you wrote")
        await person.press("escape")
        await person.sees_no("F5 takes it,")
        assert person.chat.conversation.system == "Say yes.\nOnly."


async def test_what_was_written_is_saved_under_a_free_name(demo: DemoServer, rillet: Path) -> None:
    async with play(demo, system="Be kind.") as person:
        await opens(person)
        await person.press("tab", "s")
        await person.sees("Save the system prompt under a name")
        await person.types("terse")
        await person.press("enter")
        await person.sees("terse is there already, and stays as it is.")
        await person.press("ctrl+u")
        await person.types("kind")
        await person.press("enter")
        await person.sees("Written to", "system: kind")
    assert (rillet / "prompts" / "kind.md").read_text() == "Be kind.\n"
    assert (rillet / "prompts" / "terse.md").read_text() == "Be brief.\n"


async def test_a_draft_is_saved_as_a_snippet_and_stays(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.types("Why?")
        await person.press("f5")
        await person.sees("save the draft", "There are no prompts yet.")
        await person.press("down")
        await person._look(lambda: person.sight.count("Why?") > 1, "the draft was not shown")
        await person.press("tab", "d")
        await person.sees("Save the snippet under a name")
        await person.types("why")
        await person.press("enter")
        await person.sees("Written to")
        assert person.prompt.text == "Why?"
        await person.press("f5")
        await person.sees("Snippets", "why")


async def test_what_cannot_be_read_is_listed_with_the_reason(
    demo: DemoServer, rillet: Path
) -> None:
    os.mkfifo(rillet / "prompts" / "a pipe.md")
    async with play(demo) as person:
        await opens(person)
        await person.sees("✗ a pipe", "You explain rivers.")
        await person.press("up")
        await person.sees("It cannot be read: it is no plain file.")
        await person.press("enter")
        await person.sees("✗ a pipe")
        assert person.chat.conversation.system == ""


@pytest.mark.parametrize("attack", GROUPS)
async def test_names_and_texts_that_attack_are_shown_harmless(
    demo: DemoServer, rillet: Path, attack: str
) -> None:
    name = attack.replace("/", "").replace("\0", "").encode("utf-8", "surrogatepass")[:200]
    path = rillet / "prompts" / os.fsdecode(b"0[red][@click=app.quit]" + name + b".md")
    path.write_bytes(f"[/red]{{{{a}}}}{attack}".encode("utf-8", "replace"))
    async with play(demo) as person:
        await opens(person)
        await person.sees("0[red][@click=app.quit]", "[/red]{{a}}")
        seen = set(person.sight)
        await person.press("enter")
        await person.sees("system: 0[red]")
        seen |= set(person.sight)
    assert not seen & {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), "\u202e"} - {"\n"}


async def test_a_huge_snippet_and_one_of_many_placeholders_are_inserted(
    demo: DemoServer, rillet: Path
) -> None:
    many = " ".join(f"{{{{n{number}}}}}" for number in range(5000))
    (rillet / "snippets" / "many.md").write_text(many)
    async with play(demo) as person:
        await opens(person)
        await person.types("many")
        await person.sees("{{n0}} {{n1}}")
        await person.press(*["pagedown"] * 9)
        await person.sees("characters more)")
        await person.press("enter")
        await person.sees("It has 5,000 placeholders")
        await until(lambda: person.prompt.text == many)


async def test_a_named_prompt_goes_with_a_question_of_ask(demo: DemoServer, rillet: Path) -> None:
    flags = ("--base-url", demo.base_url, "--model", "demo-echo")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tui", "ask", *flags, "--prompt", "terse", "Hi"),
        stdin=DEVNULL,
        stdout=PIPE,
    )
    await process.communicate()
    assert process.returncode == 0
    assert system(demo) == "Be brief."


async def test_keys_that_come_faster_than_screens_choose_once(
    demo: DemoServer, rillet: Path
) -> None:
    async with play(demo) as person:
        await opens(person)
        await person.types("plain")
        await person.sees_no("translate")
        person.strike("enter", "enter")
        asked = demo.asked
        await until(lambda: "for a child" in f"{person.prompt.text} {[a.body for a in asked]}")
        await opens(person)
        await person.types("trans")
        await person.sees_no("plain")
        await person.press("enter")
        await person.sees("Enter goes on")
        person.strike("enter", "enter", "enter", "enter")
        await person.sees_no("Enter goes on")
        await person.press("f5")
        await person.sees("System prompts")
        person.strike("escape", "escape", "escape")
        await person.sees_no("System prompts")
        await person.press("z")
        await until(lambda: person.prompt.text.endswith("z"))
