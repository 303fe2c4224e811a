"""With --screen-reader a conversation is lines, each of which is written once."""

import re
import sys

from tests.terminal import Scrollback
from tests.waiting import until
from tui.ask.spoken import told
from tui.core.conversation import Message
from tui.core.deltas import Outcome
from tui.edge.demo import DemoServer, saying

RILLET = (sys.executable, "-m", "tui", "--screen-reader")

ESCAPES = re.compile(rb"\x1b[^a-zA-Z]*[a-zA-Z]")


def reading(demo: DemoServer, model: str = "demo-echo") -> Scrollback:
    command = (*RILLET, "--base-url", demo.base_url, "--model", model)
    return Scrollback(*command, width=100, height=30)


async def asks(terminal: Scrollback, times: int) -> None:
    """Wait until something can be typed for so many times."""
    await until(lambda: terminal.sight.count("You:") == times)


async def test_a_conversation_is_read_from_above_to_below(demo: DemoServer) -> None:
    demo.script("demo-echo", saying("First. Then – second.\n\nAnd third, without an end"))
    async with reading(demo) as terminal:
        await terminal.sees("a chat in lines. /help", "The model is demo-echo, 127.0.0.1", "You:")
        terminal.type("What comes?\r")
        await terminal.sees("demo-echo:", "The answer is complete.", "tokens, ")
        await asks(terminal, 2)
        terminal.type("\x04")
        assert await terminal.ends() == 0
        lines = [line for line in terminal.lines if line]
        assert lines[2:8] == [
            "You: What comes?",
            "demo-echo:",
            "First. Then – second.",
            "And third, without an end",
            *[line for line in lines if line.startswith("The answer is complete. ")],
            "You:",
        ]
        assert drawn(terminal) == set()


def drawn(terminal: Scrollback) -> set[bytes]:
    """What was written to move, colour or clear; the line that one types in may be redrawn."""
    kept = (b"\x1b[?2004h", b"\x1b[?2004l", b"\x1b[K", b"\x1b[C")
    return {each for each in ESCAPES.findall(bytes(terminal.output)) if each not in kept}


async def test_a_stopped_answer_is_continued_by_a_letter(demo: DemoServer) -> None:
    async with reading(demo, "demo-slow") as terminal:
        await terminal.sees("You:")
        terminal.type("Flow\r")
        await terminal.sees("demo-slow:", ".")
        await terminal.sees("brook")
        terminal.type("\x03")
        await terminal.sees("The answer ended: cancelled by you.", "c continues. r asks again.")
        terminal.type("c\r")
        await until(lambda: terminal.sight.count("demo-slow:") == 2)
        terminal.type("\x03")
        await asks(terminal, 3)
        terminal.type("/quit\r")
        assert await terminal.ends() == 0


async def test_what_went_wrong_is_said_in_sentences(demo: DemoServer) -> None:
    async with reading(demo, "demo-401") as terminal:
        await terminal.sees("You:")
        terminal.type("Hello\r")
        await terminal.sees("The server wants a key (401).", "The server says:", "r asks again.")


async def test_a_conversation_is_kept_and_gone_on_with(demo: DemoServer) -> None:
    async with reading(demo) as terminal:
        await terminal.sees("You:")
        terminal.type("Remember me\r")
        await asks(terminal, 2)
        terminal.type("/quit\r")
        assert await terminal.ends() == 0
    async with reading(demo) as terminal:
        await terminal.sees("You:")
        terminal.type("/last\r")
        await terminal.sees("Remember me: 2 messages.")
        terminal.type("And now?\r")
        await terminal.sees("Sent: 3 messages.")


async def test_what_stands_in_no_list_is_said(demo: DemoServer) -> None:
    async with reading(demo) as terminal:
        await terminal.sees("You:")
        terminal.type("/models\r")
        await terminal.sees("demo-slow")
        terminal.type("/model demo-fast\r")
        await terminal.sees("The model is demo-fast.")
        terminal.type("/nonsense\r")
        await terminal.sees("There is no /nonsense.")
        terminal.type("c\r")
        await terminal.sees("there is no rest to ask for")


def test_an_ending_is_one_line_of_words() -> None:
    answer = Message(2, "assistant", "Words", reason="stop")
    assert list(told(answer, 3.2, 120)) == ["The answer is complete. 120 tokens, 3 s."]
    cut = Message(2, "assistant", "Words", outcome=Outcome.INTERRUPTED)
    [line] = told(cut, 3.2, 1)
    assert line.startswith("The answer ended: cut off before its end. 1 token, 3 s. c continues.")
