"""New conversations are named by the model, where the user turned that on.

It is asked after an answer, in a request of its own, and never beside a question: a server that
runs one request at a time would let the user wait. What the user called a conversation stays.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING

from textual import work

from tui.core.conversation import Message
from tui.core.deltas import Finished, Outcome, Text
from tui.core.settings import Settings
from tui.screens.splitting import SplittingScreen
from tui.screens.tools import Tools
from tui.widgets.entry import Entry

if TYPE_CHECKING:
    from tui.core.request import Request
    from tui.screens.comparing import Compared
    from tui.screens.exchange import Exchange

TRIES = 2
"""How often a name is asked for in one conversation, at the most."""

PATIENCE = 60.0
"""Seconds that a name is waited for."""


class NamingScreen(SplittingScreen):
    """A screen that has conversations named."""

    def __init__(self, settings: Settings, tools: Tools) -> None:
        super().__init__(settings, tools)
        self._tries: dict[str, int] = {}

    def _begin(self, entry: Entry, answer: Message, *, continues: bool = False) -> None:
        """A question goes before a name."""
        self.workers.cancel_group(self, "name")
        super()._begin(entry, answer, continues=continues)

    def _conclude(self, exchange: Exchange) -> None:
        """After an answer, there is something to name."""
        super()._conclude(exchange)
        self._name_soon()

    def _take(self, compared: Compared) -> None:
        """The same where one of several answers was kept."""
        super()._take(compared)
        self._name_soon()

    def _name_soon(self) -> None:
        chat = self._keeping.chat
        tries = self._tries.get(chat, 0)
        if self._settings.names_chats and self._is_unnamed and tries < TRIES:
            self._tries[chat] = tries + 1
            self._ask_for_name(chat)

    @property
    def _is_unnamed(self) -> bool:
        return bool(self._keeping.store and self._keeping.chat and not self._keeping.title)

    @work(group="name", exclusive=True)
    async def _ask_for_name(self, chat: str) -> None:
        from tui.core.naming import naming

        request = naming(self.conversation, self._model)
        name = await self._answered(request) if request is not None else ""
        store = self._tools.store
        kept = await store.load(chat) if store is not None and name else None
        if store is None or kept is None or kept.title:
            return  # it was deleted or named meanwhile
        await store.change(chat, title=name)
        if self._keeping.chat == chat:
            self._rename(name)

    async def _answered(self, request: Request) -> str:
        """The name that the model gives; empty where it gives none."""
        from tui.core.naming import LONGEST, name_in
        from tui.turn import turn

        said = ""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE), aclosing(turn(self._tools.server, request)) as on:
                async for delta in on:
                    if isinstance(delta, Text):
                        said += delta.text
                    if len(said) > 4 * LONGEST:
                        break
                    if isinstance(delta, Finished):
                        return name_in(said) if delta.outcome is Outcome.FINISHED else ""
        return name_in(said) if "\n" in said.strip() else ""
