"""Replies: what a scripted model says, and the acts that say it.

A reply is said once and sent either way: streamed, with its deltas spread over time, or whole,
after the time that it would have taken. It is produced lazily, so a limit costs nothing.

Deltas are metered against the clock and not by adding up pauses, so a rate holds however long a
pause really took. At rates above 200 a second, and at full speed, several deltas travel in one
write: a socket write costs more than writing thirty chunks.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from tui.edge.demo import errors
from tui.edge.demo.chunks import DONE, Chunks, Delta, completion, used
from tui.edge.demo.prompt import count_words
from tui.edge.demo.script import Act, Asked, Bytes, Drop, Hang, Pause, Script, Status

STREAM_HEADERS = {"content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache"}
_BURST = 32
_TICK = 0.005
_TOKEN = re.compile(r"\n+|[^\S\n]*(?:[A-Za-z]{1,12}|[0-9]{1,3}|[^\sA-Za-z0-9]{1,2})|[^\S\n]+")
_RATE = re.compile(r"(?P<model>.+)-(?P<rate>\d{1,6})ps")


@dataclass(frozen=True, slots=True)
class ServerError:
    """Ends a reply with an error: an event in the stream, or a 500 when it is not streamed."""


Fault: TypeAlias = Drop | Hang | ServerError


@dataclass(frozen=True, slots=True)
class Reply:
    """What a scripted model says to one request."""

    deltas: Iterable[Delta]
    """The tokens, in order; they may be endless when the request sets a limit."""
    finish_reason: str = "stop"
    """Why it ends, unless the request's limit ends it before."""
    rate: float = 0.0
    """Deltas a second; zero is as fast as the socket takes them."""
    wait: float = 0.0
    """Seconds before the first delta."""
    fault: Fault | None = None
    """What happens after the last delta in place of the finish reason."""


def tokens(text: str) -> Iterator[str]:
    """Cut a text into what a model might send as one token each; joined they are the text."""
    return (match[0] for match in _TOKEN.finditer(text))


def words(text: str, field: str = "content") -> Iterator[Delta]:
    """Cut a text into deltas of one field."""
    return (Delta(field, token) for token in tokens(text))


def base_name(model: str) -> str:
    """Give a model's name without the rate at its end: `demo-echo` for `demo-echo-50ps`."""
    paced = _RATE.fullmatch(model)
    return paced["model"] if paced else model


def replying(make: Callable[[Asked], Reply]) -> Script:
    """Make the script of a model that replies.

    It respects `stream`, `stream_options.include_usage`, `max_completion_tokens` and `max_tokens`.
    """

    def script(asked: Asked) -> AsyncIterator[Act]:
        telling = _Telling(asked, make(asked))
        return telling.streamed() if asked.body.get("stream") else telling.at_once()

    return script


def saying(
    text: str,
    *,
    finish_reason: str = "stop",
    rate: float = 0.0,
    wait: float = 0.0,
    fault: Fault | None = None,
) -> Script:
    """Make the script of a model that says this text, whatever it is asked."""
    return replying(lambda _: Reply(words(text), finish_reason, rate, wait, fault))


class _Telling:
    """One reply on its way to one request."""

    def __init__(self, asked: Asked, reply: Reply) -> None:
        self._asked = asked
        self._model = str(asked.body["model"])
        self._reply = reply
        self._deltas = iter(reply.deltas)
        paced = _RATE.fullmatch(self._model)
        self._rate = float(paced["rate"]) if paced else reply.rate
        self._wait = 0.0 if paced else reply.wait
        self._count = 0
        self._reasoning = 0

    async def streamed(self) -> AsyncIterator[Act]:
        """Send the reply as server-sent events."""
        with_usage = _wants_usage(self._asked.body)
        chunks = Chunks(self._model, with_usage=with_usage)
        yield Status(200, STREAM_HEADERS)
        yield Pause(self._wait)
        yield _text(chunks.first(None if self._reply.finish_reason == "tool_calls" else ""))
        for due, batch in self._metered():
            yield Pause(due)
            yield _text(chunks.of(batch))
        finish_reason, fault = self._ending()
        match fault:
            case None:
                usage = chunks.usage(self._used()) if with_usage else ""
                yield _text(f"{chunks.last(finish_reason)}{usage}{DONE}")
            case ServerError():
                yield Bytes(b"data: " + errors.SERVER_ERROR + b"\n\n")
            case _:
                yield fault

    async def at_once(self) -> AsyncIterator[Act]:
        """Send the reply as one completion, after the time that its stream would have taken."""
        yield Pause(self._wait)
        said: list[Delta] = []
        for due, batch in self._metered():
            yield Pause(due)
            said += batch
        finish_reason, fault = self._ending()
        if isinstance(fault, ServerError):
            yield errors.announced(errors.SERVER_ERROR, 500)
            yield Bytes(errors.SERVER_ERROR)
            return
        body = completion(self._model, said, finish_reason, self._used())
        yield errors.announced(body)
        yield Bytes(body[: len(body) // 2] if fault else body)
        if fault:
            yield fault

    def _metered(self) -> Iterator[tuple[float, list[Delta]]]:
        """Give the deltas in batches, each with the seconds until it is due."""
        clock = asyncio.get_running_loop().time
        size = max(1, round(self._rate * _TICK)) if self._rate else _BURST
        within = islice(self._deltas, _limit(self._asked.body))
        start = clock()
        while batch := list(islice(within, size)):
            yield (start + self._count / self._rate - clock() if self._rate else 0.0), batch
            self._count += len(batch)
            self._reasoning += sum(delta.field == "reasoning_content" for delta in batch)

    def _ending(self) -> tuple[str, Fault | None]:
        """Say how the reply ends: by its limit if it had more to say."""
        if next(self._deltas, None) is not None:
            return "length", None
        return self._reply.finish_reason, self._reply.fault

    def _used(self) -> dict[str, object]:
        return used(count_words(self._asked), self._count, self._reasoning)


def _text(text: str) -> Bytes:
    return Bytes(text.encode(errors="replace"))


def _limit(body: dict[str, object]) -> int | None:
    limit = body.get("max_completion_tokens", body.get("max_tokens"))
    return limit if isinstance(limit, int) else None


def _wants_usage(body: dict[str, object]) -> bool:
    options = body.get("stream_options")
    return isinstance(options, dict) and options.get("include_usage") is True
