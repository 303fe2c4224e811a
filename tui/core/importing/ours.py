"""A conversation from the JSON that `tui.core.exporting.as_json` writes: an equal one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from tui.core.chats import Chat
from tui.core.conversation import Conversation, Message
from tui.core.deltas import Outcome
from tui.core.exporting.as_json import DELETED, OUTSIDE, VERSION
from tui.core.importing.damage import Damaged, named
from tui.core.kept import BadValue, from_json
from tui.core.lenient import JSON
from tui.core.options import Options

MOST = 1 << 53
"""The first number that cannot be a message's."""


def chat_from(said: JSON) -> Chat:
    """The conversation.

    Raises:
        Damaged: If it is none.
    """
    version = said["rillet"]
    if not isinstance(version, int) or version > VERSION:
        raise Damaged("it was written by a newer Rillet")
    given = said.get("messages")
    if not isinstance(given, list):
        raise Damaged("it has no list of messages")
    messages = tuple(_message(each, at) for at, each in enumerate(given))
    head = _tree(messages, said.get("head"))
    talk = Conversation(_system(said), messages, head, _options(said))
    kept = {field.name: said[field.name] for field in fields(Chat) if field.name in said}
    own = {"id": named(said.get("id")), "title": kept.get("title", "") if _is_titled(said) else ""}
    kept.pop("conversation", None)
    try:
        chat = from_json(Chat, {**kept, **own})
    except BadValue as why:
        raise Damaged(str(why)) from None
    return replace(chat, conversation=talk)


def _is_titled(said: JSON) -> bool:
    return bool(said.get("is_titled", True))


def _system(said: JSON) -> str:
    system = said.get("system", "")
    if not isinstance(system, str):
        raise Damaged("its system prompt is no text")
    return system


def _options(said: JSON) -> Options:
    try:
        return from_json(Options, said.get("options", {}))
    except BadValue as why:
        raise Damaged(str(why)) from None


def _message(said: object, at: int) -> Message:
    where = f"messages[{at}]"
    if not isinstance(said, dict) or not isinstance(record := said.get("record", {}), dict):
        raise Damaged(f"{where} is no message")
    own = {name: value for name, value in record.items() if name not in OUTSIDE}
    own |= {name: said[name] for name in ("id", "parent", "role") if name in said}
    own |= {"reason": said.get("finish_reason") or "", **_state(said, record, where)}
    own |= _content(said.get("content"), where)
    try:
        return from_json(Message, own)
    except BadValue as why:
        raise Damaged(f"{where}: {why}") from None


def _state(said: Mapping[str, object], record: JSON, where: str) -> JSON:
    state = said.get("state", Outcome.FINISHED.value)
    if state == DELETED:
        return {"is_deleted": True, "outcome": record.get("outcome", Outcome.FINISHED.name)}
    if not isinstance(state, str) or state not in list(Outcome):
        raise Damaged(f"{where}: its state cannot be {state!r:.60}")
    return {"outcome": Outcome(state).name}


def _content(content: object, where: str) -> JSON:
    """Text, or parts of text and images."""
    if isinstance(content, str):
        return {"text": content}
    if not isinstance(content, list) or not all(isinstance(part, dict) for part in content):
        raise Damaged(f"{where}: its content is neither text nor parts")
    words = [part.get("text") for part in content if part.get("type") == "text"]
    if not all(isinstance(each, str) for each in words):
        raise Damaged(f"{where}: a part of its content is no text")
    images = [part.get("image_url") for part in content if part.get("type") == "image_url"]
    return {"text": "".join(map(str, words)), "images": images}


def _tree(messages: tuple[Message, ...], head: object) -> int:
    """The head, once it is sure that every message follows an earlier one."""
    known, latest = {0}, 0
    for message in messages:
        if not latest < message.id < MOST:
            raise Damaged(f"message {message.id} is there twice, or not in its place")
        if message.parent not in known:
            raise Damaged(f"message {message.id} follows one that is not there")
        known.add(message.id)
        latest = message.id
    if head is None:
        return messages[-1].id if messages else 0
    if isinstance(head, bool) or not isinstance(head, int) or head not in known:
        raise Damaged("what is shown ends with a message that is not there")
    return head
