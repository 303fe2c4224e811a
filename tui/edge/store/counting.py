"""What a conversation's row says of its messages, so that a list reads no message."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from tui.core.chats import State
from tui.edge.store.rows import raw


def gone(tree: Iterable[tuple[int, int, int]]) -> set[int]:
    """Of `(id, parent, is_deleted)`: the deleted ones and all that follow from these.

    A message has a higher number than the one that it follows.
    """
    found = set[int]()
    for number, parent, is_deleted in tree:
        if is_deleted or parent in found:
            found.add(number)
    return found


def has_deleted(db: sqlite3.Connection, chat: int) -> bool:
    """Whether anything was deleted in a conversation; reads one page of an index."""
    some = db.execute("SELECT 1 FROM message WHERE chat = ? AND is_deleted LIMIT 1", (chat,))
    return some.fetchone() is not None


def count_again(db: sqlite3.Connection, chat: int) -> None:
    """Count the messages that are not deleted."""
    rows = db.execute(
        "SELECT id, parent, is_deleted, size FROM message WHERE chat = ? ORDER BY id", (chat,)
    ).fetchall()
    without = gone(row[:3] for row in rows)
    sizes = [row[3] for row in rows if row[0] not in without]
    db.execute(
        "UPDATE chat SET messages = ?, size = ? WHERE number = ?", (len(sizes), sum(sizes), chat)
    )


def _first_question(db: sqlite3.Connection, chat: int) -> str:
    """The first question that is there; empty without any."""
    asked = "SELECT text FROM message WHERE chat = ? AND role = 'user' ORDER BY id LIMIT 1"
    given: tuple[int, ...] = (chat,)
    if has_deleted(db, chat):
        tree = "SELECT id, parent, is_deleted, role FROM message WHERE chat = ? ORDER BY id"
        rows = db.execute(tree, (chat,)).fetchall()
        without = gone(row[:3] for row in rows)
        there = (row[0] for row in rows if row[3] == "user" and row[0] not in without)
        asked = "SELECT text FROM message WHERE chat = ? AND id = ?"
        given = (chat, next(there, 0))
    found = db.execute(asked, given).fetchone()
    return str(found[0]) if found else ""


def look_again(db: sqlite3.Connection, chat: int) -> None:
    """Look for the first question and for how the latest answer stands."""
    asked = _first_question(db, chat)
    latest = db.execute(
        "SELECT state FROM message WHERE chat = ? AND role = 'assistant' AND NOT is_deleted"
        " ORDER BY id DESC LIMIT 1",
        (chat,),
    ).fetchone()
    db.execute(
        "UPDATE chat SET question = CAST(? AS TEXT), state = ? WHERE number = ?",
        (
            raw(" ".join(asked.split())[:80]),
            latest[0] if latest else State.EMPTY.value,
            chat,
        ),
    )
