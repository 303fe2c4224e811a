"""Locks on files: one round every write, and one that a process holds while it lives."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 5.0
"""Seconds that a write waits for another Rillet's; it takes a thousandth of that."""

STEP = 0.002
"""Seconds between two tries: a lock that is waited for cannot be given up."""


class Busy(Exception):
    """Another program does not let go of the lock."""


class FileLock:
    """A lock that the system takes back when the process ends, however that ends."""

    def __init__(self, path: Path) -> None:
        """Open the file, for its owner only.

        Raises:
            OSError: If it cannot be made or opened.
        """
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
        self._file = os.open(path, flags, 0o600)
        self.is_real = True
        """Whether the file system knows locks."""

    def take(self) -> bool:
        """Take the lock unless another has it; one that cannot be had at all counts as taken."""
        try:
            _lock(self._file)
        except (BlockingIOError, PermissionError):
            return False
        except OSError:
            self.is_real = False
        return True

    def free(self) -> None:
        """Let others have it."""
        if self.is_real:
            _unlock(self._file)

    @contextmanager
    def held(self, patience: float = PATIENCE) -> Iterator[None]:
        """Hold it.

        Raises:
            Busy: If another does not let go of it for so many seconds.
        """
        end = time.monotonic() + patience
        while not self.take():
            if time.monotonic() > end:
                raise Busy
            time.sleep(STEP)
        try:
            yield
        finally:
            self.free()

    def close(self) -> None:
        """Let go of the lock and of the file."""
        os.close(self._file)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def _unlock(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
