"""Where a message comes from, as lines for people: a section for the message, one for each request.

What is not known is told as that and never guessed. All of it may be foreign: names, ids and
reasons are the server's words, and a conversation can be imported. It is clean when it leaves here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo

from tui.core.continuing import Way
from tui.core.conversation import Message
from tui.core.counts import Count
from tui.core.dates import moment
from tui.core.deltas import Usage
from tui.core.options import PLAIN
from tui.core.pace import Timings
from tui.core.parameters import shown
from tui.core.phase import ending
from tui.core.provenance import Provenance
from tui.core.rebuilt import records
from tui.core.sanitize import one_line, shortened

UNKNOWN = "not known"
NOT_SET = "not set"
NOT_SAID = "not said by the server"

WAYS = {
    Way.FLAGS: "written on in the same message (continue_final_message)",
    Way.PREFIX: "written on in the same message (prefix)",
    Way.INSTRUCTION: "asked for in words",
}

Line = tuple[str, str]
"""What something is called, and what it is."""


@dataclass(frozen=True, slots=True)
class Section:
    """Some lines that belong together."""

    title: str
    """What they are about."""

    lines: tuple[Line, ...]
    """They."""

    is_request: bool = False
    """Whether they are about a request, which can be copied."""


def sections(message: Message, zone: tzinfo | None) -> tuple[Section, ...]:
    """Everything that is known of a message.

    Args:
        message: The message.
        zone: Where the user is; None is where this machine is.
    """
    if message.role != "assistant":
        return (Section("Question", tuple(_of_question(message, zone))),)
    parts, known = _parts(message), records(message)
    titles = ["Answer"] if len(parts) == 1 else [f"Request {n}" for n in range(1, len(parts) + 1)]
    return tuple(
        Section(title, tuple(_of_request(part, record, zone)), is_request=True)
        for title, part, record in zip(titles, parts, known, strict=True)
    )


def as_text(told: tuple[Section, ...]) -> str:
    """The same as plain text."""
    return "\n\n".join(
        "\n".join([section.title, *(f"{name}: {value}" for name, value in section.lines)])
        for section in told
    )


def _parts(answer: Message) -> list[Message]:
    """The answer, cut at its seams: what each request brought, and how it ended."""
    parts, begin = list[Message](), 0
    for seam in answer.seams:
        text = answer.text[begin : seam.at]
        parts.append(
            Message(
                answer.id, "assistant", text, model=seam.model, outcome=seam.outcome,
                reason=seam.reason, failure=seam.failure, usage=seam.usage,
            )
        )  # fmt: skip
        begin = seam.at
    return [*parts, _last_part(answer, answer.text[begin:])]


def _last_part(answer: Message, text: str) -> Message:
    return Message(
        answer.id, "assistant", text, model=answer.model, refusal=answer.refusal,
        tool_calls=answer.tool_calls, outcome=answer.outcome, reason=answer.reason,
        failure=answer.failure, usage=answer.usage,
    )  # fmt: skip


def _of_question(message: Message, zone: tzinfo | None) -> Iterator[Line]:
    yield "asked", _time(message.at, zone)
    yield "characters", f"{len(message.text):,}"
    yield "images", str(len(message.images)) if message.images else "none"
    for image in message.images:
        yield "image", f"{shortened(one_line(image.name, 500), 200)} ({one_line(image.detail, 20)})"


def _of_request(part: Message, known: Provenance | None, zone: tzinfo | None) -> Iterator[Line]:
    if known is None:
        yield "request", f"{UNKNOWN}: this answer came from elsewhere"
        yield "model", one_line(part.model) or UNKNOWN
    else:
        yield from _asked(known, zone)
        yield from _times(known)
    yield from _tokens(known.count if known else None, part.usage)
    yield "finish reason", one_line(part.reason) or NOT_SAID
    yield "ending", one_line(ending(part).words, 300)
    if part.failure is not None:
        said = (part.failure.title, part.failure.detail, part.failure.said, part.failure.cause)
        yield "failure", " · ".join(one_line(words, 600) for words in said if words)
    yield "characters", f"{len(part.text):,}"
    if known is not None:
        yield from _names(known)


def _asked(known: Provenance, zone: tzinfo | None) -> Iterator[Line]:
    yield "endpoint", one_line(known.endpoint, 500) or UNKNOWN
    yield "model asked", one_line(known.asked) or "the first that is listed"
    yield "model served", one_line(known.served) or NOT_SAID
    yield "system prompt", shortened(one_line(known.system, 2000), 160) or "none"
    told = dict(shown(known.options))
    for name in dict.fromkeys(("max_tokens", "temperature", *told)):
        called = name.replace("_", " ") if name in PLAIN else one_line(name, 80)
        yield called, told.get(name, NOT_SET)
    if known.way is not None:
        yield "continued", WAYS[known.way]
    yield "asked", _time(known.began, zone)


def _times(known: Provenance) -> Iterator[Line]:
    first, last = known.first_s, known.last_s
    yield "first token", "none came" if first is None else f"{first:.2f} s"
    if known.thought_s:
        yield "reasoning", f"{known.thought_s:.1f} s"
    yield "total", f"{known.total_s:.1f} s"
    tokens = known.count.best("completion") if known.count else 0
    pace = Timings(0.0, first, last, known.total_s).tokens_per_s(tokens)
    why = "" if first is None else ": too short to tell"
    yield "pace", f"{pace:,.1f} tok/s" if pace else f"{UNKNOWN}{why}"


def _tokens(count: Count | None, usage: Usage | None) -> Iterator[Line]:
    usage = usage or (count.usage if count else None)
    yield "tokens, ours", _both(count.ours) if count else UNKNOWN
    if usage is None:
        yield "tokens, server", NOT_SAID
        return
    said = (
        ("sent", usage.prompt), ("cached", usage.cached),
        ("came", usage.completion), ("reasoning", usage.reasoning),
    )  # fmt: skip
    yield "tokens, server", " · ".join(f"{n:,} {name}" for name, n in said if n is not None)


def _both(count: Count) -> str:
    return f"{count.shown('prompt')} sent · {count.shown('completion')} came"


def _names(known: Provenance) -> Iterator[Line]:
    yield "request id", one_line(known.request_id, 300) or NOT_SAID
    yield "completion id", one_line(known.completion_id, 300) or NOT_SAID
    yield "sent again", str(len(known.retries)) if known.retries else "never"
    for retry in known.retries:
        yield "", f"after {retry.wait:g} s: {one_line(retry.why)}"
    for remark in known.remarks:
        yield "remark", one_line(remark, 600)


def _time(at: float, zone: tzinfo | None) -> str:
    then = moment(at, zone)
    return f"{then.day} {then:%b %Y, %H:%M:%S}" if then else UNKNOWN
