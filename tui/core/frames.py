"""Deltas -> frames of server-sent events, as a page's `EventSource` reads them.

Each frame is one JSON object in one `data:` line. It has `content`, words of the answer, and
`done`; reasoning and a refusal come in members of these names. The last one, and no other, has
`done: true` and tells how the reply ended, however that was: `finish_reason`, `outcome`, `usage`,
`error` and, where the model asks for them, `tool_calls`.

The JSON is ASCII, so no line separator of Unicode and no cut through a character can break it
(HTML, 'Server-sent events').
"""

from __future__ import annotations

import json
from dataclasses import asdict

from tui.core.deltas import (
    Delta,
    Finished,
    Reasoning,
    Refusal,
    Retrying,
    Served,
    Text,
    ToolCall,
    Usage,
)
from tui.core.errors import Failure
from tui.core.sanitize import one_line

JSON = dict[str, object]

LONGEST = 600
"""Characters of a sentence of an error."""


class Framer:
    """Takes the deltas of one turn; gives the frames that they make."""

    def __init__(self) -> None:
        self._model = ""
        self._usage: Usage | None = None
        self._calls: dict[int, ToolCall] = {}

    def frame(self, delta: Delta) -> JSON | None:
        """The frame of a delta, None where it makes none."""
        match delta:
            case Text(text):
                return {"content": text, "done": False}
            case Reasoning(text):
                return {"content": "", "reasoning": text, "done": False}
            case Refusal(text):
                return {"content": "", "refusal": text, "done": False}
            case Retrying(attempt, of, wait, failure):
                note = f"{failure.title}; again in {wait:g} s ({attempt} of {of})"
                return {"content": "", "note": note, "done": False}
            case Finished():
                return self._last(delta)
        self._keep(delta)
        return None

    def _keep(self, delta: Delta) -> None:
        """What only the last frame tells."""
        match delta:
            case Served(model):
                self._model = model
            case Usage():
                self._usage = delta
            case ToolCall(index, name, arguments, id):
                so_far = self._calls.get(index, ToolCall(index))
                self._calls[index] = ToolCall(
                    index, so_far.name + name, so_far.arguments + arguments, so_far.id or id
                )

    def _last(self, finished: Finished) -> JSON:
        last: JSON = {
            "content": "",
            "done": True,
            "finish_reason": finished.reason or None,
            "outcome": finished.outcome.value,
            "usage": usage_object(self._usage),
            "error": error_object(finished.failure),
        }
        if self._model:
            last["model"] = self._model
        if self._calls:
            last["tool_calls"] = [asdict(call) for call in self._calls.values()]
        return last


def event(data: JSON, id: int | None = None) -> str:
    """One server-sent event, whole."""
    head = "" if id is None else f"id: {id}\n"
    return f"{head}data: {json.dumps(data)}\n\n"


def usage_object(usage: Usage | None) -> JSON | None:
    """The server's counts in OpenAI's words; None where it reported none."""
    if usage is None:
        return None
    made: JSON = {
        "prompt_tokens": usage.prompt or 0,
        "completion_tokens": usage.completion or 0,
        "total_tokens": (usage.prompt or 0) + (usage.completion or 0),
    }
    if usage.cached is not None:
        made["prompt_tokens_details"] = {"cached_tokens": usage.cached}
    if usage.reasoning is not None:
        made["completion_tokens_details"] = {"reasoning_tokens": usage.reasoning}
    return made


def error_object(failure: Failure | None) -> JSON | None:
    """What went wrong, in sentences; None where nothing did."""
    if failure is None:
        return None
    return {
        "title": failure.title,
        "detail": failure.detail,
        "said": one_line(failure.said, LONGEST),
        "status": failure.status or None,
        "request_id": failure.request_id or None,
    }
