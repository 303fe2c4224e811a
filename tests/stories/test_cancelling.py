"""Esc: at once, in every phase, and nothing is lost."""

import pytest

from tests.play import play
from tests.waiting import until
from tui.edge.demo import DemoServer


@pytest.mark.parametrize(
    ("model", "seen"),
    [
        ("demo-hang", "waiting for the first word"),
        ("demo-silent", "waiting for the first word"),
        ("demo-stall", "● streaming"),
        ("demo-slow", "● streaming"),
        ("demo-900000t", "● streaming"),
        ("demo-429", "↻"),
    ],
)
async def test_esc_cancels_in_every_phase_and_the_server_sees_it(
    demo: DemoServer, model: str, seen: str
) -> None:
    async with play(demo, model) as person:
        await person.asks("Hi")
        await person.sees(seen)
        await person.press("escape")
        await person.sees("■ cancelled by you")
        if model != "demo-429":
            await until(lambda: demo.gone == [model])
        assert person.prompt.has_focus


async def test_the_words_so_far_stay_and_go_with_the_next_question(demo: DemoServer) -> None:
    async with play(demo, "demo-stall") as person:
        await person.asks("Hi")
        await person.sees("● streaming")
        await person.press("escape")
        await person.sees("■ cancelled by you")
        answer = person.chat.conversation.last_answer
        assert answer is not None
        assert answer.text
        await person.asks("On")
        await until(lambda: len(demo.asked) == 3)
        sent = demo.asked[-1].body["messages"]
        assert isinstance(sent, list)
        assert {"role": "assistant", "content": answer.text} in sent


async def test_esc_never_quits(demo: DemoServer) -> None:
    async with play(demo) as person:
        await person.press(*["escape"] * 5)
        await person.asks("Hi")
        await person.sees("✓ complete")


async def test_a_silence_is_counted_while_it_lasts(demo: DemoServer) -> None:
    now = [0.0]
    async with play(demo, "demo-stall", clock=lambda: now[0]) as person:
        await person.asks("Hi")
        await person.sees("● streaming")
        now[0] = 12.0
        await person.sees("no data for 12 s", "Esc cancel")
