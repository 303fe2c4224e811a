"""A dialog that asks under which name a prompt is kept."""

from __future__ import annotations

from pathlib import Path

from tui.core.library import Kind
from tui.edge.library import save
from tui.screens.name import NameScreen


class SavingScreen(NameScreen):
    """Writes a text to a new file of the library; gives the file."""

    def __init__(self, folder: Path | None, kind: Kind, text: str) -> None:
        super().__init__(text, "")
        self._folder = folder
        self._kind = kind
        what = "snippet" if kind is Kind.SNIPPET else "system prompt"
        self.heading = f"Save the {what} under a name"

    def _written(self, name: str, text: str) -> Path:
        return save(self._folder, self._kind, name, text)
