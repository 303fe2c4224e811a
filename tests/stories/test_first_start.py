"""The very first start, where nothing was chosen: three lines, and it works."""

import sys
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tests.waiting import until
from tui.edge.paths import chats_file, data_folder

RILLET = (sys.executable, "-m", "tui")

LINES = (
    "A small model on this machine answers; nothing leaves it.",
    "Your own endpoint or key: F7, or set OPENAI_API_KEY.",
    "Type and press Enter. F1 shows the keys, Ctrl+P the rest.",
)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (60, 16)])
async def test_the_first_start_greets_in_three_lines(width: int, height: int) -> None:
    async with Terminal(*RILLET, width=width, height=height) as terminal:
        await terminal.sees(*LINES, "Ask anything")
        rows = terminal.sight.split("\n")
        at = next(number for number, row in enumerate(rows) if LINES[0] in row)
        assert [row.strip(" ▁▂▃▄▅▆▇█") for row in rows[at : at + 3]] == list(LINES)
        terminal.type("\x1b[18~")
        await terminal.sees("▸ Everywhere", "▌ base_url", "Where questions go")
        terminal.press("escape")
        await until(lambda: "base_url" not in terminal.sight)
        terminal.press("ctrl+q")
        assert await terminal.ends() == 0


async def test_a_later_start_is_quieter(tmp_path: Path) -> None:
    data_folder().mkdir(parents=True)
    chats_file().touch()
    async with Terminal(*RILLET, width=80, height=24) as terminal:
        await terminal.sees("a chat that streams", "Ask anything")
        assert LINES[1] not in terminal.sight


async def test_who_chose_something_is_not_greeted_like_that() -> None:
    async with Terminal(*RILLET, "--demo", width=80, height=24) as terminal:
        await terminal.sees("a chat that streams", "Ask anything")
        assert LINES[1] not in terminal.sight
