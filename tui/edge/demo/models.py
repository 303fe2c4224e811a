"""The scripted models: what each one is for, in the order in which they are listed.

Any name may end in a rate, as in `demo-tour-500ps`: that many deltas a second, or with `0ps` no
waiting at all. `demo-500t` and `demo-500t-50ps` say their length in tokens as well.
"""

import json
import re
from collections.abc import AsyncIterator, Iterator
from itertools import chain, islice
from pathlib import Path

from tui.edge.demo import errors
from tui.edge.demo.chunks import Delta
from tui.edge.demo.prompt import last_of, messages, other_parts, text
from tui.edge.demo.prose import prose
from tui.edge.demo.reply import (
    STREAM_HEADERS,
    Fault,
    Reply,
    ServerError,
    replying,
    saying,
    tokens,
    words,
)
from tui.edge.demo.script import Act, Asked, Drop, Hang, Script, Status

_BRISK = 200.0
_BY_LENGTH = re.compile(r"demo-(?P<tokens>\d{1,6})t")
_THINKING = (
    "The question is how a reply reaches the screen. First the bytes, then the events, then the "
    "words. The words are what matters, so I keep the answer short."
)
_ANSWER = "It comes **word by word**: each one is drawn as soon as it has arrived."
_TRAILS_OFF = "Here is the beginning of a sentence, and it was going to be a long one, when"
_REST = " the rest came after all: nothing was said twice, and no word was lost."


def models() -> dict[str, Script]:
    """Make the table of models for one server; some of them remember what they were asked."""
    return {
        "demo-tour": replying(_tour),
        "demo-echo": replying(_echo),
        "demo-fast": replying(lambda _: _prose(20_000)),
        "demo-slow": replying(lambda _: _prose(300, rate=5)),
        "demo-500t-50ps": replying(lambda _: _prose(500)),
        "demo-length": _trailing_off("length"),
        "demo-filter": saying(
            "This is where a content filter steps in:", finish_reason="content_filter", rate=_BRISK
        ),
        "demo-tools": replying(lambda _: Reply(_tool_call(), "tool_calls", _BRISK)),
        "demo-refusal": replying(lambda _: Reply(_refusal(), rate=_BRISK)),
        "demo-empty": saying(""),
        "demo-reasoning": replying(lambda _: Reply(_reasoned(), rate=_BRISK, wait=0.2)),
        "demo-401": errors.wrong_key,
        "demo-404": errors.unknown_model("demo-404"),
        "demo-too-long": errors.too_long,
        "demo-429": errors.rate_limited,
        "demo-quota": errors.out_of_quota,
        "demo-500": errors.server_error,
        "demo-503-once": _overloaded_once(),
        "demo-drop": _trailing_off(fault=Drop()),
        "demo-stall": _trailing_off(fault=Hang()),
        "demo-silent": _silent,
        "demo-hang": _hanging,
        "demo-error-midstream": _trailing_off(fault=ServerError()),
        "demo-html": errors.bad_gateway,
        "demo-no-images": _without_eyes,
    }


def by_length(model: str) -> Script | None:
    """Find the model whose name says how many tokens it tells, if this is such a name."""
    named = _BY_LENGTH.fullmatch(model)
    return replying(lambda _: _prose(int(named["tokens"]))) if named else None


def tour() -> str:
    """Read the tour of Rillet, a Markdown text."""
    return Path(__file__).with_name("tour.md").read_text(encoding="utf-8")


def _tour(_: Asked) -> Reply:
    return Reply(words(tour()), rate=120, wait=0.4)


def _prose(length: int, rate: float = 0.0) -> Reply:
    every = (Delta("content", token) for block in prose() for token in tokens(block))
    return Reply(islice(every, length), rate=rate)


def _echo(asked: Asked) -> Reply:
    said = last_of(asked, "user")
    system = text(last_of(asked, "system") or last_of(asked, "developer"))
    number = len(messages(asked))
    lines = [
        text(said) or "(no text)",
        *(f"{place}. {part}" for place, part in enumerate(other_parts(said), 1)),
        f"Sent: {number} message{'s' if number > 1 else ''}.",
        *([f"System prompt: {system}"] if system else []),
    ]
    return Reply(words("\n\n".join(lines)), rate=400)


def _trailing_off(finish_reason: str = "stop", fault: Fault | None = None) -> Script:
    """A reply that is cut, and its rest for whoever asks to continue it."""

    def make(asked: Asked) -> Reply:
        if messages(asked)[-1].get("role") == "assistant":
            return Reply(words(_REST), rate=_BRISK)
        return Reply(words(_TRAILS_OFF), finish_reason, _BRISK, fault=fault)

    return replying(make)


def _tool_call() -> Iterator[Delta]:
    arguments = {"place": "the brook behind the mill", "days": 3, "units": "metric"}
    return chain((Delta("tool", "water_level"),), words(json.dumps(arguments), "arguments"))


def _refusal() -> Iterator[Delta]:
    return words("I'm sorry, but this demo has been told to refuse.", "refusal")


def _reasoned() -> Iterator[Delta]:
    return chain(words(_THINKING, "reasoning_content"), words(_ANSWER))


def _without_eyes(asked: Asked) -> AsyncIterator[Act]:
    """Refuse images, in OpenAI's words; echo everything else."""
    has_images = any(any(other_parts(said)) for said in messages(asked))
    return (errors.no_images if has_images else replying(_echo))(asked)


def _overloaded_once() -> Script:
    """Refuse the first request of each conversation as it stands, and answer the next."""
    refused: set[int] = set()
    ready = saying("Thank you for asking again: now there is room.", rate=_BRISK)

    def script(asked: Asked) -> AsyncIterator[Act]:
        question = hash(repr(asked.body["messages"]))
        if question in refused:
            return ready(asked)
        refused.add(question)
        return errors.overloaded(asked)

    return script


async def _silent(_: Asked) -> AsyncIterator[Act]:
    yield Status(200, STREAM_HEADERS)
    yield Hang()


async def _hanging(_: Asked) -> AsyncIterator[Act]:
    yield Hang()
