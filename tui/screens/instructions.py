"""An editor for the system prompt."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import TextArea

from tui.core.commands import rekeyed
from tui.core.sanitize import clean
from tui.screens.dialog import Dialog
from tui.widgets.area import Area


class InstructionsScreen(Dialog[str | None]):
    """Edits a text; gives it, or nothing where it was left as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "take", "take", show=False, priority=True, id="prompts"),
        Binding("ctrl+enter", "take", "take", show=False, priority=True),
        Binding("escape", "leave", "close", show=False),
    ]

    AUTO_FOCUS = "#instructions-text"

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = clean(text)
        self._is_leaving = False

    def compose(self) -> ComposeResult:
        """The text; the keys stand in the frame."""
        with Vertical(id="instructions") as frame:
            frame.border_title = Content("System prompt")
            frame.border_subtitle = Content(
                rekeyed("F5 takes it, empty is none · Esc leaves it as it was")
            )
            yield Area(self._text, id="instructions-text")

    def action_leave(self) -> None:
        """Leave it as it was; what was written is not thrown away by one key."""
        is_changed = self.query_one(TextArea).text != self._text
        if is_changed and not self._is_leaving:
            self._is_leaving = True
            said = rekeyed("Esc again throws away what you wrote; F5 takes it.")
            self.notify(said, markup=False)
        else:
            self.dismiss(None)

    @on(TextArea.Changed)
    def stay(self) -> None:
        """Who writes on does not leave."""
        self._is_leaving = False

    def action_take(self) -> None:
        """This is the system prompt from now on."""
        self.dismiss(self.query_one(TextArea).text.strip())
