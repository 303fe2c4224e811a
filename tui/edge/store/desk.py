"""The writer's thread: the one place where the file is written, checked and given up.

A job that cannot be done now (no room, another program in the way) waits here in its order with
all that come after it, and is tried again. Meanwhile it is done to an overlay, which is what is
read. A file that cannot be written at all is a file whose jobs wait for ever.
"""

from __future__ import annotations

import sqlite3
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from tui.edge.store.locks import Busy, FileLock
from tui.edge.store.opening import inode, to_write
from tui.edge.store.overlay import Overlay
from tui.edge.store.owners import Owner, clear
from tui.edge.store.recovery import recover
from tui.edge.store.schema import migrate, transaction
from tui.edge.store.troubles import is_passing, reason
from tui.edge.store.writing import Writing

T = TypeVar("T")
Work = Callable[[Writing], T]

AGAIN = 2.0
"""Seconds between two tries to write what could not be written."""


class Desk:
    """Holds the file, if it can be had."""

    def __init__(self, path: Path, now: Callable[[], float], tell: Callable[[str], None]) -> None:
        """Nothing is opened yet.

        Args:
            path: The database.
            now: Gives Unix seconds.
            tell: Is told what is wrong now, in a sentence; an empty one when all is well.
        """
        self.path = path
        self.now = now
        self.tell = tell
        self.overlay: Overlay | None = None
        self.generation = 0
        """Goes up whenever another file is opened, so that readers open it too."""
        self.said = list[str]()
        """What opening found, in sentences."""
        self._waiting = deque[tuple[str, Work[object]]]()
        self._again = 0.0
        self._file: tuple[int, int] = (0, 0)
        self._db: sqlite3.Connection | None = None

    def open(self) -> None:
        """Open the file, making it if there is none; `said` has what the user should know."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = FileLock(self.path.with_name(self.path.name + ".lock"))
        with self._lock.held():
            self._owner = Owner(self.path)
            self._db = to_write(self.path, self._lock)
            self._file = inode(self.path)
            self._writing = Writing(self._db, self._owner.name, self.now)
            migrate(self._db)
            clear(self.path)
            self.said += recover(self._writing, self.path)
        self.generation += 1

    def do(self, chat: str, work: Work[T]) -> T:
        """Write; where that cannot be, keep it to be written."""
        if not self._waiting:
            try:
                return self._commit(work)
            except (sqlite3.Error, Busy) as error:
                if not is_passing(error):
                    raise
                self._fail(error)
        self._waiting.append((chat, work))
        assert self.overlay is not None
        return self.overlay.run(chat, work)

    def hear(self, chat: str, message: int, text: str, reasoning: str) -> None:
        """More words of an answer."""
        self.do(chat, lambda writing: writing.hear(chat, message, text, reasoning))

    def read_again(self, chat: str) -> None:
        """This process has read the conversation anew."""
        self._writing.read_again(chat)

    def due(self) -> float | None:
        """Try again what waits; gives the seconds until the next try."""
        if not self._waiting:
            return None
        left = self._again - time.monotonic()
        if left > 0:
            return left
        try:
            while self._waiting:
                self._commit(self._waiting[0][1])
                self._waiting.popleft()
        except (sqlite3.Error, Busy) as error:
            self._fail(error)
            return AGAIN
        self._recovered()
        return None

    @property
    def has_waiting(self) -> bool:
        """Whether something is kept in memory only."""
        return bool(self._waiting)

    def close(self) -> None:
        """Write what can be written, put the log into the file and let go of it."""
        self._again = 0.0
        self.due()
        with suppress(Busy, sqlite3.Error), self._lock.held():
            if self._db is not None:
                self._db.close()
            self._owner.close()
        self._lock.close()

    def _commit(self, work: Work[T]) -> T:
        assert self._db is not None
        with self._lock.held(), transaction(self._db):
            return work(self._writing)

    def _fail(self, error: BaseException) -> None:
        self._again = time.monotonic() + AGAIN
        if self.overlay is None:
            self.overlay = Overlay(self._db, self._writing)
        self.tell(f"Not saved: {reason(error)}. The words are kept in memory and tried again.")

    def _recovered(self) -> None:
        overlay, self.overlay = self.overlay, None
        if overlay is not None:
            overlay.close()
        self.tell("")
