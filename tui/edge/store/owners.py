"""Who is alive: a file for each process that writes, locked for as long as it does.

Process numbers are used again, and clocks are set; a lock ends with its process. Files are made,
looked at and removed only under the lock round writes, so none is seen between its making and its
locking.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from tui.edge.store.locks import FileLock

MARK = ".owner-"


class Owner:
    """This process, for those who look."""

    def __init__(self, database: Path, name: str) -> None:
        """Be seen from now on, under a name that no other process has.

        Raises:
            OSError: If no file can be made beside the database.
        """
        self._path = _path(database, name)
        self._lock = FileLock(self._path)
        self._lock.take()

    def close(self) -> None:
        """Be seen no longer."""
        self._lock.close()
        with suppress(OSError):
            self._path.unlink()


def is_alive(database: Path, name: str) -> bool:
    """Whether the process that marked its rows so still lives."""
    path = _path(database, name)
    if not path.exists():
        return False
    try:
        lock = FileLock(path)
    except OSError:
        return False
    try:
        return not lock.take()
    finally:
        lock.close()


def clear(database: Path) -> int:
    """Remove the files of those who are gone without closing; how many there were."""
    gone = 0
    for path in database.parent.glob(f"{database.name}{MARK}*"):
        if not is_alive(database, path.name.partition(MARK)[2]):
            with suppress(OSError):
                path.unlink()
            gone += 1
    return gone


def _path(database: Path, name: str) -> Path:
    return database.with_name(f"{database.name}{MARK}{name}")
