"""Ways in which a file comes to harm."""

import re
import sqlite3
from pathlib import Path

from tests.edge.store.said import NOTHING, answer, question
from tui.edge.store import Store
from tui.edge.store.schema import VERSION

PAGE = 4096


async def filled(path: Path, chats: int = 40) -> None:
    """A file with conversations of two messages, closed."""
    store = Store(path)
    for number in range(chats):
        asked = question(f"question {number} " + "word " * 100, at=1000.0 + number)
        await store.save(f"chat{number}", asked, NOTHING)
        await store.save(f"chat{number}", answer(f"answer {number} " + "word " * 300), NOTHING)
    await store.aclose()


def pages_of(path: Path, table: str) -> list[int]:
    """Where the rows of a table are, but not its root."""
    db = sqlite3.connect(path)
    try:
        asked = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno"
        return [number for (number,) in db.execute(asked, (table,))]
    finally:
        db.close()


def destroy(path: Path, page: int) -> None:
    """Overwrite a page, counted from 1."""
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xa5" * PAGE)


def moved_aside(path: Path) -> list[Path]:
    """The damaged files that were kept."""
    return [each for each in path.parent.iterdir() if re.search(r"damaged-[-\d]+$", each.name)]


def letter(path: Path, text: bytes) -> None:
    """Something else under the database's name."""
    path.parent.mkdir()
    path.write_bytes(text)


def cool(path: Path) -> None:
    """Put the log into the file and have others forget what they have read of it."""
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {VERSION}")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
