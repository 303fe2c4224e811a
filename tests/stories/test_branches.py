"""Nothing that was said is taken out: other versions stand beside it, a key away."""

from tests.play import SMALL, Person, play
from tui.edge.demo import DemoServer


def sent(demo: DemoServer) -> list[object]:
    """The questions in the last request."""
    messages = demo.asked[-1].body["messages"]
    assert isinstance(messages, list)
    return [message["content"] for message in messages if message["role"] == "user"]


async def asks_twice(person: Person) -> None:
    await person.asks("one")
    await person.sees("✓ complete")
    await person.asks("two")
    await person.sees("Sent: 3 messages.", "6 + 7 tokens")


def rows(person: Person, word: str) -> int:
    return sum(word in row for row in person.sight.split("\n"))


async def until_sent(person: Person, demo: DemoServer, *words: str) -> None:
    await person._look(lambda: sent(demo) == list(words), f"never sent {words}")


async def test_an_edited_question_stands_beside_the_first_one(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("one")
        await person.sees("✓ complete")
        await person.press("tab", "up", "e")
        await person.sees("editing a question")
        await person.types(" and a half")
        await person.press("enter")
        await person.sees("one and a half", "< 2/2 >", "✓ complete")
        assert sent(demo) == ["one and a half"]
        await person.sees_no("editing a question")
        await person.press("tab", "up", "less_than_sign")
        await person.sees("< 1/2 >")
        await person.sees_no("one and a half")


async def test_what_is_shown_is_what_is_sent(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("one")
        await person.sees("✓ complete")
        await person.press("tab", "up", "e")
        await person.types("b")
        await person.press("enter")
        await person.sees("oneb", "✓ complete")
        await person.press("tab", "up", "less_than_sign", "escape")
        await person.asks("next")
        await until_sent(person, demo, "one", "next")


async def test_esc_leaves_an_edit_and_the_draft_is_back(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("one")
        await person.sees("✓ complete")
        await person.types("a draft")
        await person.press("tab", "up", "e")
        await person.sees("editing a question")
        assert person.prompt.text == "one"
        await person.press("escape")
        assert person.prompt.text == "a draft"
        await person.sees_no("editing a question")


async def test_a_draft_is_back_when_an_edited_question_was_sent(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("one")
        await person.sees("✓ complete")
        await person.types("a draft")
        await person.press("tab", "up", "e", "x", "enter")
        await person.sees("onex", "< 2/2 >")
        assert person.prompt.text == "a draft"


async def test_the_answer_of_an_edited_question_can_be_asked_again_too(demo: DemoServer) -> None:
    async with play(demo) as person:
        await asks_twice(person)
        await person.press("tab", "up", "up", "r")
        await person.sees("< 2/2 >")
        await until_sent(person, demo, "one")


async def test_deleting_takes_what_follows_along_and_u_brings_it_back(demo: DemoServer) -> None:
    async with play(demo) as person:
        await asks_twice(person)
        before = person.sight.count("two")
        await person.press("tab", "up", "d")
        await person.sees("2 messages are deleted")
        await person._look(lambda: rows(person, "│  two") == 0, "two stayed")
        await person.press("u")
        await person._look(lambda: person.sight.count("two") >= before, "two did not come back")
        await person.press("escape")
        await person.asks("three")
        await until_sent(person, demo, "one", "two", "three")


async def test_what_was_deleted_is_brought_back_after_a_restart_too(demo: DemoServer) -> None:
    async with play(demo) as person:
        await asks_twice(person)
        await person.press("tab", "up", "d")
        await person.sees("2 messages are deleted")
    async with play(demo) as person:
        await person.sees("Ctrl+L goes on")
        await person.press("ctrl+l")
        await person.sees("Sent: 1 message.")
        await person.press("tab", "u")
        await person.sees("Sent: 3 messages.")


async def test_the_first_question_deleted_shows_the_welcome(demo: DemoServer) -> None:
    async with play(demo, size=SMALL) as person:
        await person.asks("one")
        await person.sees("✓ complete")
        await person.press("tab", "up", "delete")
        await person.sees("a chat that streams")
        await person.press("u")
        await person.sees("✓ complete")


async def test_what_is_deleted_in_a_later_run_promises_no_ctrl_l(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("Of last time")
        await person.sees("✓ complete")
    async with play(demo) as person:
        await person.sees("Ctrl+L goes on with “Of last time”.")
        await person.asks("one")
        await person.sees("✓ complete")
        await person.press("tab", "d")
        await person.sees("1 message is deleted.", "brings it")
        await person.press("d")
        await person.sees("a chat that streams")
        assert "Ctrl+L goes on" not in person.sight


async def test_the_tree_stays_while_a_reply_is_under_way(demo: DemoServer) -> None:
    async with play(demo, "demo-slow") as person:
        await person.asks("one")
        await person.sees("streaming")
        await person.press("tab", "d")
        await person.sees("A reply is under way. Esc cancels it first.")
        await person.press("escape")
        await person.sees("cancelled")


async def test_an_answer_of_before_can_be_continued(demo: DemoServer) -> None:
    async with play(demo, "demo-length") as person:
        await person.asks("one")
        await person.sees("cut at the token limit")
        await person.press("ctrl+r")
        await person.sees("< 2/2 >", "cut at the token limit")
        await person.press("tab", "less_than_sign")
        await person.sees("< 1/2 >")
        await person.press("c")
        await person.sees("continued once", "< 1/2 >")


async def test_a_changed_edit_is_not_thrown_away_for_another(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("One")
        await person.sees("✓ complete")
        await person.press("tab", "e")
        await person.types(" more")
        await person.press("tab", "e")
        await person.sees("A question is being edited already")
        assert person.prompt.text == "One more"


async def test_up_brings_back_an_edit_that_esc_left(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.asks("One")
        await person.sees("✓ complete")
        await person.press("tab", "e")
        await person.types(" more")
        await person.press("escape")
        assert person.prompt.text == ""
        await person.press("up")
        assert person.prompt.text == "One more"


async def test_what_an_edited_question_would_cost_is_counted_from_its_place(
    demo: DemoServer,
) -> None:
    async with play(demo) as person:
        await person.press("f3")
        await person.types("https://a.example/1.png")
        await person.press("enter", "escape")
        await person.asks("one")
        await person.sees("Sent: 1 message.", "✓ complete")
        await person.press("tab", "e")
        await person.sees("editing a question", "+ 1 image")
        await person.sees_no("+ 2 images")
        await person.press("escape")
        await person.types("two")
        await person.sees("+ 1 image")
