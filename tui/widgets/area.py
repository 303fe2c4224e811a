"""A field of several lines, in which what is pasted is what is seen."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.strip import Strip
from textual.widgets import TextArea

from tui.core.commands import Place
from tui.core.sanitize import clean
from tui.widgets.bound import bindings
from tui.widgets.signs import TYPED, AsciiSigns


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

    def render_line(self, y: int) -> Strip:
        """A row; marked as typed where signs are spelt, so that its words stay as they are."""
        strip = super().render_line(y)
        is_spelt = any(isinstance(each, AsciiSigns) for each in self.get_line_filters())
        return strip.apply_meta({TYPED: True}) if is_spelt else strip

    async def _on_paste(self, event: events.Paste) -> None:
        """What is not seen, or would steer, is not pasted: nothing hides in what is sent."""
        event.text = cleaned(event.text)

    def action_new_line(self) -> None:
        """Begin a new line at the cursor."""
        self.insert("\n")


def cleaned(text: str) -> str:
    """A pasted text without what is not seen, or would steer."""
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"))
