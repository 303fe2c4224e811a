"""What a Rillet that ended without closing left behind."""

from __future__ import annotations

from pathlib import Path

from tui.edge.store.owners import is_alive
from tui.edge.store.reading import pieces_of
from tui.edge.store.rows import MESSAGE, message_of
from tui.edge.store.schema import transaction
from tui.edge.store.writing import Writing

KEPT = 30 * 24 * 3600
"""Seconds for which a deleted conversation can be restored."""

THEIRS = "SELECT number, chat FROM message WHERE owner = ? AND owner != ''"
"""The rows of one owner; the second condition lets SQLite use the index."""


def recover(writing: Writing, path: Path) -> list[str]:
    """End the answers of processes that are gone, and purge what was deleted long ago."""
    with transaction(writing.db):
        ended = end_orphans(writing, path)
        purge(writing)
    if not ended:
        return []
    if ended == 1:
        return ["One answer was interrupted when Rillet ended; its words are kept."]
    return [f"{ended:,} answers were interrupted when Rillet ended; their words are kept."]


def end_orphans(writing: Writing, path: Path) -> int:
    """Write the rows whole that nobody writes on any more; how many there were."""
    owners = writing.db.execute("SELECT DISTINCT owner FROM message WHERE owner != ''").fetchall()
    ended = 0
    for (owner,) in owners:
        if owner == writing.known.owner or is_alive(path, owner):
            continue
        numbers = writing.db.execute(THEIRS, (owner,))
        for number, chat in numbers.fetchall():
            one = f"SELECT {MESSAGE} FROM message WHERE number = ?"
            row = writing.db.execute(one, (number,)).fetchone()
            writing.settle(chat, message_of(row, pieces_of(writing.db, number)))
            ended += 1
    return ended


def purge(writing: Writing) -> None:
    """Take out for good what was deleted long ago."""
    old = "SELECT id FROM chat WHERE deleted > 0 AND deleted < ?"
    for (chat,) in writing.db.execute(old, (writing.now() - KEPT,)).fetchall():
        writing.purge(chat)
