"""The terminal that words are written to: its size, and keys that must not show between them."""

from __future__ import annotations

import os
import termios
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO

USUAL = (80, 24)
"""Columns and rows of a terminal that does not tell its own."""

_LOCAL = 3  # the place of the local modes in what tcgetattr gives


def can_draw(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether there is a terminal that knows how to move its cursor, and nobody else moves it."""
    knows = environ.get("TERM", "dumb") not in ("", "dumb", "unknown")
    return knows and stream.isatty() and is_ours(stream)


def is_ours(stream: TextIO) -> bool:
    """Whether no other job has the terminal now."""
    return _owner(stream.fileno()) in (None, os.getpgrp())


def wants_colours(environ: Mapping[str, str]) -> bool:
    """Whether nobody forbade colours (https://no-color.org)."""
    return not environ.get("NO_COLOR")


def size_of(stream: TextIO) -> tuple[int, int]:
    """Columns and rows, as they are now."""
    try:
        columns, rows = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        return USUAL
    return columns or USUAL[0], rows or USUAL[1]


class Hush:
    """Keeps what is typed from being shown: an Enter would move the cursor under a drawing.

    What was typed is there for whoever reads next, and Ctrl-C works as before. Only who has the
    terminal may do this: a program in the background would be stopped for it.
    """

    def __init__(self, stream: TextIO) -> None:
        self._file = stream.fileno()
        self._before: list[int | list[bytes | int]] | None = None

    def begin(self) -> None:
        """Show nothing that is typed."""
        if self._before is not None or _owner(self._file) != os.getpgrp():
            return
        with suppress(termios.error):
            before = termios.tcgetattr(self._file)
            modes = before[_LOCAL]
            if isinstance(modes, int) and modes & termios.ECHO:
                self._set([*before[:_LOCAL], modes & ~termios.ECHO, *before[_LOCAL + 1 :]])
                self._before = before

    def end(self) -> None:
        """As it was before."""
        before, self._before = self._before, None
        if before is not None and _owner(self._file) == os.getpgrp():
            with suppress(termios.error):
                self._set(before)

    def _set(self, modes: list[int | list[bytes | int]]) -> None:
        termios.tcsetattr(self._file, termios.TCSADRAIN, modes)


def _owner(file: int) -> int | None:
    """The group of processes that has the terminal; None where it is nobody's."""
    try:
        return os.tcgetpgrp(file)
    except OSError:
        return None
