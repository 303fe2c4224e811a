"""A link is shown in full and asked about before it is opened."""

import pytest

from tests.play import NO_BROWSER, SMALL, WIDE, Person, play
from tests.waiting import until
from tui.edge.demo import DemoServer, saying


async def click(person: Person, words: str) -> None:
    """Click on words in the conversation."""
    rows = person.sight.split("\n")
    row = next(number for number, row in enumerate(rows) if words in row)
    await person.pilot.click(offset=(rows[row].index(words) + 1, row))


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_click_shows_the_target_and_enter_opens_it(
    demo: DemoServer, size: tuple[int, int]
) -> None:
    demo.script("m", saying("Read [about it](https://river.example/a?b=1) now."))
    async with play(demo, "m", size) as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await click(person, "about it")
        await person.sees("Open this link?", "https://river.example/a?b=1", "Its words: about it")
        await person.sees("Enter opens it", "y copies it", "Esc closes")
        assert person.opened == []
        await person.press("enter")
        await person.sees("Handed to the browser.")
        await person.sees_no("Open this link?")
        assert person.opened == ["https://river.example/a?b=1"]


async def test_y_copies_it_and_esc_does_nothing(demo: DemoServer) -> None:
    demo.script("m", saying("See https://river.example/ä"))
    async with play(demo, "m") as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await click(person, "https://river")
        await person.sees("Open this link?")
        await person.press("escape")
        await person.sees_no("Open this link?")
        assert (person.opened, person.copied) == ([], [])
        await click(person, "https://river")
        await person.sees("Open this link?")
        await person.press("y")
        await until(lambda: person.copied == ["https://river.example/%C3%A4"])
        await person.sees_no("Open this link?")


async def test_from_the_list_it_is_asked_about_too(demo: DemoServer) -> None:
    demo.script("m", saying("[one](https://one.example) [two](https://two.example)"))
    async with play(demo, "m") as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await person.press("tab")
        await until(lambda: person.log.has_focus)
        await person.press("g")
        await person.sees("Links")
        await person.press("down", "enter")
        await person.sees("Open this link?", "https://two.example", "Its words: two")
        await person.press("o")
        await until(lambda: person.opened == ["https://two.example"])


async def test_without_a_browser_it_says_so_and_can_still_be_copied(demo: DemoServer) -> None:
    demo.script("m", saying("See https://river.example"))
    async with play(demo, "m", opens=False) as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await click(person, "https://river")
        await person.sees("Open this link?")
        await person.press("enter")
        await person.sees(f"{NO_BROWSER} y copies it.")
        await person.press("y")
        await until(lambda: person.copied == ["https://river.example"])


@pytest.mark.parametrize(
    ("written", "clicked", "told"),
    [
        (
            "[https://google.com](https://evil.example)",
            "https://google",
            "! Its words name google.com, but it leads to evil.example.",
        ),
        (
            "<https://google.com@evil.example/>",
            "https://google",
            "! google.com is only a name to log in with: it leads to evil.example.",
        ),
        (
            "[apple](https://аpple.com)",
            "apple",
            "! Its host has letters of other alphabets: аpple.com is xn--pple-43d.com.",
        ),
        (
            "[apple](https://xn--pple-43d.com)",
            "apple",
            "! Its host has letters of other alphabets: аpple.com is xn--pple-43d.com.",
        ),
        ("[here](https://a%2eb.example)", "here", "Rillet does not open it."),
        (
            "[here](https://google.com\\\\@evil.example)",
            "here",
            "! google.com%5C is only a name to log in with: it leads to evil.example.",
        ),
    ],
)
async def test_what_is_odd_about_a_target_is_said(
    demo: DemoServer, written: str, clicked: str, told: str
) -> None:
    demo.script("m", saying(f"See {written} now."))
    async with play(demo, "m") as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await click(person, clicked)
        await until(lambda: told in " ".join(person.sight.replace("│", " ").split()))
        if "does not open" in told:
            await person.press("enter")
            await person.sees_no("Enter opens it")
            assert person.opened == []


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "-x", "x-app://y"])
async def test_other_targets_are_no_links_but_are_shown(demo: DemoServer, target: str) -> None:
    demo.script("m", saying(f"See [here]({target}) now."))
    async with play(demo, "m") as person:
        await person.asks("Hi")
        await person.sees("✓ complete", target)
        await click(person, "here")
        await person.press("escape")
        assert "Open this link?" not in person.sight


async def test_a_long_target_is_shown_to_its_end(demo: DemoServer) -> None:
    end = "x" * 1500 + "END"
    demo.script("m", saying(f"See [here](https://river.example/{end}) now."))
    async with play(demo, "m", SMALL) as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        await click(person, "here")
        await person.sees("https://river.example/")
        await person.press("end")
        await person.sees("END", "y copies it")
