"""Where a question stands: alone, or in a conversation that is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui.core.conversation import Conversation
from tui.core.deltas import Delta
from tui.core.reply import Reply
from tui.core.request import Request
from tui.core.settings import Settings


class Kept:
    """What becomes of a turn; of this one nothing is kept."""

    chat: str | None = None
    """The id of the conversation, if it is kept."""

    async def begin(self, request: Request) -> None:
        """Return when the question is on the disk, or is known not to get there soon."""

    def take(self, delta: Delta) -> None:
        """More of the answer."""

    async def end(self, reply: Reply) -> None:
        """The turn has ended: return when all of it is written, or cannot be."""


def forgotten(talk: Conversation, tell: Callable[[str], None]) -> Kept:
    """Keeps nothing."""
    return Kept()


@dataclass(frozen=True, slots=True)
class Place:
    """What comes before a question."""

    settings: Settings
    """Who is asked, and how."""

    talk: Conversation
    """What was said before, and the system prompt."""

    kept: Callable[[Conversation, Callable[[str], None]], Kept] = forgotten
    """Keeps the conversation, which ends with the question; what goes wrong with it is told."""
