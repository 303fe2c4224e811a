"""Full-text search: the newest hits first, each with a line of its message."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice

from tui.core.chats import Found, Summary
from tui.edge.store.counting import gone, has_deleted
from tui.edge.store.excerpts import excerpt, sought
from tui.edge.store.rows import SUMMARY, summary_of
from tui.edge.store.words import query

HITS = f"""SELECT message.chat, message.id, message.role, message.text, {SUMMARY}
    FROM found
    CROSS JOIN message ON message.number = found.rowid
    CROSS JOIN chat ON chat.number = message.chat
    WHERE found MATCH ? AND NOT message.is_deleted AND chat.deleted = 0
    ORDER BY found.rowid DESC"""
"""The index is walked from its newest end, and only as far as hits are taken."""


Hit = tuple[int, str, str, Summary]
"""The message's id, who said it and what, and the conversation."""


def search(db: sqlite3.Connection, words: str, limit: int = 100) -> list[Found]:
    """The messages in which all of the words and phrases occur."""
    asked = query(words)
    if not asked:
        return []
    pattern = sought(words)
    out = list[Found]()
    with closing(db.execute(HITS, (asked,))) as hits:
        for message, role, text, summary in islice(_alive(db, hits), limit):
            line, marks = excerpt(text, pattern)
            out.append(Found(summary, message, role, line, marks))
    return out


def _alive(db: sqlite3.Connection, rows: sqlite3.Cursor) -> Iterator[Hit]:
    """Those that follow from no deleted message."""
    known = dict[int, set[int]]()
    for chat, message, role, text, *summary in rows:
        if chat not in known:
            known[chat] = _gone(db, chat)
        if message not in known[chat]:
            yield message, role, text, summary_of(tuple(summary))


def _gone(db: sqlite3.Connection, chat: int) -> set[int]:
    if not has_deleted(db, chat):
        return set()
    return gone(
        db.execute("SELECT id, parent, is_deleted FROM message WHERE chat = ? ORDER BY id", (chat,))
    )
