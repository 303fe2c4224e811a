"""A dialog that asks under which name a prompt is kept."""

from __future__ import annotations

from pathlib import Path

from textual.content import Content

from tui.core.library import Kind
from tui.edge.library import save
from tui.screens.name import NameScreen


class SavingScreen(NameScreen):
    """Writes a text to a new file of the library; gives the file."""

    def __init__(self, folder: Path | None, kind: Kind, text: str) -> None:
        super().__init__(text, "")
        self._folder = folder
        self._kind = kind

    def on_mount(self) -> None:
        """Say what is saved."""
        what = "snippet" if self._kind is Kind.SNIPPET else "system prompt"
        self.query_one("#name-dialog").border_title = Content(f"Save the {what} under a name")

    async def _written(self, name: str) -> Path:
        return save(self._folder, self._kind, name, self._text)
