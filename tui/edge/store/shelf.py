"""The reader's thread: a second connection, so that a list does not wait for a write."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tui.edge.store.opening import to_read

T = TypeVar("T")


class Shelf:
    """Reads the file that the writer has open."""

    def __init__(self, path: Path, generation: Callable[[], int]) -> None:
        """Nothing is opened yet."""
        self._path = path
        self._generation = generation
        self._opened = -1
        self._db: sqlite3.Connection | None = None

    def read(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """What the file says; without a file that can be read, something else."""
        if self._opened != self._generation():
            self.close()
            self._opened = self._generation()
            try:
                self._db = to_read(self._path)
            except sqlite3.Error:
                self._db = None
        return otherwise if self._db is None else work(self._db)

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            self._db.close()
            self._db = None
