"""A reply that attacks: what is shown of it is harmless, and no row is wider than it should be."""

import re

import pytest
from rich.cells import cell_len

from tests.attacks import ATTACKS
from tests.play import WIDE, Person, play
from tui.edge.demo import DemoServer, saying

STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
PILE = re.compile("[\u0300-\u036f]{5}")

MARKDOWN = (
    "before {0} after\n\n`{0}` *{0}*\n\n~~~\n{0}\n~~~\n\n| {0} | b |\n|---|---|\n| c | {0} |\n\n"
    "[{0}](http://a.example/{0}) <http://b.example/{0}> ![{0}](c)\n\n> {0}\n\n- {0}\n\n# {0}\n"
)


def check(person: Person) -> None:
    for strip in person.app.screen._compositor.render_strips():
        assert not STEERS.search(strip.text)
        assert not PILE.search(strip.text)
        assert cell_len(strip.text) == strip.cell_length == WIDE[0]


@pytest.mark.parametrize("name", ATTACKS)
async def test_no_control_reaches_the_screen_and_every_row_fits(
    demo: DemoServer, name: str
) -> None:
    demo.script("bad", saying(MARKDOWN.format(ATTACKS[name])))
    async with play(demo, "bad") as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        check(person)
        await person.press("tab", "home")
        await person.sees("before")
        check(person)


async def test_an_error_and_a_model_name_that_attack_are_shown_harmless(demo: DemoServer) -> None:
    async with play(demo, "m\x1b]0;t\x07[red]") as person:
        await person.asks("Hi")
        await person.sees("does not know this model", "m␛]0;t␇[red]")
        check(person)


async def test_a_toast_that_attacks_is_shown_harmless(demo: DemoServer) -> None:
    async with play(demo) as person:
        person.app.notify("said \x1b]0;t\x07 \u202e", title="\x9b2J", markup=False)
        await person.sees("said ␛]0;t␇ ⟨RLO⟩", "�2J")
        check(person)
