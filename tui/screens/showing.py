"""The messages of a conversation as entries of the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from tui.core.conversation import Conversation, Message
from tui.core.dates import spoken
from tui.core.sanitize import clean
from tui.markdown.passage import Passage
from tui.markdown.pieces import Piece
from tui.markdown.plain import GrowingPlain, plain
from tui.widgets import notice
from tui.widgets.entry import Entry


def entries(
    talk: Conversation, messages: Iterable[Message], now: datetime, *, unfolds: bool
) -> list[Entry]:
    """An entry for each message; none is read before it is seen.

    Args:
        talk: The conversation, which knows of siblings.
        messages: Those to be shown.
        now: The time of day, where the user is.
        unfolds: Whether reasoning is shown.
    """
    places = _places(talk)
    return [_entry(message, now, places.get(message.id, ""), unfolds) for message in messages]


def heading(message: Message, now: datetime, place: str) -> Sequence[Piece]:
    """Who says a message, and when."""
    at = spoken(message.at, now)
    if message.role == "user":
        return notice.asked_by_you(message.images, at, place)
    return notice.answered_by(message.model, at, place)


def _entry(message: Message, now: datetime, place: str, unfolds: bool) -> Entry:
    from tui.markdown.growing import reader

    above = heading(message, now, place)
    if message.role == "user":
        return Entry(message.id, above, Passage.stored(clean(message.text), plain))
    words = "".join(filter(None, (message.text, message.refusal)))
    thought = _thought(message.reasoning)
    entry = Entry(message.id, above, Passage.stored(clean(words), reader), thought)
    entry.foot = notice.foot(message)
    if message.reasoning:
        seconds = message.provenance.thought_s if message.provenance else 0.0
        entry.thinking = notice.Thinking("", seconds, is_over=True)
        entry.unfold(unfolds or not message.text)
    return entry


def _thought(reasoning: str) -> Passage | None:
    if not reasoning:
        return None
    return Passage.stored(clean(reasoning), lambda _: GrowingPlain(("reasoning",)))


def _places(talk: Conversation) -> dict[int, str]:
    """Which of its siblings each message is, where it has any, in one walk over the tree."""
    families: dict[int, list[int]] = {}
    for message in talk.messages:
        if not message.is_deleted:
            families.setdefault(message.parent, []).append(message.id)
    return {
        number: f"{at}/{len(family)}"
        for family in families.values()
        if len(family) > 1
        for at, number in enumerate(family, 1)
    }
