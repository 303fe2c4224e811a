"""Conversations as files: Markdown and HTML for people, JSON for programs and for coming back.

A writer gives its text in parts, so that a long conversation need not be in memory twice. All are
pure: the screen, the command line and tests call `written` with a chat and get the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from tui.core.chats import Chat
from tui.core.exporting.pictures import EMBEDDED, Placing


class Form(StrEnum):
    """The forms in which a conversation leaves; the value is what the command line calls it."""

    MARKDOWN = "md"
    JSON = "json"
    HTML = "html"


SUFFIXES = {
    ".md": Form.MARKDOWN,
    ".markdown": Form.MARKDOWN,
    ".json": Form.JSON,
    ".html": Form.HTML,
    ".htm": Form.HTML,
}
"""The form that a file's name asks for, by how it ends."""


def file_name(chat: Chat, form: Form) -> str:
    """What the file could be called: letters and digits of the title, which suit any disk."""
    words = re.sub(r"[\W_]+", "-", chat.name.lower()).strip("-")[:60].strip("-")
    return f"{words or chat.id}.{form.value}"


Colours = Callable[[str, str], Iterable[tuple[str, str]]]
"""Takes code and the name of its language, gives it in runs: a style's name and the words."""


def plain(code: str, language: str) -> Iterable[tuple[str, str]]:
    """Code without colours."""
    return (("", code),)


def written(
    chat: Chat, form: Form, colours: Colours = plain, placing: Placing = EMBEDDED
) -> Iterator[str]:
    """The whole conversation in this form, in parts that follow each other.

    Args:
        chat: The conversation.
        form: Which form.
        colours: Colours the code on a page.
        placing: Where the pictures of Markdown are; a page and JSON have theirs in them.
    """
    match form:
        case Form.JSON:
            from tui.core.exporting.as_json import in_json

            return in_json(chat)
        case Form.HTML:
            from tui.core.exporting.as_html import in_html

            return in_html(chat, colours)
        case Form.MARKDOWN:
            from tui.core.exporting.as_markdown import in_markdown

            return in_markdown(chat, placing)
