"""Conversations that outlive the screen: opened, begun, closed, and told of when they cannot be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from textual import on, work
from textual.timer import Timer

from tui.core.chats import Chat
from tui.core.commands import rekeyed
from tui.core.conversation import Conversation
from tui.core.settings import Settings
from tui.screens.accounts import Accounts
from tui.screens.branches import BranchesScreen
from tui.screens.tools import Tools
from tui.widgets import notice
from tui.widgets.entry import Entry
from tui.widgets.image_panel import ImagePanel
from tui.widgets.prompt import Prompt
from tui.widgets.title_line import TitleLine

PAUSE = 0.5
"""Seconds without another letter after which a draft is written."""

RECALLED = 200
"""Questions of earlier runs that Up goes back to."""

DRAFTS = 20
"""Conversations among which an unsent first question is looked for at the start."""


def _later(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    """Call it on the loop, from any thread; a loop that has ended needs no telling."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(call)


class KeptScreen(BranchesScreen):
    """A screen whose conversation is kept in the store, if there is one."""

    _accounts: Accounts

    def __init__(self, settings: Settings, tools: Tools) -> None:
        super().__init__(settings, tools)
        self._last = ""
        self._last_title = ""
        self._pause: Timer | None = None
        self._is_first = tools.is_first
        self._keeping.unsent = lambda: (self._unsent, self._unsent_images)

    def _show_model(self) -> None:
        raise NotImplementedError

    # The store

    async def _open_store(self) -> None:
        """Open the file, say what was found there, and take up what was typed before."""
        store, loop = self._tools.store, asyncio.get_running_loop()
        if store is None:
            return
        store.tell = partial(_later, loop, self._show_trouble)
        for sentence in await store.open():
            self.notify(sentence, severity="warning", timeout=30, markup=False)
        self._show_trouble()
        self._prompt.recall(await store.asked(RECALLED))
        await self._look_back()

    async def _look_back(self) -> None:
        """Find the conversation of last time, and a question that was not sent then."""
        store = self._tools.store
        if store is None or self.conversation.messages:
            return
        self._last = await store.last() or ""
        kept = await store.summary(self._last) if self._last else None
        self._last_title = kept.title if kept else ""
        for each in await store.chats(limit=DRAFTS):
            if not each.messages and self._is_blank:
                chat = await store.load(each.id)
                if chat is not None and (chat.draft or chat.draft_images) and self._is_blank:
                    self._keeping.take(chat)
                    own = chat.conversation.options
                    self.conversation = replace(self.conversation, options=own)
                    self._prompt.take(chat.draft)
                    self._side.images = chat.draft_images
        if not self.conversation.messages:
            self._log.show([self._welcome()])

    @property
    def _is_blank(self) -> bool:
        """Whether a draft of last time would stand in nobody's way."""
        return not (self._keeping.chat or self._prompt.text or self._side.images)

    def _welcome(self) -> Entry:
        entry = super()._welcome()
        if self._is_first:
            entry.heading = notice.first_time(self._settings.source)
        if self._last and not self.conversation.messages:
            entry.heading = [*entry.heading, notice.last_time(self._last_title)]
        return entry

    def _show_trouble(self) -> None:
        """Say at the top what is wrong with the store, for as long as it is."""
        store, title = self._tools.store, self.query_one(TitleLine)
        for sentence in store.news() if store is not None else ():
            self.notify(sentence, severity="warning", timeout=30, markup=False)
        trouble = store.trouble if store is not None else ""
        if trouble and not title.trouble:
            self.notify(trouble, severity="error", timeout=30, markup=False)
        if title.trouble and not trouble:
            self.notify("Everything is saved again.", markup=False)
        title.trouble = trouble

    async def _close_store(self) -> None:
        """Write what is still to be written."""
        if self._tools.store is not None:
            self._write_draft()
            await self._keeping.settle()
            await self._tools.store.aclose()

    # Drafts

    @on(Prompt.Changed)
    @on(ImagePanel.Changed)
    def write_soon(self) -> None:
        """Keep what is typed and the images beside it, once they rest."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._write_draft)

    def _write_draft(self) -> None:
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
            self._keeping.draft(self._unsent, self._unsent_images, self.conversation.options)

    # Going to another conversation

    def action_new(self) -> None:
        """Begin a new conversation; a draft in the prompt goes along."""
        if not self._is_free():
            return
        self.leave_edit()
        draft, images = self._unsent, self._unsent_images
        self._keeping.draft("")
        self._keeping.begin()
        self._show(Conversation(self._settings.system_for(self._model)))
        if draft or images:
            self._keeping.draft(draft, images)

    def action_last(self) -> None:
        """Open the conversation of last time."""
        if not self._last or self.conversation.messages:
            said = rekeyed("Ctrl+L opens the last conversation, right after the start.")
            self.notify(said, markup=False)
        else:
            self.open_kept(self._last)

    @work(group="open", exclusive=True)
    async def open_kept(self, chat: str, message: int = 0) -> None:
        """Open a conversation that is kept, at one of its messages where one is named."""
        store = self._tools.store
        if store is None or not self._is_free():
            return
        self._write_draft()
        await self._keeping.settle()
        kept = await store.load(chat)
        if kept is None:
            self.notify("This conversation is not there any more.", markup=False)
            return
        if message:
            kept = replace(kept, conversation=kept.conversation.through(message))
        talk = kept.conversation
        shown = await asyncio.to_thread(self._entries, talk, talk.path)
        self._write_draft()  # what was typed while it was looked up
        if self._is_free():  # a question may have been asked meanwhile
            self.leave_edit()
            self._open(kept, shown, message)

    def _open(self, chat: Chat, entries: list[Entry], message: int) -> None:
        self._keeping.take(chat)
        self._model = chat.model or self._model
        self._show_model()
        self._show(chat.conversation, entries)
        self._prompt.take(chat.draft)
        self._side.images = chat.draft_images
        entry = self._log.entry(message)
        if entry is not None:
            self._log.focus()
            self._log.focus_entry(entry)

    def _show(self, talk: Conversation, entries: Iterable[Entry] = ()) -> None:
        """Another conversation than before, with what the log shows of it."""
        self.conversation, self._exchange, self._deleted = talk, None, []
        self._is_first = False
        self._accounts.recall(talk)
        self._gallery.begin()
        self._log.show(entries or [self._welcome()])
        self._path_changed()
        self._tick()
        self._prompt.focus()
