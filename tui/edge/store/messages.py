"""The row of a message, and what hangs on it: its pieces and its words in the index."""

from __future__ import annotations

import sqlite3
from random import randrange

from tui.core.conversation import Message
from tui.edge.store import uses
from tui.edge.store.rows import data_of, moment, raw
from tui.edge.store.words import indexed

FIELDS = "parent, role, at, state, size, is_deleted, owner, text, data"

CHANGE = (
    "UPDATE message SET parent = ?, role = ?, at = ?, state = ?, size = ?,"
    " is_deleted = ?, owner = ?, text = CAST(? AS TEXT), data = ? WHERE number = ?"
)

ADD = (
    f"INSERT INTO message (number, chat, id, {FIELDS})"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT), ?)"
)


def put(
    db: sqlite3.Connection, chat: int, message: Message, state: str, owner: str, now: float
) -> tuple[int, bool]:
    """Insert or replace it; gives the row's number, and whether its words are others now.

    Args:
        db: The database, in a transaction.
        chat: The number of its conversation.
        message: The message, under the id that it has in the file.
        state: How it stands.
        owner: Who is writing it; nobody if its words are whole, and then they can be found.
        now: Where it is sorted if it has no time of its own, in Unix seconds.
    """
    old = db.execute(
        "SELECT number, text, owner FROM message WHERE chat = ? AND id = ?", (chat, message.id)
    ).fetchone()
    values = (
        *(message.parent, message.role, moment(message.at), state, len(message.text)),
        *(int(message.is_deleted), owner, raw(message.text), data_of(message)),
    )
    if old is None:
        number = _free(db, moment(message.at) or now, message.id)
        db.execute(ADD, (number, chat, message.id, *values))
    else:
        number = int(old[0])
    if old is not None or message.images:
        uses.note(db, chat, number, message.images)
    if old is not None:
        if old[1] == message.text and not old[2] and not owner:
            db.execute(CHANGE, (*values, number))
            return number, False
        forget(db, number, old[1], old[2])
        db.execute(CHANGE, (*values, number))
    if not owner:
        said = (number, indexed(message.text))
        db.execute("INSERT INTO found (rowid, text) VALUES (?, ?)", said)
    return number, True


def forget(db: sqlite3.Connection, number: int, text: str, owner: str) -> None:
    """Take the words of a row out of all that hangs on it."""
    db.execute("DELETE FROM piece WHERE message = ?", (number,))
    if not owner:
        said = (number, indexed(text))
        db.execute("INSERT INTO found (found, rowid, text) VALUES ('delete', ?, ?)", said)


def _free(db: sqlite3.Connection, at: float, id: int) -> int:
    """A row number that sorts by the second, then by the message's own."""
    number, spread = int(at) << 8 | id & 0xFF, 1
    while db.execute("SELECT 1 FROM message WHERE number = ?", (number,)).fetchone():
        number += randrange(1, spread + 1)
        spread *= 2
    return number
