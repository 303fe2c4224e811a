"""The line in which words are typed that the conversation is searched for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.core.commands import Place
from tui.widgets.bound import bindings


class SearchField(Horizontal):
    """A field, and how many hits there are; it is only shown while somebody searches."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.SEARCH)

    @dataclass
    class Changed(Message):
        """Other words are looked for."""

        words: str
        """They; empty is nothing."""

    @dataclass
    class Step(Message):
        """Somebody wants to see another hit."""

        by: int
        """So many after the one that is shown."""

    def on_mount(self) -> None:
        """Wait until somebody searches; a cursor that blinks would draw for nothing."""
        self.display = False
        self.query_one(Input).cursor_blink = False

    def compose(self) -> ComposeResult:
        """A sign, the words, the count."""
        yield Static("/", id="search-sign", markup=False)
        yield Input(placeholder="Search the conversation", id="search-words", compact=True)
        yield Static("", id="search-count", markup=False)

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return self.display

    @property
    def words(self) -> str:
        """What was typed last."""
        return self.query_one(Input).value

    def open(self) -> None:
        """Show it, with the words of last time; they are looked for again."""
        self.display = True
        self.post_message(self.Changed(self.words))

    def show(self, words: str) -> None:
        """Show it with words that are looked for already."""
        self.display = True
        field = self.query_one(Input)
        with field.prevent(Input.Changed):
            field.value = words

    def take_focus(self) -> None:
        """Type here; what was typed before is replaced by that."""
        field = self.query_one(Input)
        self.screen.set_focus(field)  # now: the next key is meant for it
        field.select_all()

    def close(self) -> None:
        """Take it away; nothing is looked for any more."""
        self.display = False
        self.post_message(self.Changed(""))

    def count(self, words: str) -> None:
        """Show how many hits there are; its place is of one width, so nothing else is laid out."""
        self.query_one("#search-count", Static).update(Content(words), layout=False)

    @on(Input.Changed)
    def seek(self, event: Input.Changed) -> None:
        """Look for what is typed as it is typed."""
        event.stop()
        if self.is_open:
            self.post_message(self.Changed(event.value))

    @on(Input.Submitted)
    def step_on(self, event: Input.Submitted) -> None:
        """Enter shows the next hit."""
        event.stop()
        self.action_step(1)

    def action_step(self, by: int) -> None:
        """Show another hit."""
        self.post_message(self.Step(by))
