"""Nothing moves that nobody moved, and with reduced motion the counts are calm too."""

import asyncio
import re
import sys
from pathlib import Path

import pytest

from tests.play import WIDE, play
from tests.terminal import Terminal
from tests.waiting import until
from tui.core.manner import Manner, manner
from tui.core.pace import BARS
from tui.edge.demo import DemoServer
from tui.screens.chat import SLOW_TICK

RILLET = (sys.executable, "-m", "tui")


async def rests(terminal: Terminal) -> None:
    """Wait until nothing is drawn for a second and more; a cursor blinks twice in one."""
    length = -1
    async with asyncio.timeout(20):
        while length != len(terminal.output):
            length = len(terminal.output)
            await asyncio.sleep(1.2)  # what does not happen cannot be waited for


@pytest.mark.parametrize("key", ["escape", "f2", "f3", "\x10", "\x0f"])
async def test_a_screen_that_nobody_touches_draws_nothing(demo: DemoServer, key: str) -> None:
    command = (*RILLET, "--base-url", demo.base_url, "--model", "demo-echo")
    async with Terminal(*command) as terminal:
        await terminal.sees("Ask anything")
        terminal.press(key)
        await rests(terminal)


async def test_with_reduced_motion_there_is_no_pulse_and_clocks_go_by_the_second(
    demo: DemoServer,
) -> None:
    async with play(demo, "demo-slow", WIDE, manner=Manner(still=True)) as person:
        assert person.app.animation_level == "none"
        await person.asks("Hi")
        await person.sees("● streaming")
        assert not person.chat.query_one("#finish-pulse").display
        assert person.chat._ticker._interval == SLOW_TICK
        await person.press("escape")
        await person.sees("■ cancelled by you")


async def test_the_file_and_the_environment_may_say_it(demo: DemoServer, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('motion = "reduced"\n')
    mine = ("--config", str(tmp_path / "mine.toml"), "--base-url", demo.base_url)
    async with Terminal(*RILLET, *mine, "--model", "demo-slow", width=160, height=48) as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Hi\r")
        await terminal.sees("● streaming")
        await until(lambda: re.search(r"elapsed +[2-9]\.", terminal.sight))
        status = terminal.sight.partition("─ Status ─")[2]
        assert not set(BARS) & set(status)


@pytest.mark.parametrize(
    ("still", "environ", "is_still"),
    [
        (None, {}, False),
        (None, {"TEXTUAL_ANIMATIONS": "none"}, True),
        (False, {"TEXTUAL_ANIMATIONS": "none"}, False),
        (True, {}, True),
    ],
)
def test_what_was_said_wins_over_the_environment(
    still: bool | None, environ: dict[str, str], is_still: bool
) -> None:
    found = manner(ascii=None, still=still, linear=False, environ=environ)
    assert found == Manner(still=is_still)
