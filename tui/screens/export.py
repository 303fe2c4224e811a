"""A dialog that asks for the name of the file that a conversation is written to."""

from __future__ import annotations

import asyncio
from itertools import count
from pathlib import Path

from tui.core.chats import Chat
from tui.core.errors import UsageError
from tui.core.exporting import SUFFIXES, Form, file_name
from tui.edge.exported import write_chat
from tui.markdown.looks import LOOKS
from tui.screens.name import NameScreen

UNKNOWN = "The name has to end in .md, .json, .html or .svg: that says how it is written."
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
    write_chat(path, chat, form, LOOKS)
    return path


def suggested(chat: Chat) -> str:
    """A name of a file that is not there yet, after what the conversation is called."""
    first = Path(file_name(chat, Form.MARKDOWN))
    names = (f"{first.stem}{f'-{number}' if number > 1 else ''}.md" for number in count(1))
    return next(name for name in names if not Path(name).exists())
