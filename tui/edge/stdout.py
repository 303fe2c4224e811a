"""Standard output, whatever it is, and what goes with it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from io import RawIOBase, TextIOWrapper
from pathlib import Path
from typing import TextIO

from tui.core.sanitize import clean


@dataclass(frozen=True, slots=True)
class Streams:
    """Standard output and standard error of a command."""

    words: TextIO
    """For what was asked for and nothing else."""

    notes: TextIO
    """For people."""

    def note(self, text: str) -> None:
        """One line for people; that nobody reads it any more stops nothing."""
        try:
            self.notes.write(f"rillet: {clean(text).replace(chr(10), ' ')}\n")
            self.notes.flush()
        except OSError:
            _turn_away(self.notes.fileno())


def words() -> TextIO:
    """Standard output, also where it is closed or its encoding lacks a character.

    Without a buffer (PYTHONUNBUFFERED) a signal in the middle of a write would lose its rest.
    """
    if sys.stdout is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if isinstance(sys.stdout, TextIOWrapper) and isinstance(sys.stdout.buffer, RawIOBase):
        encoding = sys.stdout.encoding
        return open(1, "w", encoding=encoding, errors="replace", newline="\n", closefd=False)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return sys.stdout


def notes() -> TextIO:
    """Standard error, also where it is closed."""
    return sys.stderr or Path(os.devnull).open("w", encoding="utf-8")


def close_quietly() -> None:
    """What is left to be written has nowhere to go: let the interpreter's exit not stumble."""
    _turn_away(1)


def _turn_away(file: int) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), file)
