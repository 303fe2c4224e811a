"""Conversations as files: Markdown and HTML for people, JSON for programs and for coming back.

A writer gives its text in parts, so that a long conversation need not be in memory twice. All are
pure: the screen, the command line and tests call `written` with a chat and get the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from tui.core.chats import Chat


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


def written(chat: Chat, form: Form) -> Iterator[str]:
    """The whole conversation in this form, in parts that follow each other."""
    match form:
        case Form.JSON:
            from tui.core.exporting.as_json import in_json

            return in_json(chat)
        case Form.HTML:
            from tui.core.exporting.as_html import in_html

            return in_html(chat)
        case Form.MARKDOWN:
            from tui.core.exporting.as_markdown import in_markdown

            return in_markdown(chat)
