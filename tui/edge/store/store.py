"""The store as the rest of Rillet sees it: every method asks a thread and waits for its answer."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tui.core.chats import Chat, Facts, Found, Summary
from tui.core.conversation import Message
from tui.edge.store.heard import Heard
from tui.edge.store.line import Line

if TYPE_CHECKING:
    import sqlite3

    from tui.edge.store.desk import Desk
    from tui.edge.store.overlay import Overlay
    from tui.edge.store.shelf import Shelf
    from tui.edge.store.writing import Writing

T = TypeVar("T")

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"

PATIENCE = 8.0
"""Seconds that closing waits for the disk."""


def new_id() -> str:
    """A name for a conversation that no other has."""
    return "".join(secrets.choice(LETTERS) for _ in range(8))


class Store:
    """Conversations in a file; see the package for how it is kept whole.

    A write ends when it is committed. One that cannot be committed ends too: it is kept in memory,
    `trouble` says so, and it is tried again. Nothing here raises for what is wrong with the disk.
    """

    def __init__(self, path: Path, *, now: Callable[[], float] = time.time) -> None:
        """Nothing is opened, and SQLite is not even loaded.

        Args:
            path: The database; it and its folder are made when it is opened.
            now: Gives Unix seconds.
        """
        self.path = path
        """The database."""
        self.trouble = ""
        """What is wrong now, in a sentence; empty while all is well."""
        self.tell: Callable[[], None] | None = None
        """Is called from the store's thread when `trouble` has changed."""
        self._now = now
        self._is_closed = False
        self._told = 0
        self._heard = Heard()
        self._desk: Desk | None = None
        self._shelf: Shelf | None = None
        self._writes = Line("rillet-store", self._due)
        self._reads = Line("rillet-store-reader")

    async def open(self) -> list[str]:
        """Open, make, check or mend the file; gives sentences for the user."""
        await _answer(self._writes.put(self._open))
        return self.news()

    def news(self) -> list[str]:
        """What was found and done to the file since the last time, in sentences for the user."""
        said = self._desk.volume.said if self._desk is not None else []
        return [said.pop(0) for _ in range(len(said))]

    async def save(self, chat: str, message: Message, facts: Facts) -> None:
        """A message, whole: a new one, or in the place of what was known of it."""
        self._heard.end((chat, message.id))
        await self._write(chat, lambda writing: writing.save(chat, message, facts))

    def stream(self, chat: str, message: Message, facts: Facts) -> None:
        """An answer begins or goes on: its words follow by `hear`, its end by `save`."""
        work = self._put(chat, lambda writing: writing.stream(chat, message, facts))
        self._heard.begin((chat, message.id), work)

    def hear(self, chat: str, message: int, text: str, reasoning: str = "") -> None:
        """More words of an answer; they are on the disk within a quarter of a second."""
        if self._heard.add((chat, message), text, reasoning):
            self._writes.wake()

    async def change(
        self,
        chat: str,
        *,
        title: str | None = None,
        model: str | None = None,
        system: str | None = None,
        head: int | None = None,
        draft: str | None = None,
        is_pinned: bool | None = None,
        is_archived: bool | None = None,
    ) -> None:
        """What is known of a conversation; None is as it was."""
        said = {"title": title, "model": model, "system": system, "head": head, "draft": draft}
        marks = {"is_pinned": is_pinned, "is_archived": is_archived}
        what: dict[str, object] = {key: each for key, each in said.items() if each is not None}
        what |= {key: int(each) for key, each in marks.items() if each is not None}
        await self._write(chat, lambda writing: writing.change(chat, what))

    async def delete(self, chat: str) -> None:
        """Hide a conversation; it is gone for good after 30 days."""
        what: dict[str, object] = {"deleted": self._now()}
        await self._write(chat, lambda writing: writing.change(chat, what))

    async def restore(self, chat: str) -> None:
        """Show a deleted conversation again."""
        what: dict[str, object] = {"deleted": 0}
        await self._write(chat, lambda writing: writing.change(chat, what))

    async def put(self, chat: Chat) -> str:
        """A whole conversation, in one transaction; gives the id that it got.

        That is its own, or a new one where there is a conversation with that id.
        """
        from tui.edge.store.reading import has

        is_taken = self._known(chat.id, lambda db: has(db, chat.id))
        kept = replace(chat, id=new_id()) if await is_taken else chat
        await self._write(kept.id, lambda writing: writing.put(kept))
        return kept.id

    async def load(self, chat: str) -> Chat | None:
        """All of a conversation; None if there is none or it is deleted."""
        from tui.edge.store.reading import load

        self._writes.put(lambda: self._open().known.read_again(chat))
        return await self._known(chat, lambda db: load(db, chat))

    async def summary(self, chat: str) -> Summary | None:
        """A conversation as lists show it."""
        from tui.edge.store.reading import summary

        return await self._known(chat, lambda db: summary(db, chat))

    async def chats(
        self, *, archived: bool = False, limit: int = 200, offset: int = 0, title: str = ""
    ) -> list[Summary]:
        """Conversations, the pinned ones first, then the newest.

        Args:
            archived: Whether archived ones are among them.
            limit: How many at most.
            offset: How many to pass over.
            title: Words that must all occur in the title.
        """
        from tui.edge.store.reading import chats, merged

        above, ids = await self._above(
            lambda overlay: (overlay.summaries(archived, title), overlay.chats)
        ) or ([], set())
        reach = offset + limit + len(ids)
        nothing = list[Summary]()
        below = await self._read(lambda db: chats(db, archived, reach, 0, title), nothing)
        return merged(above, [one for one in below if one.id not in ids])[offset : offset + limit]

    async def last(self) -> str | None:
        """The conversation in which something was said last."""
        from tui.edge.store.reading import last

        above = await self._above(lambda overlay: overlay.summaries(False, "")) or []
        found = await self._read(last, None)
        below = await self.summary(found) if found else None
        every = [one for one in (*above, *([below] if below else ())) if one.messages]
        return max(every, key=lambda one: one.updated).id if every else None

    async def search(self, words: str, limit: int = 100) -> list[Found]:
        """Messages with all of these words and "phrases", the newest first."""
        from tui.edge.store.searching import search

        above, ids = await self._above(
            lambda overlay: (overlay.search(words, limit), overlay.chats)
        ) or ([], set())
        nothing = list[Found]()
        below = await self._read(lambda db: search(db, words, limit), nothing)
        return [*above, *(hit for hit in below if hit.chat.id not in ids)][:limit]

    def unsaved(self) -> bool:
        """Whether there is anything that is in memory only."""
        waits = self._desk is not None and self._desk.has_waiting
        return waits or not self._heard.is_empty or not self._writes.is_empty

    async def aclose(self) -> None:
        """Write what is to be written and let go of the file; waits some seconds at most."""
        if self._is_closed:
            return
        self._is_closed = True
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await _answer(self._reads.put(self._close_shelf))
                await _answer(self._writes.put(self._close))
        self._reads.stop()
        self._writes.stop()

    def _put(self, chat: str, work: Callable[[Writing], T]) -> Future[T]:
        return self._writes.put(lambda: self._open().do(chat, work))

    async def _write(self, chat: str, work: Callable[[Writing], T]) -> T:
        return await _answer(self._put(chat, work))

    async def _read(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        def read() -> list[T]:
            return self._opened_shelf().read(work, otherwise)

        found = await _answer(self._reads.put(read))
        if found:
            return found[0]
        await _answer(self._writes.put(lambda: self._open().mend()))
        return (await _answer(self._reads.put(read)) or [otherwise])[0]

    async def _known(self, chat: str, work: Callable[[sqlite3.Connection], T | None]) -> T | None:
        """What is said of one conversation, where it is written now."""
        above = await self._above(
            lambda overlay: [work(overlay.of(chat))] if chat in overlay.chats else []
        )
        return above[0] if above else await self._read(work, None)

    async def _above(self, work: Callable[[Overlay], T]) -> T | None:
        """What the writer's thread knows that is not in the file; mostly there is nothing."""
        if self._desk is None or self._desk.overlay is None:
            return None

        def ask() -> T | None:
            overlay = self._open().overlay
            return None if overlay is None else work(overlay)

        return await _answer(self._writes.put(ask))

    def _open(self) -> Desk:
        """The desk, in its thread."""
        if self._desk is None:
            from tui.edge.store.desk import Desk

            self._desk = Desk(self.path, self._now, self._say)
            self._desk.open()
            self._told = len(self._desk.volume.said)
        return self._desk

    def _opened_shelf(self) -> Shelf:
        """The shelf, in its thread; the writer opens the file first."""
        if self._shelf is None:
            from tui.edge.store.shelf import Shelf

            desk = self._writes.put(self._open).result()
            self._shelf = Shelf(self.path, lambda: desk.volume.is_open)
        return self._shelf

    def _due(self) -> float | None:
        """In the writer's thread, between two jobs: write what was heard, try again what waits."""
        if self._desk is None:
            return None
        for (chat, message), text, reasoning in self._heard.due():
            self._desk.hear(chat, message, text, reasoning)
        self._say_news(len(self._desk.volume.said))
        waits = [wait for wait in (self._heard.wait, self._desk.due()) if wait is not None]
        return min(waits, default=None)

    def _say(self, trouble: str) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            if self.tell is not None:
                self.tell()

    def _say_news(self, count: int) -> None:
        """The file has changed under way: somebody should ask for the news."""
        if count > self._told and self.tell is not None:
            self.tell()
        self._told = count

    def _close(self) -> None:
        if self._desk is not None:
            for (chat, message), text, reasoning in self._heard.due(all=True):
                self._desk.hear(chat, message, text, reasoning)
            self._desk.close()

    def _close_shelf(self) -> None:
        if self._shelf is not None:
            self._shelf.close()


async def _answer(future: Future[T]) -> T:
    """What the thread says; who gives up waiting does not take the work back."""
    return await asyncio.shield(asyncio.wrap_future(future))
