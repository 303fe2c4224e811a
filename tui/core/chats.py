"""Conversations as they are kept: what a list shows of them, what a search finds, all of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from tui.core.conversation import Conversation
from tui.core.images import Image
from tui.core.options import Options


class State(StrEnum):
    """How the latest answer of a conversation stands."""

    EMPTY = "empty"
    STREAMING = "streaming"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    STALLED = "stalled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Summary:
    """One conversation in a list."""

    id: str
    """Its name for programs: eight characters, a to z and 2 to 7."""

    title: str
    """What it is called: what the user wrote, else the first question."""

    model: str
    """The model that was asked last."""

    created: float
    """When it was begun, in Unix seconds."""

    updated: float
    """When something was last said in it, in Unix seconds."""

    messages: int
    """Messages of the tree, deleted ones not counted."""

    size: int
    """Characters of these."""

    state: State = State.FINISHED
    """How its latest answer stands."""

    is_pinned: bool = False
    """Whether it stands at the top of lists."""

    is_archived: bool = False
    """Whether lists leave it out unless asked for."""

    draft: str = ""
    """The beginning of what is typed in it and not sent."""


@dataclass(frozen=True, slots=True)
class Chat:
    """One conversation, whole."""

    id: str
    """Its name for programs."""

    title: str = ""
    """What the user called it; empty where that is the first question."""

    model: str = ""
    """The model that is asked next."""

    created: float = 0.0
    """When it was begun, in Unix seconds."""

    updated: float = 0.0
    """When something was last said in it, in Unix seconds."""

    is_pinned: bool = False
    """Whether it stands at the top of lists."""

    is_archived: bool = False
    """Whether lists leave it out unless asked for."""

    draft: str = ""
    """What was typed and not sent yet."""

    conversation: Conversation = field(default_factory=Conversation)
    """The messages, the system prompt and the parameters."""

    draft_images: tuple[Image, ...] = ()
    """The images that go with the draft."""

    @property
    def name(self) -> str:
        """What it is called, for people."""
        return self.title or self.conversation.title or "Without words"


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a conversation is written along with one of its messages; None is as it was."""

    title: str | None = None
    """What the user called it."""

    model: str | None = None
    """The model that is asked next."""

    system: str | None = None
    """The system prompt."""

    head: int | None = None
    """The id of the message at which the path ends."""

    draft: str | None = None
    """What is typed and not sent."""

    draft_images: tuple[Image, ...] | None = None
    """The images that go with it."""

    options: Options | None = None
    """The parameters of its requests."""


@dataclass(frozen=True, slots=True)
class Found:
    """One message in which what was searched for was found."""

    chat: Summary
    """Its conversation."""

    message: int
    """Its id."""

    role: str
    """Who said it."""

    excerpt: str
    """A line of it round the first hit, raw."""

    marks: tuple[tuple[int, int], ...]
    """Where the hits are in the excerpt: first and behind the last character."""
