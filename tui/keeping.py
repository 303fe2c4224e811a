"""Keeps the conversation of the chat: every message when it is said, every word as it comes.

Without a store nothing is kept, and nobody else has to know.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from tui.core.chats import Chat, Facts
from tui.core.conversation import Conversation, Message
from tui.core.images import Image
from tui.core.options import Options
from tui.edge.store import Store, new_id

COMMIT = 2.0
"""Seconds that a request, or whoever leaves, waits for what is said to be on the disk."""

Unsent = tuple[str, tuple[Image, ...]]
"""The words and the images of a draft."""


class Keeping:
    """The conversation under way, and its place in the store."""

    def __init__(self, store: Store | None, tell: Callable[[str], None]) -> None:
        self.store = store
        """Where conversations are; None keeps nothing."""
        self.chat = ""
        """The id of the conversation; empty while nothing was said or typed in it."""
        self.title = ""
        """What the user called it."""
        self.unsent: Callable[[], Unsent] | None = None
        """What is typed and not sent, as it stands now; None leaves the draft as it is."""
        self._drawn: tuple[Image, ...] = ()  # the images of the draft as they are kept
        self._tell = tell
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self) -> None:
        """Another conversation, in which nothing was said yet."""
        self.chat = self.title = ""
        self._drawn = ()

    def take(self, chat: Chat) -> None:
        """Go on with one that is kept."""
        self.chat, self.title = chat.id, chat.title
        self._drawn = chat.draft_images

    async def commit(self, talk: Conversation, model: str, message: Message) -> None:
        """Return when a question is on the disk, or is known not to get there soon.

        The draft is from now on what is left of it: what waits, and what was typed meanwhile.
        """
        if self.store is None:
            return
        facts = _facts(talk, model)
        if self.unsent is not None:
            text, self._drawn = self.unsent()
            facts = replace(facts, draft=text, draft_images=self._drawn)
        with suppress(TimeoutError):
            async with asyncio.timeout(COMMIT):
                await self._told(self.store.save(self._named(), message, facts))

    def keep(self, talk: Conversation, model: str, messages: Iterable[Message]) -> None:
        """See to it that these messages come to the disk."""
        if self.store is None:
            return
        facts = _facts(talk, model)
        for message in messages:
            self._run(self.store.save(self._named(), message, facts))

    def turn(self, talk: Conversation) -> None:
        """Another path is shown, or the system prompt or a parameter is another."""
        if self.store is not None and self.chat:
            change = partial(self.store.change, head=talk.head, system=talk.system)
            self._run(change(self.chat, options=talk.options))

    def draft(
        self, text: str, images: tuple[Image, ...] = (), options: Options | None = None
    ) -> None:
        """What is typed and not sent yet, the images that go with it, and with what parameters."""
        if self.store is not None and (self.chat or text.strip() or images):
            others = None if images == self._drawn else images
            self._drawn = images
            change = self.store.change
            self._run(change(self._named(), draft=text, draft_images=others, options=options))

    def stream(self, talk: Conversation, model: str, answer: Message) -> None:
        """The words of an answer will come one by one."""
        if self.store is not None:
            facts = replace(_facts(talk, model), head=answer.id)
            self.store.stream(self._named(), answer, facts)

    def hear(self, message: int, text: str, reasoning: str) -> None:
        """More words of the answer that streams."""
        if self.store is not None and (text or reasoning):
            self.store.hear(self.chat, message, text, reasoning)

    async def settle(self) -> None:
        """Return when all is written, or when the disk seems not to answer any more."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=COMMIT)

    def _named(self) -> str:
        self.chat = self.chat or new_id()
        return self.chat

    def _run(self, job: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(self._told(job))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _told(self, job: Coroutine[object, object, None]) -> None:
        """A fault of the store must not end the chat: it is told, and the words are shown."""
        try:
            await job
        except Exception as error:
            self._tell(
                f"This could not be saved: {type(error).__name__}. It is shown all the same."
            )


def _facts(talk: Conversation, model: str) -> Facts:
    """What of a conversation is written with each of its messages."""
    return Facts(model=model, system=talk.system, head=talk.head, options=talk.options)
