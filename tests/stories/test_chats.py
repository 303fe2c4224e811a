"""All conversations: found, opened, named, put away, deleted and brought back."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from tests.attacks import ATTACKS
from tests.play import NOON, SMALL, Person, play
from tests.waiting import until
from tui.core.chats import Chat, State
from tui.core.conversation import Conversation, Message
from tui.core.deltas import Outcome
from tui.core.images import Image
from tui.edge.demo import DemoServer
from tui.edge.paths import data_folder
from tui.edge.store import Store
from tui.screens.chats import ChatsScreen
from tui.widgets.chat_list import ChatList

AT = NOON.timestamp()
DAY = 86_400.0
FILE = "chats.db"
PNG = "data:image/png;base64,iVBORw0KGgo="


def chat(id: str, question: str, *answers: str, ago: float = 60.0) -> Chat:
    """A conversation about something, begun so many seconds ago."""
    talk = Conversation()
    for answer in answers or ("Well.",):
        talk = talk.asked(question, (), AT - ago)
        said = Message(talk.next_id, "assistant", answer, model="demo-echo", parent=talk.head)
        talk = talk.answered(replace(said, at=AT - ago))
    return Chat(id, "", "demo-echo", AT - ago, AT - ago, conversation=talk)


BOATS = chat("aaaaaaaa", "About boats")
BREAD = chat("bbbbbbbb", "About bread", ago=DAY)


async def keep(*chats: Chat) -> None:
    """Put conversations where the app will look for them."""
    store = Store(data_folder() / FILE)
    await store.open()
    for each in chats:
        assert await store.put(each) == each.id
    await store.aclose()


async def kept(id: str) -> Chat | None:
    """A conversation as it is in the file now."""
    store = Store(data_folder() / FILE)
    await store.open()
    found = await store.load(id)
    await store.aclose()
    return found


async def lists(person: Person, *words: str) -> None:
    """Open the list, and wait until it shows these words."""
    await person.press("ctrl+o")
    await person.sees("≋ Conversations", *words)


def under(person: Person) -> str:
    """The row with the cursor."""
    return next((row for row in person.sight.split("\n") if row.startswith("▌")), "")


async def stands_on(person: Person, words: str) -> None:
    await person._look(lambda: words in under(person), f"the cursor never stood on {words!r}")


def before(person: Person, first: str, second: str) -> bool:
    """Whether one is seen above the other."""
    sight = person.sight
    return first in sight and second in sight and sight.index(first) < sight.index(second)


# Opening


async def test_another_conversation_is_opened_and_goes_on(demo: DemoServer) -> None:
    await keep(BOATS, BREAD)
    async with play(demo) as person:
        await person.asks("About trains")
        await person.sees("✓ complete")
        await lists(person, "Today", "● ", "About trains", "About boats", "Yesterday")
        await person.press("down", "down", "down")
        await stands_on(person, "About bread")
        await person.press("enter")
        await person.sees("You · 13 Mar", "About bread", "Well.")
        await person.sees_no("About trains")
        await person.asks("Go on")
        await person.sees("Sent: 3 messages.")


async def test_esc_goes_back_to_where_one_was(demo: DemoServer) -> None:
    await keep(BOATS)
    async with play(demo) as person:
        await person.types("a draft")
        await lists(person, "About boats")
        await person.press("escape")
        await person.sees("a draft", "Enter send")
        await person.types("ing")
        await person.sees("a drafting")


async def test_ctrl_q_leaves_from_the_list_too(demo: DemoServer) -> None:
    await keep(BOATS)
    async with play(demo) as person:
        await lists(person, "About boats")
        await person.press("ctrl+q")
        await until(lambda: person.app._exit)


async def test_the_last_conversation_is_not_offered_once_it_is_deleted(demo: DemoServer) -> None:
    await keep(BOATS)
    async with play(demo) as person:
        await person.sees("Ctrl+L goes on with “About boats”.")
        await lists(person, "About boats")
        await person.press("down", "d", "escape")
        await person.sees_no("Ctrl+L goes on")


async def test_the_palette_opens_the_list(demo: DemoServer) -> None:
    await keep(BOATS)
    async with play(demo) as person:
        await person.press("ctrl+p")
        await person.types("chats")
        await person.sees("List all conversations")
        await person.press("enter")
        await person.sees("≋ Conversations", "About boats")


async def test_an_empty_list_says_how_a_conversation_begins(demo: DemoServer) -> None:
    async with play(demo) as person:
        await lists(person, "No conversations yet. Your first question begins one.")
        await person.press("down", "enter", "e", "d", "p", "x", "escape")
        await person.sees("Ask anything")


async def test_without_a_store_there_is_no_list(demo: DemoServer) -> None:
    async with play(demo, keeps=False) as person:
        await person.press("ctrl+o")
        await person.sees("Conversations are not kept here")


async def test_while_a_reply_streams_the_list_opens_and_no_other_conversation(
    demo: DemoServer,
) -> None:
    await keep(BOATS)
    async with play(demo, "demo-slow") as person:
        await person.asks("Slowly")
        await person.sees("streaming")
        await lists(person, "Slowly", "under way", "About boats")
        await person.press("down", "d")
        await person.sees("deleted when that is over.")
        await person.press("down", "enter")
        await person.sees("A reply is under way. Another conversation")
        assert under(person)
        await person.press("escape")
        await person.sees("streaming")


async def test_a_draft_and_a_bad_ending_are_told(demo: DemoServer) -> None:
    talk = BREAD.conversation
    cut = talk.continued(replace(talk.messages[-1], outcome=Outcome.INTERRUPTED))
    await keep(replace(BOATS, draft="a draft"), replace(BREAD, conversation=cut))
    unsent = Chat("cccccccc", updated=AT, draft="Only typed")
    await keep(unsent, replace(chat("dddddddd", "Put away"), is_archived=True))
    async with play(demo) as person:
        await lists(person, "About boats", "✎ Only typed")
        rows = person.sight.split("\n")
        assert any("✎ About boats" in row and "draft" in row for row in rows)
        assert any("! About bread" in row and "cut off" in row for row in rows)
        await person.sees_no("Put away")


# Searching


async def test_a_hit_is_opened_where_it_was_said(demo: DemoServer) -> None:
    long = "\n\n".join(f"Paragraph {number} of many." for number in range(60))
    answers = [long] * 6
    answers[2] = f"{long}\n\nHere is the needle, in a haystack.\n\n{long}"
    await keep(chat("aaaaaaaa", "Where is it?", *answers), BREAD)
    async with play(demo) as person:
        await lists(person, "About bread")
        await person.types("the NEEDLE")
        await person.sees("1 hit · 1 conversation", "Answer", "the needle, in a haystack")
        await person.sees_no("About bread")
        await person.press("down", "down", "enter")
        await person.sees("Here is the needle, in a haystack.", "1 of 1")
        entry = person.log.focused_entry
        assert entry is not None
        assert entry.message == 6
        await person.press("escape")
        await person.sees_no("1 of 1")


async def test_of_several_hits_in_view_the_chosen_one_is_gone_to(demo: DemoServer) -> None:
    await keep(chat("aaaaaaaa", "Where?", "A needle here.", "A needle there.", "None."))
    async with play(demo) as person:
        await lists(person, "Where?")
        await person.types("needle")
        await person.sees("2 hits · 1 conversation")
        await person.press("down", "down")
        await stands_on(person, "A needle there.")
        await person.press("enter")
        await person.sees("2 of 2")
        await lists(person, "Where?")
        await person.types("needle")
        await person.sees("2 hits · 1 conversation")
        await person.press("down", "down", "down")
        await stands_on(person, "A needle here.")
        await person.press("enter")
        await person.sees("1 of 2")


async def test_the_newest_words_win(demo: DemoServer) -> None:
    await keep(BOATS, BREAD)
    async with play(demo) as person:
        await lists(person, "About bread")
        person.strike(*"boats")
        await person.sees("1 conversation", "About boats")
        await person.press(*["backspace"] * 5)
        await person.sees("About boats", "About bread")
        await person.types("cheese")
        await person.sees("Nothing was found for “cheese”.")
        await person.press("enter")
        await person.sees("Nothing was found for “cheese”.")


async def test_words_without_blanks_between_them_are_found(demo: DemoServer) -> None:
    await keep(chat("aaaaaaaa", "春の雨について", "静かな雨が古い池に降っています。"), BREAD)
    async with play(demo) as person:
        await lists(person, "About bread")
        await person.types("古い池")
        await person.sees("1 hit · 1 conversation", "静かな雨が古い池に降っています。")
        await person.press("down", "down", "enter")
        await person.sees("You · 11:59", "春の雨について", "1 of 1")


async def test_a_name_is_found_though_nobody_said_it(demo: DemoServer) -> None:
    await keep(replace(BOATS, title="Holiday plans"), BREAD)
    async with play(demo) as person:
        await lists(person, "Holiday plans")
        await person.types("plans")
        await person.sees_no("About bread")
        await person.press("enter")
        await person.sees("You · 11:59", "About boats")


async def test_a_letter_that_is_no_key_of_the_list_is_searched_for(demo: DemoServer) -> None:
    await keep(BOATS, BREAD)
    async with play(demo) as person:
        await lists(person, "About bread")
        await person.press("down", "B", "o", "a")
        await person.sees("/ Boa", "1 hit")
        await person.sees_no("About bread")


# Changing


async def test_a_conversation_gets_a_name_and_loses_it(demo: DemoServer) -> None:
    await keep(BOATS, BREAD)
    async with play(demo) as person:
        await lists(person, "About boats")
        await person.press("down", "e")
        await person.types("Ships")
        await person.press("enter")
        await person.sees("Ships")
        await person.sees_no("About boats")
        await person.press("f2", "delete", "enter")
        await person.sees("About boats")
        await person.press("e", "x", "escape")
        await person.sees("About boats")
        await stands_on(person, "About boats")


async def test_the_open_conversation_shows_its_new_name_at_once(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("Hello")
        await person.sees("✓ complete")
        await lists(person, "Hello")
        await person.press("down", "e")
        await person.types("Greeting")
        await person.press("enter", "escape")
        await person.sees("≋ Rillet  Greeting")
    async with play(demo) as person:
        await person.sees("“Greeting”")


async def test_keys_struck_ahead_go_where_they_are_meant(demo: DemoServer) -> None:
    await keep(BOATS, BREAD, chat("cccccccc", "About birds", ago=2 * DAY))
    async with play(demo) as person:
        await lists(person, "About boats")
        person.strike("down", "down", "down", "up", "e", *"daup", "enter")
        await person.sees("About boats", "daup", "About birds")
        await person.sees_no("About bread")
        assert not any(word in person.sight for word in ("is deleted", "is archived", "Pinned"))


async def test_enter_struck_twice_opens_once(demo: DemoServer) -> None:
    await keep(BOATS)
    async with play(demo) as person:
        await lists(person, "About boats")
        person.strike("enter", "enter", "enter")
        await person.sees("You · 11:59", "About boats")


async def test_a_pinned_conversation_stands_on_top(demo: DemoServer) -> None:
    await keep(BOATS, BREAD)
    async with play(demo) as person:
        await lists(person, "About boats", "About bread")
        await person.press("down", "down", "p")
        await person.sees("Pinned")
        await stands_on(person, "About bread")
        assert before(person, "About bread", "About boats")
        await person.press("p")
        await person.sees_no("Pinned")
        assert before(person, "About boats", "About bread")


async def test_an_archived_conversation_is_put_away_and_found(demo: DemoServer) -> None:
    await keep(BOATS, BREAD)
    async with play(demo) as person:
        await lists(person, "About boats")
        await person.press("down", "a")
        await person.sees("“About boats” is archived.")
        assert "Today" not in person.sight
        await person.press("A")
        await person.sees("archived ones too", "▫ About boats", "archived  ")
        await person.press("A")
        await person.sees_no("▫ About boats")
        await person.press("slash")
        await person.types("boats")
        await person.sees("▫ About boats")
        await person.press("down", "a")
        await person.sees("“About boats” is back in the list.")
        await person.sees_no("▫ About boats")


async def test_a_deleted_conversation_comes_back(demo: DemoServer) -> None:
    await keep(BOATS, BREAD)
    async with play(demo) as person:
        await lists(person, "About boats")
        await person.press("down", "d")
        await person.sees("“About boats” is deleted. u brings it back.")
        assert "Today" not in person.sight
        await person.press("d")
        await person.sees("No conversations are left here.")
        await person.press("escape", "ctrl+o", "down", "u")
        await person.sees("“About bread” is back.", "Yesterday")
        await person.press("u")
        await person.sees("“About boats” is back.", "Today")
        await stands_on(person, "About boats")
        await person.press("u")
        await person.sees("Nothing was deleted here.")
    assert await kept(BOATS.id) is not None


async def test_a_deleted_conversation_stays_away_after_a_restart(demo: DemoServer) -> None:
    await keep(BOATS, BREAD)
    async with play(demo) as person:
        await lists(person, "About boats")
        await person.press("down", "delete")
        await person.sees("is deleted")
    async with play(demo) as person:
        await lists(person, "About bread")
        assert "About boats" not in person.sight


async def test_deleting_the_open_conversation_begins_a_new_one(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("Hello")
        await person.sees("✓ complete")
        await person.types("a draft")
        await lists(person, "● ", "Hello")
        await person.press("down", "d")
        await person.sees("“Hello” is deleted.")
        await person.press("escape")
        await person.sees("a draft")
        await person.sees_no("You said")
        assert person.chat.conversation.messages == ()
        await person.press("enter")
        await person.sees("✓ complete", "a draft")
        await lists(person, "a draft")
        assert not any("Hello" in row and "demo-echo" in row for row in person.sight.split("\n"))
        await person.press("down", "u")
        await person.sees("“Hello” is back.")


async def test_a_draft_that_was_all_of_a_conversation_goes_with_it(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.types("only typed")
        await lists(person, "✎ only typed")
        await person.press("down", "d", "escape")
        await person._look(lambda: person.prompt.text == "", "the draft stayed")
        await lists(person, "No conversations are left here.")
        await person.press("down", "u")
        await person.sees("✎ only typed")
        await person.press("enter")
        await person._look(lambda: person.prompt.text == "only typed", "the draft was lost")


async def test_rows_can_be_clicked(demo: DemoServer) -> None:
    await keep(BOATS, BREAD)
    async with play(demo) as person:
        await lists(person, "About bread")
        row = next(n for n, row in enumerate(person.sight.split("\n")) if "About bread" in row)
        await person.pilot.click(offset=(20, row))
        await stands_on(person, "About bread")
        await person.pilot.click(offset=(20, row), times=2)
        await person.sees("You · 13 Mar", "About bread")


# Writing


@pytest.mark.parametrize("form", ["md", "json", "html"])
async def test_a_conversation_is_written_to_a_file(
    demo: DemoServer, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    taken, new = tmp_path / "taken.md", tmp_path / f"boats.{form}"
    taken.write_text("mine")
    await keep(BOATS)
    async with play(demo) as person:
        await lists(person, "About boats")
        await person.press("down", "x")
        await person.sees("about-boats.md")
        await person.press(*["backspace"] * 20)
        await person.types("taken.md")
        await person.press("enter")
        await person.sees("taken.md is there already, and stays as it is.")
        await person.press(*["backspace"] * 8)
        await person.types("boats.txt")
        await person.press("enter")
        await person.sees("The name has to end in .md, .json, .html or .svg")
        await person.press(*["backspace"] * 3)
        await person.types(form)
        await person.press("enter")
        await person.sees(f"Written to boats.{form}")
    text = new.read_text()
    assert "About boats" in text
    assert form != "json" or json.loads(text)["id"] == BOATS.id
    assert taken.read_text() == "mine"


async def test_a_page_has_its_code_in_colours_and_the_picture_of_a_question(
    demo: DemoServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = Conversation().asked("About boats", (Image(PNG),))
    said = Message(0, "assistant", "```python\ndef sail(): pass\n```")
    await keep(Chat("boatsaaa", conversation=asked.answered(said), updated=1.0))
    async with play(demo) as person:
        await lists(person, "About boats")
        await person.press("down", "x")
        await person.sees("about-boats.md")
        await person.press(*["backspace"] * 20)
        await person.types("boats.html")
        await person.press("enter")
        await person.sees("Written to boats.html")
    text = (tmp_path / "boats.html").read_text()
    assert 'word">pass</span>' in text
    assert f'src="{PNG}"' in text


async def test_another_name_is_offered_where_the_first_is_taken(
    demo: DemoServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    chat = Chat("boatsaaa", title="Boats_and: ships!", conversation=Conversation().asked("Hi"))
    for number in ("", "-2"):
        (tmp_path / f"boats-and-ships{number}.md").touch()
    await keep(chat)
    async with play(demo) as person:
        await lists(person, "Boats_and")
        await person.press("down", "x")
        await person.sees("boats-and-ships-3.md")


# Whatever is in it


HOSTILE = [*ATTACKS.values(), "[bold]markup[/] [/nothing] [@click=app.quit]x[/]", "x" * 5000]


@pytest.mark.parametrize("size", [SMALL, (160, 60)])
async def test_hostile_words_steer_nothing(demo: DemoServer, size: tuple[int, int]) -> None:
    chats = [
        replace(chat(f"aaaaaa{number:02}", attack, f"needle {attack}"), title=attack)
        for number, attack in enumerate(HOSTILE)
    ]
    await keep(*(replace(each, model=each.title) for each in chats))
    async with play(demo, size=size) as person:
        await lists(person, "Today", "owned")
        await person.press("down")
        for _ in HOSTILE:
            await person.press("down")
            assert not [sign for sign in person.sight if sign < " " and sign != "\n"]
        await person.press("f2")
        assert not [sign for sign in person.sight if sign in "\x1b\x9b\x07\u202e\u2066"]
        await person.press("escape", "slash")
        await person.types("needle")
        await person.sees("hits · ")
        assert not [sign for sign in person.sight if sign in "\x1b\x9b\x07\u202e\u2066"]


async def test_ten_thousand_conversations_are_one_widget(demo: DemoServer) -> None:
    await keep(BOATS)
    with sqlite3.connect(data_folder() / FILE) as db:
        db.executemany(
            "INSERT INTO chat (id, question, model, created, updated, messages, size, state)"
            " VALUES (?, ?, 'demo-echo', ?, ?, 2, 900, ?)",
            (
                (f"{number:08}", f"Question {number:,}", at, at, State.FINISHED.value)
                for number in range(10_000)
                for at in [AT - 120 - number * 600]
            ),
        )
    db.close()
    async with play(demo) as person:
        await lists(person, "About boats", "Question 0", "10,001")
        assert isinstance(person.app.screen, ChatsScreen)
        assert len(list(person.app.screen.walk_children())) < 20
        await person.press("down", "end")
        await stands_on(person, "Question 9,999")
        await person.press("a")
        await person.sees("10,000", "“Question 9,999” is archived.")
        await stands_on(person, "Question 9,998")
        await person.press("pageup")
        await stands_on(person, "Question 9,9")
        await person.press("home")
        await stands_on(person, "About boats")
        assert person.app.screen.query_one(ChatList).scroll_offset.y == 0
        await person.press("up")
        await person.types("question 7777")
        await person.sees("Nothing was found")
        await person.press("backspace", "backspace", "backspace", "backspace")
        await person.types("7,77")
        await person.sees("Question 7,77")
        await person.press("down", "end")
        await stands_on(person, "Question 7,779")
