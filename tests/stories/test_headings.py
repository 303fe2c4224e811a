"""The heading of a message says who speaks and when."""

from datetime import timedelta

from tests.play import NOON, play
from tui.edge.demo import DemoServer, saying


async def test_question_and_answer_bear_the_time_of_day(demo: DemoServer) -> None:
    demo.script("clock", saying("Noon."))
    async with play(demo, "clock") as person:
        await person.asks("What time is it?")
        await person.sees("You · 12:00", "clock · 12:00", "✓ complete")


async def test_an_answer_that_is_continued_keeps_its_time(demo: DemoServer) -> None:
    times = [NOON]
    async with play(demo, "demo-length", now=lambda: times[-1]) as person:
        await person.asks("Tell me")
        await person.sees("demo-length · 12:00", "c continues")
        times.append(NOON + timedelta(minutes=65))
        await person.press("c")
        await person.sees("continued once", "demo-length · 12:00")
        await person.asks("And now?")
        await person.sees("You · 13:05", "demo-length · 13:05")
