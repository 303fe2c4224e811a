"""Selecting by key: rows across messages, copied as seen or as written."""

import asyncio

from tests.play import SMALL, Person, play
from tests.stories.test_reading import LINES, in_two
from tests.waiting import until
from tui.edge.demo import DemoServer, saying

TEXT = "Some **bold** words.\n\nAnd *more*."


async def in_the_log(person: Person) -> None:
    await person.press("tab")
    await until(lambda: person.log.has_focus)


async def test_rows_are_selected_across_messages_and_copied_as_seen(demo: DemoServer) -> None:
    demo.script("md", saying(TEXT))
    async with play(demo, "md") as person:
        await person.asks("The question")
        await person.sees("✓ complete")
        await in_the_log(person)
        await person.press("up", "v", "down", "down", "down", "down", "y")
        await until(lambda: person.copied)
        assert person.copied == ["You · 12:00\nThe question\n\nmd · 12:00\nSome bold words."]
        await person.press("up", "up", "up", "y")
        await until(lambda: len(person.copied) == 2)
        assert person.copied[1] == "You · 12:00\nThe question"


async def test_the_selected_messages_are_copied_as_written(demo: DemoServer) -> None:
    demo.script("md", saying(TEXT))
    async with play(demo, "md") as person:
        await person.asks("The question")
        await person.sees("✓ complete")
        await in_the_log(person)
        await person.press("Y")
        await until(lambda: person.copied == [TEXT])
        await person.press("up", "v", "end", "Y")
        await until(lambda: len(person.copied) == 2)
        assert person.copied[1] == f"The question\n\n{TEXT}"


async def test_esc_ends_the_selection_and_keys_move_over_messages_again(demo: DemoServer) -> None:
    demo.script("md", saying(TEXT))
    async with play(demo, "md") as person:
        await person.asks("The question")
        await person.sees("✓ complete")
        await in_the_log(person)
        await person.press("v", "down", "escape")
        assert person.app.screen.get_selected_text() is None
        assert person.log.has_focus
        await person.press("up")
        await person.sees("▌ You")
        await person.press("y")
        await until(lambda: person.copied == ["The question"])


async def test_what_is_far_out_of_view_is_selected_by_pages_and_to_the_ends(
    demo: DemoServer,
) -> None:
    demo.script("long", saying(LINES))
    async with play(demo, "long", size=SMALL) as person:
        await person.asks("Hi")
        await person.sees("line 59")
        await in_the_log(person)
        await person.press("home", "v", "end", "y")
        await until(lambda: person.copied)
        assert [f"line {n}" for n in range(60)] == person.copied[0].split("\n")[1:120:2]
        await person.press("home", "y")
        await until(lambda: len(person.copied) == 2)
        assert person.copied[1] == "You · 12:00\nHi\n\nlong · 12:00"
        await person.press("pagedown", "pagedown", "y")
        await until(lambda: len(person.copied) == 3)
        assert "line 9" in person.copied[2]
        assert "line 30" not in person.copied[2]


async def test_the_selection_stays_while_a_reply_streams(demo: DemoServer) -> None:
    go_on = asyncio.Event()
    demo.script("two", in_two("first\n\nsecond\n\n", go_on, LINES))
    async with play(demo, "two") as person:
        await person.asks("Hi")
        await person.sees("second")
        await in_the_log(person)
        await person.press("v", "down")
        before = person.app.screen.get_selected_text()
        go_on.set()
        await person.sees("✓ complete")
        assert before == "two · 12:00\nfirst"
        assert person.app.screen.get_selected_text() == before
