"""The keys, as a screen, read from the command table."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.core.commands import Place, commands


class HelpScreen(ModalScreen[None]):
    """Every key and what it does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q,enter", "dismiss", "close", show=False)
    ]

    AUTO_FOCUS = "#help"

    def compose(self) -> ComposeResult:
        """One list, under the places where the keys work."""
        with VerticalScroll(id="help") as frame:
            frame.border_title = Content("Keys")
            frame.border_subtitle = Content("Esc closes")
            for place in Place:
                yield Static(_section(place), classes="help-section", markup=False)


def _section(place: Place) -> Content:
    lines: list[Content] = [Content.styled(place.value, "bold $primary")]
    for command in commands(place):
        key = f"  {command.shown:<12}"
        lines.append(Content.assemble((key, "$accent"), (command.help, "$foreground")))
    return Content("\n").join(lines)
