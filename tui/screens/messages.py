"""What a person does with one message: focus it, copy it, unfold its reasoning."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.actions import SkipAction

from tui.core.conversation import Conversation, Message
from tui.core.sanitize import clean
from tui.core.settings import Settings
from tui.screens.lending import LendingScreen
from tui.screens.tools import Tools
from tui.widgets import notice
from tui.widgets.entry import Entry
from tui.widgets.log import Log

if TYPE_CHECKING:
    from tui.screens.exchange import Exchange


class MessagesScreen(LendingScreen):
    """A screen whose log shows the messages of a conversation."""

    _log: Log

    def __init__(self, settings: Settings, tools: Tools) -> None:
        super().__init__()
        self._settings = settings
        self._tools = tools
        self.conversation = Conversation(settings.system_for(settings.model))
        """The conversation as it stands: the one place where it is held."""
        self._exchange: Exchange | None = None
        self._unfolds = False

    @property
    def _is_streaming(self) -> bool:
        """Whether the reply below the last question is under way."""
        return self._exchange is not None and not self._exchange.is_over

    @property
    def _is_busy(self) -> bool:
        return self._is_streaming

    def action_earlier(self) -> None:
        """Focus the message before."""
        self._log.step(-1)

    def action_later(self) -> None:
        """Focus the message after."""
        self._log.step(1)

    # Reasoning

    def action_unfold(self) -> None:
        """Show or hide the reasoning of the focused message; those to come follow."""
        entry = self._log.focused_entry
        if entry is not None and entry.thinking:
            self._unfold(entry)
        else:
            self.notify("This message came without reasoning.", markup=False)

    @on(Log.ThinkingClicked)
    def unfold_clicked(self, event: Log.ThinkingClicked) -> None:
        """Show or hide the reasoning that was clicked."""
        self._unfold(event.entry)

    def _unfold(self, entry: Entry) -> None:
        self._unfolds = not entry.is_unfolded
        entry.unfold(self._unfolds)
        self._log.grown(entry)

    # Copying

    def action_copy(self) -> None:
        """Copy what is selected, else the code in focus, else the message as it was written."""
        entry = self._log.focused_entry
        text = self.get_selected_text() or self._code or (self._written(entry) if entry else "")
        if text:
            self._copy(text)
        else:
            self.notify("This message has no words to copy.", markup=False)

    def action_copy_chat(self) -> None:
        """Copy the whole conversation as it is shown, in Markdown."""
        from tui.core.transcript import in_markdown

        if path := self.conversation.path:
            self._copy(in_markdown(map(_without_bytes, path)))
        else:
            self.notify("There is no conversation to copy yet.", markup=False)

    def action_copy_source(self) -> None:
        """Copy the messages that something is selected of, else the focused one, as written."""
        texts = [self._written(entry) for entry in self._log.touched]
        if text := "\n\n".join(filter(None, texts)):
            self._copy(text)
        else:
            self.notify("There are no words to copy.", markup=False)

    def action_copy_text(self) -> None:
        """Ctrl+C: copy what is selected, by the same routes."""
        text = self.get_selected_text()
        if not text:
            raise SkipAction
        self._copy(text)

    @work(group="copy", description="copy")
    async def _copy(self, text: str) -> None:
        copy = self._tools.copy
        route = await asyncio.to_thread(copy, clean(text), self._to_terminal)
        self.notify(route, markup=False)

    def _to_terminal(self, text: str) -> None:
        self.app.call_from_thread(self.app.copy_to_clipboard, text)

    def _written(self, entry: Entry) -> str:
        if self._exchange is not None and self._exchange.entry is entry and self._is_busy:
            return self._exchange.text
        message = self.conversation.message(entry.message)
        return notice.in_full(message) if message else ""

    # Links

    @on(Log.LinkClicked)
    def ask_about_link(self, event: Log.LinkClicked) -> None:
        """Show where a link leads, and open it only when told to."""
        from tui.screens.link import LinkScreen

        self.app.push_screen(LinkScreen(event.target, event.words, self._tools.browse, self._copy))


def _without_bytes(message: Message) -> Message:
    """The message without images that are no links: nobody pastes megabytes of digits."""
    links = tuple(image for image in message.images if image.url[:5].lower() != "data:")
    return replace(message, images=links)
