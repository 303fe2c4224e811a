"""The file that has the name now: opened, checked, migrated, mended, and written under its lock."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

from tui.edge.store.known import Known
from tui.edge.store.locks import Busy, FileLock
from tui.edge.store.mending import back_up, check, damage, find_damage, is_small, mend
from tui.edge.store.opening import inode, is_empty, to_read, to_write
from tui.edge.store.owners import Owner, clear
from tui.edge.store.pictures import Pictures
from tui.edge.store.recovery import recover
from tui.edge.store.schema import VERSION, migrate, prove, transaction, version
from tui.edge.store.troubles import Newer, code, is_damage
from tui.edge.store.writing import Writing

T = TypeVar("T")

BROKEN = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


class Volume:
    """One connection that writes, or none yet."""

    def __init__(self, path: Path, known: Known, now: Callable[[], float]) -> None:
        """Nothing is opened yet."""
        self.path = path
        """The database."""
        self.said = list[str]()
        """What was found and done, in sentences for the user; who reads them takes them out."""
        self.findings = 0
        """How many sentences there were so far."""
        self.is_in_doubt = False
        """Whether the last end was no clean one and the file too large to be checked at once."""
        self.pictures = Pictures(path, self.say)
        """The pictures beside it."""
        self._known = known
        self._now = now
        self._lock: FileLock | None = None
        self._owner: Owner | None = None
        self._file: tuple[int, int] = (0, 0)
        self._writing: Writing | None = None
        self._newer: Newer | None = None

    def open(self) -> None:
        """Open the file for writing.

        Raises:
            sqlite3.Error, OSError: If that cannot be.
            Busy: If another program holds it.
            Newer: If a newer Rillet wrote it.
        """
        if self._newer is not None:
            raise self._newer
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._lock is None:
            self._lock = FileLock(self.path.with_name(self.path.name + ".lock"))
        with self._lock.held():
            self._take(self._lock)

    def say(self, *sentences: str) -> None:
        """Something for the user to know."""
        self.said += sentences
        self.findings += len(sentences)

    @property
    def is_open(self) -> bool:
        """Whether it can be written, as far as is known."""
        return self._writing is not None

    def write(self, work: Callable[[Writing], T]) -> T:
        """Do it in a transaction; a file that turns out to be damaged is mended first.

        Raises:
            sqlite3.Error, OSError, Busy, Newer: If it cannot be done; then nothing of it is.
        """
        if self._writing is None or self._lock is None:
            self.open()
        assert self._lock is not None
        with self._lock.held():
            if self._writing is None or inode(self.path) != self._file:
                self._take(self._lock)
            try:
                return self._done(work)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    self._let_go(error)
                    raise
            self._mend(self._lock)
            return self._done(work)

    def is_sound(self) -> bool:
        """Read all of the file, on a connection of its own; takes seconds for each gigabyte."""
        with suppress(sqlite3.Error), closing(to_read(self.path)) as db:
            return find_damage(db) == ""
        return True

    def mend(self) -> None:
        """The file was found to be damaged, by a reader.

        Raises:
            sqlite3.Error, OSError, Busy: If it cannot be mended now.
        """
        if self._lock is not None:
            with self._lock.held():
                if inode(self.path) == self._file:
                    self._mend(self._lock)

    def close(self) -> None:
        """Put the log into the file and let go of it."""
        if self._lock is None:
            return
        with suppress(Busy, sqlite3.Error), self._lock.held():
            self._close()
            if self._owner is not None:
                self._owner.close()
        self._lock.close()

    def _done(self, work: Callable[[Writing], T]) -> T:
        assert self._writing is not None
        with transaction(self._writing.db):
            return work(self._writing)

    def _take(self, lock: FileLock) -> None:
        """Open what has the name now, under the lock."""
        self._close()
        if self._owner is None:
            self._owner = Owner(self.path, self._known.owner)
        self.is_in_doubt = clear(self.path) > 0 and not is_small(self.path)
        try:
            if is_empty(self.path):
                raise damage("the file is empty")
            self._prepare(lock)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            self._mend(lock)

    def _prepare(self, lock: FileLock) -> None:
        db = to_write(self.path, lock)
        try:
            if version(db) > VERSION:
                self._newer = Newer(version(db))
                raise self._newer
            check(db, self.path)
            back_up(db, self.path, self._now())
            migrate(db)
            prove(db)
            writing = Writing(db, self._known, self._now, self.pictures)
            self.say(*recover(writing, self.path))
        except BaseException:
            db.close()
            raise
        self._writing, self._file = writing, inode(self.path)

    def _mend(self, lock: FileLock) -> None:
        self._close()
        self.say(mend(self.path, self._now()))
        self._prepare(lock)

    def _let_go(self, error: sqlite3.DatabaseError) -> None:
        """After some failures a connection fails for ever: the next try opens the file anew."""
        if code(error) in BROKEN:
            self._close()

    def _close(self) -> None:
        writing, self._writing = self._writing, None
        if writing is not None:
            writing.db.close()
