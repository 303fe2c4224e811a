"""A field of several lines, in which what is pasted is what is seen."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.widgets import TextArea

from tui.core.commands import Place
from tui.core.sanitize import clean
from tui.widgets.bound import bindings


class Area(TextArea):
    """An editor without ornaments; Tab goes to the next field."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.PROMPT)

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(
            text,
            id=id,
            soft_wrap=True,
            compact=True,
            show_line_numbers=False,
            tab_behavior="focus",
            highlight_cursor_line=False,
            placeholder=placeholder,
        )
        self.cursor_blink = False
        self.move_cursor(self.document.end)

    async def _on_paste(self, event: events.Paste) -> None:
        """What is not seen, or would steer, is not pasted: nothing hides in what is sent."""
        event.text = clean(event.text.replace("\r\n", "\n").replace("\r", "\n"))

    def action_new_line(self) -> None:
        """Begin a new line at the cursor."""
        self.insert("\n")
