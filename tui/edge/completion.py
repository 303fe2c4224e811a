"""The names of files as they are typed: what a beginning can become.

A folder may lie on a disk that sleeps or a network that is gone, so this wants a thread. Only names
are read, and whether they are folders: no file is opened. Pictures are offered by the ends of their
names, which say nothing of what is in them; where there are none, whatever else is there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

MOST = 20_000
"""Entries of a folder that are looked at."""

ENDS = (".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".webp")
"""How pictures' names end."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What a typed beginning can become."""

    typed: str
    """The beginning."""

    names: tuple[str, ...] = ()
    """The names in its folder that begin so, a slash behind folders."""

    @property
    def head(self) -> str:
        """The part of the beginning that names the folder."""
        return self.typed[: self.typed.rfind("/") + 1]

    @property
    def first(self) -> str:
        """The whole text with the first of the names."""
        return self.head + self.names[0] if self.names else self.typed

    @property
    def certain(self) -> str:
        """The whole text as far as all of the names agree."""
        if not self.names:
            return self.typed
        first, last = self.names[0], self.names[-1]  # they are in order: so do all between
        pairs = enumerate(zip(first, last, strict=False))
        agreed = next((at for at, (one, other) in pairs if one != other), len(first))
        return self.head + first[:agreed]

    @property
    def has_more(self) -> bool:
        """Whether there is anything to add, or to choose from."""
        return len(self.names) > 1 or self.certain != self.typed


def completion(typed: str) -> Completion:
    """What there is that begins as typed; nothing where the folder cannot be read."""
    if typed == "~":
        return Completion(typed, ("~/",))
    head, _, begun = typed.rpartition("/")
    folder = Path(f"{head}/" if "/" in typed else ".")
    try:
        with os.scandir(folder.expanduser()) as entries:
            found = list(_beginning(islice(entries, MOST), begun))
    except (OSError, ValueError, RuntimeError):  # no folder; a NUL; a home that is not known
        return Completion(typed)
    fit = [name for name in found if name.endswith("/") or name.lower().endswith(ENDS)]
    return Completion(typed, tuple(sorted(fit or found)))


def _beginning(entries: Iterable[os.DirEntry[str]], begun: str) -> Iterable[str]:
    """The names that begin so; those with a dot only where one was typed."""
    for entry in entries:
        name = entry.name
        if name.startswith(begun) and name.isprintable() and (begun or name[:1] != "."):
            yield f"{name}/" if _is_folder(entry) else name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
