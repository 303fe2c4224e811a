"""What a turn is made of: deltas in the order in which they happen, the last one Finished.

    Retrying*  Accepted?
    (Served | Continued | PromptRead | Text | Reasoning | Refusal | ToolCall | Usage | Remark)*
    Finished

Every delta is frozen and complete when it is made. There is exactly one `Finished` in a turn
and nothing comes after it, however the turn ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tui.core.continuing import Way
from tui.core.errors import Failure


class Outcome(StrEnum):
    """The five ways in which a turn can end."""

    FINISHED = "finished"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    STALLED = "stalled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The server took the request and named it."""

    request_id: str
    """Its name for the request, for its support desk; empty where it gives none."""

    alterations: str = ""
    """What of the body was sent otherwise than the request tells (`tui.core.altered`)."""


@dataclass(frozen=True, slots=True)
class Served:
    """The server said what it is answering with."""

    model: str
    """The model's name, as the server writes it."""

    id: str = ""
    """The completion's id."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words of the answer."""

    text: str
    """The words, raw: sanitised only on their way to a screen."""


@dataclass(frozen=True, slots=True)
class Reasoning:
    """Words of the model's reasoning; shown, never sent back."""

    text: str
    """The words, raw."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Words in which the model declines."""

    text: str
    """The words, raw."""


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A piece of a call to a tool; the name comes first, the arguments in pieces."""

    index: int
    """Which of the message's calls this piece belongs to, from 0."""

    name: str = ""
    """The function's name, or what of it came in this piece."""

    arguments: str = ""
    """JSON text, or what of it came in this piece."""

    id: str = ""
    """The call's id, where this piece carries it."""


@dataclass(frozen=True, slots=True)
class Usage:
    """The server's own token counts, in tokens; None is 'not reported'."""

    prompt: int | None = None
    """Tokens of everything that was sent."""

    completion: int | None = None
    """Tokens of everything that came back."""

    cached: int | None = None
    """Tokens of the prompt that were read from the provider's cache."""

    reasoning: int | None = None
    """Tokens of the completion that were reasoning."""

    @property
    def total(self) -> int | None:
        """Prompt and completion together, None unless both were reported."""
        if self.prompt is None or self.completion is None:
            return None
        return self.prompt + self.completion


@dataclass(frozen=True, slots=True)
class PromptRead:
    """The server is on its way through the prompt; only llama.cpp tells."""

    tokens: int
    """Tokens that it has read, those of its cache included."""

    of: int
    """Tokens of the prompt."""

    @property
    def per_cent(self) -> int:
        """The part of the prompt that was read; 100 is all of it."""
        return min(100, 100 * self.tokens // self.of) if self.of > 0 else 100


@dataclass(frozen=True, slots=True)
class Continued:
    """The words that follow go on where an earlier request's answer was cut."""

    way: Way
    """How the rest was asked for."""

    dropped: str = ""
    """What the rest repeated of the words before, and what was therefore left out."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the stream that is worth a line, and no reason to stop."""

    text: str
    """A sentence."""


@dataclass(frozen=True, slots=True)
class Retrying:
    """The request was refused before a word came and will be sent once more."""

    attempt: int
    """Which retry this is, from 1."""

    of: int
    """How many retries there can be."""

    wait: float
    """Seconds until it is sent."""

    failure: Failure
    """Why."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The end of the turn: always there, always last."""

    outcome: Outcome
    """Which of the five ways."""

    reason: str = ""
    """The server's `finish_reason`, as it wrote it; empty where it gave none."""

    failure: Failure | None = None
    """Why, where the outcome is failed, interrupted or stalled."""


Delta = (
    Accepted
    | Served
    | Continued
    | Text
    | Reasoning
    | Refusal
    | ToolCall
    | Usage
    | PromptRead
    | Remark
    | Retrying
    | Finished
)

CONTENT = (Text, Reasoning, Refusal, ToolCall)
"""The deltas that carry something the model wrote."""
