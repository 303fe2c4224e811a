"""The question of `rillet ask`: what was typed, the files, and what comes through the pipe."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from tui.core.errors import UsageError
from tui.core.sanitize import one_line

MOST = 4_000_000
"""Bytes of a file that is attached, and of standard input: more than any model reads."""

_TICKS = re.compile("`{3,}")


def question_from(given: list[str], files: Iterable[Path]) -> str:
    """The prompt, then the files, then what standard input holds, as far as there is each.

    Raises:
        UsageError: If there is nothing to ask, or some of it is no text.
    """
    typed = _utf8(os.fsencode(" ".join(given)), "the question")
    attached = [attached_file(path) for path in files]
    wants_stdin = typed in ("", "-")
    is_terminal = sys.stdin is not None and sys.stdin.isatty()
    if wants_stdin and is_terminal and not attached:
        raise UsageError('there is nothing to ask. Try: rillet ask "What is a rillet?"')
    is_piped = sys.stdin is not None and not is_terminal
    piped = _piped() if is_piped else ""
    parts = ("" if wants_stdin else typed, *attached, piped.strip())
    question = "\n\n".join(part for part in parts if part)
    if not question:
        raise UsageError("the question is empty: give it as an argument or on standard input.")
    return question


def _piped() -> str:
    content = sys.stdin.buffer.read(MOST + 1)
    if len(content) > MOST:
        raise UsageError(f"standard input is too long, {MOST // 1_000_000} MB are the most.")
    return _utf8(content, "standard input")


def attached_file(path: Path) -> str:
    """A text file with its name, between marks that do not occur in it.

    Raises:
        UsageError: If it cannot be read, is too large, or is no text.
    """
    name = one_line(str(path), 300)
    text = _read(path, name)
    longest = max((len(run[0]) for run in _TICKS.finditer(text)), default=2)
    fence = "`" * (longest + 1)
    kind = path.suffix[1:] if path.suffix[1:].isalnum() else ""
    end = "" if text.endswith("\n") or not text else "\n"
    return f"{name}:\n{fence}{kind}\n{text}{end}{fence}"


def _read(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST + 1)
    except OSError as error:
        raise UsageError(f"--file {name}: it cannot be read: {error.strerror}.") from None
    if len(content) > MOST:
        raise UsageError(f"--file {name}: it is too large, {MOST // 1_000_000} MB are the most.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise UsageError(
            f"--file {name}: this is no UTF-8 text, so it cannot be attached. "
            "An image is added with --image."
        )
    return text


def _utf8(given: bytes, name: str) -> str:
    try:
        return given.decode()
    except UnicodeDecodeError:
        raise UsageError(f"{name} is not UTF-8 text, so it cannot be asked.") from None
