"""A small form: a field for each placeholder of a snippet."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.core.placeholders import filled, placeholders
from tui.core.sanitize import one_line
from tui.widgets.area import Area


class Field(Area):
    """What is filled in; Enter goes on to the next."""

    class Done(Message):
        """Enter was pressed."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Done())


class FillingScreen(ModalScreen[str | None]):
    """Asks for each placeholder; gives the filled text."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "close", show=False)]

    AUTO_FOCUS = "Field"

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self._name_of_it = name
        self._text = text
        self._asked = placeholders(text)

    def compose(self) -> ComposeResult:
        """A name and a field for each, with its default in it."""
        with VerticalScroll(id="filling", can_focus=False) as frame:
            frame.border_title = Content(one_line(self._name_of_it, 60))
            frame.border_subtitle = Content("Enter goes on, at the end inserts · Esc closes")
            for name, default in self._asked.items():
                yield Static(name, classes="filling-name", markup=False)
                yield Field(default)

    def on_field_done(self) -> None:
        """To the next field; behind the last one it is done."""
        fields = list(self.query(Field))
        place = fields.index(self.focused) if isinstance(self.focused, Field) else len(fields)
        if place + 1 < len(fields):
            fields[place + 1].focus()
        else:
            texts = [field.text for field in fields]
            self.dismiss(filled(self._text, dict(zip(self._asked, texts, strict=True))))
