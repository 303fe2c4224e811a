"""What is in the file, as the steps that lead there from an empty one.

A step is one transaction, and the number of the last one done is in `user_version`, inside it.
Steps are never changed once released: what has to change is changed by one more step.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui.edge.store.uses import note_all
from tui.edge.store.words import indexed

TABLES = (
    """CREATE TABLE chat (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL DEFAULT '',
        question TEXT NOT NULL DEFAULT '',
        model TEXT NOT NULL DEFAULT '',
        system TEXT NOT NULL DEFAULT '',
        draft TEXT NOT NULL DEFAULT '',
        head INTEGER NOT NULL DEFAULT 0,
        created REAL NOT NULL DEFAULT 0,
        updated REAL NOT NULL DEFAULT 0,
        messages INTEGER NOT NULL DEFAULT 0,
        size INTEGER NOT NULL DEFAULT 0,
        state TEXT NOT NULL DEFAULT 'empty',
        is_pinned INTEGER NOT NULL DEFAULT 0,
        is_archived INTEGER NOT NULL DEFAULT 0,
        deleted REAL NOT NULL DEFAULT 0
    )""",
    """CREATE TABLE message (
        number INTEGER PRIMARY KEY,
        chat INTEGER NOT NULL,
        id INTEGER NOT NULL,
        parent INTEGER NOT NULL,
        role TEXT NOT NULL,
        at REAL NOT NULL,
        state TEXT NOT NULL,
        size INTEGER NOT NULL,
        is_deleted INTEGER NOT NULL,
        owner TEXT NOT NULL DEFAULT '',
        text TEXT NOT NULL,
        data TEXT NOT NULL,
        UNIQUE (chat, id)
    )""",
    """CREATE TABLE piece (
        number INTEGER PRIMARY KEY,
        message INTEGER NOT NULL,
        text TEXT NOT NULL,
        reasoning TEXT NOT NULL
    )""",
    "CREATE INDEX piece_of ON piece (message)",
    "CREATE INDEX chat_order ON chat (is_pinned DESC, updated DESC)",
    "CREATE INDEX message_streaming ON message (owner) WHERE owner != ''",
)
"""Version 1."""

INDEXES = (
    "CREATE INDEX message_deleted ON message (chat) WHERE is_deleted",
    """CREATE VIRTUAL TABLE found USING fts5 (
        text, content='', tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
    )""",
)
"""Version 2: what is said can be searched."""

PICTURES = (
    """CREATE TABLE picture_use (
        number INTEGER PRIMARY KEY,
        chat INTEGER NOT NULL,
        message INTEGER NOT NULL,
        name TEXT NOT NULL
    )""",
    "CREATE INDEX picture_use_of ON picture_use (chat, message)",
    """CREATE TABLE draft_picture (
        number INTEGER PRIMARY KEY,
        images TEXT NOT NULL
    )""",
)
"""Version 3: pictures are files beside the database; `draft_picture` has the conversation's
number. What is still in rows is put into files at the start, a row at a time."""


OPTIONS = """CREATE TABLE chat_options (
    number INTEGER PRIMARY KEY,
    options TEXT NOT NULL
)"""
"""Version 4: conversations have parameters of their own; `number` is the conversation's."""


def make_tables(db: sqlite3.Connection) -> None:
    """Conversations, messages and pieces."""
    for line in TABLES:
        db.execute(line)


def make_search(db: sqlite3.Connection) -> None:
    """The full-text index, with all that was said so far; what is streaming comes at its end."""
    for line in INDEXES:
        db.execute(line)
    rows = db.execute("SELECT number, text FROM message WHERE owner = '' ORDER BY number")
    db.executemany(
        "INSERT INTO found (rowid, text) VALUES (?, ?)",
        ((number, indexed(text)) for number, text in rows),
    )


def make_pictures(db: sqlite3.Connection) -> None:
    """Who uses which picture."""
    for line in PICTURES:
        db.execute(line)
    note_all(db)


def make_options(db: sqlite3.Connection) -> None:
    """The parameters of conversations."""
    db.execute(OPTIONS)


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    make_tables,
    make_search,
    make_pictures,
    make_options,
)

PICTURED = 3
"""The version from which on drafts have images; an older file that can only be read has none."""

WITH_OPTIONS = 4
"""The version from which on conversations have parameters; in an older file none has."""

VERSION = len(STEPS)
"""The version that this Rillet reads and writes."""


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def version(db: sqlite3.Connection) -> int:
    """The number of steps that were done; 0 for an empty file."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def prove(db: sqlite3.Connection) -> None:
    """Write something, since SQLite opens a file that it cannot write without a word.

    Raises:
        sqlite3.OperationalError: If it cannot be written.
    """
    db.execute(f"PRAGMA user_version = {version(db)}")


def migrate(db: sqlite3.Connection) -> None:
    """Do the steps that are missing."""
    for number in range(version(db), VERSION):
        with transaction(db):
            STEPS[number](db)
            db.execute(f"PRAGMA user_version = {number + 1}")
