"""The writer's thread: the one place where the file is written, checked and given up.

A job that cannot be done now (no room, another program in the way, a folder that can only be
read) waits here in its order with all that come after it, and is tried again. Meanwhile it is done
to an overlay, which is what is read.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from tui.edge.store.known import Known
from tui.edge.store.locks import Busy
from tui.edge.store.overlay import Overlay
from tui.edge.store.troubles import Newer, reason
from tui.edge.store.volume import Volume
from tui.edge.store.writing import Writing

T = TypeVar("T")
Work = Callable[[Writing], T]

TROUBLES = (sqlite3.Error, OSError, Busy, Newer)
"""All that can be wrong with a file."""

AGAIN = 2.0
"""Seconds between two tries to write what could not be written."""

IN_MEMORY = "What is said now is kept in memory only, until that changes."


class Desk:
    """Does every job, now or later."""

    def __init__(self, path: Path, now: Callable[[], float], tell: Callable[[str], None]) -> None:
        """Nothing is opened yet.

        Args:
            path: The database.
            now: Gives Unix seconds.
            tell: Is told what is wrong now, in a sentence; an empty one when all is well.
        """
        self.known = Known(secrets.token_hex(8))
        """What this process has written."""
        self.volume = Volume(path, self.known, now)
        """The file."""
        self.overlay: Overlay | None = None
        """What is not in the file."""
        self._now = now
        self._tell = tell
        self._waiting = deque[tuple[str, Work[object]]]()
        self._again = 0.0

    def open(self) -> None:
        """Open the file, making it if there is none; what is found is told by the volume."""
        try:
            self.volume.open()
        except TROUBLES as error:
            self.volume.say(_refused(error, self.volume.path))

    def do(self, chat: str, work: Work[T]) -> T:
        """Write; where that cannot be, keep it to be written."""
        if not self._waiting:
            try:
                return self.volume.write(work)
            except TROUBLES as error:
                self._again = time.monotonic() + AGAIN
                return self._keep(chat, work, error)
        return self._keep(chat, work)

    def hear(self, chat: str, message: int, text: str, reasoning: str) -> None:
        """More words of an answer; what goes wrong is made good by the end of it."""
        with suppress(sqlite3.Error):
            self.do(chat, lambda writing: writing.hear(chat, message, text, reasoning))

    def mend(self) -> None:
        """A reader has found damage; what cannot be mended now is mended by the next write."""
        with suppress(*TROUBLES):
            self.volume.mend()

    def tidy(self) -> list[tuple[int, int]]:
        """Remove pictures that nobody uses; gives the rows that have pictures in them.

        What cannot be done now is done at another start.
        """
        with suppress(*TROUBLES):
            self.volume.write(lambda writing: writing.sweep())
            return self.volume.write(lambda writing: writing.inside())
        return []

    def move_out(self, chat: int, message: int) -> None:
        """Put the pictures of such a row into files."""
        with suppress(*TROUBLES):
            self.volume.write(lambda writing: writing.move_out(chat, message))

    def due(self) -> float | None:
        """Try again what waits; gives the seconds until the next try."""
        if not self._waiting:
            return None
        left = self._again - time.monotonic()
        if left > 0:
            return left
        try:
            while self._waiting:
                self.volume.write(self._waiting[0][1])
                self._waiting.popleft()
        except TROUBLES as error:
            self._again = time.monotonic() + AGAIN
            self._tell(_trouble(error))
            return AGAIN
        self._recovered()
        return None

    @property
    def has_waiting(self) -> bool:
        """Whether something is kept in memory only."""
        return bool(self._waiting)

    def close(self) -> None:
        """Write what can be written and let go of the file."""
        self._again = 0.0
        self.due()
        self.volume.close()

    def _keep(self, chat: str, work: Work[T], error: Exception | None = None) -> T:
        """Do it in memory; what cannot be done there either was never to be done, and raises."""
        if self.overlay is None:
            self.overlay = Overlay(self.volume.path, self.known, self._now)
        try:
            found = self.overlay.run(chat, work)
        except BaseException:
            if not self._waiting:
                self._recovered()
            raise
        self._waiting.append((chat, work))
        if error is not None:
            self._tell(_trouble(error))
        return found

    def _recovered(self) -> None:
        overlay, self.overlay = self.overlay, None
        if overlay is not None:
            overlay.close()
        self._tell("")


def _trouble(error: Exception) -> str:
    return f"Not saved: {reason(error)}. The words are kept in memory and tried again."


def _refused(error: BaseException, path: Path) -> str:
    if isinstance(error, Newer):
        return (
            "A newer Rillet wrote the conversations, so this one only reads them "
            f"(version {error} of the file {path}). {IN_MEMORY}"
        )
    can = "can be read but not saved" if path.exists() else "cannot be saved"
    return f"Conversations {can}: {reason(error)} ({path}). {IN_MEMORY}"
