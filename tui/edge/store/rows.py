"""Messages and conversations as rows, and rows as these.

What is searched, counted or sorted by has a column; the rest of a message is JSON beside it, so
that a field that a newer Rillet adds needs no new column.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import replace

from tui.core.chats import State, Summary
from tui.core.conversation import Message, Role
from tui.core.deltas import Outcome
from tui.core.kept import BadValue, from_json, to_json
from tui.core.options import Options

COLUMNS = ("id", "parent", "role", "at", "is_deleted", "text")
"""The fields of a message that have a column of their own name."""

MESSAGE = "id, parent, role, at, is_deleted, state, text, data"
"""What a message is made from."""

SUMMARY = (
    "chat.id, chat.title, chat.question, chat.model, chat.created, chat.updated, chat.messages,"
    " chat.size, chat.state, chat.is_pinned, chat.is_archived, substr(chat.draft, 1, 80)"
)
"""What a summary is made from."""

ROLES: tuple[Role, ...] = ("user", "system")

MessageRow = tuple[int, int, str, float, int, str, str, str]
SummaryRow = tuple[str, str, str, str, float, float, int, int, str, int, int, str]

STATES = {state.value: state for state in State}

LATEST = 1 << 40
"""Unix seconds; what is said to be later is taken for wrong."""


def raw(text: str) -> bytes:
    """Text for `CAST(? AS TEXT)`: every str there is, half surrogate pairs and NUL included."""
    return text.encode("utf-8", "surrogatepass")


def cooked(data: bytes) -> str:
    """The text again; of a damaged row, what can be read."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def moment(at: float) -> float:
    """A time that can be kept and sorted by."""
    return at if math.isfinite(at) and 0 <= at < LATEST else 0.0


def data_of(message: Message) -> str:
    """What has no column."""
    said = to_json(message)
    assert isinstance(said, dict)
    rest = {name: value for name, value in said.items() if name not in COLUMNS}
    return json.dumps(rest, separators=(",", ":"))


def options_data(options: Options) -> str:
    """Parameters as a row has them; empty where there are none."""
    return json.dumps(to_json(options), separators=(",", ":")) if options != Options() else ""


def options_of(data: str) -> Options:
    """The parameters again; of a damaged row, none."""
    try:
        return from_json(Options, json.loads(data))
    except (ValueError, TypeError, BadValue, RecursionError):
        return Options()


def state_of(message: Message) -> str:
    """How an answer ended; a question is finished."""
    return State[message.outcome.name].value


def message_of(row: MessageRow, pieces: Iterable[tuple[str, str]] = ()) -> Message:
    """The message; one that is still streaming was, for who reads it, interrupted so far."""
    number, parent, role, at, is_deleted, state, text, data = row
    message = _filled(Message(number, _role(role), text, parent=parent, at=at), data)
    message = replace(message, is_deleted=bool(is_deleted))
    if state != State.STREAMING:
        return message
    said = list(pieces)
    return replace(
        message,
        text=text + "".join(text for text, _ in said),
        reasoning=message.reasoning + "".join(reasoning for _, reasoning in said),
        outcome=Outcome.INTERRUPTED,
        failure=None,
    )


def summary_of(row: SummaryRow) -> Summary:
    """The conversation as lists show it."""
    chat, title, question, model, created, updated, messages, size, state, *marks, draft = row
    pinned, archived = marks
    known = STATES.get(state, State.FINISHED)
    return Summary(
        *(chat, title or question, model, created, updated, messages, size, known),
        is_pinned=bool(pinned),
        is_archived=bool(archived),
        draft=draft,
    )


def _filled(plain: Message, data: str) -> Message:
    """With what has no column; words are shown even if the rest cannot be read."""
    try:
        said = json.loads(data)
        said |= {name: getattr(plain, name) for name in COLUMNS}
        return from_json(Message, said)
    except (ValueError, TypeError, BadValue, RecursionError):
        return plain


def _role(said: str) -> Role:
    return next((role for role in ROLES if role == said), "assistant")
