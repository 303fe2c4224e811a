"""Rillet looks as the terminal does: it is asked for its background, and nothing typed is lost."""

import asyncio
import sys
from collections.abc import Mapping

import pytest

from tests.emitted import foreign
from tests.terminal import Terminal
from tests.waiting import until
from tui.edge.demo import DemoServer

RILLET = (sys.executable, "-m", "tui")

QUESTION, KIND = b"\x1b]11;?\x07\x1b[c", b"\x1b[?62;22c"
LIGHT, DARK = b"\x1b]11;rgb:fafa/f8f8/f3f3\x1b\\", b"\x1b]11;rgb:1616/1616/1d1d\x1b\\"

LIGHT_GROUND, DARK_GROUND = b"48;2;250;248;243", b"48;2;22;22;29"

COLOURS = {"COLORTERM": "truecolor"}


class Answering(Terminal):
    """A terminal that answers as it is told, once it is asked."""

    def __init__(self, demo: DemoServer, *answers: bytes, **env: str) -> None:
        command = (*RILLET, "--base-url", demo.base_url, "--model", "demo-echo")
        super().__init__(*command, width=80, height=24, env={**COLOURS, **env})
        self._answers = answers

    async def is_asked(self) -> None:
        """Wait for the question, and answer it piece by piece."""
        await until(lambda: QUESTION in self.output)
        for piece in self._answers:
            self.send(piece)
            await asyncio.sleep(0.02)

    @property
    def grounds(self) -> tuple[bool, bool]:
        """Whether it was painted light, and whether dark."""
        return LIGHT_GROUND in self.output, DARK_GROUND in self.output


@pytest.mark.parametrize(
    ("answers", "grounds"),
    [
        ([LIGHT + KIND], (True, False)),
        ([DARK + KIND], (False, True)),
        ([LIGHT[:1], LIGHT[1:9], LIGHT[9:-1], LIGHT[-1:] + KIND[:2], KIND[2:]], (True, False)),
        ([KIND], (False, True)),
        ([], (False, True)),
    ],
    ids=["light", "dark", "in pieces", "does not know", "silent"],
)
async def test_the_theme_follows_the_terminals_background(
    demo: DemoServer, answers: list[bytes], grounds: tuple[bool, bool]
) -> None:
    async with Answering(demo, *answers) as terminal:
        await terminal.is_asked()
        terminal.type("typed meanwhile")
        await terminal.sees("typed meanwhile", "F1 help")
        assert terminal.grounds == grounds
        assert "rgb" not in terminal.sight
        terminal.press("enter")
        await terminal.sees("You", "✓ complete")
        terminal.press("ctrl+q")
        assert await terminal.ends() == 0
        assert terminal.echoes
        assert foreign(bytes(terminal.output), 80, 24) == []


@pytest.mark.parametrize("pieces", [[LIGHT, KIND], [LIGHT[:1], LIGHT[1:2], LIGHT[2:], KIND]])
async def test_an_answer_that_comes_late_is_not_typed(
    demo: DemoServer, pieces: list[bytes]
) -> None:
    async with Answering(demo) as terminal:
        await terminal.sees("Ask anything")
        terminal.type("before")
        await terminal.sees("before")
        for piece in pieces:
            terminal.send(piece)
            await asyncio.sleep(0.005)
        terminal.type(" and after")
        await terminal.sees("│ before and after ")
        assert "rgb" not in terminal.sight


async def test_escape_is_a_key_while_an_answer_is_due(demo: DemoServer) -> None:
    async with Answering(demo) as terminal:
        await terminal.sees("Ask anything")
        terminal.press("f1")
        await terminal.sees("Ask the last question again")
        terminal.press("escape")
        await until(lambda: "Ask the last question again" not in terminal.sight)


@pytest.mark.parametrize(
    ("env", "grounds"),
    [
        ({"COLORFGBG": "0;15"}, (True, False)),
        ({"COLORFGBG": "15;default;0"}, (False, True)),
        ({"NO_COLOR": "1"}, (False, False)),
    ],
)
async def test_the_environment_is_heeded_where_the_terminal_is_silent(
    demo: DemoServer, env: Mapping[str, str], grounds: tuple[bool, bool]
) -> None:
    async with Answering(demo, **env) as terminal:
        await terminal.sees("Ask anything")
        assert terminal.grounds == grounds


async def test_a_terminal_of_sixteen_colours_shows_its_own_and_is_not_asked(
    demo: DemoServer,
) -> None:
    async with Answering(demo, TERM="linux", COLORTERM="") as terminal:
        await terminal.sees("Ask anything")
        assert QUESTION not in terminal.output
        assert b"38;" not in terminal.output
        assert b"\x1b[1;34;49m" in terminal.output


async def test_who_chooses_a_theme_is_not_followed(demo: DemoServer) -> None:
    command = (*RILLET, "--base-url", demo.base_url, "--theme", "rillet-light")
    async with Terminal(*command, env=COLOURS) as terminal:
        await terminal.sees("Ask anything")
        assert QUESTION not in terminal.output
        assert LIGHT_GROUND in terminal.output
