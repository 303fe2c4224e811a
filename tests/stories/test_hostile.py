"""A reply that attacks: nothing of it reaches the terminal but signs that show it."""

import re

import pytest

from tests.play import play
from tui.edge.demo import DemoServer, saying

STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize(
    "words",
    [
        "\x1b]52;c;aGFja2Vk\x07",
        "\x1b]0;title\x1b\\",
        "\x1b[2J\x1b[H",
        "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
        "\x9b31m \x9d0;x\x9c",
        "&#x202E;drow&#27;[31m",
        "`\x1b[31m` ~~~\n\x1b[2J\n~~~\n| \x1b | \u202e |\n|---|---|\n",
        "```\x1b]0;x\x07\n\x1b[31m\n```",
        "a" + "\u0301" * 2000,
    ],
)
async def test_no_control_reaches_the_screen(demo: DemoServer, words: str) -> None:
    demo.script("bad", saying(f"before {words} after"))
    async with play(demo, "bad") as person:
        await person.asks("Hi")
        await person.sees("✓ complete")
        strips = person.app.screen._compositor.render_strips()
        assert not [s.text for s in strips if STEERS.search(s.text)]


async def test_an_error_and_a_model_name_that_attack_are_shown_harmless(demo: DemoServer) -> None:
    async with play(demo, "m\x1b]0;t\x07[red]") as person:
        await person.asks("Hi")
        await person.sees("does not know this model")
        assert not STEERS.search(person.sight.replace("\n", ""))
