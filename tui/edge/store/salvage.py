"""Reading what can be read of a damaged database, row by row.

A page that cannot be read hides the rows in it and stops a walk through the table. So the numbers
of the rows are gathered on every way that there is (the table and its indexes, from both ends) and
each row is asked for by its number. A file whose first bytes are gone gets a header that says what
every file of Rillet's says, in a copy.
"""

from __future__ import annotations

import shutil
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from tui.edge.store.counting import count_again, look_again
from tui.edge.store.opening import BESIDE, connect
from tui.edge.store.schema import transaction
from tui.edge.store.uses import note_all
from tui.edge.store.words import indexed

TABLES = {
    "chat": "sqlite_autoindex_chat_1",
    "message": "sqlite_autoindex_message_1",
    "piece": "piece_of",
    "draft_picture": "",
    "chat_options": "",
}
"""With an index of each that has all of its rows, where there is one."""

MAGIC = b"SQLite format 3\0"

PAGE = 4096
"""Bytes of a page: SQLite's own choice, which Rillet leaves as it is."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How much could be read."""

    chats: int
    """Conversations."""

    messages: int
    """Messages in them."""

    known: int
    """Messages that there should be, by the lists of conversations that could be read."""


def salvage(path: Path, into: sqlite3.Connection) -> Salvaged:
    """Put into a new database what can be read of a damaged one."""
    source, is_copy = path, False
    with suppress(OSError):
        source, is_copy = _with_header(path)
    try:
        with suppress(sqlite3.Error), closing(connect(source)) as old, transaction(into):
            for table, index in TABLES.items():
                _rescue(old, into, table, index)
            return _finish(into)
    finally:
        if is_copy:
            for name in BESIDE:
                source.with_name(source.name + name).unlink(missing_ok=True)
    return Salvaged(0, 0, 0)


def _with_header(path: Path) -> tuple[Path, bool]:
    """The file itself, or a copy with a header where it has none."""
    with path.open("rb") as file:
        header = file.read(100)
    size = path.stat().st_size
    if (header.startswith(MAGIC) and header[16:18] == struct.pack(">H", PAGE)) or size < PAGE:
        return path, False
    copy = path.with_name(path.name + ".copy")
    for name in ("", "-wal"):
        with suppress(FileNotFoundError):
            shutil.copyfile(path.with_name(path.name + name), copy.with_name(copy.name + name))
    with copy.open("r+b") as file:
        file.write(_header(size // PAGE))
    return copy, True


def _header(pages: int) -> bytes:
    """SQLite's file format, 1.3: a UTF-8 database with a write-ahead log and no free pages."""
    head = MAGIC + struct.pack(">H6B", PAGE, 2, 2, 0, 64, 32, 32)
    counts = struct.pack(">IIII", 1, pages, 0, 0)
    schema = struct.pack(">8I", 1, 4, 0, 0, 1, 0, 0, 0)
    return (head + counts + schema).ljust(92, b"\0") + struct.pack(">II", 1, 3_040_001)


def _rescue(old: sqlite3.Connection, into: sqlite3.Connection, table: str, index: str) -> None:
    kinds = {row[1]: row[2] for row in into.execute(f"PRAGMA table_info({table})")}
    names = list(kinds)
    places = ", ".join("CAST(? AS TEXT)" if kinds[name] == "TEXT" else "?" for name in names)
    add = f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({places})"
    take = f"SELECT {', '.join(names)} FROM {table} NOT INDEXED WHERE number = ?"
    old.text_factory = bytes
    for number in sorted(set(_numbers(old, table, index))):
        with suppress(sqlite3.DatabaseError):
            row = old.execute(take, (number,)).fetchone()
            if row and all(map(_is_sound, row, kinds.values())):
                into.execute(add, row)


def _numbers(old: sqlite3.Connection, table: str, index: str) -> Iterator[int]:
    for way in ("NOT INDEXED", *((f"INDEXED BY {index}",) if index else ())):
        for order in ("ASC", "DESC"):
            by = "number" if way == "NOT INDEXED" else _leading(index)
            with suppress(sqlite3.DatabaseError):
                walk = f"SELECT number FROM {table} {way} ORDER BY {by} {order}"
                for (number,) in old.execute(walk):
                    yield number


def _leading(index: str) -> str:
    return {"piece_of": "message", "sqlite_autoindex_chat_1": "id"}.get(index, "chat")


def _is_sound(value: object, kind: str) -> bool:
    """Whether a damaged page has not given a value of another kind."""
    return isinstance(value, {"TEXT": bytes, "INTEGER": int}.get(kind, int | float))


def _finish(into: sqlite3.Connection) -> Salvaged:
    """Make whole what belongs to the rows: their conversations, the index, the counts."""
    known = into.execute("SELECT total(messages) FROM chat").fetchone()[0]
    into.execute(
        "INSERT INTO chat (number, id, created, updated)"
        " SELECT chat, 'lost' || substr(lower(hex(randomblob(4))), 1, 4), min(at), max(at)"
        " FROM message WHERE chat NOT IN (SELECT number FROM chat) GROUP BY chat"
    )
    for (chat,) in into.execute("SELECT number FROM chat").fetchall():
        count_again(into, chat)
        look_again(into, chat)
    note_all(into)
    rows = into.execute("SELECT number, text FROM message WHERE owner = '' ORDER BY number")
    into.executemany(
        "INSERT INTO found (rowid, text) VALUES (?, ?)",
        ((number, indexed(text)) for number, text in rows),
    )
    counts = into.execute("SELECT count(*), total(messages) FROM chat").fetchone()
    return Salvaged(int(counts[0]), int(counts[1]), int(known))
