"""A conversation: the messages, in order, and what of them is sent.

A conversation is a value. Asking and answering give a new one; the screen holds the latest.
Nothing that was said is taken out: an answer that was asked for again stays, marked
`is_replaced`, and is no longer sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from tui.core.deltas import Continued, Outcome, ToolCall, Usage
from tui.core.errors import Failure
from tui.core.images import Image

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Seam:
    """Where an answer was continued: left of it are the words of an earlier request."""

    at: int
    """Characters of the answer's text left of the seam."""

    model: str
    """The model that wrote them."""

    outcome: Outcome
    """How the earlier request ended."""

    reason: str
    """Its finish reason."""

    failure: Failure | None
    """Why it failed."""

    usage: Usage | None
    """The server's token counts for it."""

    how: Continued | None
    """How the rest was asked for and what it repeated; None where no word of it came."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message, complete."""

    id: int
    """Its place of birth in the conversation, from 1; never used twice."""

    role: Role
    """Who says it."""

    text: str
    """What is said, raw."""

    images: tuple[Image, ...] = ()
    """The images that go with a question."""

    model: str = ""
    """The model that was asked, for an answer."""

    reasoning: str = ""
    """The reasoning before an answer."""

    refusal: str = ""
    """The model's words of refusal."""

    tool_calls: tuple[ToolCall, ...] = ()
    """The calls that an answer asks for; shown, never made and never sent back."""

    outcome: Outcome = Outcome.FINISHED
    """How the answer ended."""

    reason: str = ""
    """The server's finish reason for an answer."""

    failure: Failure | None = None
    """Why an answer failed."""

    usage: Usage | None = None
    """The server's token counts for the request that gave this answer."""

    seams: tuple[Seam, ...] = ()
    """Where the answer was continued; the fields above tell of its latest request."""

    is_replaced: bool = False
    """Whether the question was asked again, so that this answer is not sent any more."""

    @property
    def is_sent(self) -> bool:
        """Whether the next request carries this message."""
        if self.is_replaced:
            return False
        return bool(self.text or self.refusal or self.images or self.role != "assistant")

    def continued(self, rest: Message, how: Continued | None) -> Message:
        """This answer with the rest that a later request brought."""
        seam = Seam(
            at=len(self.text),
            model=self.model,
            outcome=self.outcome,
            reason=self.reason,
            failure=self.failure,
            usage=self.usage,
            how=how,
        )
        return replace(
            rest,
            id=self.id,
            text=self.text + rest.text,
            reasoning=self.reasoning + rest.reasoning,
            tool_calls=self.tool_calls + rest.tool_calls,
            seams=(*self.seams, seam),
        )


@dataclass(frozen=True, slots=True)
class Conversation:
    """The messages so far and the instructions before them."""

    system: str = ""
    """The system prompt; empty is none."""

    messages: tuple[Message, ...] = ()
    """In the order in which they were said."""

    @property
    def next_id(self) -> int:
        """The id that the next message gets."""
        return self.messages[-1].id + 1 if self.messages else 1

    @property
    def title(self) -> str:
        """The first words of the first question, one line; empty while nothing was asked."""
        for message in self.messages:
            if message.role == "user":
                return " ".join(message.text.split())[:80]
        return ""

    @property
    def last_answer(self) -> Message | None:
        """The answer to the last question, if there is one."""
        if self.messages and self.messages[-1].role == "assistant":
            return self.messages[-1]
        return None

    @property
    def has_question(self) -> bool:
        """Whether there is a question that could be sent."""
        return any(message.role == "user" for message in self.messages)

    @property
    def sent(self) -> tuple[Message, ...]:
        """What the next request carries, the system prompt first."""
        said = tuple(message for message in self.messages if message.is_sent)
        return (Message(0, "system", self.system), *said) if self.system else said

    def asked(self, text: str, images: tuple[Image, ...] = ()) -> Conversation:
        """With one more question."""
        return self._with(Message(self.next_id, "user", text, images))

    def answered(self, answer: Message) -> Conversation:
        """With an answer, which gets the next id."""
        return self._with(replace(answer, id=self.next_id))

    def continued(self, answer: Message) -> Conversation:
        """With the last answer in the form that it has after being continued."""
        return replace(self, messages=(*self.messages[:-1], answer))

    def again(self) -> Conversation:
        """Ready to ask the last question once more; its answer so far is kept but not sent."""
        answer = self.last_answer
        if answer is None:
            return self
        return replace(self, messages=(*self.messages[:-1], replace(answer, is_replaced=True)))

    def _with(self, message: Message) -> Conversation:
        return replace(self, messages=(*self.messages, message))
