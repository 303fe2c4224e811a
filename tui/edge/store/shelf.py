"""The reader's thread: a second connection, so that a list does not wait for a write."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tui.edge.store.opening import inode, to_read
from tui.edge.store.troubles import is_damage

T = TypeVar("T")


class Shelf:
    """Reads whatever file has the name now."""

    def __init__(self, path: Path, may_keep: Callable[[], bool]) -> None:
        """Nothing is opened yet.

        Args:
            path: The database.
            may_keep: Whether the file can be written. A connection that only reads, while it is
                open, lets no other of its process write to a log that could once only be read.
        """
        self._may_keep = may_keep
        self._path = path
        self._file: tuple[int, int] = (0, 0)
        self._db: sqlite3.Connection | None = None

    def read(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> list[T]:
        """What the file says, or something else where it cannot be read; nothing if damaged."""
        try:
            db = self._opened()
            found = otherwise if db is None else work(db)
        except sqlite3.DatabaseError as error:
            self.close()
            return [] if is_damage(error) else [otherwise]
        if not self._may_keep():
            self.close()
        return [found]

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def _opened(self) -> sqlite3.Connection | None:
        found = inode(self._path)
        if self._db is None or found != self._file:
            self.close()
            self._file = found
            self._db = to_read(self._path) if found != (0, 0) else None
        return self._db
