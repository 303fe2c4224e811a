"""Questions that are sent while a reply streams wait in line."""

from tests.play import SMALL, Person, play
from tests.waiting import until
from tui.core.catalog import Profile
from tui.edge.demo import DemoServer, raw, saying
from tui.widgets.queue import Queue

WORD = b'data: {"choices":[{"delta":{"content":"so far"}}]}\n\n'


def slow(demo: DemoServer, name: str = "slow") -> None:
    """A reply that is under way for a second, and complete then."""
    demo.script(name, saying("an answer of some words " * 20, rate=40))


def questions(demo: DemoServer) -> list[str]:
    """What was asked last in each request."""
    asked = [each.body["messages"] for each in demo.asked if each.path.endswith("completions")]
    return [str(messages[-1]["content"]) for messages in asked if isinstance(messages, list)]


async def wait_for(demo: DemoServer, *texts: str) -> None:
    await until(lambda: questions(demo) == list(texts))


async def lets_wait(person: Person, demo: DemoServer, *texts: str) -> None:
    """Ask something that is answered without an end, and these behind it."""
    demo.script("held", raw(WORD, then="hang"))
    await person.asks("First")
    await person.sees("so far", "● streaming")
    for text in texts:
        await person.asks(text)
    await person.sees(*(f"▷ {text}" for text in texts))


async def test_a_question_that_is_sent_during_a_reply_is_asked_after_it(demo: DemoServer) -> None:
    slow(demo)
    async with play(demo, "slow") as person:
        await person.asks("First")
        await person.sees("● streaming")
        person.strike(*"Second", "enter", *"Third", "enter")
        await person.sees("▷ Second", "sent when the reply is complete", "▷ Third")
        await person.sees("Esc cancel   Enter send next")
        assert person.prompt.text == ""
        await wait_for(demo, "First", "Second", "Third")
        await person.sees_no("▷")
        assert person.prompt.has_focus


async def test_after_a_cancelled_reply_it_waits_until_enter(demo: DemoServer) -> None:
    async with play(demo, "held") as person:
        await lets_wait(person, demo, "Second")
        await person.press("escape")
        await person.sees("■ cancelled by you", "waits: Enter sends it")
        assert questions(demo) == ["First"]
        await person.press("enter")
        await wait_for(demo, "First", "Second")


async def test_what_waits_can_be_edited(demo: DemoServer) -> None:
    async with play(demo, "held") as person:
        await lets_wait(person, demo, "Second", "Third")
        await person.press("up")
        await person.sees("❯ ▷ Third", "edit")
        await person.press("up", "enter")
        assert person.prompt.text == "Second"
        await person.sees_no("▷ Second")
        await person.types(" too")
        await person.press("enter")
        await person.sees("▷ Third", "▷ Second too")


async def test_what_waits_can_be_taken_out_and_is_still_known(demo: DemoServer) -> None:
    async with play(demo, "held") as person:
        await lets_wait(person, demo, "Second")
        await person.press("up", "delete")
        await person.sees_no("▷ Second")
        assert person.prompt.has_focus
        await person.press("up")
        assert person.prompt.text == "Second"


async def test_the_order_can_be_changed(demo: DemoServer) -> None:
    async with play(demo, "held") as person:
        await lets_wait(person, demo, "Second", "Third")
        await person.press("up", "shift+up")
        await until(lambda: person.sight.index("▷ Third") < person.sight.index("▷ Second"))
        await person.press("escape", "escape")  # from the line, then the reply
        await person.sees("■ cancelled by you")
        await person.press("enter")
        await wait_for(demo, "First", "Third")


async def test_images_wait_with_their_question(demo: DemoServer) -> None:
    async with play(demo, "held") as person:
        demo.script("held", raw(WORD, then="hang"))
        await person.asks("First")
        await person.sees("● streaming")
        await person.press("f3")
        await person.types("https://a.test/b.png")
        await person.press("enter")
        await person.sees("1. b.png")
        person.prompt.focus()
        await person.asks("What is it?")
        await person.sees("▷ ▣ 1 image · What is it?")
        await person.sees_no("1. b.png")
        await person.press("up", "e")
        await person.sees("1. b.png")
        assert person.prompt.text == "What is it?"


async def test_what_waits_survives_a_restart_as_the_draft(demo: DemoServer) -> None:
    async with play(demo, "held") as person:
        await lets_wait(person, demo, "Second", "Third")
        await person.types("and more")
    async with play(demo, "held") as person:
        await person.sees("Ctrl+L goes on")
        await person.press("ctrl+l")
        await person.sees("First", "so far")
        await until(lambda: person.prompt.text == "Second\n\nThird\n\nand more")


async def test_what_waits_stays_with_its_conversation(demo: DemoServer) -> None:
    async with play(demo, "held") as person:
        demo.script("held", saying("Fine."))
        await person.asks("Earlier")
        await person.sees("✓ complete")
        await person.press("ctrl+n")
        await lets_wait(person, demo, "Second")
        await person.press("escape")
        await person.sees("waits: Enter sends it")
        await person.press("ctrl+o")
        await person.sees("Earlier")
        await person.press("down", "down", "enter")
        await person.sees("Fine.")
        await person.sees_no("▷")


async def test_a_few_rows_show_a_long_line(demo: DemoServer) -> None:
    async with play(demo, "held", size=SMALL) as person:
        await lets_wait(person, demo, "Two", "Three", "Four", "Five")
        await person.asks("Six")
        await person.asks("Seven")
        await person.sees("and 2 more")
        await person.press("up")
        await person.sees("❯ ▷ Seven")
        await person.press("down")
        assert person.prompt.has_focus


async def test_of_questions_that_follow_at_once_on_one_that_is_not_taken_none_is_lost(
    demo: DemoServer,
) -> None:
    async with play(demo, known={"demo-echo": Profile(sees=False)}) as person:
        await person.press("f3")
        await person.types("https://a.test/b.png")
        await person.press("enter")
        await person.sees("1. b.png")
        person.prompt.focus()
        person.strike(*"One", "enter", *"Two", "enter")
        await until(lambda: "Two" in str(questions(demo)))
        assert "One" in str(questions(demo)) + person.prompt.text


async def test_what_waits_is_not_sent_by_itself_into_another_conversation(demo: DemoServer) -> None:
    async with play(demo, "held") as person:
        await lets_wait(person, demo, "Second")
        await person.press("escape")
        await person.sees("■ cancelled by you")
        person.chat._is_next_due = True  # as between the end of a reply and the next question
        person.chat.action_new()
        person.chat._settle()
        await person.sees("▷ Second", "waits: Enter sends it")
        await person.pilot.pause(0.3)
        assert questions(demo) == ["First"]


async def test_a_key_for_a_question_that_has_left_does_nothing_to_the_next_one(
    demo: DemoServer,
) -> None:
    async with play(demo, "held") as person:
        await lets_wait(person, demo, "Second", "Third")
        await person.press("escape", "up", "up")
        await person.sees("■ cancelled by you", "❯ ▷ Second")
        person.chat.query_one(Queue).action_ask("remove")
        person.chat._send_next()
        await wait_for(demo, "First", "Second")
        await person.pilot.pause(0.3)
        await person.sees("▷ Third")
