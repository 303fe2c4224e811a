"""The files that a paste names, as terminals write them when files are dropped on their window.

A drop arrives as text: bare, in quotes, with backslashes before blanks, or as `file:` URLs (RFC
8089); several stand side by side or on lines of their own. Only whole paths count, from the root or
from `~`, and only if the text holds nothing else. That a path is named says nothing of whether it
is there, is an image, or was meant: nothing is opened here.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from tui.core.images import BadImage

LONGEST = 65_536
"""Characters beyond which a text is no drop; a path has at most 4,096."""

UNNAMED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
"""What no terminal writes into a path."""

WHOLE = re.compile(r"~/|/(?!/)|file:", re.IGNORECASE)
"""How a whole path begins."""


URL = re.compile(r"data:|file:|[a-z][a-z0-9+.-]*://", re.IGNORECASE)
"""How a URL begins; anything else is the name of a file."""


def files_named(text: str) -> list[Path]:
    """The files that a field names; none where it holds a URL of another kind.

    Raises:
        BadImage: If it is a file: URL that names no file of this machine.
    """
    given = text.strip()
    if paths := dropped(given):
        return paths
    if not URL.match(given):
        return [Path(given)] if given else []
    if given[:5].lower() == "file:":
        raise BadImage("This file: URL names no file of this machine.")
    return []


def dropped(text: str) -> list[Path]:
    """The paths that a text consists of, in order; none where it is something else."""
    if len(text) > LONGEST or UNNAMED.search(text) or not WHOLE.match(text.lstrip("\"' \n\r\t")):
        return []
    return _split(text) or _lines(text)


def path_in(url: str) -> Path | None:
    """The path of a `file:` URL of this machine."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:
        return None
    is_here = parts.scheme == "file" and host in ("", "localhost")
    if not is_here or parts.query or parts.fragment or re.search("%(00|2f)", parts.path, re.I):
        return None
    name = os.fsdecode(unquote_to_bytes(parts.path))
    return Path(name) if name.startswith("/") else None


def _split(text: str) -> list[Path]:
    """The paths as a shell would see them."""
    try:
        words = shlex.split(text)
    except ValueError:
        return []
    return _all(words)


def _lines(text: str) -> list[Path]:
    """The paths of a terminal that quotes nothing: a line each."""
    return _all([line.strip() for line in text.splitlines() if line.strip()])


def _all(words: list[str]) -> list[Path]:
    """The words as paths, if each of them is one."""
    paths = [_path(word) for word in words]
    return [path for path in paths if path] if all(paths) else []


def _path(word: str) -> Path | None:
    if not WHOLE.match(word):
        return None
    return path_in(word) if word[:5].lower() == "file:" else Path(word)
