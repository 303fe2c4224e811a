"""The two threads, and who asks which: one has the desk to write at, one the shelf to read from."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tui.edge.store.heard import Heard
from tui.edge.store.line import Line

if TYPE_CHECKING:
    import sqlite3

    from tui.edge.store.desk import Desk
    from tui.edge.store.overlay import Overlay
    from tui.edge.store.shelf import Shelf
    from tui.edge.store.writing import Writing

T = TypeVar("T")

PATIENCE = 8.0
"""Seconds that closing waits for the disk."""


class Rooms:
    """Starts with the first question. SQLite is loaded in the writer's thread, not before."""

    def __init__(self, path: Path, now: Callable[[], float], say: Callable[[str], None]) -> None:
        """Nothing runs yet.

        Args:
            path: The database.
            now: Gives Unix seconds.
            say: Is called in the writer's thread with the trouble when it or the news change.
        """
        self.heard = Heard()
        """Words that are not written yet."""
        self._path = path
        self._now = now
        self._say = say
        self._trouble = ""
        self._told = 0
        self._is_closed = False
        self._desk: Desk | None = None
        self._shelf: Shelf | None = None
        self._writes = Line("rillet-store", self._due)
        self._reads = Line("rillet-store-reader")
        self._checks = Line("rillet-store-check")

    async def open(self) -> None:
        """Open the file, and check a large one in a thread of its own if there is a reason."""
        desk = await answer(self._writes.put(self._opened))
        self._writes.put(lambda: self._move_out(desk, desk.tidy()))
        if desk.volume.is_in_doubt:
            self._checks.put(lambda: self._check(desk))
            self._checks.stop()

    def wake(self) -> None:
        """Words were heard."""
        self._writes.wake()

    def put(self, chat: str, work: Callable[[Writing], T]) -> Future[T]:
        """Write something, in its turn."""
        return self._writes.put(lambda: self._opened().do(chat, work))

    def read_again(self, chat: str) -> None:
        """What is written from now on means the conversation as it is in the file."""
        self._writes.put(lambda: self._opened().known.read_again(chat))

    async def read(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Read from the file; one that turns out to be damaged is mended first."""

        def read() -> list[T]:
            return self._opened_shelf().read(work, otherwise)

        found = await answer(self._reads.put(read))
        if found:
            return found[0]
        await answer(self._writes.put(lambda: self._opened().mend()))
        return (await answer(self._reads.put(read)) or [otherwise])[0]

    async def above(self, work: Callable[[Overlay], T]) -> T | None:
        """What is known that is not in the file; mostly there is nothing."""
        if self._desk is None or self._desk.overlay is None:
            return None

        def ask() -> T | None:
            overlay = self._opened().overlay
            return None if overlay is None else work(overlay)

        return await answer(self._writes.put(ask))

    async def known(self, chat: str, work: Callable[[sqlite3.Connection], T | None]) -> T | None:
        """What is said of one conversation, where it is written now."""
        above = await self.above(
            lambda overlay: [work(overlay.of(chat))] if chat in overlay.chats else []
        )
        return above[0] if above else await self.read(work, None)

    def news(self) -> list[str]:
        """What was found and done to the file since the last time."""
        said = self._desk.volume.said if self._desk is not None else []
        return [said.pop(0) for _ in range(len(said))]

    @property
    def is_behind(self) -> bool:
        """Whether there is anything that is in memory only."""
        waits = self._desk is not None and self._desk.has_waiting
        return waits or not self.heard.is_empty or not self._writes.is_empty

    async def aclose(self) -> None:
        """Write what is to be written, then let go of the file, the writer last."""
        if self._is_closed:
            return
        self._is_closed = True
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await answer(self._reads.put(self._close_shelf))
                await answer(self._writes.put(self._close_desk))
        self._reads.stop()
        self._writes.stop()

    def _opened(self) -> Desk:
        """The desk, in its thread."""
        if self._desk is None:
            from tui.edge.store.desk import Desk

            self._desk = Desk(self._path, self._now, self._tell)
            self._desk.open()
            self._told = self._desk.volume.findings
        return self._desk

    def _move_out(self, desk: Desk, rows: list[tuple[int, int]]) -> None:
        """Put pictures into files, a row at a time: what is said meanwhile comes in between."""
        if rows and not self._is_closed:
            desk.move_out(*rows[0])
            with suppress(RuntimeError):
                self._writes.put(lambda: self._move_out(desk, rows[1:]))

    def _opened_shelf(self) -> Shelf:
        """The shelf, in its thread; the writer opens the file first."""
        if self._shelf is None:
            from tui.edge.store.shelf import Shelf

            desk = self._writes.put(self._opened).result()
            self._shelf = Shelf(self._path, lambda: desk.volume.is_open)
        return self._shelf

    def _due(self) -> float | None:
        """In the writer's thread, between two jobs: write what was heard, try again what waits."""
        if self._desk is None:
            return None
        for (chat, message), text, reasoning in self.heard.due():
            self._desk.hear(chat, message, text, reasoning)
        if self._desk.volume.findings > self._told:
            self._told = self._desk.volume.findings
            self._say(self._trouble)
        waits = [wait for wait in (self.heard.wait, self._desk.due()) if wait is not None]
        return min(waits, default=None)

    def _tell(self, trouble: str) -> None:
        if trouble != self._trouble:
            self._trouble = trouble
            self._say(trouble)

    def _check(self, desk: Desk) -> None:
        if not desk.volume.is_sound():
            with suppress(RuntimeError):
                self._writes.put(desk.mend)

    def _close_desk(self) -> None:
        if self._desk is not None:
            for (chat, message), text, reasoning in self.heard.due(all=True):
                self._desk.hear(chat, message, text, reasoning)
            self._desk.close()

    def _close_shelf(self) -> None:
        if self._shelf is not None:
            self._shelf.close()


async def answer(future: Future[T]) -> T:
    """What the thread says; who gives up waiting does not take the work back."""
    return await asyncio.shield(asyncio.wrap_future(future))
