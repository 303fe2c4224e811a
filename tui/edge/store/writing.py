"""What is written, each within a transaction that the caller holds.

Two processes may have the same conversation open, and both number the next message the same.
A message is known by its number and the time at which it was said: whoever comes second with a
number gets the next free one, and what this process says of it later is turned to that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace

from tui.core.chats import Chat, Facts, State
from tui.core.conversation import Message
from tui.core.images import Image
from tui.core.options import Options
from tui.edge.store import messages, uses
from tui.edge.store.counting import count_again, has_deleted, look_again
from tui.edge.store.known import Known
from tui.edge.store.pictures import Pictures
from tui.edge.store.rows import moment, options_data, raw, state_of

TEXTS = ("title", "model", "system", "draft")
"""The columns of a conversation that hold foreign text."""


class Writing:
    """Writes to one database, for one process."""

    def __init__(
        self,
        db: sqlite3.Connection,
        known: Known,
        now: Callable[[], float],
        pictures: Pictures | None = None,
    ) -> None:
        """Begin, with what the process wrote before; without pictures, rows have their bytes."""
        self.db = db
        self.known = known
        self.now = now
        self._pictures = pictures

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
            elif name == "head" and isinstance(value, int):
                said = self.known.moved.get((chat, value), value)
            self.db.execute(f"UPDATE chat SET {name} = {place} WHERE number = ?", (said, number))

    def put(self, chat: Chat) -> None:
        """A whole conversation, which is not there yet."""
        number = self._chat(chat.id)
        for message in map(self._aside, chat.conversation.messages):
            messages.put(self.db, number, message, state_of(message), "", self.now())
        facts: dict[str, object] = {name: getattr(chat, name) for name in ("title", "model")}
        facts |= {"draft": chat.draft, "system": chat.conversation.system}
        facts |= {"is_pinned": int(chat.is_pinned), "is_archived": int(chat.is_archived)}
        facts |= {"created": moment(chat.created) or self.now()}
        facts |= {"updated": moment(chat.updated) or self.now(), "head": chat.conversation.head}
        self.change(chat.id, facts)
        self.draw(chat.id, chat.draft_images)
        self.set_options(chat.id, chat.conversation.options)
        count_again(self.db, number)
        look_again(self.db, number)

    def draw(self, chat: str, images: tuple[Image, ...]) -> None:
        """The images of a draft."""
        number = self._chat(chat)
        kept = images if self._pictures is None else self._pictures.aside(images)
        self.db.execute("DELETE FROM draft_picture WHERE number = ?", (number,))
        if kept:
            row = (number, uses.written(kept))
            self.db.execute("INSERT INTO draft_picture (number, images) VALUES (?, ?)", row)
        uses.note(self.db, number, uses.DRAFT, kept)

    def set_options(self, chat: str, options: Options) -> None:
        """The parameters of a conversation's requests."""
        number, data = self._chat(chat), options_data(options)
        self.db.execute("DELETE FROM chat_options WHERE number = ?", (number,))
        if data:
            self.db.execute("INSERT INTO chat_options VALUES (?, ?)", (number, data))

    def inside(self) -> list[tuple[int, int]]:
        """The rows that have pictures in them."""
        return uses.inside(self.db)

    def move_out(self, chat: int, message: int) -> None:
        """Put the pictures of such a row into files."""
        if self._pictures is not None:
            uses.move_out(self.db, self._pictures, chat, message)

    def sweep(self) -> None:
        """Remove the files of pictures that nobody uses."""
        if self._pictures is not None:
            self._pictures.sweep(uses.used(self.db), self.now())

    def purge(self, chat: str) -> None:
        """Take out a conversation for good."""
        number = self._chat(chat)
        rows = self.db.execute("SELECT number, text, owner FROM message WHERE chat = ?", (number,))
        for row, text, owner in rows.fetchall():
            messages.forget(self.db, row, text, owner)
        uses.forget(self.db, number)
        self.db.execute("DELETE FROM chat_options WHERE number = ?", (number,))
        self.db.execute("DELETE FROM message WHERE chat = ?", (number,))
        self.db.execute("DELETE FROM chat WHERE number = ?", (number,))

    def settle(self, number: int, message: Message) -> None:
        """End a message that is streaming and that nobody writes on any more."""
        messages.put(self.db, number, message, state_of(message), "", self.now())
        count_again(self.db, number)
        look_again(self.db, number)

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
        placed = self._aside(self._placed(number, chat, message))
        before = self._counted(number, placed.id)
        state = State.STREAMING.value if owner else state_of(message)
        row, is_new = messages.put(self.db, number, placed, state, owner, self.now())
        self._count(number, before, placed)
        said = {name: getattr(facts, name) for name in (*TEXTS, "head")}
        what: dict[str, object] = {name: each for name, each in said.items() if each is not None}
        if is_new:
            what["updated"] = self.now()
        self.change(chat, what)
        if facts.draft_images is not None:
            self.draw(chat, facts.draft_images)
        if facts.options is not None:
            self.set_options(chat, facts.options)
        look_again(self.db, number)
        return row

    def _aside(self, message: Message) -> Message:
        """The message as its row has it: its pictures are on the disk."""
        return message if self._pictures is None else self._pictures.message_aside(message)

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
        place = self._streaming(number, chat, message.id) or self._place(number, chat, message)
        parent = self.known.moved.get((chat, message.parent), message.parent)
        return replace(message, id=place, parent=parent)

    def _streaming(self, number: int, chat: str, id: int) -> int | None:
        """The number of the answer that this process is writing and calls so."""
        row = self.known.streams.get((chat, id))
        own = "SELECT id FROM message WHERE number = ? AND chat = ?"
        found = self.db.execute(own, (row, number)).fetchone()
        return int(found[0]) if found else None

    def _place(self, number: int, chat: str, message: Message) -> int:
        birth = (chat, message.id, message.at)
        place = self.known.births.get(birth, message.id)
        there = "SELECT at FROM message WHERE chat = ? AND id = ?"
        taken = self.db.execute(there, (number, place)).fetchone()
        if taken and taken[0] != moment(message.at):
            last = self.db.execute("SELECT max(id) FROM message WHERE chat = ?", (number,))
            place = int(last.fetchone()[0]) + 1
            self.known.births[birth] = self.known.moved[chat, message.id] = place
        return place
