"""An editor for the system prompt."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import TextArea

from tui.core.sanitize import clean
from tui.widgets.area import Area


class InstructionsScreen(ModalScreen[str | None]):
    """Edits a text; gives it, or nothing where it was left as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5,ctrl+enter", "take", "take", show=False, priority=True),
        Binding("escape", "dismiss", "close", show=False),
    ]

    AUTO_FOCUS = "#instructions-text"

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The text; the keys stand in the frame."""
        with Vertical(id="instructions") as frame:
            frame.border_title = Content("System prompt")
            frame.border_subtitle = Content("F5 takes it, empty is none · Esc leaves it as it was")
            yield Area(clean(self._text), id="instructions-text")

    def action_take(self) -> None:
        """This is the system prompt from now on."""
        self.dismiss(self.query_one(TextArea).text.strip())
