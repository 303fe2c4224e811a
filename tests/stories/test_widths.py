"""No row is wider or narrower than the terminal, whatever is written in it.

What a row is measured by is what Textual places by: cells. A row that it believes to be as wide as
the screen and that is not would push frames about.
"""

import re

import pytest
from rich.cells import cell_len

from tests.play import SMALL, Person, play
from tests.waiting import until
from tui.edge.demo import DemoServer, saying

WORDS = {
    "CJK": "小溪流向大海，永不停止。",
    "emoji": "Brook 🌊 and mill 🏞️ and 👍🏽",
    "families": "👨‍👩‍👧‍👦 walk 🧑🏿‍🚀 by",
    "flags": "🇩🇪 🇯🇵 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏳️‍🌈 wave",
    "marks": "e\u0301 n\u0303 Z\u0351\u034c\u0357 o\u0308\u0304",
    "Hangul": "시내가 흐른다 각",
    "Thai": "น้ำไหลลงสู่ทะเล",
    "Arabic": "النهر يجري",
    "halfwidth": "ｱｲｳ Ｗｉｄｅ",
}
"""One line of each kind."""

EDGE = re.compile(r"[╭╰│].*[╮╯│]")


def ragged(person: Person) -> list[str]:
    """Rows that are not as wide as the screen."""
    width = person.app.size.width
    strips = person.app.screen._compositor.render_strips()
    texts = ["".join(segment.text for segment in strip) for strip in strips]
    return [text for text in texts if cell_len(text) != width]


def frame(person: Person) -> set[tuple[int, int]]:
    """In which cells the frame of the prompt begins and ends."""
    rows = [row for row in person.sight.split("\n") if row[:1] in "╭│╰" and EDGE.fullmatch(row)]
    assert rows
    return {(0, cell_len(row)) for row in rows}


@pytest.mark.parametrize("kind", WORDS)
async def test_rows_are_as_wide_as_the_screen(demo: DemoServer, kind: str) -> None:
    words = WORDS[kind]
    table = f"| {words} | b |\n| - | - |\n| {words} | {words} |\n"
    demo.script("demo-echo", saying(f"# {words}\n\n{words * 9}\n\n> {words}\n\n{table}"))
    async with play(demo, size=SMALL) as person:
        await person.pastes(words * 5)
        await until(lambda: not ragged(person) and frame(person) == {(0, 80)})
        await person.press("enter")
        await person.sees("✓ complete")
        await until(lambda: not ragged(person) and frame(person) == {(0, 80)})
        await person.press("ctrl+o")
        await person.sees("Conversations")
        await until(lambda: not ragged(person))
        await person.press("escape", "f2")
        await until(lambda: not ragged(person))
