"""A file or a pipe with conversations in it, as text; of ChatGPT's whole export, what is needed."""

from __future__ import annotations

import io
import re
import sys
import zipfile
import zlib
from pathlib import Path

from tui.core.errors import UsageError

STDIN = "-"
"""The name of standard input."""

MOST = 1 << 29
"""Bytes that are read at most: the export of years has a fraction of that."""

WANTED = re.compile(r"(?:.*/)?conversations(?:-\d+)?\.json")
"""The files of ChatGPT's export that hold conversations."""


def texts_of(name: str) -> list[tuple[str, str]]:
    """The texts of a file, each with what to call it; a ZIP archive may hold several.

    Raises:
        UsageError: If it cannot be read, is too large, or is no text.
    """
    called = "standard input" if name == STDIN else name
    data = _bytes(name, called)
    if not data.startswith(b"PK\x03\x04"):
        return [(called, _text(data, called))]
    try:
        return _unpacked(data, called)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise UsageError(f"{called} is a damaged ZIP archive: {error}.") from None


def _bytes(name: str, called: str) -> bytes:
    try:
        if name == STDIN:
            data = sys.stdin.buffer.read(MOST + 1) if sys.stdin is not None else b""
        else:
            with Path(name).open("rb") as file:
                data = file.read(MOST + 1)
    except OSError as error:
        raise UsageError(f"{called} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise UsageError(f"{called} cannot be read: this is no file's name.") from None
    _check(len(data), called)
    return data


def _check(size: int, called: str) -> None:
    if size > MOST:
        raise UsageError(f"{called} is larger than {MOST >> 20} MB, so it is not read.")


def _unpacked(data: bytes, called: str) -> list[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = [each for each in archive.infolist() if WANTED.fullmatch(each.filename)]
        if not found:
            raise UsageError(f"{called} is a ZIP archive without a conversations.json in it.")
        _check(sum(each.file_size for each in found), called)
        out = []
        for each in sorted(found, key=lambda entry: entry.filename):
            with archive.open(each) as file:
                inside = file.read(MOST + 1)
            _check(len(inside), called)
            where = f"{each.filename} in {called}"
            out.append((where, _text(inside, where)))
        return out


def _text(data: bytes, called: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise UsageError(f"{called} is not UTF-8 text, so it holds no conversation.") from None
