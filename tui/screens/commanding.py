"""Commands that are typed: the list over the conversation, and what they do with what they take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input

from tui.core.sanitize import one_line
from tui.core.slash import Offer
from tui.screens.adjusting import AdjustingScreen
from tui.widgets.bound import run
from tui.widgets.command_prompt import CommandPrompt
from tui.widgets.model_panel import ModelPanel

if TYPE_CHECKING:
    from tui.widgets.slash_list import SlashList

ABOVE = 1
"""Rows at the top that the list leaves free: the title's."""

IN_LOG = ("select", "next_block", "previous_block")
"""Actions that go on by keys in the conversation."""


class CommandingScreen(AdjustingScreen):
    """A screen whose prompt takes commands."""

    @on(CommandPrompt.Offering)
    async def offer_commands(self, event: CommandPrompt.Offering) -> None:
        """Show the list, or take it away; it is made when it is first needed."""
        from tui.widgets.slash_list import SlashList

        if event.offers and not self.query(SlashList):
            await self.mount(SlashList(id="slash"))
        top = self._prompt.region.y
        for there in self.query(SlashList):
            there.show(event.offers, event.place, self.size.height - top, top - ABOVE)

    def on_mount(self) -> None:
        """Tell the prompt what commands can take."""
        self.query_one(CommandPrompt).choices = self._choices

    def _choices(self, command: str) -> Sequence[str]:
        """What a command can take, as far as that is known."""
        match command:
            case "model":
                return self.query_one(ModelPanel).listed
            case "theme":
                return sorted(self.app.available_themes, key=_ours_first)
        return ()

    def on_slash_list_clicked(self, event: SlashList.Clicked) -> None:
        """Run what was clicked."""
        self.query_one(CommandPrompt).choose(event.place)

    def leave(self) -> bool:
        """Esc takes the list away first; what is typed is text then."""
        return self.query_one(CommandPrompt).end_commands() or super().leave()

    @on(CommandPrompt.Ran)
    async def run_typed(self, event: CommandPrompt.Ran) -> None:
        """Do what was typed, as its key would."""
        offer = event.offer
        if offer.argument:
            self._run_with(offer)
            return
        if offer.command.action in IN_LOG:
            self._log.focus()
        await run(self, offer.command)

    def _run_with(self, offer: Offer) -> None:
        """Run a command with what stands behind its name."""
        match offer.command.id:
            case "model":
                self.post_message(ModelPanel.Chosen(offer.argument))
            case "theme":
                self._choose_theme(offer)
            case "system":
                self._instruct(offer.argument)
            case "search":
                self.action_find()
                self._search.query_one(Input).value = offer.argument

    def _choose_theme(self, offer: Offer) -> None:
        if offer.argument in self.app.available_themes:
            self.app.theme = offer.argument
            return
        self._prompt.take(offer.text)
        self.notify(f"There is no theme {one_line(offer.argument, 60)}.", markup=False)

    def action_export(self) -> None:
        """Ask for the name of a file, and write the conversation to it."""
        from tui.core.chats import Chat
        from tui.screens.export import ExportScreen

        talk, now = self.conversation, self._tools.now().timestamp()
        if not talk.messages:
            self.notify("There is nothing to write yet.", markup=False)
            return
        kept, began = self._keeping, talk.messages[0].at or now
        chat = Chat(kept.chat, kept.title, self._model, began, now, conversation=talk)
        self.app.push_screen(ExportScreen(chat), self._tell_written)

    def action_screenshot(self) -> None:
        """Save what is on the screen as a picture."""
        self.app.deliver_screenshot()

    def action_instructions(self) -> None:
        """Write the system prompt."""
        from tui.screens.library import Task

        self._do(Task.WRITE)

    def action_themes(self) -> None:
        """Choose a theme from a list."""
        self.app.search_themes()


def _ours_first(theme: str) -> tuple[bool, str]:
    return not theme.startswith("rillet-"), theme
