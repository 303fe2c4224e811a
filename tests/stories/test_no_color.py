"""The whole main job without a colour: each thing that matters is told by a sign, or boldly."""

import re
import sys

from tests.terminal import Terminal
from tests.waiting import until
from tui.edge.demo import DemoServer, raw

RILLET = (sys.executable, "-m", "tui")

STYLE = re.compile(rb"\x1b\[([\d;]*)m")


def colours(output: bytes) -> set[bytes]:
    """The styles that name a colour other than the terminal's own two."""
    found = set(STYLE.findall(output))
    return {said for said in found if any(map(is_colour, said.split(b";")))}


def is_colour(part: bytes) -> bool:
    number = int(part or b"0")
    return (30 <= number <= 48 and number not in (39,)) or 90 <= number <= 107


class Plain(Terminal):
    """A terminal in whose rows one can look for what is bold, reversed or underlined."""

    def bears(self, words: str, attribute: str) -> bool:
        """Whether these words are shown somewhere, and all of them so."""
        for number, row in enumerate(self.sight.split("\n")):
            start = row.find(words)
            while start >= 0:
                cells = [self._screen.buffer[number][start + n] for n in range(len(words))]
                if all(getattr(cell, attribute) for cell in cells):
                    return True
                start = row.find(words, start + 1)
        return False


async def test_the_whole_main_job_needs_no_colour(demo: DemoServer) -> None:
    refusal = b'{"error": {"message": "No such key.", "code": "invalid_api_key"}}'
    demo.script("refusing", raw(refusal, status=401))
    base = ("--base-url", demo.base_url)
    env = {"NO_COLOR": "1", "COLORTERM": "truecolor"}
    command = (*RILLET, *base, "--model", "demo-slow")
    async with Plain(*command, env=env) as terminal:
        await terminal.sees("Ask anything", "┏")  # the prompt has the focus
        terminal.type("Flow\r")
        await terminal.sees("● streaming")
        terminal.press("escape")
        await terminal.sees("■ cancelled by you", "c continue")
        terminal.press("\x07")  # Ctrl+G
        await until(lambda: "■" not in terminal.sight)
        await terminal.sees("Esc cancel", "● streaming")
        terminal.press("escape")
        await terminal.sees("■ cancelled by you", "continued once")

        terminal.press("tab")
        await until(lambda: "y copy" in terminal.sight and "┏" not in terminal.sight)
        assert terminal.bears("▌ ", "bold")  # the message in focus
        terminal.press("y")
        await terminal.sees("terminal")

        terminal.type("\x06Flow")  # Ctrl+F
        await until(lambda: terminal.bears("Flow", "underscore"))
        terminal.press("enter")
        await until(lambda: terminal.bears("Flow", "reverse"))
        terminal.press("escape", "escape")
        await terminal.sees("┏")

        terminal.press("f2")
        await terminal.sees("demo-echo")
        terminal.type("refusing\r")
        await until(lambda: "refusing" in terminal.sight.split("\n")[0])
        terminal.type("Again\r")
        await terminal.sees("┃ ✗ The server wants a key (401)")
        assert terminal.bears("✗ The server wants a key (401)", "bold")

        terminal.press("\x0f")  # Ctrl+O
        await terminal.sees("Conversations", "Flow")
        terminal.press("down")
        await until(lambda: terminal.bears("Flow", "reverse"))
        terminal.press("escape")
        await terminal.sees("Ask anything")
        terminal.press("\x10")  # Ctrl+P
        await terminal.sees("Find a command")
        terminal.type("compare")
        await until(lambda: terminal.bears("  Compare", "underscore"))
        terminal.press("escape")
        await until(lambda: "side by side" not in terminal.sight)
        terminal.press("ctrl+q")
        assert await terminal.ends() == 0
    assert colours(bytes(terminal.output)) == set()


async def test_colours_are_there_where_they_are_not_forbidden(demo: DemoServer) -> None:
    async with Plain(*RILLET, "--base-url", demo.base_url) as terminal:
        await terminal.sees("Ask anything")
        assert colours(bytes(terminal.output))
