"""A conversation as JSON, from which `tui.core.importing` makes an equal one.

    {"rillet": 1, "id": ..., "title": ..., "is_titled": false, ..., "system": ..., "head": 4,
     "messages": [{"id", "parent", "role", "content", "state", "finish_reason", "record"}, ...]}

`title` is what the conversation is called, whether or not the user called it that. `content` is
text, or parts as in the OpenAI API where there are images. `state` says how the message stands: an
outcome, or `deleted`. All that is left to know of a message is in `record`. `options` beside
`system` are the parameters that were set in the conversation, where there are any.
A message is a line of its own, so that programs for lines can look at them too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields

from tui.core.chats import Chat
from tui.core.conversation import Message
from tui.core.kept import to_json
from tui.core.options import Options

VERSION = 1
"""The version of the form; a reader of an older one cannot read a newer one."""

DELETED = "deleted"
"""The state of a message that was deleted; how it ended is in its record then."""

OUTSIDE = ("id", "parent", "role", "text", "images", "outcome", "reason", "is_deleted")
"""What of a message has a place of its own beside the record."""

_HALF = re.compile("[\ud800-\udfff]")


def in_json(chat: Chat) -> Iterator[str]:
    """All of the conversation, branches and deleted messages included."""
    yield "{\n"
    for name, value in _head(chat).items():
        yield f"{_dumped(name)}: {_dumped(value)},\n"
    yield '"messages": ['
    for at, message in enumerate(chat.conversation.messages):
        yield f"{',' if at else ''}\n{_dumped(_message(message))}"
    yield "\n]}\n"


def _head(chat: Chat) -> Mapping[str, object]:
    kept = {field.name: to_json(getattr(chat, field.name)) for field in fields(chat)}
    del kept["conversation"]
    talk = chat.conversation
    named = {"title": chat.name, "is_titled": bool(chat.title)}
    own = {"options": to_json(talk.options)} if talk.options != Options() else {}
    return {"rillet": VERSION, **kept, **named, "system": talk.system, **own, "head": talk.head}


def _message(message: Message) -> Mapping[str, object]:
    record = to_json(message)
    assert isinstance(record, dict)
    left = {name: value for name, value in record.items() if name not in OUTSIDE}
    if message.is_deleted:
        left["outcome"] = message.outcome.name
    return {
        "id": message.id,
        "parent": message.parent,
        "role": message.role,
        "content": _content(message),
        "state": DELETED if message.is_deleted else message.outcome.value,
        "finish_reason": message.reason or None,
        "record": left,
    }


def _content(message: Message) -> object:
    if not message.images:
        return message.text
    words: list[object] = [{"type": "text", "text": message.text}] if message.text else []
    return words + [{"type": "image_url", "image_url": to_json(image)} for image in message.images]


def _dumped(value: object) -> str:
    """JSON in which letters stay letters; half a surrogate pair, no letter, is escaped."""
    said = json.dumps(value, ensure_ascii=False)
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", said)
