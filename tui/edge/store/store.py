"""The store as the rest of Rillet sees it: every method asks a thread and waits for its answer."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tui.core.chats import Chat, Facts, Found, Summary
from tui.core.conversation import Message
from tui.core.images import Image
from tui.core.options import Options
from tui.edge.store.rooms import Rooms, answer

if TYPE_CHECKING:
    from tui.edge.store.writing import Writing

T = TypeVar("T")

LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


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
        """Is called from the store's thread when `trouble` has changed or there are `news`."""
        self._now = now
        self._rooms = Rooms(path, now, self._say)

    async def open(self) -> list[str]:
        """Open, make, check or mend the file; gives sentences for the user."""
        await self._rooms.open()
        return self.news()

    def news(self) -> list[str]:
        """What was found and done to the file since the last time, in sentences for the user."""
        return self._rooms.news()

    async def save(self, chat: str, message: Message, facts: Facts) -> None:
        """A message, whole: a new one, or in the place of what was known of it."""
        self._rooms.heard.end((chat, message.id))
        await self._write(chat, lambda writing: writing.save(chat, message, facts))

    def stream(self, chat: str, message: Message, facts: Facts) -> None:
        """An answer begins or goes on: its words follow by `hear`, its end by `save`."""
        work = self._rooms.put(chat, lambda writing: writing.stream(chat, message, facts))
        self._rooms.heard.begin((chat, message.id), work)

    def hear(self, chat: str, message: int, text: str, reasoning: str = "") -> None:
        """More words of an answer; they are on the disk within a quarter of a second."""
        if self._rooms.heard.add((chat, message), text, reasoning):
            self._rooms.wake()

    async def change(
        self,
        chat: str,
        *,
        title: str | None = None,
        model: str | None = None,
        system: str | None = None,
        head: int | None = None,
        draft: str | None = None,
        draft_images: tuple[Image, ...] | None = None,
        options: Options | None = None,
        is_pinned: bool | None = None,
        is_archived: bool | None = None,
    ) -> None:
        """What is known of a conversation; None is as it was."""
        said = {"title": title, "model": model, "system": system, "head": head, "draft": draft}
        marks = {"is_pinned": is_pinned, "is_archived": is_archived}
        what: dict[str, object] = {key: each for key, each in said.items() if each is not None}
        what |= {key: int(each) for key, each in marks.items() if each is not None}

        def work(writing: Writing) -> None:
            writing.change(chat, what)
            if draft_images is not None:
                writing.draw(chat, draft_images)
            if options is not None:
                writing.set_options(chat, options)

        await self._write(chat, work)

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

        is_taken = self._rooms.known(chat.id, lambda db: has(db, chat.id))
        kept = replace(chat, id=new_id()) if await is_taken else chat
        await self._write(kept.id, lambda writing: writing.put(kept))
        return kept.id

    async def load(self, chat: str) -> Chat | None:
        """All of a conversation; None if there is none or it is deleted."""
        from tui.edge.store.pictures import Pictures
        from tui.edge.store.reading import load

        self._rooms.read_again(chat)
        pictures = Pictures(self.path)
        return await self._rooms.known(chat, lambda db: load(db, chat, pictures))

    async def summary(self, chat: str) -> Summary | None:
        """A conversation as lists show it."""
        from tui.edge.store.reading import summary

        return await self._rooms.known(chat, lambda db: summary(db, chat))

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

        above, ids = await self._rooms.above(
            lambda overlay: (overlay.summaries(archived, title), overlay.chats)
        ) or ([], set())
        reach = offset + limit + len(ids)
        nothing = list[Summary]()
        below = await self._rooms.read(lambda db: chats(db, archived, reach, 0, title), nothing)
        return merged(above, [one for one in below if one.id not in ids])[offset : offset + limit]

    async def last(self) -> str | None:
        """The conversation in which something was said last."""
        from tui.edge.store.reading import last

        above = await self._rooms.above(lambda overlay: overlay.summaries(False, "")) or []
        found = await self._rooms.read(last, None)
        below = await self.summary(found) if found else None
        every = [one for one in (*above, *([below] if below else ())) if one.messages]
        return max(every, key=lambda one: one.updated).id if every else None

    async def asked(self, limit: int) -> list[str]:
        """The questions that were asked last in any conversation, the latest last."""
        from tui.edge.store.reading import asked

        return await self._rooms.read(lambda db: asked(db, limit), list[str]())

    async def search(self, words: str, limit: int = 100) -> list[Found]:
        """Messages with all of these words and "phrases", the newest first."""
        from tui.edge.store.searching import search

        above, ids = await self._rooms.above(
            lambda overlay: (overlay.search(words, limit), overlay.chats)
        ) or ([], set())
        nothing = list[Found]()
        below = await self._rooms.read(lambda db: search(db, words, limit), nothing)
        return [*above, *(hit for hit in below if hit.chat.id not in ids)][:limit]

    def unsaved(self) -> bool:
        """Whether there is anything that is in memory only."""
        return self._rooms.is_behind

    async def aclose(self) -> None:
        """Write what is to be written and let go of the file; waits some seconds at most."""
        await self._rooms.aclose()

    async def _write(self, chat: str, work: Callable[[Writing], T]) -> T:
        return await answer(self._rooms.put(chat, work))

    def _say(self, trouble: str) -> None:
        self.trouble = trouble
        if self.tell is not None:
            self.tell()
