"""What there is to say of a conversation and of its messages, for all forms alike."""

from __future__ import annotations

from typing import NamedTuple

from tui.core.chats import Chat
from tui.core.conversation import Message
from tui.core.dates import moment
from tui.core.exporting.roles import BETWEEN, WHO
from tui.core.phase import COMPLETE, ending
from tui.core.sanitize import one_line


class Tokens(NamedTuple):
    """What the messages that are shown took."""

    total: int
    """Prompts and answers of all requests."""

    is_estimate: bool
    """Whether some of it was counted with a stand-in."""


def iso(at: float) -> str:
    """A time in Unix seconds as an ISO date of this place; empty for none and for nonsense."""
    return _told(at, "%Y-%m-%dT%H:%M:%S", ":")


def when(at: float) -> str:
    """A time for people, with what it is apart from UTC; empty for none and for nonsense."""
    return _told(at, "%Y-%m-%d %H:%M ", ":")


def _told(at: float, form: str, colon: str) -> str:
    then = moment(at, None)
    if then is None:
        return ""
    here = then.astimezone()
    zone = here.strftime("%z")
    return f"{here.strftime(form)}{zone[:3]}{colon}{zone[3:5]}"


def heading(message: Message) -> str:
    """Who says it, with which model, and when."""
    model = one_line(message.model, 80) if message.role == "assistant" else ""
    return BETWEEN.join(filter(None, (WHO[message.role], model, when(message.at))))


def told_ending(message: Message) -> str:
    """How an answer ended that is not simply complete; else empty."""
    if message.role != "assistant":
        return ""
    end = ending(message)
    if end is COMPLETE or not (message.reason or message.outcome.value != "finished"):
        return ""
    why = f": {one_line(message.failure.title)}" if message.failure else ""
    return f"{end.sign} {end.words}{why}"


def tokens(chat: Chat) -> Tokens | None:
    """The tokens of the answers that are shown, as far as they were counted; None for none."""
    records = [
        record
        for message in chat.conversation.path
        for record in (message.provenance, *(seam.provenance for seam in message.seams))
    ]
    counts = [record.count for record in records if record and record.count]
    if not counts:
        return None
    return Tokens(
        sum(count.best("total") for count in counts),
        any("≈" in count.shown("total") for count in counts),
    )
