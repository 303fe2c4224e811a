"""What is written, each within a transaction that the caller holds.

Two processes may have the same conversation open, and both number the next message the same.
A message is known by its number and the time at which it was said: whoever comes second with a
number gets the next free one, and what this process says of it later is turned to that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from random import randrange

from tui.core.chats import Chat, Facts, State
from tui.core.conversation import Message
from tui.edge.store.counting import count_again, has_deleted, look_again
from tui.edge.store.known import Known
from tui.edge.store.rows import data_of, moment, raw, state_of
from tui.edge.store.words import indexed

TEXTS = ("title", "model", "system", "draft")
"""The columns of a conversation that hold foreign text."""


class Writing:
    """Writes to one database, for one process."""

    def __init__(self, db: sqlite3.Connection, known: Known, now: Callable[[], float]) -> None:
        """Begin, with what the process wrote before."""
        self.db = db
        self.known = known
        self.now = now

    def save(self, chat: str, message: Message, facts: Facts) -> None:
        """A message, whole."""
        self._write(self._chat(chat), chat, message, facts, "")
        self.known.streams.pop((chat, message.id), None)

    def stream(self, chat: str, message: Message, facts: Facts) -> None:
        """A message whose words follow."""
        number = self._write(self._chat(chat), chat, message, facts, self.known.owner)
        self.known.streams[chat, message.id] = number

    def hear(self, chat: str, message: int, text: str, reasoning: str) -> None:
        """More words of a message that is streaming; of another there is nothing to say."""
        number = self.known.streams.get((chat, message))
        if number is None:
            return
        self.db.execute(
            "INSERT INTO piece (message, text, reasoning)"
            " VALUES (?, CAST(? AS TEXT), CAST(? AS TEXT))",
            (number, raw(text), raw(reasoning)),
        )

    def change(self, chat: str, what: dict[str, object]) -> None:
        """Columns of a conversation; one that is not there yet begins."""
        number = self._chat(chat)
        for name, value in what.items():
            place, said = "?", value
            if isinstance(value, str):
                place, said = "CAST(? AS TEXT)", raw(value)
            self.db.execute(f"UPDATE chat SET {name} = {place} WHERE number = ?", (said, number))

    def put(self, chat: Chat) -> None:
        """A whole conversation, which is not there yet."""
        number = self._chat(chat.id)
        for message in chat.conversation.messages:
            self._put_row(number, message, state_of(message), "")
        facts: dict[str, object] = {name: getattr(chat, name) for name in ("title", "model")}
        facts |= {"draft": chat.draft, "system": chat.conversation.system}
        facts |= {"is_pinned": int(chat.is_pinned), "is_archived": int(chat.is_archived)}
        facts |= {"created": moment(chat.created) or self.now()}
        facts |= {"updated": moment(chat.updated) or self.now(), "head": chat.conversation.head}
        self.change(chat.id, facts)
        count_again(self.db, number)
        look_again(self.db, number)

    def purge(self, chat: str) -> None:
        """Take out a conversation for good."""
        number = self._chat(chat)
        rows = self.db.execute("SELECT number, text, owner FROM message WHERE chat = ?", (number,))
        for row, text, owner in rows.fetchall():
            self._forget(row, text, owner)
        self.db.execute("DELETE FROM message WHERE chat = ?", (number,))
        self.db.execute("DELETE FROM chat WHERE number = ?", (number,))

    def settle(self, number: int, message: Message) -> None:
        """End a message that is streaming and that nobody writes on any more."""
        updated = self.db.execute("SELECT updated FROM chat WHERE number = ?", (number,)).fetchone()
        self._put_row(number, message, state_of(message), "")
        count_again(self.db, number)
        look_again(self.db, number)
        self.db.execute("UPDATE chat SET updated = ? WHERE number = ?", (*updated, number))

    def _chat(self, chat: str) -> int:
        found = self.db.execute("SELECT number FROM chat WHERE id = ?", (chat,)).fetchone()
        if found:
            return int(found[0])
        now = self.now()
        made = self.db.execute(
            "INSERT INTO chat (id, created, updated) VALUES (?, ?, ?)", (chat, now, now)
        )
        return int(made.lastrowid or 0)

    def _write(self, number: int, chat: str, message: Message, facts: Facts, owner: str) -> int:
        placed = self._placed(number, chat, message)
        before = self._counted(number, placed.id)
        state = State.STREAMING.value if owner else state_of(message)
        row = self._put_row(number, placed, state, owner)
        self._count(number, before, placed)
        what: dict[str, object] = {
            name: value for name in TEXTS if (value := getattr(facts, name)) is not None
        }
        if facts.head is not None:
            what["head"] = self.known.moved.get((chat, facts.head), facts.head)
        self.change(chat, what)
        look_again(self.db, number)
        return row

    def _counted(self, chat: int, id: int) -> tuple[int, int] | None:
        """How the message was counted so far: its size, and whether it was deleted."""
        found: tuple[int, int] | None = self.db.execute(
            "SELECT size, is_deleted FROM message WHERE chat = ? AND id = ?", (chat, id)
        ).fetchone()
        return found

    def _count(self, chat: int, before: tuple[int, int] | None, message: Message) -> None:
        """Count one message; where some are deleted, all of them."""
        if message.is_deleted or (before and before[1]) or has_deleted(self.db, chat):
            count_again(self.db, chat)
            return
        size = len(message.text) - (before[0] if before else 0)
        grown = "messages = messages + ?, size = size + ?"
        self.db.execute(f"UPDATE chat SET {grown} WHERE number = ?", (before is None, size, chat))

    def _placed(self, number: int, chat: str, message: Message) -> Message:
        """The message under the number that is its own in the file."""
        birth = (chat, message.id, message.at)
        place = self.known.births.get(birth, message.id)
        taken = self.db.execute(
            "SELECT at FROM message WHERE chat = ? AND id = ?", (number, place)
        ).fetchone()
        if taken and taken[0] != moment(message.at):
            last = self.db.execute("SELECT max(id) FROM message WHERE chat = ?", (number,))
            place = last.fetchone()[0] + 1
            self.known.births[birth] = self.known.moved[chat, message.id] = place
        return replace(
            message, id=place, parent=self.known.moved.get((chat, message.parent), message.parent)
        )

    def _put_row(self, chat: int, message: Message, state: str, owner: str) -> int:
        """Insert or replace it, with all that hangs on it."""
        old = self.db.execute(
            "SELECT number, text, owner FROM message WHERE chat = ? AND id = ?",
            (chat, message.id),
        ).fetchone()
        is_new_text = old is None or old[1] != message.text or bool(old[2]) or bool(owner)
        values = (
            *(message.parent, message.role, moment(message.at), state, len(message.text)),
            *(int(message.is_deleted), owner, raw(message.text), data_of(message)),
        )
        if old is None:
            number = self._insert(chat, message, values)
        else:
            number = int(old[0])
            if is_new_text:
                self._forget(number, old[1], old[2])
            self.db.execute(
                "UPDATE message SET parent = ?, role = ?, at = ?, state = ?, size = ?,"
                " is_deleted = ?, owner = ?, text = CAST(? AS TEXT), data = ? WHERE number = ?",
                (*values, number),
            )
        if is_new_text:
            self._said(chat, number, message, owner)
        return number

    def _insert(self, chat: int, message: Message, values: tuple[object, ...]) -> int:
        number = self._free(moment(message.at) or self.now(), message.id)
        self.db.execute(
            "INSERT INTO message (number, chat, id, parent, role, at, state, size, is_deleted,"
            " owner, text, data)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS TEXT), ?)",
            (number, chat, message.id, *values),
        )
        return number

    def _free(self, at: float, id: int) -> int:
        """A row number that sorts by the second, then by the message's own."""
        number, spread = int(at) << 8 | id & 0xFF, 1
        while self.db.execute("SELECT 1 FROM message WHERE number = ?", (number,)).fetchone():
            number += randrange(1, spread + 1)
            spread *= 2
        return number

    def _said(self, chat: int, number: int, message: Message, owner: str) -> None:
        """There are new words: they can be found once they are whole."""
        if not owner:
            found = "INSERT INTO found (rowid, text) VALUES (?, ?)"
            self.db.execute(found, (number, indexed(message.text)))
        self.db.execute("UPDATE chat SET updated = ? WHERE number = ?", (self.now(), chat))

    def _forget(self, number: int, text: str, owner: str) -> None:
        """Take the words of a row out of all that hangs on it."""
        self.db.execute("DELETE FROM piece WHERE message = ?", (number,))
        if not owner:
            self.db.execute(
                "INSERT INTO found (found, rowid, text) VALUES ('delete', ?, ?)",
                (number, indexed(text)),
            )
