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

from collections.abc import Mapping

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
        self._model = ""
        self._usage = Usage()
        self._half = ""

    def take(self, chunk: object) -> list[Delta]:
        """The deltas of one chunk, in the order in which people read them."""
        if not isinstance(chunk, dict):
            return []
        if failure := failure_in(chunk):
            self.failure = failure
            return []
        deltas = self._about(chunk)
        for choice in _items(chunk.get("choices")):
            if _number(choice.get("index")) in (None, 0):
                deltas += self._choice(choice)
        return deltas

    def fail(self, said: object) -> None:
        """The stream carried an error outside a chunk."""
        self.failure = failure_from(said)

    def _about(self, chunk: JSON) -> list[Delta]:
        deltas: list[Delta] = []
        model = _text(chunk.get("model"))
        if model and model != self._model:
            self._model = model
            deltas.append(Served(model, _text(chunk.get("id"))))
        usage = usage_in(chunk)
        if usage and usage != self._usage:
            self._usage = usage
            deltas.append(usage)
        return deltas

    def _choice(self, choice: JSON) -> list[Delta]:
        deltas: list[Delta] = []
        delta = choice.get("delta") or choice.get("message")
        if isinstance(delta, dict):
            deltas = self._delta(delta)
        elif text := _text(choice.get("text")):
            deltas = [Text(self._whole(text))]
        if reason := _text(choice.get("finish_reason")):
            self.reason = reason
        if self.reason == "error":
            self.failure = failure_from(choice.get("error") or "The server ended with an error.")
        return deltas

    def _delta(self, delta: JSON) -> list[Delta]:
        deltas: list[Delta] = []
        if thought := _words(delta.get("reasoning_content") or delta.get("reasoning")):
            deltas.append(Reasoning(thought))
        if text := self._whole(_words(delta.get("content"))):
            deltas.append(Text(text))
        if refusal := _words(delta.get("refusal")):
            deltas.append(Refusal(refusal))
        for number, call in enumerate(_items(delta.get("tool_calls"))):
            deltas.append(_tool_call(call, number))
        if isinstance(delta.get("function_call"), dict):
            deltas.append(_tool_call({"function": delta["function_call"]}, 0))
        return deltas

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
        return None
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
    if isinstance(content, str):
        return content
    return "".join(_text(part.get("text")) for part in _items(content)) if content else ""


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
