"""The keys, as a screen, read from the command table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import Static

from tui.core.commands import Place, commands, rekeyed
from tui.screens.dialog import Dialog

BROAD = 140
"""Columns of a screen that has room for two of them."""

FIRST = (Place.ANYWHERE, Place.PROMPT, Place.SEARCH, Place.PANELS)
"""What is looked for most, in the first column."""


class HelpScreen(Dialog[None]):
    """Every key and what it does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", "close", show=False),
        Binding("f1", "dismiss", "close", show=False, id="help"),
    ]

    AUTO_FOCUS = "#help"

    def compose(self) -> ComposeResult:
        """The places where keys work, in two columns where there is room."""
        with VerticalScroll(id="help") as frame:
            frame.border_title = Content("Keys")
            frame.border_subtitle = Content("Esc closes")
            with Container(id="help-columns"):
                for places in (FIRST, [place for place in Place if place not in FIRST]):
                    with Vertical(classes="help-column"):
                        for place in places:
                            yield from _rows(place)

    def on_resize(self, event: Resize) -> None:
        """Two columns take the room of two."""
        self.set_class(event.size.width >= BROAD, "-broad")


def _rows(place: Place) -> Iterator[Widget]:
    yield Static(place.value, classes="help-place", markup=False)
    for command in commands(place):
        key = Static(command.shown or command.typed or "–", classes="help-key", markup=False)
        told = Static(rekeyed(command.help), classes="help-text", markup=False)
        yield Horizontal(key, told, classes="help-row")
