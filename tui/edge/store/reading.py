"""What is read: lists, summaries, whole conversations."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import replace
from itertools import islice

from tui.core.chats import Chat, Summary
from tui.core.conversation import Conversation
from tui.core.images import Image
from tui.core.options import Options
from tui.edge.store.pictures import Pictures
from tui.edge.store.rows import MESSAGE, SUMMARY, message_of, options_of, summary_of
from tui.edge.store.schema import PICTURED, WITH_OPTIONS, version
from tui.edge.store.uses import listed

SHOWN = "chat.deleted = 0 AND (chat.messages > 0 OR chat.draft != '' OR chat.title != ''{})"
"""What lists have: no empty conversation whose draft was emptied again."""

DRAWN = " OR EXISTS (SELECT 1 FROM draft_picture WHERE draft_picture.number = chat.number)"
"""A draft may be images alone."""


def chats(
    db: sqlite3.Connection,
    archived: bool = False,
    limit: int = 200,
    offset: int = 0,
    title: str = "",
) -> list[Summary]:
    """The pinned ones first, then the newest; all words of `title` occur in theirs."""
    shown = SHOWN.format(DRAWN if version(db) >= PICTURED else "")
    where = shown if archived else f"{shown} AND chat.is_archived = 0"
    order = f"FROM chat WHERE {where} ORDER BY is_pinned DESC, updated DESC"
    if not title.strip():
        rows = db.execute(f"SELECT {SUMMARY} {order} LIMIT ? OFFSET ?", (limit, offset))
        return list(map(summary_of, rows))
    words = title.casefold().split()
    titles = db.execute(f"SELECT number, CASE title WHEN '' THEN question ELSE title END {order}")
    called = (number for number, called in titles if _has(called.casefold(), words))
    some = list(islice(called, offset, offset + limit))
    one = f"SELECT {SUMMARY} FROM chat WHERE number = ?"
    found = (db.execute(one, (number,)).fetchone() for number in some)
    return [summary_of(row) for row in found if row is not None]


def _has(title: str, words: list[str]) -> bool:
    return all(word in title for word in words)


def summary(db: sqlite3.Connection, chat: str) -> Summary | None:
    """One conversation of the list, archived or not."""
    where = "SELECT {} FROM chat WHERE id = ? AND deleted = 0"
    row = db.execute(where.format(SUMMARY), (chat,)).fetchone()
    return summary_of(row) if row else None


def has(db: sqlite3.Connection, chat: str) -> bool | None:
    """Whether there is a conversation with that id, a deleted one included."""
    return db.execute("SELECT 1 FROM chat WHERE id = ?", (chat,)).fetchone() is not None


def merged(*lists: list[Summary]) -> list[Summary]:
    """Several lists as one."""
    every = [one for each in lists for one in each]
    return sorted(every, key=lambda one: (not one.is_pinned, -one.updated))


def last(db: sqlite3.Connection) -> str | None:
    """The conversation in which something was said last."""
    row = db.execute(
        "SELECT id FROM chat WHERE deleted = 0 AND is_archived = 0 AND messages > 0"
        " ORDER BY updated DESC LIMIT 1"
    ).fetchone()
    return str(row[0]) if row else None


def asked(db: sqlite3.Connection, limit: int) -> list[str]:
    """The questions that were asked last in any conversation, the latest last."""
    rows = db.execute(
        "SELECT message.text FROM message JOIN chat ON chat.number = message.chat"
        " WHERE role = 'user' AND NOT is_deleted AND chat.deleted = 0 AND message.text != ''"
        " ORDER BY message.number DESC LIMIT ?",
        (limit,),
    )
    return [str(text) for (text,) in rows][::-1]


def load(db: sqlite3.Connection, chat: str, pictures: Pictures) -> Chat | None:
    """All of a conversation, as it is at one moment, with the bytes of its pictures."""
    db.execute("BEGIN")
    try:
        found = _load(db, chat)
    finally:
        db.execute("COMMIT")
    if found is None:
        return None
    messages = tuple(map(pictures.message_whole, found.conversation.messages))
    talk = replace(found.conversation, messages=messages)
    return replace(found, conversation=talk, draft_images=pictures.whole(found.draft_images))


def _load(db: sqlite3.Connection, chat: str) -> Chat | None:
    row = db.execute(
        "SELECT number, title, model, created, updated, is_pinned, is_archived, draft, system,"
        " head FROM chat WHERE id = ? AND deleted = 0",
        (chat,),
    ).fetchone()
    if row is None:
        return None
    number, title, model, created, updated, pinned, archived, draft, system, head = row
    pieces = _pieces(db, number)
    rows = db.execute(f"SELECT {MESSAGE} FROM message WHERE chat = ? ORDER BY id", (number,))
    messages = tuple(message_of(row, pieces[row[0]]) for row in rows)
    return Chat(
        *(chat, title, model, created, updated, bool(pinned), bool(archived), draft),
        draft_images=_draft_images(db, number),
        conversation=Conversation(system, messages, head, _options(db, number)),
    )


def _options(db: sqlite3.Connection, chat: int) -> Options:
    if version(db) < WITH_OPTIONS:
        return Options()
    row = db.execute("SELECT options FROM chat_options WHERE number = ?", (chat,)).fetchone()
    return options_of(row[0]) if row else Options()


def _draft_images(db: sqlite3.Connection, chat: int) -> tuple[Image, ...]:
    if version(db) < PICTURED:
        return ()
    row = db.execute("SELECT images FROM draft_picture WHERE number = ?", (chat,)).fetchone()
    return listed(row[0]) if row else ()


def _pieces(db: sqlite3.Connection, chat: int) -> dict[int, list[tuple[str, str]]]:
    """What came so far of the messages that are still streaming, by their ids."""
    found = defaultdict[int, list[tuple[str, str]]](list)
    rows = db.execute(
        "SELECT message.id, piece.text, piece.reasoning"
        " FROM message JOIN piece ON piece.message = message.number"
        " WHERE message.chat = ? AND message.owner != '' ORDER BY piece.number",
        (chat,),
    )
    for message, text, reasoning in rows:
        found[message].append((text, reasoning))
    return found


def pieces_of(db: sqlite3.Connection, message: int) -> list[tuple[str, str]]:
    """What came so far of one message, by its row."""
    return db.execute(
        "SELECT text, reasoning FROM piece WHERE message = ? ORDER BY number", (message,)
    ).fetchall()
