"""Long lines of code: wrapped, or cut at the edge and looked at sideways."""

import asyncio

from tests.play import SMALL, Person, play
from tests.stories.test_reading import LINES, in_two
from tests.waiting import until
from tui.edge.demo import DemoServer, saying

LONG = "0123456789" * 9 + " the needle in it"
WIDE = "世界" * 40
CODE = f"first = 1\n{LONG}\n{WIDE}\nlast = 1\n"
TEXT = f"Before.\n\n```python\n{CODE}```\n\nAfter."


async def at_the_code(person: Person) -> None:
    """The answer has come, its code is in focus and its lines are cut."""
    await person.asks("Hi")
    await person.sees("✓ complete")
    await person.press("tab")
    await until(lambda: person.log.has_focus)
    await person.press("left_square_bracket")
    await person.sees("█▌", "↪ ")
    await person.press("z")
    await person.sees("Long lines of code are cut")
    await person.sees_no("↪ ")


def code(person: Person) -> list[str]:
    """The rows of the code in focus."""
    rows = person.sight.split("\n")
    return [row[2:] for row in rows if row.startswith("█▌")]


async def test_long_lines_of_code_are_cut_with_a_sign_and_wrapped_again(demo: DemoServer) -> None:
    demo.script("code", saying(TEXT))
    async with play(demo, "code", SMALL) as person:
        await at_the_code(person)
        cut = [f"{LONG[:76]}›", f"{WIDE[:38]}›"]
        await until(lambda: code(person) == ["python", "first = 1", *cut, "last = 1"])
        await person.press("z")
        await person.sees("Long lines of code are wrapped", "↪ ")


async def test_right_and_left_move_the_code_in_focus_and_esc_brings_it_back(
    demo: DemoServer,
) -> None:
    demo.script("code", saying(TEXT + f"\n\n```\nother {LONG}\n```\n"))
    async with play(demo, "code", SMALL) as person:
        await at_the_code(person)
        await person.press("left_square_bracket")
        await person.sees("█▌first = 1")
        before = code(person)
        await person.press("right")
        await person.sees(f"█▌‹{LONG[9:80]}", f"█▌‹ {WIDE[5:40]}", "other 0123")
        await person.press(*["right"] * 9)
        await person.sees("needle in it")
        assert "█▌‹\n" in person.sight.replace(" ", "")
        await person.press("left", *["left"] * 9)
        await until(lambda: code(person) == before)
        await person.press("right", "escape")
        await person.sees_no("█▌")
        await person.sees(LONG[:70])
        assert person.log.has_focus


async def test_code_that_is_cut_is_copied_whole(demo: DemoServer) -> None:
    demo.script("code", saying(TEXT))
    async with play(demo, "code", SMALL) as person:
        await at_the_code(person)
        await person.press("right", "y")
        await until(lambda: person.copied == [CODE])
        await person.press("escape", "v", "down", "down", "down", "down", "y")
        await until(lambda: len(person.copied) == 2)
        assert person.copied[1].split("\n")[2:] == ["", "python", "first = 1"]
        await person.press("down", "y")
        await until(lambda: len(person.copied) == 3)
        assert person.copied[2].endswith(f"\n{LONG}")


async def test_the_mouse_selects_what_is_seen_of_a_line_that_is_cut(demo: DemoServer) -> None:
    demo.script("code", saying(TEXT))
    async with play(demo, "code", SMALL) as person:
        await at_the_code(person)
        await person.press("right")
        await person.sees("█▌‹9012")
        row = next(n for n, row in enumerate(person.sight.split("\n")) if "█▌‹9012" in row) - 1
        await person.pilot.mouse_down(person.log, offset=(3, row))
        await person.pilot.hover(person.log, offset=(8, row))
        await person.pilot.mouse_up(person.log, offset=(8, row))
        assert person.app.screen.get_selected_text() == LONG[9:15]


async def test_a_hit_beyond_the_edge_comes_into_view(demo: DemoServer) -> None:
    demo.script("code", saying(TEXT))
    async with play(demo, "code", SMALL) as person:
        await at_the_code(person)
        assert "needle" not in person.sight
        await person.press("slash")
        await person.types("needle")
        await person.press("enter")
        await person.sees("1 of 1", "the needle in it")
        await person.press("escape")
        await person.sees(LONG[:70])


async def test_code_that_still_comes_is_cut_and_moved_like_any(demo: DemoServer) -> None:
    go_on = asyncio.Event()
    rest = f"second = 2\n{LONG[::-1]}\n```\n\nThe end."
    demo.script("two", in_two(f"```\n{LONG}\n", go_on, rest))
    async with play(demo, "two", SMALL) as person:
        await person.asks("Hi")
        await person.sees("↪ ")
        await person.press("tab")
        await until(lambda: person.log.has_focus)
        await person.press("left_square_bracket", "z", "right")
        await person.sees("█▌‹9012")
        go_on.set()
        await person.sees("The end.", "█▌‹2", f"█▌‹{LONG[::-1][9:70]}")


async def test_the_code_that_is_read_stays_in_its_place(demo: DemoServer) -> None:
    above = f"{LONG}\n" * 40
    demo.script("code", saying(f"```\n{above}```\n\n{TEXT}\n\n{LINES}"))
    async with play(demo, "code", SMALL) as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await person.press("tab")
        await until(lambda: person.log.has_focus)
        await person.press("end", "left_square_bracket")
        await person.sees("█▌first = 1")

        def place() -> int:
            return next(n for n, row in enumerate(person.sight.split("\n")) if "█▌python" in row)

        before = place()
        for told in ("cut", "wrapped"):
            await person.press("z")
            await person.sees(f"Long lines of code are {told}")
            await until(lambda: not person.log.is_measuring)
            assert place() == before
