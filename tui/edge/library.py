"""The library of prompts: plain files in the folder of the configuration.

    $XDG_CONFIG_HOME/rillet/prompts/NAME.md     a system prompt
    $XDG_CONFIG_HOME/rillet/snippets/NAME.md    a snippet

Strategy. Anything may lie in a folder, so a file is opened only after a look at what it is, and
without waiting: a pipe never answers, a device has no end. Links are followed, wherever they lead:
it is the user's own folder, and people keep such files elsewhere and link them. What cannot be
read is listed with the reason; nothing in here raises because of what is found. Texts are cleaned
as they are read, so that what is shown of them is what is sent.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path

from tui.core.errors import UsageError
from tui.core.library import Kind, Library, Text
from tui.core.sanitize import clean, one_line
from tui.edge.paths import config_file

ENDING = ".md"

MOST = 256 * 1024
"""The most bytes of a file; more is no prompt."""

MOST_FILES = 500
"""The most files of a folder that are listed."""

MOST_NAMES = 20_000
"""The most names in a folder that are looked at."""

MOST_OF_ALL = 32 * 1024 * 1024
"""Bytes of all files together."""

LONGEST_NAME = 100
"""The most characters of the name of a new file."""


def library_folder(environ: Mapping[str, str]) -> Path | None:
    """The folder of both; None where the environment names no home."""
    config = config_file(environ)
    return None if config is None else config.parent


def folder_of(folder: Path, kind: Kind) -> Path:
    """Where the texts of a kind are."""
    return folder / ("snippets" if kind is Kind.SNIPPET else "prompts")


def read_library(folder: Path | None) -> Library:
    """All that is there; without a folder, nothing. It takes time: call it in a thread."""
    texts, troubles, left = list[Text](), list[str](), MOST_OF_ALL
    for kind in Kind:
        paths, trouble = _listed(folder, kind)
        troubles += [trouble] if trouble else []
        for path in paths:
            text = _read(kind, path, min(left, MOST))
            left -= len(text.text)
            texts.append(text)
    return Library(tuple(texts), tuple(troubles))


def system_prompt(name: str, environ: Mapping[str, str]) -> str:
    """The text of the system prompt of this name.

    Raises:
        UsageError: If there is none, or it cannot be read; the text says which there are.
    """
    folder = library_folder(environ)
    there = read_library(folder).of(Kind.SYSTEM)
    found = next((text for text in there if text.name == name), None)
    if found is None:
        names = ", ".join(one_line(text.name, 60) for text in there) or "none"
        where = one_line(str(folder_of(folder, Kind.SYSTEM)), 300) if folder else "no folder"
        said = f"--prompt: there is no {one_line(name, 60)!r} in {where}. There are: {names}."
        raise UsageError(said)
    if found.trouble:
        raise UsageError(f"--prompt {one_line(name, 60)}: {found.trouble}")
    return found.text


def save(folder: Path | None, kind: Kind, name: str, text: str) -> Path:
    """Keep a text under a name that is free; gives its file.

    Raises:
        FileExistsError: If the name is taken.
        OSError: If it cannot be written.
        ValueError: If that is no name.
    """
    if folder is None:
        raise ValueError("there is no home folder to keep it in")
    name = name.strip().removesuffix(ENDING)
    _check(name)
    path = folder_of(folder, kind) / f"{name}{ENDING}"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(f"{text.rstrip()}\n".encode("utf-8", "replace"))
    except OSError:
        with suppress(OSError):
            path.unlink()  # half a prompt is none
        raise
    return path


def _check(name: str) -> None:
    if not name:
        raise ValueError("a name is needed")
    if "/" in name or name.startswith(".") or clean(name) != name or not name.isprintable():
        raise ValueError("a name has no /, no dot in front and nothing that is not seen")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"a name has {LONGEST_NAME} characters at most")


def _listed(base: Path | None, kind: Kind) -> tuple[list[Path], str]:
    """The files of a folder by name, and what is wrong; a folder that is not there is empty."""
    if base is None:
        return [], ""
    folder = folder_of(base, kind)
    try:
        with os.scandir(folder) as found:
            names = [each.name for each in islice(found, MOST_NAMES) if _is_ours(each.name)]
    except FileNotFoundError:
        return [], ""
    except OSError as error:
        return [], f"{one_line(str(folder), 300)} cannot be read: {error.strerror}."
    names.sort(key=lambda name: (name.casefold(), name))
    more = len(names) - MOST_FILES
    trouble = f"{more:,} more are not listed in {one_line(str(folder), 300)}." if more > 0 else ""
    return [folder / name for name in names[:MOST_FILES]], trouble


def _is_ours(name: str) -> bool:
    return name.endswith(ENDING) and not name.startswith(".")


def _read(kind: Kind, path: Path, most: int) -> Text:
    name = path.name.removesuffix(ENDING)
    try:
        text = _words(_bytes(path, most))
    except UnicodeDecodeError:
        return Text(kind, name, trouble="It is not UTF-8 text.")
    except OSError as error:
        return Text(kind, name, trouble=f"It cannot be read: {_why(error)}.")
    return Text(kind, name, text) if text else Text(kind, name, trouble="There is nothing in it.")


def _words(held: bytes) -> str:
    said = held.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return clean(said).strip("\n")


def _bytes(path: Path, most: int) -> bytes:
    """The bytes of a regular file.

    Raises:
        OSError: If it is something else, or too long, or cannot be read.
    """
    _check_kind(path.stat().st_mode)
    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    with os.fdopen(number, "rb") as file:
        _check_kind(os.fstat(number).st_mode)  # it may be another by now
        held = file.read(most + 1)
    if len(held) > most:
        raise OSError(None, f"it is longer than {MOST // 1024} KB, or all are too long together")
    return held


def _check_kind(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise OSError(None, "it is a folder" if stat.S_ISDIR(mode) else "it is no plain file")


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "it leads to nothing"
    return error.strerror or "the system does not say why"
