"""With --ascii no byte on the terminal is anything else, wherever one looks."""

import sys
from functools import partial
from pathlib import Path

import pytest

from tests.play import play
from tests.terminal import Terminal
from tests.waiting import until
from tui.core.manner import Manner, lacks_unicode
from tui.core.pace import BARS
from tui.core.phase import BY_OUTCOME, BY_REASON
from tui.edge.demo import DemoServer, saying
from tui.widgets.signs import in_ascii

RILLET = (sys.executable, "-m", "tui")

REPLY = """\
# A heading

Words, `code` and a [link](https://example.org/).

* one
* two
   1. three
- [ ] open
- [x] done

> quoted

| a | b |
| - | - |
| 1 | 2 |

---

```python
print("a very long line of code", "that goes on and on", "until it is wrapped somewhere")
```
"""


async def test_every_byte_is_ascii_everywhere(demo: DemoServer) -> None:
    demo.script("demo-echo", saying(REPLY))
    command = (*RILLET, "--ascii", "--base-url", demo.base_url, "--model", "demo-echo")
    async with Terminal(*command, width=120, height=40) as terminal:
        await terminal.sees("~ Rillet", "Ask anything", "- Model", "+---")
        terminal.type("What is that?\r")
        await terminal.sees("v complete", "* one", "o open", "x done", "-----")
        terminal.type("\x06heading")  # Ctrl+F
        await terminal.sees("/ heading")
        terminal.press("escape", "escape")
        for key, words, leave in (
            ("f1", "Anywhere", "escape"),
            ("f2", "demo-slow", "escape"),
            ("\x0f", "Conversations", "escape"),
            ("\x10", "Find a command", "escape"),
        ):
            terminal.press(key)
            await terminal.sees(words)
            terminal.press(leave)
            await until(partial(is_gone, terminal, words))
        terminal.press("f2")
        await terminal.sees("demo-slow")
        terminal.type("demo-401\r")
        await until(lambda: "demo-401" in terminal.sight.split("\n")[0])
        terminal.type("Hello\r")
        await terminal.sees("x The server wants a key", "| None was sent", "asks again")
        terminal.press("ctrl+q")
        assert await terminal.ends() == 0
    assert bytes(terminal.output).decode().isascii(), odd(terminal)


def is_gone(terminal: Terminal, words: str) -> bool:
    """Whether the terminal does not show them any more."""
    return words not in terminal.sight


def odd(terminal: Terminal) -> list[str]:
    """What is not ASCII, with what stands round it."""
    text = bytes(terminal.output).decode()
    return [text[max(0, n - 40) : n + 20] for n, char in enumerate(text) if not char.isascii()][:9]


async def test_what_was_said_and_what_is_typed_stay_as_they_are(demo: DemoServer) -> None:
    demo.script("demo-echo", saying("Well … – 小溪 • │ ✓\n\n```\n┌─┐\n```\n"))
    async with play(demo, manner=Manner(ascii=True)) as person:
        await person.pastes("So…")
        await person.press("enter")
        await person.sees("So…", "Well … – 小溪 • │ ✓", "┌─┐", "v complete")
        await person.pastes("and – then")
        await person.sees("| and – then")


def test_every_sign_of_ours_is_as_wide_in_ascii() -> None:
    endings = (*BY_REASON.values(), *BY_OUTCOME.values())
    for sign in (*BARS, *(ending.sign for ending in endings), *"≋◌●↻≈·▣↓…╭─╮│╰╯▌█░▒▕▏┃━▸▾☐☑•◦▪↪‹›"):
        assert in_ascii(sign).isascii(), sign
        assert len(in_ascii(sign)) == 1


@pytest.mark.parametrize(
    ("environ", "lacks"),
    [
        ({}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "de_DE.utf8@euro"}, False),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.ISO-8859-1"}, True),
        ({"LC_CTYPE": "ja_JP.eucJP"}, True),
        ({"LANG": "C"}, False),
        ({"TERM": "linux", "LANG": "C.UTF-8"}, True),
    ],
)
def test_a_terminal_without_other_signs_is_known_by_its_environment(
    environ: dict[str, str], lacks: bool
) -> None:
    assert lacks_unicode(environ) is lacks


async def test_the_file_may_say_it(demo: DemoServer, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("ascii = true\n")
    mine = ("--config", str(tmp_path / "mine.toml"), "--base-url", demo.base_url)
    async with Terminal(*RILLET, *mine) as terminal:
        await terminal.sees("~ Rillet")
    async with Terminal(*RILLET, *mine, "--no-ascii") as terminal:
        await terminal.sees("≋ Rillet")


async def test_a_terminal_of_another_coding_gets_signs_that_it_has(demo: DemoServer) -> None:
    demo.script("demo-echo", saying("A dash – here, and the end."))
    env = {"LC_ALL": "de_DE.ISO-8859-1", "PYTHONIOENCODING": "iso-8859-1"}
    command = (*RILLET, "--base-url", demo.base_url, "--model", "demo-echo")
    async with Terminal(*command, width=80, height=24, env=env) as terminal:
        await terminal.sees("~ Rillet", "+---")
        terminal.type("Hi\r")
        await terminal.sees("A dash ? here, and the end.", "v complete")
    assert bytes(terminal.output).isascii()
