"""The requests that an answer came by, built once more from what is kept.

Nothing that was said is ever changed, so the path up to an answer is what was sent for it. One
thing grows: an earlier answer that was continued later. It is cut to what it was when the request
went out. What the client added for one server, or left out, is kept as what was altered; a request
that was refused is as it was first asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from tui.core.altered import altered
from tui.core.continuing import Way, first_way
from tui.core.conversation import Conversation, Message
from tui.core.provenance import Provenance
from tui.core.request import JSON, Request, body


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """One request as it was sent."""

    endpoint: str
    """The base URL that was asked; of what has none, what it is called."""

    body: JSON
    """What was sent there."""


def rebuilt(talk: Conversation, answer: Message) -> tuple[Rebuilt | None, ...]:
    """The requests that an answer came by, in their order; None where nothing is known of one."""
    before = replace(talk, head=answer.parent).path
    known = records(answer)
    ends = [0, *(seam.at for seam in answer.seams)]
    return tuple(
        _rebuilt(before, replace(answer, text=answer.text[:end], reasoning=""), record)
        for end, record in zip(ends, known, strict=True)
    )


def records(answer: Message) -> tuple[Provenance | None, ...]:
    """What is known of the requests that an answer came by, in their order."""
    return (*(seam.provenance for seam in answer.seams), answer.provenance)


def _rebuilt(
    before: tuple[Message, ...], partial: Message, record: Provenance | None
) -> Rebuilt | None:
    if record is None:
        return None
    said = [_as_it_was(message, record.began) for message in before if message.is_sent]
    if record.system:
        said.insert(0, Message(0, "system", record.system))
    continues = bool(partial.text)
    if continues:
        said.append(partial)
    request = Request(record.asked, tuple(said), record.options, continues=continues)
    plain = body(request, record.way or _usual_way(record.endpoint))
    return Rebuilt(record.endpoint, altered(plain, record.alterations))


def _usual_way(endpoint: str) -> Way:
    """The way that is tried first, where no word came that would tell which one it was."""
    try:
        return first_way(endpoint)
    except ValueError:  # an import may call anything an address
        return Way.FLAGS


def _as_it_was(message: Message, then: float) -> Message:
    """A message at a time in Unix seconds: without what a later request has added to it."""
    for seam, (_, later) in zip(message.seams, pairwise(records(message)), strict=True):
        if later is not None and later.began > then:
            return replace(message, text=message.text[: seam.at])
    return message
