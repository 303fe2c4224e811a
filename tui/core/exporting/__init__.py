"""Conversations as files: Markdown, HTML and SVG for people, JSON for programs and the way back.

A writer gives its text in parts, so that a long conversation need not be in memory twice. All are
pure: the screen, the command line and tests call `written` with a chat and get the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tui.core.chats import Chat
from tui.core.errors import UsageError
from tui.core.exporting.pictures import EMBEDDED, Placing


class Form(StrEnum):
    """The forms in which a conversation leaves; the value is what the command line calls it."""

    MARKDOWN = "md"
    JSON = "json"
    HTML = "html"
    SVG = "svg"


SUFFIXES = {
    ".md": Form.MARKDOWN,
    ".markdown": Form.MARKDOWN,
    ".json": Form.JSON,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".svg": Form.SVG,
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


def undrawn(chat: Chat) -> Iterator[str]:
    """No picture: the rows of a picture are made where Markdown is laid out."""
    raise UsageError("A picture cannot be drawn here.")


@dataclass(frozen=True, slots=True)
class Looks:
    """What makes a conversation more than words; other floors have it."""

    colours: Colours = plain
    """Colours the code on a page."""

    draw: Callable[[Chat], Iterator[str]] = undrawn
    """Draws a picture, in parts that follow each other."""


PLAIN = Looks()


def written(
    chat: Chat, form: Form, looks: Looks = PLAIN, placing: Placing = EMBEDDED
) -> Iterator[str]:
    """The whole conversation in this form, in parts that follow each other.

    Args:
        chat: The conversation.
        form: Which form.
        looks: What it looks like as a page and as a picture.
        placing: Where the pictures of Markdown are; a page and JSON have theirs in them.
    """
    match form:
        case Form.JSON:
            from tui.core.exporting.as_json import in_json

            return in_json(chat)
        case Form.HTML:
            from tui.core.exporting.as_html import in_html

            return in_html(chat, looks.colours)
        case Form.SVG:
            return looks.draw(chat)
        case Form.MARKDOWN:
            from tui.core.exporting.as_markdown import in_markdown

            return in_markdown(chat, placing)
