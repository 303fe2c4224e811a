"""A dialog that asks for the name of a file, and does not go before it is written."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.core.errors import UsageError
from tui.core.sanitize import one_line
from tui.edge.snippets import write_new
from tui.screens.dialog import Dialog


class NameScreen(Dialog[Path | None]):
    """Writes a text to a file in the current folder; gives the file."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "close", show=False)]

    AUTO_FOCUS = "#file-name"

    TITLE_WORDS: ClassVar[str] = "Write the code to a file"
    """What is written."""

    def __init__(self, text: str, suggested: str) -> None:
        super().__init__()
        self._text = text
        self._suggested = suggested

    def compose(self) -> ComposeResult:
        """The name, and what was wrong with it."""
        with Vertical(id="name-dialog") as frame:
            frame.border_title = Content(self.TITLE_WORDS)
            frame.border_subtitle = Content("Enter writes · Esc closes")
            yield Input(self._suggested, id="file-name", compact=True)
            yield Static("", id="name-trouble", markup=False)

    def on_mount(self) -> None:
        """A cursor that blinks would draw for nothing."""
        self.query_one(Input).cursor_blink = False

    @on(Input.Submitted)
    async def write(self, event: Input.Submitted) -> None:
        """Write it; what cannot be written can get another name."""
        name = event.value.strip()
        if not name:
            return
        try:
            self.dismiss(await self._written(name))
        except FileExistsError:
            self._tell(f"{one_line(name, 300)} is there already, and stays as it is.")
        except UsageError as error:
            self._tell(one_line(str(error), 300))
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            self._tell(f"It cannot be written: {one_line(str(why), 200)}.")

    async def _written(self, name: str) -> Path:
        """Write it; gives the file."""
        return write_new(name, self._text)

    def _tell(self, trouble: str) -> None:
        self.query_one("#name-trouble", Static).update(Content(trouble))
