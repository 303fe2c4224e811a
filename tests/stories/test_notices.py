"""What is seen of Rillet in a real terminal while one looks elsewhere."""

import os
import re
import sys
from pathlib import Path

from tests.emitted import foreign
from tests.terminal import Terminal
from tests.waiting import until
from tui.edge.demo import DemoServer, raw, saying

PROGRAM = (sys.executable, "-m", "tui")
AWAY, BACK = "\x1b[O", "\x1b[I"
WORD = b'data: {"choices":[{"delta":{"content":"so far"}}]}\n\n'


def titles(terminal: Terminal) -> list[str]:
    """Every title that the window was given."""
    return re.findall(r"\x1b\]2;([^\x07]*)\x07", terminal.output.decode("utf-8", "replace"))


def asking(demo: DemoServer, model: str, *flags: str, **env: str) -> Terminal:
    where = ("--base-url", demo.base_url, "--model", model)
    return Terminal(*PROGRAM, *where, *flags, env={**os.environ, **env})


def configured(folder: Path, text: str) -> str:
    file = folder / "config.toml"
    file.write_text(text)
    return str(file)


async def test_the_title_shows_the_conversation_and_its_phase(demo: DemoServer) -> None:
    demo.script("held", raw(WORD, then="hang"))
    async with asking(demo, "held") as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Rivers?\r")
        await until(lambda: "Rivers? – streaming – Rillet" in titles(terminal), 20)
        terminal.press("escape")
        await until(lambda: titles(terminal)[-1] == "Rivers? – cancelled by you – Rillet", 20)
        terminal.press("ctrl+n")
        await until(lambda: titles(terminal)[-1] == "Rillet", 20)
        terminal.press("ctrl+q")
        await terminal.ends()
        written = bytes(terminal.output)
    assert written.count(b"\x1b[22;2t") == written.count(b"\x1b[23;2t") == 1
    assert titles(terminal)[-1] == ""
    assert foreign(written, 120, 40) == []


async def test_a_hostile_question_cannot_leave_the_title(demo: DemoServer) -> None:
    demo.script("said", saying("Fine."))
    async with asking(demo, "said") as terminal:
        await terminal.sees("Ask anything")
        terminal.type("\x1b[200~a\x1b]52;c;aGk=\x07\u202eb\x1b[201~\r")
        await terminal.sees("✓ complete")
        await until(lambda: titles(terminal)[-1].endswith("complete – Rillet"), 20)
        terminal.press("ctrl+q")
        await terminal.ends()
    assert foreign(bytes(terminal.output), 120, 40) == []


async def test_a_private_conversation_is_not_named(demo: DemoServer) -> None:
    demo.script("said", saying("Fine."))
    async with asking(demo, "said", "--private") as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Secrets\r")
        await until(lambda: "a conversation – complete – Rillet" in titles(terminal), 20)
    assert not any("Secrets" in title for title in titles(terminal))


async def test_the_title_can_be_left_alone(demo: DemoServer, tmp_path: Path) -> None:
    demo.script("said", saying("Fine."))
    file = configured(tmp_path, "[notices]\ntitle = false\n")
    async with asking(demo, "said", "--config", file) as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Rivers\r")
        await terminal.sees("✓ complete")
    assert titles(terminal) == []
    assert b"\x1b[22;2t" not in terminal.output


async def test_a_reply_that_ends_unseen_rings(demo: DemoServer, tmp_path: Path) -> None:
    demo.script("said", saying("one two three four", rate=8))
    file = configured(tmp_path, '[notices]\nended = "notify"\nafter = 0.2\n')
    async with asking(demo, "said", "--config", file, TMUX="", STY="") as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Rivers\r")
        await terminal.sees("✓ complete")
        assert b"\x1b]9;" not in terminal.output  # it was looked at
        terminal.type("And lakes\r" + AWAY)
        await until(lambda: b"\x1b]9;complete: Rivers\x07" in terminal.output, 20)
        terminal.type(BACK)


async def test_nothing_rings_unless_it_is_wanted(demo: DemoServer) -> None:
    demo.script("said", saying("Fine."))
    async with asking(demo, "said") as terminal:
        await terminal.sees("Ask anything")
        terminal.type("Rivers\r" + AWAY)
        await terminal.sees("✓ complete")
        plain = re.sub(rb"\x1b\][^\x07]*\x07", b"", bytes(terminal.output))
    assert b"\x07" not in plain
