"""A prompt in which commands can be typed: a slash in an empty one lists them.

Which keys mean the list is decided here, where they are typed, and not where it is drawn: what
is typed fast means what it would mean typed slowly. A text that was pasted or taken back from
before begins no command, whatever it begins with.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.message import Message
from textual.widgets import TextArea

from tui.core.commands import commands
from tui.core.slash import Choices, Offer, offers
from tui.widgets.prompt import Prompt


class CommandPrompt(Prompt):
    """The prompt, with commands behind a slash."""

    @dataclass
    class Offering(Message):
        """Other commands can be meant by what is typed; none is the end of the list."""

        offers: list[Offer]
        """They."""

        place: int
        """Which one Enter runs, from 0."""

    @dataclass
    class Ran(Message):
        """A command was typed."""

        offer: Offer
        """Which one, with what it takes."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.choices: Choices = lambda _: ()
        """What commands can take."""
        self._is_commanding = False
        self._place = 0

    @property
    def offers(self) -> list[Offer]:
        """The commands that what is typed may mean."""
        if not (self._is_commanding and self.has_focus and self.text.startswith("/")):
            return []
        if "\n" in self.text:
            return []
        return offers(self.text, commands(), self.choices)

    def end_commands(self) -> bool:
        """What is typed is text; tells whether it was a command until now."""
        if not self.offers:
            return False
        self._is_commanding = False
        self._tell()
        return True

    def choose(self, place: int) -> None:
        """Run one of the commands that are offered."""
        there = self.offers
        if place < len(there):
            self._run(there[place])

    @on(TextArea.Changed)
    def offer_commands(self) -> None:
        """Offer what is meant now, the likeliest in front."""
        self._is_commanding = self._is_commanding and self.text.startswith("/")
        self._tell()

    def watch_has_focus(self, has_focus: bool) -> None:
        """The list is there as long as keys come here."""
        super().watch_has_focus(has_focus)
        self._tell()

    def _tell(self) -> None:
        there = self.offers
        self._place = min(self._place, max(0, len(there) - 1))
        self.post_message(self.Offering(there, self._place))

    def take_key(self, character: str) -> None:
        """A character that was typed elsewhere and belongs here."""
        self._begin(character)
        super().take_key(character)

    def _begin(self, character: str | None) -> None:
        """A slash in an empty prompt begins a command; any other change, the list anew."""
        if character == "/" and not self.text:
            self._is_commanding = True

    def _show(self, text: str) -> None:
        self._is_commanding = False
        super()._show(text)

    async def _on_paste(self, event: events.Paste) -> None:
        if not self.text:
            self._is_commanding = False

    async def _on_key(self, event: events.Key) -> None:
        there = self.offers
        match event.key:
            case "up" | "down" if there:
                self._place = (self._place + (1 if event.key == "down" else -1)) % len(there)
                self._tell()
            case "tab" if there:
                self.replace_all(there[self._place].text)
            case "enter" if there:
                self._run(there[self._place])
            case _:
                self._place = 0
                self._begin(event.character)
                return
        event.stop()
        event.prevent_default()

    def _run(self, offer: Offer) -> None:
        """Run it; what it still needs is typed first, and what stood for it can be had back."""
        if offer.command.action == "themes" and not offer.argument:
            self.replace_all(offer.text)
            return
        typed, self._is_commanding, self._place = self.text, False, 0
        if not offer.text.startswith(typed):
            self.keep(typed)
        self.text = ""
        self.post_message(self.Ran(offer))
