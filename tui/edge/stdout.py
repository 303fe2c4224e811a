"""Standard output, whatever it is."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO


def words() -> TextIO:
    """Standard output, also where it is closed or its encoding lacks a character."""
    if sys.stdout is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return sys.stdout


def close_quietly() -> None:
    """What is left to be written has nowhere to go: let the interpreter's exit not stumble."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
