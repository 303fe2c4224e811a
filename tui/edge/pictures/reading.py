"""The bytes of a file that the user named, and of nothing else.

A name can lead to a device that never ends, a pipe that nobody writes to, a socket. So the kind is
looked at twice: before opening, since opening a device can do something by itself, and after it, on
what was really opened. It is opened without waiting, so that a pipe cannot hang us.
"""

from __future__ import annotations

import os
import stat
from contextlib import closing
from io import FileIO
from pathlib import Path

from tui.core.images import BadImage
from tui.core.pictures import in_bytes

MOST = 50_000_000
"""Bytes of a picture's file."""

FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


def read(path: Path, most: int = MOST) -> bytes:
    """The whole of a plain file.

    Args:
        path: As the user wrote it; `~` is the home folder.
        most: The most bytes that it may have.

    Raises:
        BadImage: If it is not there, no plain file, empty or too large.
    """
    with closing(_opened(path)) as file:
        size = os.fstat(file.fileno()).st_size
        # A file of no length that has something to say is the system's own, as in /proc.
        content = _all(file, most) if 0 < size <= most else b""
    if max(size, len(content)) > most:
        told = max(size, len(content))
        raise BadImage(f"The file has {in_bytes(told)}; {in_bytes(most)} are the most.")
    if not content:
        raise BadImage("The file is empty.")
    return content


def beginning(path: Path, count: int) -> bytes:
    """The first bytes of a plain file, however large it is.

    Raises:
        BadImage: If it is not there or no plain file.
    """
    with closing(_opened(path)) as file:
        return _all(file, count - 1)


def _opened(path: Path) -> FileIO:
    try:
        whole = path.expanduser()
        before = whole.stat().st_mode
    except OSError as error:
        raise _unread(error.strerror) from None
    except (ValueError, RuntimeError):  # a NUL in the name; a home that is not known
        raise _unread("this is no file's name") from None
    _check(before)
    try:
        file = FileIO(os.open(whole, FLAGS), "rb")
    except OSError as error:
        raise _unread(error.strerror) from None
    try:
        _check(os.fstat(file.fileno()).st_mode)
    except BadImage:
        file.close()
        raise
    return file


def _all(file: FileIO, most: int) -> bytes:
    """What is in the file; one byte more than the most where it grew meanwhile."""
    content = bytearray()
    try:
        while len(content) <= most and (some := file.read(most + 1 - len(content))):
            content += some
    except OSError as error:
        raise _unread(error.strerror) from None
    return bytes(content)


def _check(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise BadImage("This is a folder. Name a file in it.")
    if not stat.S_ISREG(mode):
        raise BadImage("This is no plain file, so it is not opened.")


def _unread(why: str | None) -> BadImage:
    return BadImage(f"The file cannot be read: {why or 'it is not known why'}.")
