"""Conversations that come from files: ours, ChatGPT's, and plain transcripts.

The form is recognised by what the text says, not by a file's name. What comes out are whole
conversations; one that is damaged is named and left out, and if nothing can be read at all, that
is a `BadFile`. Nothing here keeps anything.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from tui.core.chats import Chat
from tui.core.errors import UsageError
from tui.core.importing import chatgpt, ours, transcripts
from tui.core.importing.damage import Damaged
from tui.core.importing.pictured import LookUp, nowhere
from tui.core.lenient import JSON
from tui.core.sanitize import one_line


class BadFile(UsageError):
    """The text holds no conversation that Rillet can read; the exception's text says why."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was found in one file."""

    chats: tuple[Chat, ...]
    """The conversations, whole."""

    damaged: tuple[str, ...] = ()
    """A sentence for each that could not be read."""

    remark: str = ""
    """What was done that one might not expect; a sentence."""


def read(text: str, name: str, look_up: LookUp = nowhere) -> Imported:
    """The conversations in a text.

    Args:
        text: What the file says.
        name: What the file is called, for words about it.
        look_up: Finds the picture of a file that Markdown names.

    Raises:
        BadFile: If there is none in it.
    """
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise BadFile(f"{name} is empty.")
    if text.lstrip()[0] in "[{":
        return _read_json(text, name)
    chat, remark = transcripts.chat_from(text, look_up)
    return Imported((chat,), remark=remark)


def _read_json(text: str, name: str) -> Imported:
    try:
        said: object = json.loads(text)
    except RecursionError:
        raise BadFile(f"{name} is nested too deeply to be a conversation.") from None
    except json.JSONDecodeError as error:
        raise BadFile(f"{name} is damaged JSON: {error.msg} in line {error.lineno}.") from None
    except ValueError:
        raise BadFile(f"{name} is damaged JSON: it holds a number that is none.") from None
    items = said if isinstance(said, list) else [said]
    readers = [_reader(item) for item in items]
    if not any(readers):
        raise BadFile(
            f"{name} is JSON, but neither a conversation of Rillet nor ChatGPT's "
            "conversations.json."
        )
    return _read_all(list(zip(items, readers, strict=True)), name)


Reader = Callable[[JSON], Chat]
"""Makes a conversation from JSON, or raises Damaged."""


def _reader(item: object) -> Reader | None:
    if not isinstance(item, dict):
        return None
    if "rillet" in item:
        return ours.chat_from
    return chatgpt.chat_from if "mapping" in item else None


def _read_all(items: list[tuple[object, Reader | None]], name: str) -> Imported:
    chats, damaged = list[Chat](), list[str]()
    for number, (item, reader) in enumerate(items, 1):
        try:
            if reader is None or not isinstance(item, dict):
                raise Damaged("it is no conversation")
            chats.append(reader(item))
        except Damaged as why:
            damaged.append(f"Conversation {number}{_titled(item)} was left out: {why}.")
    if not chats:
        raise BadFile(f"{name} holds no conversation that can be read. {damaged[0]}")
    return Imported(tuple(chats), tuple(damaged))


def _titled(item: object) -> str:
    title = item.get("title") if isinstance(item, dict) else None
    return f" ({one_line(title, 60)})" if isinstance(title, str) and title else ""
