"""A restart loses nothing: the conversation of last time, what was typed, what was cut off."""

import sqlite3
from contextlib import closing

from tests.play import SMALL, play
from tests.waiting import until
from tui.core.chats import Chat
from tui.core.conversation import Conversation, Message
from tui.edge.demo import DemoServer
from tui.edge.paths import data_folder, images_folder
from tui.edge.store import Store


async def test_the_last_conversation_is_a_key_away_after_a_restart(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("About boats")
        await person.sees("✓ complete")
    async with play(demo) as person:
        await person.sees("Ctrl+L goes on with “About boats”.")
        await person.press("ctrl+l")
        await person.sees("You ·", "About boats", "✓ complete")
        await person.asks("Go on")
        await person.sees("Sent: 3 messages.")


async def test_the_newest_of_several_is_the_last_one(demo: DemoServer) -> None:
    async with play(demo) as person:
        for words in ("About boats", "About bread"):
            await person.press("ctrl+n")
            await person.asks(words)
            await person.sees(words, "✓ complete")
        await person.press("ctrl+o")
        await person.sees("About boats")
        await person.press("down", "down", "enter")
        await person.sees("You ·", "About boats")
        await person.asks("Once more")
        await person.sees("Sent: 3 messages.")
    async with play(demo, size=SMALL) as person:
        await person.sees("Ctrl+L goes on with “About boats”.")


async def test_a_draft_of_a_conversation_is_back_with_it(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("About boats")
        await person.sees("✓ complete")
        await person.types("and what of sails")
    async with play(demo) as person:
        await person.sees("“About boats”")
        assert person.prompt.text == ""
        await person.press("ctrl+l")
        await person.sees("About boats", "and what of sails")
        assert person.prompt.text == "and what of sails"


async def test_a_draft_is_on_the_disk_also_while_the_last_question_is_asked_again(
    demo: DemoServer,
) -> None:
    async with play(demo) as person:
        await person.asks("About boats")
        await person.sees("✓ complete")
        await person.types("and what of sails")
        await until(lambda: _drafts() == ["and what of sails"])
        await person.press("ctrl+r")
        await person.sees("2/2", "✓ complete")
        assert _drafts() == ["and what of sails"]


def _drafts() -> list[str]:
    """The drafts as they would be found if Rillet were ended now."""
    with closing(sqlite3.connect(data_folder() / "chats.db")) as db:
        return [draft for (draft,) in db.execute("SELECT draft FROM chat")]


async def test_a_first_question_that_was_not_sent_is_in_the_prompt_again(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.types("half a question")
    async with play(demo) as person:
        await person._look(lambda: person.prompt.text == "half a question", "it never came back")
        await person.types("s")
        await person.press("enter")
        await person.sees("half a questions", "✓ complete")
    async with play(demo) as person:
        await person.sees("“half a questions”")
        assert person.prompt.text == ""


async def test_a_draft_waits_in_its_conversation_while_another_is_open(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("About boats")
        await person.sees("✓ complete")
        await person.press("ctrl+n")
        await person.asks("About bread")
        await person.sees("About bread", "✓ complete")
        await person.types("for boats only")
        await person.press("ctrl+o")
        await person.sees("About boats")
        await person.press("down", "down", "enter")
        await person._look(lambda: person.prompt.text == "", "the draft came along")
        await person.press("ctrl+o")
        await person.sees("✎ About bread")
        await person.press("enter")
        await person._look(lambda: person.prompt.text == "for boats only", "the draft was lost")


async def test_a_reply_that_was_cut_off_by_leaving_goes_on_after_a_restart(
    demo: DemoServer,
) -> None:
    async with play(demo, "demo-slow") as person:
        await person.asks("Slowly")
        await person.sees("● streaming", "The brook")
    async with play(demo) as person:
        await person.sees("“Slowly”")
        await person.press("ctrl+l")
        await person.sees("The brook", "! cut off", "c continue")


async def test_a_draft_is_kept_while_a_question_of_before_is_looked_up(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("About boats")
        await person.sees("✓ complete")
        await person.types("and what of sails")
        await person.press("up")
        assert person.prompt.text == "About boats"
    async with play(demo) as person:
        await person.sees("“About boats”")
        await person.press("ctrl+l")
        await person.sees("and what of sails")
        assert person.prompt.text == "and what of sails"


async def test_the_words_of_an_edit_outlive_leaving_beside_the_draft(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("About boats")
        await person.sees("✓ complete")
        await person.types("a draft")
        await person.press("tab", "up", "e")
        await person.types(" with sails")
    async with play(demo) as person:
        await person.sees("“About boats”")
        await person.press("ctrl+l")
        await person.sees("a draft")
        assert person.prompt.text == "a draft\n\nAbout boats with sails"


async def test_a_conversation_with_impossible_times_opens(demo: DemoServer) -> None:
    talk = Conversation().asked("When was that?", at=5e11)
    talk = talk.answered(Message(0, "assistant", "Long ago.", at=-1e20))
    store = Store(data_folder() / "chats.db")
    await store.open()
    await store.put(Chat("aaaaaaaa", updated=float("nan"), created=1e300, conversation=talk))
    await store.aclose()
    async with play(demo) as person:
        await person.sees("goes on with “When was that?”")
        await person.press("ctrl+l")
        await person.sees("Long ago.")
        await person.press("ctrl+o")
        await person.sees("≋ Conversations", "When was that?")
        await person.press("escape", "tab", "i")
        await person.sees("Where this comes from", "not known")


PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwAD"
    "hgGAWjR9awAAAABJRU5ErkJggg=="
)


async def test_the_images_of_a_draft_survive_a_restart(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.press("f3")
        await person.types(PIXEL)
        await person.press("enter", "escape")
        await person.types("What is this?")
        await person.sees("1. image", "PNG 1x1")
    async with play(demo) as person:
        await person.sees("What is this?", "1. image", "PNG 1x1")
        await person.press("enter")
        await person.sees("✓ complete")
        assert PIXEL in str(demo.asked[-1].body)
        await person.sees_no("1. image")
    async with play(demo) as person:
        await person.sees("goes on with")
        await person.press("ctrl+l")
        await person.sees("▣ image/png in the message", "✓ complete")
        await person.asks("And now?")
        await person.sees("Sent: 3 messages.")
        assert PIXEL in str(demo.asked[-1].body)


async def test_an_image_that_is_gone_is_shown_as_missing_and_not_left_out(
    demo: DemoServer,
) -> None:
    async with play(demo) as person:
        await person.press("f3")
        await person.types(PIXEL)
        await person.press("enter", "escape")
        await person.asks("What is this?")
        await person.sees("✓ complete")
    for path in images_folder().glob("*/*"):
        path.unlink()
    async with play(demo) as person:
        await person.sees("goes on with")
        await person.press("ctrl+l")
        await person.sees("▣ image/png, which is missing", "✓ complete")
        asked = len(demo.asked)
        await person.asks("And now?")
        await person.sees("An image is missing", "nothing was sent")
        assert len(demo.asked) == asked


async def test_images_alone_are_a_draft_too(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.press("f3")
        await person.types("https://a.example/bread.png")
        await person.press("enter")
        await person.sees("1. bread.png")
    async with play(demo) as person:
        await person.sees("1. bread.png")
        await person.press("ctrl+n")
        await person.sees("1. bread.png")


async def test_images_wait_with_the_draft_that_they_go_with(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("About boats")
        await person.sees("✓ complete")
        await person.press("ctrl+n")
        await person.asks("About bread")
        await person.sees("About bread", "✓ complete")
        await person.press("f3")
        await person.types("https://a.example/bread.png")
        await person.press("enter", "escape", "ctrl+o")
        await person.sees("About boats")
        await person.press("down", "down", "enter")
        await person.sees_no("bread.png")
        await person.asks("A question")
        await person.sees("Sent: 3 messages.", "✓ complete")
        assert "bread.png" not in str(demo.asked[-1].body)
        await person.press("ctrl+o")
        await person.sees("About bread")
        await person.press("down", "down", "enter")
        await person.sees("bread.png")


async def test_up_brings_back_questions_of_earlier_runs(demo: DemoServer) -> None:
    async with play(demo) as person:
        for words in ("About boats", "About bread"):
            await person.asks(words)
            await person.sees(words, "✓ complete")
    async with play(demo) as person:
        await person.sees("Ctrl+L goes on with")
        await person.types("a draft")
        await person.press("home", "up")
        assert person.prompt.text == "About bread"
        await person.press("up", "up")
        assert person.prompt.text == "About boats"
        await person.press("down", "down")
        assert person.prompt.text == "a draft"
    async with play(demo, keeps=False) as person:
        await person.press("up")
        assert person.prompt.text == ""
