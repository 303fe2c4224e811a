"""The JSON of a stream's chunks -> deltas, for every dialect that servers speak.

The shape is OpenAI's (API reference, 'The chat completion chunk object'), read generously:
whatever is absent, null or of another type is passed over, and what carries words is kept.
Seen in the wild, and covered here: no `choices` or an empty list (Azure's first chunk, the
usage chunk); no `delta`, a null one, or a whole `message` in its place; content as a list of
parts; `finish_reason: ""` on every chunk; a finish reason beside the last words; reasoning as
`reasoning_content` or `reasoning`; usage on any chunk or on all; errors inside a 200 as an
object, a string, an event's name, a finish reason or an `object`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.core.deltas import Delta, Reasoning, Refusal, Served, Text, ToolCall, Usage
from tui.core.errors import Failure
from tui.core.request import JSON


class ChunkReader:
    """Takes decoded chunks, gives deltas, and remembers how the stream stands."""

    def __init__(self) -> None:
        self.reason = ""
        """The finish reason so far; empty while the server has given none."""
        self.failure: Failure | None = None
        """The error that the stream carried, if it did."""
        self._served = Served("")
        self._usage = Usage()
        self._half = ""

    def take(self, chunk: object) -> Iterator[Delta]:
        """The deltas of one chunk, in the order in which people read them."""
        if not isinstance(chunk, dict):
            return
        if failure := failure_in(chunk):
            self.failure = failure
            return
        yield from self._about(chunk)
        for choice in _items(chunk.get("choices")):
            if _number(choice.get("index")) in (None, 0):
                yield from self._choice(choice)

    def fail(self, said: object) -> None:
        """The stream carried an error outside a chunk."""
        self.failure = failure_from(said)

    def _about(self, chunk: JSON) -> Iterator[Delta]:
        served = Served(_text(chunk.get("model")), _text(chunk.get("id")))
        if served.model and served.model != self._served.model:
            self._served = served
            yield served
        usage = usage_in(chunk)
        if usage and usage != self._usage:
            self._usage = usage
            yield usage

    def _choice(self, choice: JSON) -> Iterator[Delta]:
        delta = choice.get("delta") or choice.get("message")
        if isinstance(delta, dict):
            yield from self._delta(delta)
        elif text := _text(choice.get("text")):
            yield Text(self._whole(text))
        if reason := _text(choice.get("finish_reason")):
            self.reason = reason
        if self.reason == "error":
            self.failure = failure_from(choice.get("error") or "The server ended with an error.")

    def _delta(self, delta: JSON) -> Iterator[Delta]:
        if thought := _words(delta.get("reasoning_content") or delta.get("reasoning")):
            yield Reasoning(thought)
        if text := self._whole(_words(delta.get("content"))):
            yield Text(text)
        if refusal := _words(delta.get("refusal")):
            yield Refusal(refusal)
        for number, call in enumerate(_items(delta.get("tool_calls"))):
            yield _tool_call(call, number)
        if isinstance(delta.get("function_call"), dict):
            yield _tool_call({"function": delta["function_call"]}, 0)

    def _whole(self, text: str) -> str:
        """Join a surrogate pair that was cut between two chunks' JSON."""
        if not self._half and text.isascii():
            return text
        text, self._half = self._half + text, ""
        if text and "\ud800" <= text[-1] <= "\udbff":
            text, self._half = text[:-1], text[-1]
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def usage_in(chunk: Mapping[str, object]) -> Usage | None:
    """The token counts that a chunk carries; 0 on compatible servers is 'not reported'."""
    found = chunk.get("usage")
    if not isinstance(found, dict):
        return _timed(chunk.get("timings"))
    prompt = _number(found.get("prompt_tokens")) or None
    completion = _number(found.get("completion_tokens")) or None
    if prompt is None and completion is None:
        return None
    return Usage(
        prompt=prompt,
        completion=completion,
        cached=_detail(found.get("prompt_tokens_details"), "cached_tokens"),
        reasoning=_detail(found.get("completion_tokens_details"), "reasoning_tokens"),
    )


def _timed(found: object) -> Usage | None:
    """The counts that llama.cpp puts beside its times, on every chunk if it is asked to."""
    if not isinstance(found, dict):
        return None
    cached, fresh = _number(found.get("cache_n")) or 0, _number(found.get("prompt_n")) or 0
    completion = _number(found.get("predicted_n")) or None
    return Usage(cached + fresh or None, completion, cached or None) if completion else None


def failure_in(chunk: Mapping[str, object]) -> Failure | None:
    """The error that a chunk or a body carries in place of an answer."""
    if error := chunk.get("error"):
        return failure_from(error)
    if chunk.get("object") == "error":
        return failure_from(chunk)
    return None


def failure_from(said: object) -> Failure:
    """An error that came inside a stream, in the provider's words."""
    code: object = said.get("code") if isinstance(said, dict) else None
    status = _number(code) or 0
    return Failure(
        title="The server reported an error",
        detail="It came in the middle of the answer. What had arrived before is kept.",
        status=status if 400 <= status < 600 else 0,
        said=words_of(said),
    )


def words_of(said: object) -> str:
    """The sentence inside a provider's error, whatever shape it has."""
    if isinstance(said, dict):
        for name in ("message", "detail", "error", "msg", "title"):
            if words := words_of(said.get(name)):
                return words
        return ""
    if isinstance(said, list):
        return words_of(said[0]) if said else ""
    return said.strip() if isinstance(said, str) else ""


def _tool_call(call: JSON, number: int) -> ToolCall:
    function = call.get("function")
    made = function if isinstance(function, dict) else {}
    index = _number(call.get("index"))
    return ToolCall(
        index=number if index is None else index,
        name=_text(made.get("name")),
        arguments=_text(made.get("arguments")),
        id=_text(call.get("id")),
    )


def _words(content: object) -> str:
    """Content as text: a string, or a list of parts that carry text."""
    if isinstance(content, list):
        return "".join(_text(part.get("text")) for part in _items(content))
    return _text(content)


def _items(found: object) -> list[JSON]:
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _text(found: object) -> str:
    return found if isinstance(found, str) else ""


def _number(found: object) -> int | None:
    """A count; some servers write numbers as text or as floats."""
    if isinstance(found, bool):
        return None
    if isinstance(found, int | float):
        return int(found) if 0 <= found < 2**53 else None
    return int(found) if isinstance(found, str) and found.isdecimal() and len(found) < 16 else None


def _detail(found: object, name: str) -> int | None:
    return _number(found.get(name)) if isinstance(found, dict) else None
