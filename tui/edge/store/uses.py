"""Which row uses which picture, so that those that nobody uses are known."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from tui.core.images import Image
from tui.core.kept import BadValue, from_json, to_json
from tui.core.references import carried, named
from tui.edge.store.pictures import Pictures

INSIDE = ""
"""In the place of a hash: the bytes are in the row itself."""

DRAFT = 0
"""In the place of a message's row: the draft of the conversation."""


def note(db: sqlite3.Connection, chat: int, message: int, images: Iterable[Image]) -> None:
    """These are the images of a message now, or of a draft."""
    db.execute("DELETE FROM picture_use WHERE chat = ? AND message = ?", (chat, message))
    db.executemany(
        "INSERT INTO picture_use (chat, message, name) VALUES (?, ?, ?)",
        ((chat, message, name) for name in sorted(_names(images))),
    )


def note_all(db: sqlite3.Connection) -> None:
    """Look through all messages, where it was not noted so far."""
    rows = db.execute(
        "SELECT chat, number, data FROM message"
        " WHERE instr(data, 'data:image/') OR instr(data, 'rillet-image:')"
    )
    for chat, number, data in rows.fetchall():
        note(db, chat, number, images_in(data))
    for chat, data in db.execute("SELECT number, images FROM draft_picture").fetchall():
        note(db, chat, DRAFT, listed(data))


def forget(db: sqlite3.Connection, chat: int) -> None:
    """A conversation goes, with its draft."""
    db.execute("DELETE FROM picture_use WHERE chat = ?", (chat,))
    db.execute("DELETE FROM draft_picture WHERE number = ?", (chat,))


def used(db: sqlite3.Connection) -> set[str]:
    """The hashes of all pictures that a row names."""
    return {str(name) for (name,) in db.execute("SELECT DISTINCT name FROM picture_use")}


def inside(db: sqlite3.Connection) -> list[tuple[int, int]]:
    """The conversations and messages whose rows have bytes in them."""
    where = "SELECT chat, message FROM picture_use WHERE name = ?"
    return [(int(chat), int(message)) for chat, message in db.execute(where, (INSIDE,))]


def move_out(db: sqlite3.Connection, pictures: Pictures, chat: int, message: int) -> None:
    """Put the bytes that are in a row into files.

    Raises:
        OSError: If there is no room.
    """
    table, column = ("draft_picture", "images") if message == DRAFT else ("message", "data")
    number = chat if message == DRAFT else message
    row = db.execute(f"SELECT {column} FROM {table} WHERE number = ?", (number,)).fetchone()
    if row is None:
        note(db, chat, message, ())
        return
    before = listed(row[0]) if message == DRAFT else images_in(row[0])
    images = pictures.aside(before)
    if images != before:
        said = written(images) if message == DRAFT else _with_images(row[0], images)
        db.execute(f"UPDATE {table} SET {column} = ? WHERE number = ?", (said, number))
    note(db, chat, message, images)


def written(images: Iterable[Image]) -> str:
    """Images as a row of a draft has them."""
    return json.dumps([to_json(image) for image in images], separators=(",", ":"))


def listed(said: str) -> tuple[Image, ...]:
    """Images that `written` wrote; none where it cannot be read."""
    try:
        return _images(json.loads(said))
    except (ValueError, RecursionError):
        return ()


def images_in(data: str) -> tuple[Image, ...]:
    """The images of a message, by what has no column of its row."""
    try:
        said = json.loads(data)
        return _images(said.get("images", [])) if isinstance(said, dict) else ()
    except (ValueError, RecursionError):
        return ()


def _with_images(data: str, images: Iterable[Image]) -> str:
    said = json.loads(data) | {"images": [to_json(image) for image in images]}
    return json.dumps(said, separators=(",", ":"))


def _images(said: object) -> tuple[Image, ...]:
    try:
        return tuple(from_json(Image, one) for one in said) if isinstance(said, list) else ()
    except BadValue:
        return ()


def _names(images: Iterable[Image]) -> set[str]:
    found = set[str]()
    for image in images:
        if reference := named(image.url):
            found.add(reference.name)
        elif carried(image.url) is not None:
            found.add(INSIDE)
    return found
