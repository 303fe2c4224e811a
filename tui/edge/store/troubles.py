"""What SQLite says is wrong, sorted by what can be done about it, and in words."""

from __future__ import annotations

import errno
import sqlite3

from tui.edge.store.locks import Busy

WORDS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the file can only be read",
    sqlite3.SQLITE_PERM: "the file can only be read",
    sqlite3.SQLITE_IOERR: "the disk cannot be written",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_BUSY: "another program holds the file",
    sqlite3.SQLITE_LOCKED: "another program holds the file",
    sqlite3.SQLITE_PROTOCOL: "another program holds the file",
    sqlite3.SQLITE_NOMEM: "there is not enough memory",
}
"""Reasons that may pass."""

DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Newer(Exception):
    """A newer Rillet wrote the file; its version is the argument."""


def code(error: BaseException) -> int:
    """SQLite's primary result code; 0 if it is not SQLite that complains."""
    found = getattr(error, "sqlite_errorcode", 0)
    return found & 0xFF if isinstance(found, int) else 0


def is_damage(error: BaseException) -> bool:
    """Whether the file is not what it was."""
    return code(error) in DAMAGED


def reason(error: BaseException) -> str:
    """Why it did not work, as a part of a sentence."""
    if isinstance(error, Newer):
        return "a newer Rillet wrote the file"
    if isinstance(error, Busy):
        return WORDS[sqlite3.SQLITE_BUSY]
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return WORDS[sqlite3.SQLITE_FULL]
    if isinstance(error, OSError):
        return (error.strerror or "the system refuses it").lower()
    return WORDS.get(code(error), str(error))
