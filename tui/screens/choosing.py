"""From the chat to the list of all conversations, and from there to one of them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual import work
from textual.worker import WorkerCancelled

from tui.core.chats import Summary
from tui.core.settings import Settings
from tui.screens.kept import KeptScreen
from tui.screens.tools import Tools

if TYPE_CHECKING:
    from tui.screens.chats import ChatsScreen


class ChoosingScreen(KeptScreen):
    """A screen from which other conversations are opened."""

    def __init__(self, settings: Settings, tools: Tools) -> None:
        super().__init__(settings, tools)
        self._gone: list[Summary] = []

    def action_chats(self) -> None:
        """List all conversations."""
        from tui.screens.chats import ChatsScreen
        from tui.screens.opened import Behind

        store = self._tools.store
        if store is None:
            self.notify("Conversations are not kept here, so there is no list.", markup=False)
            return
        self._write_draft()
        behind = Behind(
            here=self._keeping.chat,
            now=self._tools.now,
            is_busy=lambda: self._is_busy,
            renamed=self._rename,
            written=self._keeping.settle,
            deleted=self._gone,
        )
        self._list_chats(ChatsScreen(store, behind))

    @work(group="choose", exclusive=True)
    async def _list_chats(self, screen: ChatsScreen) -> None:
        """Show the list, and what was chosen in it; what was deleted in it is left."""
        chosen = await self.app.push_screen_wait(screen)
        self._let_go({chat.id for chat in self._gone})
        if chosen is None:
            return
        if chosen.chat != self._keeping.chat or not self._show_message(chosen.message):
            with suppress(WorkerCancelled):
                await self.open_kept(chosen.chat, chosen.message).wait()
        entry = self._log.entry(chosen.message)
        if chosen.chat == self._keeping.chat and entry is not None and chosen.words:
            self._left = self._log
            self._search.show(chosen.words)
            self._log.seek_from(chosen.words, entry)

    def _let_go(self, gone: set[str]) -> None:
        """Go on without what was deleted; a draft goes with it only where it was all there was."""
        if self._last in gone:
            self._last = ""
            if not self.conversation.messages:
                self._log.show([self._welcome()])
        if self._keeping.chat not in gone:
            return
        if self.conversation.messages:
            self.action_new()
        else:
            self._keeping.begin()
            self._prompt.take("")
            self._path_changed()

    def _rename(self, title: str) -> None:
        """The conversation that is open is called so now."""
        self._keeping.title = title
        self._path_changed()

    def _show_message(self, message: int) -> bool:
        """Go to a message where it is shown; tells whether it is there, or none is meant."""
        entry = self._log.entry(message) if message else None
        if entry is not None:
            self._log.focus()
            self._log.focus_entry(entry)
        return entry is not None or not message
