"""What the list of conversations knows of the chat behind it, says of what it found, and gives."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tui.core.chats import Found, Summary
from tui.core.sanitize import clean
from tui.core.sought import Sought

MOST_HITS = 200
"""Messages that a search shows; more words find fewer."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What is to be opened."""

    chat: str
    """The conversation."""

    message: int = 0
    """The message in it, if one was found."""

    words: str = ""
    """What was found in that message."""


@dataclass(frozen=True, slots=True)
class Behind:
    """The chat behind the list, as far as the list has to do with it."""

    here: str
    """The id of the conversation that is open."""

    now: Callable[[], datetime]
    """The time of day where the user is."""

    is_busy: Callable[[], bool]
    """Whether a reply is under way in it."""

    renamed: Callable[[str], None]
    """Is told the new name of the conversation that is open."""

    written: Callable[[], Awaitable[None]]
    """Returns when what was said and typed there is in the store."""

    deleted: list[Summary] = field(default_factory=list)
    """What was deleted since the start, the latest last."""


def told_of(called: Sequence[Summary], hits: Sequence[Found]) -> str:
    """How much was found, in words."""
    chats = len({*(chat.id for chat in called), *(hit.chat.id for hit in hits)})
    if len(hits) == MOST_HITS:
        return f"the newest {MOST_HITS} hits"
    where = f"{chats:,} conversation{'s' * (chats != 1)}"
    return f"{len(hits):,} hit{'s' * (len(hits) != 1)} · {where}"


def found_in(hit: Found, words: str) -> str:
    """What to mark in the conversation: all the words where they stand side by side, else one."""
    if Sought(words.lower()).spans(hit.excerpt):
        return words.lower()
    return clean(hit.excerpt[slice(*hit.marks[0])]).lower() if hit.marks else ""
