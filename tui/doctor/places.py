"""Files and folders of Rillet's, and whether they can be used."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tui.core.findings import Finding, State
from tui.core.pictures import in_bytes
from tui.edge.places import Places

SECTION = "files"

WRITTEN = ("conversations", "images", "state")
"""What Rillet writes to by itself."""


def files(places: Places) -> Iterator[Finding]:
    """Each, with its size, or why it cannot be used."""
    for name, path in places.items():
        yield _file(name, path)


def _file(name: str, path: Path | None) -> Finding:
    if path is None:
        return Finding(SECTION, name, "nowhere: the environment names no home", "", State.NOTE)
    there = next(each for each in (path, *path.parents) if each.exists())
    if wrong := _wrong(there, path, is_written=name in WRITTEN):
        return Finding(SECTION, name, str(path), "", State.BAD, wrong)
    if not path.exists():
        return Finding(SECTION, name, str(path), "not there yet", State.NOTE)
    size = in_bytes(path.stat().st_size) if path.is_file() else "folder"
    return Finding(SECTION, name, str(path), size)


def _wrong(there: Path, path: Path, *, is_written: bool) -> str:
    """Why a place cannot be used, of which so much is there; empty where it can."""
    if there != path and not there.is_dir():
        return f"{there} is no folder, so nothing can be kept in it."
    if not os.access(there, os.R_OK):
        return f"{there} cannot be read."
    if is_written and not os.access(there, os.W_OK):
        return f"{there} cannot be written, so what is said is kept in memory only."
    return ""
