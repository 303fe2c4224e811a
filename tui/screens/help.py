"""The keys, as a screen, read from the command table."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.core.commands import Place, commands, rekeyed
from tui.screens.dialog import Dialog


class HelpScreen(Dialog[None]):
    """Every key and what it does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", "close", show=False),
        Binding("f1", "dismiss", "close", show=False, id="help"),
    ]

    AUTO_FOCUS = "#help"

    def compose(self) -> ComposeResult:
        """One list, under the places where the keys work."""
        with VerticalScroll(id="help") as frame:
            frame.border_title = Content("Keys")
            frame.border_subtitle = Content("Esc closes")
            for place in Place:
                yield Static(place.value, classes="help-place", markup=False)
                for command in commands(place):
                    with Horizontal(classes="help-row"):
                        yield Static(
                            command.shown or command.typed or "–", classes="help-key", markup=False
                        )
                        yield Static(rekeyed(command.help), classes="help-text", markup=False)
