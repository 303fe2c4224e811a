"""What could not be written, as if it had been: each conversation in a database in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

from tui.core.chats import Found, Summary
from tui.edge.store import reading
from tui.edge.store.known import Known
from tui.edge.store.opening import in_memory, to_read
from tui.edge.store.schema import (
    PICTURED,
    VERSION,
    WITH_OPTIONS,
    make_options,
    make_pictures,
    make_search,
    make_tables,
    transaction,
    version,
)
from tui.edge.store.searching import search
from tui.edge.store.writing import Writing

T = TypeVar("T")


class Overlay:
    """The conversations that were written to since saving failed."""

    def __init__(self, path: Path, known: Known, now: Callable[[], float]) -> None:
        """Nothing yet.

        Args:
            path: The database that cannot be written.
            known: What this process has written there so far.
            now: Gives Unix seconds.
        """
        self._path = path
        self._known = known
        self._now = now
        self._writings = dict[str, Writing]()

    @property
    def chats(self) -> set[str]:
        """The ids of the conversations."""
        return set(self._writings)

    def run(self, chat: str, work: Callable[[Writing], T]) -> T:
        """Do to the conversation what would be done to it in the file."""
        if chat not in self._writings:
            self._writings[chat] = self._fetched(chat)
        writing = self._writings[chat]
        with transaction(writing.db):
            return work(writing)

    def of(self, chat: str) -> sqlite3.Connection:
        """Where a conversation is."""
        return self._writings[chat].db

    def summaries(self, archived: bool, title: str) -> list[Summary]:
        """Those that a list has."""
        dbs = [writing.db for writing in self._writings.values()]
        return [one for db in dbs for one in reading.chats(db, archived, title=title)]

    def search(self, words: str, limit: int) -> list[Found]:
        """The hits in them."""
        dbs = [writing.db for writing in self._writings.values()]
        return [hit for db in dbs for hit in search(db, words, limit)]

    def close(self) -> None:
        """Let go of them."""
        for writing in self._writings.values():
            writing.db.close()

    def _fetched(self, chat: str) -> Writing:
        """The conversation as it is below, row by row, with the numbers that it has there."""
        db = in_memory()
        with transaction(db):
            make_tables(db)
            make_pictures(db)
            make_options(db)
            with suppress(sqlite3.DatabaseError), closing(to_read(self._path)) as below:
                copy(below, db, chat)
            make_search(db)
            db.execute(f"PRAGMA user_version = {VERSION}")
        return Writing(db, self._known.copy(), self._now)


def copy(below: sqlite3.Connection, db: sqlite3.Connection, chat: str) -> None:
    """Copy one conversation.

    Raises:
        sqlite3.DatabaseError: If it cannot be read, or only a part of it.
    """
    mine = "(SELECT number FROM chat WHERE id = ?)"
    its = f"message IN (SELECT number FROM message WHERE chat = {mine})"
    tables = {"chat": "id = ?", "message": f"chat = {mine}", "piece": its}
    if version(below) >= PICTURED:
        tables["draft_picture"] = f"number = {mine}"
    if version(below) >= WITH_OPTIONS:
        tables["chat_options"] = f"number = {mine}"
    for table, where in tables.items():
        _copy(below, db, table, where, chat)


def _copy(
    below: sqlite3.Connection, db: sqlite3.Connection, table: str, where: str, chat: str
) -> None:
    names = ", ".join(row[1] for row in db.execute(f"PRAGMA table_info({table})"))
    below.text_factory = bytes
    for row in below.execute(f"SELECT {names} FROM {table} WHERE {where}", (chat,)):
        places = ", ".join("CAST(? AS TEXT)" if type(one) is bytes else "?" for one in row)
        db.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", row)
