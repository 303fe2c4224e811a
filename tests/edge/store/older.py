"""A file as version 1 of the store made it. Not to be changed: it is what users may have."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

VERSION_1 = (
    """CREATE TABLE chat (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL DEFAULT '',
        question TEXT NOT NULL DEFAULT '', model TEXT NOT NULL DEFAULT '',
        system TEXT NOT NULL DEFAULT '', draft TEXT NOT NULL DEFAULT '',
        head INTEGER NOT NULL DEFAULT 0, created REAL NOT NULL DEFAULT 0,
        updated REAL NOT NULL DEFAULT 0, messages INTEGER NOT NULL DEFAULT 0,
        size INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'empty',
        is_pinned INTEGER NOT NULL DEFAULT 0, is_archived INTEGER NOT NULL DEFAULT 0,
        deleted REAL NOT NULL DEFAULT 0)""",
    """CREATE TABLE message (
        number INTEGER PRIMARY KEY, chat INTEGER NOT NULL, id INTEGER NOT NULL,
        parent INTEGER NOT NULL, role TEXT NOT NULL, at REAL NOT NULL, state TEXT NOT NULL,
        size INTEGER NOT NULL, is_deleted INTEGER NOT NULL, owner TEXT NOT NULL DEFAULT '',
        text TEXT NOT NULL, data TEXT NOT NULL, UNIQUE (chat, id))""",
    """CREATE TABLE piece (
        number INTEGER PRIMARY KEY, message INTEGER NOT NULL, text TEXT NOT NULL,
        reasoning TEXT NOT NULL)""",
    "CREATE INDEX piece_of ON piece (message)",
    "CREATE INDEX chat_order ON chat (is_pinned DESC, updated DESC)",
    "CREATE INDEX message_streaming ON message (owner) WHERE owner != ''",
    "INSERT INTO chat VALUES (1, 'abc', '', 'Why is the sky blue?', 'gpt-5', 'Be kind.', '', 2,"
    " 1000, 1001, 2, 32, 'finished', 1, 0, 0)",
    "INSERT INTO message VALUES (256001, 1, 1, 0, 'user', 1000, 'finished', 20, 0, '',"
    " 'Why is the sky blue?', '{}')",
    "INSERT INTO message VALUES (256258, 1, 2, 1, 'assistant', 1001, 'finished', 12, 0, '',"
    ' \'It scatters.\', \'{"model":"gpt-5","reason":"stop"}\')',
    "INSERT INTO message VALUES (256515, 1, 3, 2, 'assistant', 1002, 'streaming', 0, 0, 'gone',"
    " '', '{}')",
    "INSERT INTO piece VALUES (1, 256515, 'Half ', '')",
    "INSERT INTO piece VALUES (2, 256515, 'of it', '')",
    "PRAGMA user_version = 1",
)

VERSION_2 = (
    *VERSION_1[:-1],
    "CREATE INDEX message_deleted ON message (chat) WHERE is_deleted",
    """CREATE VIRTUAL TABLE found USING fts5 (
        text, content='', tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
    )""",
    "INSERT INTO found (rowid, text) VALUES (256001, 'Why is the sky blue?')",
    "INSERT INTO found (rowid, text) VALUES (256258, 'It scatters.')",
    "PRAGMA user_version = 2",
)

VERSION_3 = (
    *VERSION_2[:-1],
    """CREATE TABLE picture_use (
        number INTEGER PRIMARY KEY, chat INTEGER NOT NULL, message INTEGER NOT NULL,
        name TEXT NOT NULL)""",
    "CREATE INDEX picture_use_of ON picture_use (chat, message)",
    "CREATE TABLE draft_picture (number INTEGER PRIMARY KEY, images TEXT NOT NULL)",
    "PRAGMA user_version = 3",
)

URL = "data:image/png;base64,iVBORw0KGgo="
"""An image as versions 1 and 2 kept it: within the message."""

WITH_IMAGE = (
    "UPDATE message SET data = json_object('images', json_array(json_object("
    f"'url', '{URL}', 'detail', 'high'), json_object('url', 'https://a.example/1.png')), "
    "'mood', 'sunny') WHERE number = 256001"
)


def make_version_1(path: Path) -> None:
    """A closed file of version 1, with an answer that was interrupted."""
    make(path, VERSION_1)


def make_with_image(path: Path, version: int) -> None:
    """A closed file of a version in which images were within messages, with one."""
    make(path, (*{1: VERSION_1, 2: VERSION_2}[version], WITH_IMAGE))


def make(path: Path, lines: Iterable[str]) -> None:
    """A closed file."""
    path.parent.mkdir()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    for line in lines:
        db.execute(line)
    db.close()


def set_version(path: Path, version: int) -> None:
    """As if another Rillet had written it."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(f"PRAGMA user_version = {version}")
    db.close()


def version_of(path: Path) -> int:
    """What the file says of itself."""
    db = sqlite3.connect(path)
    try:
        return int(db.execute("PRAGMA user_version").fetchone()[0])
    finally:
        db.close()
