"""Pictures on disk, each once, by the hash of what they are.

`images/ab/cdef...`: the folder and the name are the SHA-256 of the content, so a picture that is
there needs no second writing, and one that was damaged is known by its own name. Who uses which
picture is not known here: whoever does removes a picture with its last user.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

HASH = re.compile(r"[0-9a-f]{64}")


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
