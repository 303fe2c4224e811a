"""The program is ended in the middle of a reply, in every way that there is: the words stay.

The real program in a real terminal; what it shows is compared with what the next start shows.
"""

import os
import re
import signal
import sys
from collections.abc import Callable

import pytest

from tests.play import play
from tests.terminal import Terminal
from tests.waiting import until
from tui.core.chats import Chat
from tui.core.deltas import Outcome
from tui.edge.demo import DemoServer
from tui.edge.demo.reply import saying
from tui.edge.paths import data_folder, state_folder
from tui.edge.store import Store

PACE = 50
"""Words a second; half a second of them may be lost by kill -9."""


TEXT = " ".join(f"w{n}" for n in range(3_000))


def program(demo: DemoServer, *more: str) -> Terminal:
    command = (sys.executable, "-m", "tui", "--base-url", demo.base_url, "--model", "counts")
    return Terminal(*command, *more, width=100, height=40)


def latest(words: str) -> int:
    return max((int(number) for number in re.findall(r"w(\d+)", words)), default=0)


async def kept() -> Chat:
    """The conversation as the next start finds it."""
    store = Store(data_folder() / "chats.db")
    await store.open()
    last = await store.last()
    assert last is not None
    chat = await store.load(last)
    await store.aclose()
    assert chat is not None
    return chat


def kill(terminal: Terminal) -> None:
    os.kill(terminal.pid, signal.SIGKILL)


def terminate(terminal: Terminal) -> None:
    os.kill(terminal.pid, signal.SIGTERM)


def hang_up(terminal: Terminal) -> None:
    terminal.hang_up()


def leave(terminal: Terminal) -> None:
    terminal.press("ctrl+q")


@pytest.mark.parametrize(
    ("end", "lost"), [(kill, PACE // 2), (terminate, 0), (hang_up, 0), (leave, 0)]
)
async def test_what_had_come_is_there_at_the_next_start(
    demo: DemoServer, end: Callable[[Terminal], None], lost: int
) -> None:
    demo.script("counts", saying(TEXT, rate=PACE))
    async with program(demo) as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Count\r")
        await until(lambda: latest(terminal.sight) > 2 * PACE, patience=40)
        seen = latest(terminal.sight)
        end(terminal)
        await terminal.ends()
    chat = await kept()
    question, answer = chat.conversation.path
    assert question.text == "Count"
    assert latest(answer.text) >= seen - lost
    assert TEXT.startswith(answer.text)
    assert answer.outcome is Outcome.INTERRUPTED
    async with play(demo, "counts") as person:
        await person.sees("goes on with “Count”")
        await person.press("ctrl+l")
        await person.sees(f"w{latest(answer.text) - 3}", "cut off", "c continues")


async def test_a_draft_survives_too(demo: DemoServer) -> None:
    async with program(demo) as terminal:
        await terminal.sees("Ask anything")
        terminal.type("half a thought")
        await terminal.sees("half a thought")
        terminate(terminal)
        assert await terminal.ends() == 128 + signal.SIGTERM
    async with play(demo, "counts") as person:
        await person.sees("half a thought")


async def test_what_could_not_be_saved_goes_to_a_file_of_its_own(demo: DemoServer) -> None:
    demo.script("counts", saying("Nowhere to go."))
    app = f"{sys.executable} -m tui --base-url {demo.base_url} --model counts"
    terminal = Terminal("bash", "-c", f"ulimit -f 16; exec {app}", width=100, height=40)
    async with terminal:
        await terminal.sees("Ask anything")
        terminal.type("Count\r")
        await terminal.sees("Nowhere to go.", "complete", "Not saved")
        terminal.press("ctrl+q")
        await terminal.sees("rillet: Not saved", "The conversation is kept in")
        await terminal.ends()
    (file,) = state_folder().glob("crash-*.md")
    assert "Nowhere to go." in file.read_text()


async def test_private_keeps_nothing(demo: DemoServer) -> None:
    demo.script("counts", saying("Nobody will know."))
    async with program(demo, "--private") as terminal:
        await terminal.sees("Ask anything")
        terminal.press("f3")
        await terminal.sees("Enter choose, add")
        terminal.type("data:image/png;base64,iVBORw0KGgo=")
        await terminal.sees("Enter adds it")
        terminal.press("enter", "escape")
        await terminal.sees("Enter send")
        terminal.type("Count\r")
        await terminal.sees("Nobody will know.", "complete")
        terminal.press("ctrl+q")
        await terminal.ends()
    assert not data_folder().exists()
