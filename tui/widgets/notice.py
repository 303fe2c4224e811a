"""What stands round a message's words: who speaks, how it ended, what went wrong."""

from __future__ import annotations

from collections.abc import Iterator

from tui.core.conversation import Message
from tui.core.deltas import Retrying, ToolCall
from tui.core.errors import Failure
from tui.core.images import Image
from tui.core.phase import Ending, ending
from tui.core.reply import Reply
from tui.core.sanitize import clean, one_line, shortened
from tui.core.settings import Demo, Embedded, Endpoint, Source
from tui.markdown.pieces import Piece, Span
from tui.markdown.plain import line

HOMES = {
    Embedded: "The model runs on this machine: nothing that you write leaves it.",
    Demo: "This is the scripted demo: no model is at work, and nothing leaves this machine.",
}


def welcome(source: Source) -> list[Piece]:
    """What an empty conversation shows: what this is, who answers, what to press."""
    home = HOMES.get(type(source)) or f"Replies come from {one_line(source.name)}."
    return [
        line(Span("≋ Rillet", ("model",)), Span("  a chat that streams", ("dim",))),
        *(line(Span(clean(why), ("ending-bad",))) for why in (_because(source),) if why),
        line(Span(home)),
        line(
            Span("Type and press "),
            *_key("Enter"),
            Span(". "),
            *_key("F1"),
            Span(" shows the keys, "),
            *_key("F2"),
            Span(" the models."),
        ),
    ]


def _because(source: Source) -> str:
    match source:
        case Demo(because):
            return because
        case Endpoint():
            return source.warning
    return ""


def _key(name: str) -> tuple[Span]:
    return (Span(name, ("key",)),)


def asked_by_you(images: tuple[Image, ...]) -> list[Piece]:
    """The heading of a question, with a line for each image that goes with it."""
    return [
        line(Span("You", ("you",))),
        *(
            line(Span(f"▣ {shortened(one_line(image.name, 2000), 100)}", ("dim",)))
            for image in images
        ),
    ]


def answered_by(model: str) -> list[Piece]:
    """The heading of an answer."""
    return [line(Span(one_line(model, 80) or "…", ("model",)))]


def foot(answer: Message, reply: Reply) -> list[Piece]:
    """The end of an answer: its ending in words, remarks, and what went wrong."""
    told = ending(answer)
    pieces = [line(Span(f"→ {_called(call)}", ("dim",))) for call in reply.tool_calls.values()]
    pieces += [line(Span(clean(remark), ("dim",))) for remark in reply.remarks]
    if answer.failure is None:
        style = "ending" if told.is_complete else "ending-bad"
        return [*pieces, line(Span(f"{told.sign} {_facts(told, reply)}", (style,)), *_keys(told))]
    return [*pieces, *_failed(answer, told)]


def in_words(failure: Failure | None) -> str:
    """A failure as text, for the clipboard."""
    if failure is None:
        return ""
    status = f"HTTP status {failure.status}" if failure.status else ""
    request_id = f"Request id {failure.request_id}" if failure.request_id else ""
    said = (failure.title, failure.detail, failure.said, failure.cause)
    return "\n".join(filter(None, (*said, status, failure.url, request_id)))


def retrying(delta: Retrying) -> list[Piece]:
    """What stands below an answer that is waiting to be asked for again."""
    said = f"{delta.failure.title} – again in {delta.wait:g} s ({delta.attempt} of {delta.of})"
    return [line(Span(f"↻ {said}, Esc stops", ("ending-bad",)))]


def replaced() -> list[Piece]:
    """The end of an answer that was asked for again."""
    return [line(Span("↻ asked again; this answer is kept but not sent", ("dim",)))]


def _facts(told: Ending, reply: Reply) -> str:
    return f"{told.words} · {reply.timings.total_s(0.0):.1f} s"


def _called(call: ToolCall) -> str:
    return one_line(f"{call.name}({call.arguments})", 300)


def _keys(told: Ending) -> tuple[Span, ...]:
    if not told.offers_again:
        return ()
    return (Span("   "), Span("r", ("key",)), Span(" asks again", ("dim",)))


def _failed(answer: Message, told: Ending) -> Iterator[Piece]:
    failure = answer.failure
    if failure is None:
        return
    status = f" ({failure.status})" if failure.status else ""
    yield _bar(Span(f"{told.sign} {failure.title}{status}", ("notice-title",)))
    yield _bar(Span(failure.detail, ("notice",)))
    for name, said in (
        ("The server says: ", failure.said),
        ("The system says: ", failure.cause),
        ("Asked at ", failure.url),
        ("Request id ", failure.request_id),
    ):
        if said:
            yield _bar(Span(name + one_line(said, 400), ("dim",)))
    if failure.can_help_again:
        keys = (Span("r", ("key",)), Span(" asks again; so does ", ("dim",)))
        yield _bar(*keys, Span("Ctrl+R", ("key",)), Span(", with a draft too", ("dim",)))


def _bar(*spans: Span) -> Piece:
    return line(*spans, bar=Span("┃ ", ("ending-bad",)))
