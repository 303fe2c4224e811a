"""Searching the conversation: typing, stepping, leaving; also while a reply streams."""

import asyncio

from textual.widgets import Input

from tests.play import SMALL, Person, play
from tests.stories.test_reading import LINES, in_two
from tests.waiting import until
from tui.edge.demo import DemoServer, saying

TEXT = f"The first river.\n\n{LINES}A second river and\nthe Rivers of it.\n\nThe end."


def is_marked(person: Person, style: str) -> bool:
    """Whether anything in view bears the style of a hit."""
    wanted = person.log._style(style)
    rows = person.log.render_lines(person.log.region.reset_offset)
    segments = [segment for row in rows for segment in row]
    return any(
        segment.style
        and segment.style.underline
        and bool(segment.style.reverse) == bool(wanted.reverse)
        for segment in segments
    )


async def test_hits_are_marked_as_one_types_and_nothing_moves(demo: DemoServer) -> None:
    demo.script("text", saying(TEXT))
    async with play(demo, "text") as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await person.press("ctrl+f")
        await person.sees("Search the conversation")
        await person.types("river")
        await person.sees("3 hits")
        assert is_marked(person, "hit")
        assert person.log.is_following
        await person.press("backspace", "s")
        await person.sees("not found")
        assert not is_marked(person, "hit")


async def test_enter_and_up_go_round_the_hits(demo: DemoServer) -> None:
    demo.script("text", saying(TEXT))
    async with play(demo, "text", size=SMALL) as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await person.press("ctrl+f")
        await person.types("river")
        await person.sees("3 hits")
        await person.press("enter")
        await person.sees("2 of 3", "A second river")
        await person.press("down")
        await person.sees("3 of 3", "Rivers of it")
        await person.press("enter")
        await person.sees("1 of 3", "The first river.")
        assert not person.log.is_following
        await person.press("up")
        await person.sees("3 of 3", "Rivers of it")


async def test_a_capital_finds_only_capitals(demo: DemoServer) -> None:
    demo.script("text", saying(TEXT))
    async with play(demo, "text") as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await person.press("ctrl+f", "R", "i", "v")
        await person.sees("1 hit")


async def test_slash_n_and_esc_in_the_conversation(demo: DemoServer) -> None:
    demo.script("text", saying(TEXT))
    async with play(demo, "text", size=SMALL) as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await person.press("tab")
        await until(lambda: person.log.has_focus)
        await person.press("n")
        await person.sees("Nothing is searched for")
        await person.press("slash")
        await person.types("river")
        await person.sees("3 hits")
        await person.press("escape")
        await until(lambda: person.log.has_focus)
        await person.sees_no("3 hits")
        assert not is_marked(person, "hit")
        await person.press("home", "n", "n")
        await person.sees("2 of 3")
        await person.press("N")
        await person.sees("1 of 3")
        assert is_marked(person, "hit-now")
        await person.press("escape")
        await person.sees_no("1 of 3")


async def test_esc_gives_the_focus_back_to_the_prompt(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.types("draft")
        await person.press("ctrl+f", "x", "escape")
        await until(lambda: person.prompt.has_focus)
        assert person.prompt.text == "draft"


async def test_no_key_is_lost_to_the_prompt_on_the_way_to_the_search(demo: DemoServer) -> None:
    async with play(demo) as person:
        for key in ("ctrl+f", "x", "escape", "y"):
            person.app.simulate_key(key)
        await person.pilot.pause()
        assert person.prompt.text == "y"
        assert person.chat.query_one("#search-words", Input).value == "x"


async def test_what_comes_while_one_searches_is_found_too(demo: DemoServer) -> None:
    go_on = asyncio.Event()
    demo.script("two", in_two(LINES + "one river\n\n", go_on, "another riv\n\nriver"))
    async with play(demo, "two") as person:
        await person.asks("Hi")
        await person.sees("one river")
        await person.press("ctrl+f")
        await person.types("river")
        await person.sees("1 hit")
        go_on.set()
        await person.sees("2 hits", "✓ complete")
        assert person.log.is_following
        await person.press("escape")
        await until(lambda: person.prompt.has_focus)


async def test_esc_in_the_search_cancels_no_reply(demo: DemoServer) -> None:
    go_on = asyncio.Event()
    demo.script("two", in_two("one river\n\n", go_on, "the rest"))
    async with play(demo, "two") as person:
        await person.asks("Hi")
        await person.sees("one river")
        await person.press("ctrl+f", "escape")
        await until(lambda: person.prompt.has_focus)
        go_on.set()
        await person.sees("the rest", "✓ complete")
