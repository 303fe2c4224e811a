"""A damaged file: what can be read of it goes into a new one, and it is moved aside.

The new file takes the name only when it is complete, so whoever is interrupted in this finds the
damaged file where it was.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from tui.edge.store.opening import BESIDE, connect, touch
from tui.edge.store.salvage import Salvaged, salvage
from tui.edge.store.schema import VERSION, migrate, version
from tui.edge.store.troubles import is_damage

SMALL = 64 << 20
"""Bytes of a file that is checked whole at every start; it takes less than a tenth of a second."""


def is_small(path: Path) -> bool:
    """Whether checking it takes no time."""
    return path.exists() and path.stat().st_size <= SMALL


def check(db: sqlite3.Connection, path: Path) -> None:
    """Look whether a small file is whole; damage in a large one shows when it is met.

    Raises:
        sqlite3.DatabaseError: If it is damaged.
    """
    if is_small(path) and (found := find_damage(db)):
        raise damage(found)


def find_damage(db: sqlite3.Connection) -> str:
    """What is wrong in the file; empty if nothing is."""
    try:
        found = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return str(error)
    return "" if found == "ok" else found


def damage(why: str) -> sqlite3.DatabaseError:
    """As SQLite itself says it."""
    error = sqlite3.DatabaseError(why)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def mend(path: Path, now: float) -> str:
    """Begin a new file with what can be read of this one; gives a sentence for the user.

    Raises:
        sqlite3.Error, OSError: If no new file can be made.
    """
    fresh = path.with_name(path.name + ".new")
    _remove(fresh)
    was_empty = path.stat().st_size == 0
    touch(fresh)
    with closing(connect(fresh)) as db:
        migrate(db)
        saved = salvage(path, db)
    aside = beside(path, "damaged", now)
    for name in BESIDE:
        with suppress(FileNotFoundError):
            path.with_name(path.name + name).replace(aside.with_name(aside.name + name))
    fresh.replace(path)
    return _told(saved, aside.name, was_empty)


def back_up(db: sqlite3.Connection, path: Path, now: float) -> None:
    """Keep a copy of a file of an older version before it is changed."""
    older = version(db)
    if not 0 < older < VERSION:
        return
    copy = beside(path, f"v{older}", now)
    touch(copy)
    try:
        with closing(sqlite3.connect(copy)) as other:
            db.backup(other)
    except BaseException:
        _remove(copy)
        raise


def beside(path: Path, why: str, now: float) -> Path:
    """A name with a date that no file has."""
    dated = f"{path.name}.{why}-{time.strftime('%Y%m%d-%H%M', time.localtime(now))}"
    names = [dated, *(f"{dated}-{number}" for number in range(2, 1000))]
    return next(
        found for name in names if not (found := path.with_name(name)).exists() or name == names[-1]
    )


def _told(saved: Salvaged, aside: str, was_empty: bool) -> str:
    if was_empty:
        return f"The file of conversations was empty. It is kept as {aside}, and a new one begins."
    if not saved.messages:
        return (
            "The file of conversations was damaged, and nothing in it could be read. "
            f"It is kept as {aside}, and a new one begins."
        )
    lost = f" of {saved.known:,}" if saved.known > saved.messages else ""
    return (
        f"The file of conversations was damaged. {saved.messages:,}{lost} messages in "
        f"{saved.chats:,} conversations could be read and are in a new one; "
        f"the damaged one is kept as {aside}."
    )


def _remove(path: Path) -> None:
    for name in BESIDE:
        path.with_name(path.name + name).unlink(missing_ok=True)
