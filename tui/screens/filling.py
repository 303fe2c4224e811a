"""A small form: a field for each placeholder of a snippet."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.core.library import Text
from tui.core.placeholders import filled, placeholders
from tui.core.sanitize import one_line
from tui.screens.dialog import Dialog
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


class FillingScreen(Dialog[str | None]):
    """Asks for each placeholder; gives the filled text."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "close", show=False)]

    AUTO_FOCUS = "Field"

    def __init__(self, snippet: Text, left: dict[tuple[str, str], str]) -> None:
        """Begin.

        Args:
            snippet: What is filled.
            left: What was typed before and not used, by snippet and name; brought up to date.
        """
        super().__init__()
        self._snippet = snippet
        self._left = left
        self._asked = placeholders(snippet.text)

    def compose(self) -> ComposeResult:
        """A name and a field for each, with its default in it."""
        with VerticalScroll(id="filling", can_focus=False) as frame:
            frame.border_title = Content(one_line(self._snippet.name, 60))
            frame.border_subtitle = Content("Enter goes on, at the end inserts · Esc closes")
            for name, default in self._asked.items():
                yield Static(name, classes="filling-name", markup=False)
                yield Field(self._left.get((self._snippet.name, name), default))

    def on_field_done(self) -> None:
        """To the next field; behind the last one it is done."""
        fields = list(self.query(Field))
        place = fields.index(self.focused) if isinstance(self.focused, Field) else len(fields)
        if place + 1 < len(fields):
            self.set_focus(fields[place + 1])
        else:
            for name in self._asked:
                self._left.pop((self._snippet.name, name), None)
            self.dismiss(filled(self._snippet.text, self._values))

    @property
    def _values(self) -> dict[str, str]:
        texts = [field.text for field in self.query(Field)]
        return dict(zip(self._asked, texts, strict=True))

    def action_leave(self) -> None:
        """Insert nothing; what was typed is there again when the form is."""
        for name, value in self._values.items():
            self._left[self._snippet.name, name] = value
        self.dismiss(None)
