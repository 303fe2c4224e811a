"""Opening the file: how it can be had, and what has to be done before it is used."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from tui.edge.store.locks import FileLock
from tui.edge.store.rows import cooked

WAIT_MS = 5000
"""Milliseconds that SQLite itself waits for another connection."""

BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite keeps beside a database, and the database."""


def connect(path: Path, how: str = "mode=rw") -> sqlite3.Connection:
    """A connection of this Rillet; `how` is the query of SQLite's URI."""
    where = f"file:{quote(str(path))}?{how}"
    return _ready(sqlite3.connect(where, uri=True, check_same_thread=False))


def in_memory() -> sqlite3.Connection:
    """A database that is nowhere else."""
    return _ready(sqlite3.connect(":memory:", check_same_thread=False))


def to_write(path: Path, lock: FileLock) -> sqlite3.Connection:
    """The one connection that writes.

    SQLite gives its log the mode that the database has, so that of a file that could once only
    be read still says so.

    Raises:
        sqlite3.Error: If the file cannot be opened, or is no database.
    """
    is_new = touch(path)
    for name in ("-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + name).chmod(0o600)
    _hide(path)
    db = connect(path)
    try:
        db.execute("PRAGMA schema_version").fetchone()
        mode = "WAL" if lock.is_real else "DELETE"
        got = db.execute(f"PRAGMA journal_mode = {mode}").fetchone()[0]
        db.execute(f"PRAGMA synchronous = {'NORMAL' if got == 'wal' else 'FULL'}")
    except BaseException:
        db.close()
        if is_new and is_empty(path):
            path.unlink()
        raise
    return db


def to_read(path: Path) -> sqlite3.Connection:
    """A connection that only reads; where nothing can be written, a file that nobody changes.

    Raises:
        sqlite3.Error: If there is no file that can be read.
    """
    for how in ("mode=ro", "immutable=1"):
        db = connect(path, how)
        try:
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.OperationalError:
            db.close()
        else:
            return db
    raise sqlite3.OperationalError(f"{path} cannot be read")


def _hide(path: Path) -> None:
    """Nobody but the owner may read it."""
    with suppress(OSError):
        mode = path.stat().st_mode
        if mode & 0o077:
            path.chmod(mode & 0o700)


def inode(path: Path) -> tuple[int, int]:
    """Which file it is that has this name now."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


def is_empty(path: Path) -> bool:
    """Whether there is a file without anything in it."""
    try:
        return path.stat().st_size == 0
    except FileNotFoundError:
        return False


def touch(path: Path) -> bool:
    """Make the file, since SQLite would make it readable for others; False if it is there."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return False
    return True


def _ready(db: sqlite3.Connection) -> sqlite3.Connection:
    db.isolation_level = None
    db.text_factory = cooked
    db.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
    return db
