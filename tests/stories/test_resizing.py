"""A window whose size changes many times while a reply streams."""

import asyncio
import os
import random
import sys

from tests.emitted import foreign
from tests.terminal import Terminal
from tui.edge.demo import DemoServer, saying

WORDS = " ".join(f"word{number}" for number in range(1, 151))
SIZES = [(60, 16), (80, 24), (100, 30), (120, 40), (79, 23), (140, 45), (61, 17)]


async def test_a_storm_of_sizes_loses_nothing_and_ends_in_a_right_frame(demo: DemoServer) -> None:
    demo.script("said", saying(WORDS, rate=40))
    where = ("--base-url", demo.base_url, "--model", "said", "--private")
    chance = random.Random(7)
    async with Terminal(sys.executable, "-m", "tui", *where, env=dict(os.environ)) as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Count\r")
        await terminal.sees("word9")
        for _ in range(60):
            terminal.change_size(*chance.choice(SIZES))
            await asyncio.sleep(0.02)  # as a window that is drawn by its corner
        terminal.resize(100, 30)
        await terminal.sees("word150", "✓ complete")
        terminal.type("A draft")
        await terminal.sees("A draft")
        assert terminal.sight.count("╰") + terminal.sight.count("┗") == 1  # one prompt
        terminal.press("ctrl+q")
        await terminal.ends()
    assert foreign(bytes(terminal.output), 140, 45) == []
