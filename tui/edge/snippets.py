"""A piece of text as a file: kept under a name, or lent to an editor for a while."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


def write_new(name: str, text: str) -> Path:
    """Write a text to a file that is not there yet, in the current folder; gives the file.

    Raises:
        OSError: If it is there (FileExistsError), or cannot be written.
        ValueError: If that is no name of a file.
    """
    path = Path(name).expanduser()
    with path.open("x", encoding="utf-8", errors="replace", newline="") as file:
        file.write(text)
    return path


def editor(environ: Mapping[str, str] = os.environ) -> list[str]:
    """The command of the editor that its user chose; empty if there is none."""
    chosen = environ.get("VISUAL", "").strip() or environ.get("EDITOR", "").strip()
    try:
        return shlex.split(chosen)
    except ValueError:  # a quote that is never closed
        return [chosen]


def edit(command: Sequence[str], text: str, suffix: str) -> str | None:
    """Open a copy of a text in an editor and wait; only its owner can read it, and it goes after.

    Gives what the copy is then, without the line break that editors put at an end, or None where
    the editor says that it failed (vi's `:cq`).

    Raises:
        OSError: If the editor cannot be started, or the copy cannot be written or read.
        ValueError: If what it made is no text.
    """
    number, path = tempfile.mkstemp(suffix, "rillet-")
    try:
        with os.fdopen(number, "w", encoding="utf-8", errors="replace", newline="") as file:
            file.write(text)
        with _keys_of_the_editor():
            ended = subprocess.run([*command, path], check=False)
        if ended.returncode:
            return None
        made = _text(Path(path))
        return made if text.endswith("\n") else made.removesuffix("\n")
    finally:
        Path(path).unlink(missing_ok=True)


def open_in(command: Sequence[str], path: Path) -> None:
    """Open a file itself in an editor, and wait.

    Raises:
        OSError: If the editor cannot be started.
    """
    with _keys_of_the_editor():
        subprocess.run([*command, str(path)], check=False)


@contextmanager
def _keys_of_the_editor() -> Iterator[None]:
    """Keys that interrupt reach everyone in the terminal, and are meant for the editor alone.

    They are taken, not ignored: what is ignored here would be ignored by the editor too.
    """
    meant = (signal.SIGINT, signal.SIGQUIT)
    before = [(number, signal.signal(number, lambda *_: None)) for number in meant]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError:
        raise ValueError("what it wrote is not UTF-8 text") from None
