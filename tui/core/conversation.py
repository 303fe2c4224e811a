"""A conversation: a tree of messages, of which one path is shown and sent.

    1 question ── 2 answer ── 3 question ── 4 answer
                                        └── 5 answer      asked again: a sibling of 4
                          └── 6 question ── 7 answer      edited: a sibling of 3

A conversation is a value. Asking, answering and turning to a sibling give a new one; the screen
holds the latest. `head` is the message at which the path ends: what leads there from the
beginning is what is seen, and what is seen is what is sent. Nothing that was said is taken out:
what is deleted is marked, with all that follows from it, and can be restored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from tui.core.deltas import Continued, Outcome, ToolCall, Usage
from tui.core.errors import Failure
from tui.core.images import Image
from tui.core.options import Options
from tui.core.provenance import Provenance

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

    provenance: Provenance | None = None
    """What is known of the earlier request."""


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

    parent: int = 0
    """The id of the message that this one follows; 0 is the beginning."""

    at: float = 0.0
    """When it was said, in Unix seconds; an answer, when it was asked for."""

    provenance: Provenance | None = None
    """What is known of the request that gave this answer."""

    is_deleted: bool = False
    """Whether it was deleted, and with it all that follows from it."""

    @property
    def is_sent(self) -> bool:
        """Whether a request carries this message where it is on the path."""
        return bool(self.text or self.refusal or self.images or self.role != "assistant")

    @property
    def has_words(self) -> bool:
        """Whether there is anything in it to read."""
        return bool(self.text or self.reasoning or self.refusal or self.tool_calls or self.images)

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
            provenance=self.provenance,
        )
        return replace(
            rest,
            id=self.id,
            parent=self.parent,
            at=self.at,
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
    """All of the tree, in the order in which they were said."""

    head: int = 0
    """The id of the last message of the path; 0 while nothing is shown."""

    options: Options = field(default_factory=Options)
    """The parameters of its requests, over those of everyone else."""

    @property
    def next_id(self) -> int:
        """The id that the next message gets."""
        return self.messages[-1].id + 1 if self.messages else 1

    @property
    def path(self) -> tuple[Message, ...]:
        """What is shown, from the beginning to the head."""
        known = {message.id: message for message in self.messages}
        found, at = list[Message](), self.head
        while (message := known.get(at)) is not None:
            found.append(message)
            at = message.parent
        return tuple(reversed(found))

    def message(self, number: int) -> Message | None:
        """The message with this id, if there is one."""
        return next((each for each in reversed(self.messages) if each.id == number), None)

    @property
    def title(self) -> str:
        """The first words of the first question that is there, one line; empty without any."""
        there = {0}
        for message in self.messages:
            if message.parent in there and not message.is_deleted:
                if message.role == "user":
                    return " ".join(message.text.split())[:80]
                there.add(message.id)
        return ""

    @property
    def last_answer(self) -> Message | None:
        """The answer at the end of the path, if it ends with one."""
        last = self.message(self.head)
        return last if last is not None and last.role == "assistant" else None

    @property
    def has_question(self) -> bool:
        """Whether there is a question on the path that could be sent."""
        return any(message.role == "user" for message in self.path)

    @property
    def sent(self) -> tuple[Message, ...]:
        """What the next request carries, the system prompt first."""
        said = tuple(message for message in self.path if message.is_sent)
        return (Message(0, "system", self.system), *said) if self.system else said

    def asked(self, text: str, images: tuple[Image, ...] = (), at: float = 0.0) -> Conversation:
        """With one more question, asked at a time in Unix seconds."""
        return self._with(Message(self.next_id, "user", text, images, at=at))

    def answered(self, answer: Message) -> Conversation:
        """With an answer, which gets the next id."""
        return self._with(replace(answer, id=self.next_id))

    def continued(self, answer: Message) -> Conversation:
        """With an answer in the form that it has after being continued."""
        return self._changed({answer.id: answer})

    def recorded(self, number: int, known: Provenance | None) -> Conversation:
        """With what is known by now of the request behind an answer, wherever that is."""
        message = self.message(number)
        if message is None:
            return self
        return self._changed({number: replace(message, provenance=known)})

    def again(self) -> Conversation:
        """Ready for another answer to the last question; the one so far is a sibling of it.

        An answer without any words is deleted: there is nothing in it to go back to.
        """
        answer = self.last_answer
        if answer is None:
            return self
        gone = {} if answer.has_words else {answer.id: replace(answer, is_deleted=True)}
        return replace(self._changed(gone), head=answer.parent)

    def before(self, number: int) -> Conversation:
        """Ready for another message in the place of this one, which becomes its sibling."""
        message = self.message(number)
        return self if message is None else replace(self, head=message.parent)

    def upto(self, number: int) -> Conversation:
        """Ready for another message behind this one."""
        return self if self.message(number) is None else replace(self, head=number)

    def behind(self, number: int) -> tuple[Message, ...]:
        """The messages that follow this one, each on a path of its own; 0 is the beginning."""
        return tuple(
            message
            for message in self.messages
            if message.parent == number and not message.is_deleted
        )

    def siblings(self, number: int) -> tuple[Message, ...]:
        """The messages that could stand in the place of this one, itself among them."""
        asked = self.message(number)
        return () if asked is None else self.behind(asked.parent)

    def turned(self, number: int, by: int) -> Conversation:
        """On the path through the sibling so many after this one, to what was said last there."""
        there = [message.id for message in self.siblings(number)]
        if number not in there:
            return self
        return self.through(there[(there.index(number) + by) % len(there)])

    def through(self, number: int) -> Conversation:
        """On the path through this message, to what was said last behind it."""
        behind, head = {number}, number
        for message in self.messages:
            if message.parent in behind and not message.is_deleted:
                behind.add(message.id)
                head = message.id
        return replace(self, head=head)

    def deleted(self, number: int) -> Conversation:
        """Without this message and what follows from it; a sibling takes its place, if any."""
        message = self.message(number)
        if message is None:
            return self
        there = [each.id for each in self.siblings(number)]
        without = self._changed({number: replace(message, is_deleted=True)})
        place = there.index(number) if number in there else 0
        beside = there[place + 1 : place + 2] or there[max(place - 1, 0) : place]
        return without.through(beside[0]) if beside else replace(without, head=message.parent)

    def restored(self, number: int) -> Conversation:
        """With a message that was deleted and all that leads to it, on the path through it."""
        back = replace(self, head=number).path
        there = {message.id: replace(message, is_deleted=False) for message in back}
        return self._changed(there).through(number) if there else self

    def _changed(self, others: Mapping[int, Message]) -> Conversation:
        changed = tuple(others.get(message.id, message) for message in self.messages)
        return replace(self, messages=changed)

    def _with(self, message: Message) -> Conversation:
        said = replace(message, parent=self.head)
        return replace(self, messages=(*self.messages, said), head=said.id)
