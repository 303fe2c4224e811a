"""Pictures on disk, each once, by the hash of what they are.

`images/ab/cdef...`: the folder and the name are the SHA-256 of the content, so a picture that is
there needs no second writing, and one that was damaged is known by its own name. Who uses which
picture is not known here: whoever does says which ones are used, and the others are removed, but
only those that were not put there lately.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

HASH = re.compile(r"[0-9a-f]{64}")

BESIDE = re.compile(r"\.[0-9a-f]{16}")
"""The name of a file that is being written."""


class Kept:
    """The pictures below a folder, which is made when the first one comes.

    Raises what the disk raises: `OSError` with a word of the system's.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep a picture; gives its hash. It is there whole or not at all, also after a crash."""
        name = hashlib.sha256(content).hexdigest()
        if self.get(name) is None:
            self._write(self._path(name), content)
        else:
            self._renew(self._path(name))
        return name

    def get(self, name: str) -> bytes | None:
        """The picture of a hash; None where it is not there, or no longer what it was."""
        try:
            content = self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        return content if hashlib.sha256(content).hexdigest() == name else None

    def remove(self, name: str) -> None:
        """Forget a picture; one that is not there is forgotten already."""
        with suppress(FileNotFoundError):
            self._path(name).unlink()

    def names(self) -> Iterator[str]:
        """The hashes of all that is kept."""
        for path in self._folder.glob("??/*"):
            if HASH.fullmatch(name := path.parent.name + path.name):
                yield name

    def sweep(self, used: Collection[str], before: float) -> int:
        """Remove what nobody uses and was not put here since; how many files went.

        Args:
            used: The hashes of the pictures that stay.
            before: Unix seconds; what was put here later stays too.
        """
        gone = 0
        for path in self._folder.glob("??/*"):
            is_ours = HASH.fullmatch(path.parent.name + path.name) or BESIDE.fullmatch(path.name)
            if is_ours and path.parent.name + path.name not in used:
                with suppress(FileNotFoundError):
                    if path.stat().st_mtime < before:
                        path.unlink()
                        gone += 1
        return gone

    def _renew(self, path: Path) -> None:
        """It is new again for those who look for what is old; where it cannot be, it is there."""
        with suppress(OSError):
            os.utime(path)

    def _path(self, name: str) -> Path:
        if not HASH.fullmatch(name):
            raise ValueError("a picture is named by its SHA-256")
        return self._folder / name[:2] / name[2:]

    def _write(self, path: Path, content: bytes) -> None:
        for folder in (self._folder.parent, self._folder, path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = path.with_name(f".{token_hex(8)}")
        try:
            number = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(number, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(number)
            beside.replace(path)
        finally:
            with suppress(FileNotFoundError):
                beside.unlink()
        _settle(path.parent)


def _settle(folder: Path) -> None:
    """The name too has to be on the disk before anybody refers to it."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
