"""What stands round a message's words: who speaks, how it ended, what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tui.core.commands import Place, commands, rekeyed, shown
from tui.core.conversation import Message
from tui.core.deltas import Retrying, ToolCall
from tui.core.errors import Failure
from tui.core.images import Image
from tui.core.phase import Ending, NextKey, ending, offers
from tui.core.provenance import Provenance
from tui.core.sanitize import clean, one_line, shortened
from tui.core.settings import Demo, Embedded, Endpoint, Source
from tui.markdown.pieces import Piece, Span
from tui.markdown.plain import line

MOST_OF_CALL = 20_000
"""Characters of a tool call's arguments that are shown at its end."""

MOST_OF_LIVE_CALL = 600
"""Characters of them that are shown while they come."""

MOST_OF_END = 48
"""Characters of the reasoning that are shown while it comes."""

SHORTEST = 0.05
"""Seconds of thinking that are worth telling."""

HOMES = {
    Embedded: "The model runs on this machine: nothing that you write leaves it.",
    Demo: "This is the scripted demo: no model is at work, and nothing leaves this machine.",
}


def welcome(source: Source) -> list[Piece]:
    """What an empty conversation shows: what this is, who answers, what to press."""
    home = HOMES.get(type(source)) or f"Replies come from {one_line(source.name)}."
    return [
        line(Span("≋ Rillet", ("model",)), Span("  a chat that streams", ("dim",))),
        *(line(Span(one_line(why, 600), ("ending-bad",))) for why in (_because(source),) if why),
        line(Span(home)),
        line(
            Span("Type and press "),
            *_key("Enter"),
            Span(". "),
            *_key(shown("help")),
            Span(" shows the keys, "),
            *_key(shown("model")),
            Span(" the models."),
        ),
    ]


def first_time(source: Source) -> list[Piece]:
    """What the very first start shows, where nothing was chosen yet: three lines."""
    home = "A small model on this machine answers; nothing leaves it."
    return [
        line(Span(one_line(_because(source) or home, 600))),
        line(
            Span("Your own endpoint or key: "),
            *_key("F7"),
            Span(", or set "),
            Span("OPENAI_API_KEY", ("code",)),
            Span("."),
        ),
        line(
            Span("Type and press "),
            *_key("Enter"),
            Span(". "),
            *_key("F1"),
            Span(" shows the keys, "),
            *_key("Ctrl+P"),
            Span(" the rest."),
        ),
    ]


def last_time(title: str) -> Piece:
    """How to go on with the conversation of last time."""
    words = shortened(one_line(title, 200), 60)
    keys = _key(shown("last-conversation"))
    return line(*keys, Span(" goes on with “", ("notice",)), Span(words), Span("”.", ("notice",)))


def _because(source: Source) -> str:
    match source:
        case Demo(because):
            return because
        case Endpoint():
            return source.warning
    return ""


def _key(name: str) -> tuple[Span]:
    return (Span(name, ("key",)),)


def asked_by_you(images: tuple[Image, ...], at: str = "", place: str = "") -> list[Piece]:
    """The heading of a question, with a line for each image that goes with it.

    Args:
        images: They.
        at: The time of day.
        place: Which of its siblings it is, as 2/3; empty where it has none.
    """
    return [
        line(Span("You", ("you",)), *_at(at), *_place(place)),
        *(
            line(Span(f"▣ {shortened(one_line(image.name, 2000), 100)}", ("dim",)))
            for image in images
        ),
    ]


def answered_by(model: str, at: str = "", place: str = "") -> list[Piece]:
    """The heading of an answer, with the time of day at which it was asked for.

    Args:
        model: Who answers.
        at: The time of day.
        place: Which of its siblings it is, as 2/3; empty where it has none.
    """
    return [line(Span(one_line(model, 80) or "…", ("model",)), *_at(at), *_place(place))]


def _place(place: str) -> tuple[Span, ...]:
    """Which sibling this is, between the keys that step to the others."""
    if not place:
        return ()
    before, after = shown("version-before"), shown("next-version")
    return (Span("   "), *_key(before), Span(f" {place} ", ("dim",)), *_key(after))


def _at(time: str) -> tuple[Span, ...]:
    return (Span(f" · {time}", ("dim",)),) if time else ()


@dataclass(frozen=True, slots=True)
class Thinking:
    """The reasoning before an answer, as far as one line tells of it."""

    end: str
    """Its last words, raw."""

    seconds: float
    """How long it has taken."""

    is_over: bool
    """Whether the answer has begun, or the turn has ended."""


def thinking(thought: Thinking, is_unfolded: bool) -> list[Piece]:
    """The line that stands for the reasoning: its time and, while it comes, its last words."""
    sign, does = ("▾", "folds") if is_unfolded else ("▸", "unfolds")
    if not thought.is_over:
        end = "" if is_unfolded else f" · {_end(thought.end)}"
        return [line(Span(f"{sign} thinking · {thought.seconds:.1f} s{end}", ("reasoning", "dim")))]
    is_told = thought.seconds >= SHORTEST
    took = f"thought for {thought.seconds:.1f} s" if is_told else "thought first"
    keys = (Span("   "), *_key(shown("thinking")), Span(f" {does} it", ("dim",)))
    return [line(Span(f"{sign} {took}", ("reasoning", "dim")), *keys)]


def _end(said: str) -> str:
    """The last words, on one line and in whole words."""
    words = " ".join(clean(said[-2 * MOST_OF_END :]).split())
    return words if len(words) <= MOST_OF_END else "…" + words[-MOST_OF_END:].partition(" ")[2]


def calls(made: Iterable[ToolCall], most: int = MOST_OF_CALL) -> list[Piece]:
    """The tools that the model asks for, with as much of the arguments as `most` characters."""
    return [_call(call, most) for call in made]


def _call(call: ToolCall, most: int) -> Piece:
    arguments = one_line(shortened(call.arguments, most), most)
    name = one_line(call.name, 80) or "…"
    return line(Span("→ ", ("dim",)), Span(name, ("code",)), Span(f"({arguments})", ("dim",)))


def in_full(answer: Message) -> str:
    """What an answer says, for the clipboard: its words, else what stands in their place."""
    said = answer.text or answer.refusal
    asked = "\n".join(f"{call.name}({call.arguments})" for call in answer.tool_calls)
    return said or asked or answer.reasoning or in_words(answer.failure)


def foot(answer: Message) -> list[Piece]:
    """The end of an answer: its ending in words, its tokens, remarks, and what went wrong."""
    told, known = ending(answer), answer.provenance or Provenance()
    pieces = calls(answer.tool_calls)
    pieces += [line(Span(one_line(remark, 300), ("dim",))) for remark in known.remarks]
    if answer.failure is None:
        style = "ending" if told.is_complete else "ending-bad"
        facts = Span(f"{told.sign} {' · '.join(_facts(told, answer, known))}", (style,))
        return [*pieces, line(facts, *_keys(offers(answer)))]
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
    why, when = one_line(delta.failure.title), f"{delta.wait:g} s ({delta.attempt} of {delta.of})"
    return [line(Span(f"↻ {why} – again in {when}, Esc stops", ("ending-bad",)))]


def continuing() -> list[Piece]:
    """What stands below an answer that is being continued, until its next words come."""
    return [line(Span("⋯ asking for the rest", ("dim",)))]


def _facts(told: Ending, answer: Message, known: Provenance) -> Iterator[str]:
    yield one_line(told.words, 80)
    yield f"{known.total_s:.1f} s"
    if seams := len(answer.seams):
        yield "continued once" if seams == 1 else f"continued {seams} times"
    if known.count is not None and (tokens := known.count.both):
        yield tokens


def _keys(keys: tuple[NextKey, ...]) -> Iterator[Span]:
    """The keys that are offered, as the end of a line."""
    for number, key in enumerate(key for key in keys if key.letter):
        yield Span(" · " if number else "   ", ("dim",))
        yield Span(key.letter, ("key",))
        yield Span(f" {key.words}", ("dim",))


def _failed(answer: Message, told: Ending) -> Iterator[Piece]:
    failure = answer.failure
    if failure is None:
        return
    status = f" ({failure.status})" if failure.status else ""
    yield _bar(Span(f"{told.sign} {one_line(failure.title)}{status}", ("notice-title",)))
    yield _bar(Span(rekeyed(one_line(failure.detail, 1000)), ("notice",)))
    for name, said in (
        ("The server says: ", failure.said),
        ("The system says: ", failure.cause),
        ("Asked at ", failure.url),
        ("Request id ", failure.request_id),
    ):
        if said:
            yield _bar(Span(name + one_line(said, 400), ("dim",)))
    if keys := offers(answer):
        everywhere = [each for each in commands(Place.ANYWHERE) if each.key]
        anywhere = [c.short for key in keys for c in everywhere if c.action == key.action]
        too = f"   ({' and '.join(anywhere)} with a draft too)" if anywhere else ""
        yield _bar(*list(_keys(keys))[1:], Span(too, ("dim",)))


def _bar(*spans: Span) -> Piece:
    return line(*spans, bar=Span("┃ ", ("ending-bad",)))
