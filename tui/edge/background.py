"""The terminal's background, asked for before there is anything to draw.

The question goes out before Textual is imported, and the answer is looked for when that is done:
so it costs no time. Everything that comes meanwhile is kept as it came: the driver is given it
first, and it takes the answers out of it as it does with those that come late.
"""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.core.answers import QUESTIONS, Answers, said_light

if TYPE_CHECKING:
    Modes = list[int | list[bytes | int]]

PATIENCE = 0.15
"""Seconds from the question after which no answer is waited for."""

MUTE = frozenset({"", "dumb", "unknown", "linux"})
"""Terminals that do not know the question, or would show it."""

FEW = "rillet-terminal"
"""The theme of terminals that have the sixteen colours which they choose themselves."""


class Asked:
    """A terminal that was asked; until `restore` it shows nothing that is typed."""

    def __init__(self, keys: int, screen: int, before: Modes) -> None:
        self.raw = b""
        """What came from it so far, answers and keys."""
        self._keys = keys
        self._before: Modes | None = before
        self._answers = Answers()
        self._since = time.monotonic()
        os.write(screen, QUESTIONS.encode())

    def is_light(self) -> bool | None:
        """Whether the background is light; None where it did not say in time."""
        while self._answers.is_due:
            left = self._since + PATIENCE - time.monotonic()
            if not select.select([self._keys], [], [], max(0.0, left))[0] or not self._read():
                break
        return self._answers.is_light

    def _read(self) -> bool:
        data = b""
        with suppress(OSError):  # the terminal went away
            data = os.read(self._keys, 4096)
        self.raw += data
        self._answers.take(data.decode("utf-8", "replace"))
        return bool(data)

    def restore(self) -> None:
        """Give the terminal back as it was."""
        import termios

        before, self._before = self._before, None
        if before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self._keys, termios.TCSANOW, before)


def ask(environ: Mapping[str, str]) -> Asked | None:
    """Ask, where there is a terminal that may know; None where there is not."""
    if environ.get("TERM", "") in MUTE or "NO_COLOR" in environ or os.name == "nt":
        return None
    keys, screen = sys.__stdin__, sys.__stderr__
    if keys is None or screen is None or not (keys.isatty() and screen.isatty()):
        return None
    with suppress(OSError, ValueError):
        return _quietly(keys.fileno(), screen.fileno())
    return None


def _quietly(keys: int, screen: int) -> Asked | None:
    """Ask; the answer must not be shown, so nothing that is typed is, and lines are not edited."""
    import termios

    if os.tcgetpgrp(keys) != os.getpgrp():
        return None  # a program in the background would be stopped for it
    try:
        before = termios.tcgetattr(keys)
        modes = list(before)
        modes[0] &= ~termios.ICRNL
        modes[3] &= ~(termios.ECHO | termios.ICANON)
        termios.tcsetattr(keys, termios.TCSANOW, modes)
    except termios.error:
        return None
    return Asked(keys, screen, before)


def theme_of(asked: Asked | None, environ: Mapping[str, str]) -> str:
    """The theme that fits the terminal, where nobody chose one."""
    if has_few_colours(environ):
        return FEW
    told = asked.is_light() if asked else None
    light = said_light(environ) if told is None else told
    return "rillet-light" if light else "rillet-dark"


def has_few_colours(environ: Mapping[str, str]) -> bool:
    """Whether it has no more colours than the sixteen that it chooses itself."""
    many = ("256color", "truecolor", "direct", "kitty")
    term, more = environ.get("TERM", ""), environ.get("COLORTERM", "")
    return not more and not any(word in term for word in many) and "NO_COLOR" not in environ
