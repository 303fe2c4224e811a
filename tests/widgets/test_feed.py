"""From a turn to the screen: in order, in slices, and never so much that a key waits."""

import asyncio

from textual.message import Message

from tests.waiting import until
from tui.core.deltas import Delta, Finished, Outcome, Reasoning, Text
from tui.screens.feed import SLICE, Feed


class Screen:
    """Takes slices when it is told to, as the chat does."""

    def __init__(self) -> None:
        self.told = 0
        self.sizes: list[int] = []
        self.taken: list[Delta] = []
        self.feed = Feed(self.post, asyncio.get_running_loop().time)

    def post(self, _: Message) -> None:
        self.told += 1

    def draw(self) -> None:
        for part in self.feed.slices():
            self.sizes.append(sum(len(getattr(delta, "text", "")) for delta, _ in part))
            self.taken += [delta for delta, _ in part]
        self.feed.drawn(0.0)


async def test_the_first_delta_after_a_quiet_moment_is_told_at_once() -> None:
    screen = Screen()
    screen.feed.add(Text("a"))
    assert screen.told == 1


async def test_a_flood_is_told_once_until_it_is_drawn() -> None:
    screen = Screen()
    for _ in range(1000):
        screen.feed.add(Text("a"))
    assert screen.told == 1
    screen.draw()
    screen.feed.add(Text("b"))
    assert screen.told == 1
    await until(lambda: screen.told == 2)


async def test_the_end_is_told_at_once() -> None:
    screen = Screen()
    screen.feed.add(Text("a"))
    screen.feed.add(Finished(Outcome.FINISHED, "stop"))
    assert screen.told == 2


async def test_a_delta_of_a_megabyte_comes_in_slices_and_whole() -> None:
    screen = Screen()
    screen.feed.add(Text("x" * 1_000_000))
    screen.feed.add(Reasoning("y"))
    while screen.feed.is_behind:
        screen.draw()
    assert max(screen.sizes) <= SLICE
    assert "".join(d.text for d in screen.taken if isinstance(d, Text)) == "x" * 1_000_000
    assert screen.taken[-1] == Reasoning("y")
