"""Long texts are pasted without a pause: one line in the prompt, whole on the wire."""

import sys

from tests.play import Person, play
from tests.stories.test_queue import questions
from tests.terminal import Terminal
from tests.waiting import until
from tui.edge.demo import DemoServer, saying

LONG = "".join(f"Line {number} says *hello*.\n" for number in range(1, 501))
LINE = "[long text 1: 501 lines, "


async def fold(person: Person, before: str = "Look: ") -> None:
    await person.types(before)
    await person.pastes(LONG)
    await person.sees(LINE)


async def test_a_long_paste_is_one_line_and_is_sent_whole(demo: DemoServer) -> None:
    demo.script("short", saying("Seen."))
    async with play(demo, "short") as person:
        await fold(person)
        assert person.prompt.size.height == 1
        await person.types("What is it?")
        await person.press("enter")
        await person.sees("Seen.", "✓ complete")
        assert questions(demo) == [f"Look: {LONG}What is it?"]
        await person.press("up")
        await person.sees("Look: " + LINE)


async def test_it_is_deleted_as_one_thing_and_comes_back_by_undo(demo: DemoServer) -> None:
    async with play(demo) as person:
        await fold(person)
        await person.press("backspace")
        assert person.prompt.text == "Look: "
        await person.press("ctrl+underscore")
        assert person.prompt.text == f"Look: {LONG}"
        await person.press("ctrl+w")
        assert person.prompt.text == "Look: "


async def test_the_cursor_goes_over_it_as_over_one_letter(demo: DemoServer) -> None:
    async with play(demo) as person:
        await fold(person)
        await person.press("left")
        await person.types("a ")
        await person.press("right")
        await person.types(" b")
        assert person.prompt.text == f"Look: a {LONG} b"


async def test_it_is_copied_and_cut_whole(demo: DemoServer) -> None:
    async with play(demo) as person:
        await fold(person)
        person.prompt.select_all()
        assert person.prompt.selected_text == f"Look: {LONG}"
        person.prompt.action_cut()
        assert (person.prompt.text, person.app.clipboard) == ("", f"Look: {LONG}")
        person.prompt.action_paste()
        assert person.prompt.text == f"Look: {LONG}"
        await person.sees(LINE)


async def test_a_long_draft_is_folded_again_after_a_restart(demo: DemoServer) -> None:
    async with play(demo) as person:
        await fold(person)
    async with play(demo) as person:
        await until(lambda: person.prompt.text == f"Look: {LONG}")
        await person.sees("[long text 1: ")


async def test_a_long_question_waits_in_line_whole(demo: DemoServer) -> None:
    demo.script("slow", saying("so far " * 40, rate=20))
    async with play(demo, "slow") as person:
        await person.asks("First")
        await person.sees("● streaming")
        await fold(person)
        await person.press("enter")
        await person.sees("▷ Look: Line 1 says")
        await person.press("up", "enter")
        assert person.prompt.text == f"Look: {LONG}".strip()
        await person.sees("[long text 2: 500 lines")


async def test_a_megabyte_from_a_terminal_is_there_at_once() -> None:
    text = LONG * 80
    async with Terminal(sys.executable, "-m", "tui", "--demo", "--private") as terminal:
        await terminal.sees("Ask anything")
        await terminal.pour(f"\x1b[200~{text}\x1b[201~and more")
        await terminal.sees("[long text 1: 40,001 lines, ", "]and more")
        terminal.press("ctrl+q")
        await terminal.ends()


async def test_a_text_that_no_terminal_takes_is_cut_for_here(demo: DemoServer) -> None:
    text = LONG * 10
    async with play(demo) as person:
        await person.pastes(text)
        await person.sees("[long text 1")
        await person.press("ctrl+a", "ctrl+x")
        await person.sees("Too long for the")
        assert person.prompt.text == ""
        await person.press("ctrl+v")
        assert person.prompt.text == text
