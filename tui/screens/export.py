"""A dialog that asks for the name of the file that a conversation is written to."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from tui.core.chats import Chat
from tui.core.errors import UsageError
from tui.core.exporting import SUFFIXES, written
from tui.core.sanitize import one_line
from tui.edge.new_file import write_new
from tui.screens.name import NameScreen

LONGEST = 60
"""Characters of a suggested name, without its suffix."""

UNKNOWN = "The name has to end in .md, .json or .html: that says how it is written."
"""Asks for a suffix."""


class ExportScreen(NameScreen):
    """Writes a conversation to a file that is not there yet."""

    TITLE_WORDS = "Write the conversation to a file"

    def __init__(self, chat: Chat) -> None:
        super().__init__("", suggested(chat))
        self._chat = chat

    async def _written(self, name: str) -> Path:
        return await asyncio.to_thread(_export, self._chat, Path(name))


def _export(chat: Chat, path: Path) -> Path:
    path = path.expanduser()
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise UsageError(UNKNOWN)
    if path.exists() or path.is_symlink():
        raise FileExistsError
    write_new(path, written(chat, form))
    return path


def suggested(chat: Chat) -> str:
    """A name of a file that is not there yet, after what the conversation is called."""
    words = re.findall(r"\w+", one_line(chat.name, 200))
    stem = "-".join(words).lower()[:LONGEST].strip("-") or "conversation"
    names = (f"{stem}{number}.md" for number in ("", *(f"-{n}" for n in range(2, 100))))
    return next((name for name in names if not Path(name).exists()), f"{stem}.md")
