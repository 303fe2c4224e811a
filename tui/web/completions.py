"""Deltas -> what OpenAI's API answers: chunks of a stream, or one whole completion.

Whatever dialect the endpoint speaks, this is OpenAI's (API reference, 'The chat completion chunk
object'), with `reasoning_content` for reasoning, as vLLM, DeepSeek and llama.cpp have it. The
finish reason is the endpoint's own word, and null where it gave none.
"""

from __future__ import annotations

import json
import time
from secrets import token_hex

from tui.core.deltas import (
    Delta,
    Finished,
    Outcome,
    Reasoning,
    Refusal,
    Served,
    Text,
    ToolCall,
    Usage,
)
from tui.core.frames import usage_object
from tui.core.reply import Reply
from tui.web.errors import failed

JSON = dict[str, object]

DONE = b"data: [DONE]\n\n"


class Chunks:
    """Takes the deltas of one turn; gives the events of a stream."""

    def __init__(self, model: str, *, with_usage: bool) -> None:
        self._head: JSON = {
            "id": f"chatcmpl-{token_hex(12)}",
            "object": "chat.completion.chunk",
            "created": int(time.time()),
            "model": model,
        }
        self._encoded = _opened(self._head)
        self._with_usage = with_usage
        self._usage: Usage | None = None
        self._has_begun = False

    def take(self, delta: Delta) -> bytes:
        """The events of a delta; empty where it makes none."""
        match delta:
            case Text(text):
                return self._said({"content": text})
            case Reasoning(text):
                return self._said({"reasoning_content": text})
            case Refusal(text):
                return self._said({"refusal": text})
            case ToolCall():
                return self._said({"tool_calls": [_call(delta, is_piece=True)]})
            case Usage():
                self._usage = delta
            case Served(model, id):
                self._head |= {"model": model} | ({"id": id} if id else {})
                self._encoded = _opened(self._head)
            case Finished():
                return self._end(delta)
        return b""

    def _said(self, delta: JSON, reason: str | None = None) -> bytes:
        if not self._has_begun:
            self._has_begun = True
            delta = {"role": "assistant", **delta}
        choice: JSON = {"index": 0, "delta": delta, "finish_reason": reason}
        return self._event({"choices": [choice], **({"usage": None} if self._with_usage else {})})

    def _end(self, finished: Finished) -> bytes:
        """The last events; without `[DONE]` where the answer is not whole, so that it shows."""
        if finished.outcome is not Outcome.FINISHED:
            return _event(failed(finished).body)
        last = self._said({}, finished.reason or None)
        if self._with_usage and self._usage is not None:
            last += self._event({"choices": [], "usage": usage_object(self._usage)})
        return last + DONE

    def _event(self, more: JSON) -> bytes:
        return f"data: {self._encoded}, {json.dumps(more)[1:]}\n\n".encode()


def whole(reply: Reply) -> JSON:
    """A finished reply as one completion."""
    assert reply.finished is not None
    message: JSON = {"role": "assistant", "content": reply.text or None}
    message["refusal"] = reply.refusal or None
    if reply.reasoning:
        message["reasoning_content"] = reply.reasoning
    if reply.tool_calls:
        message["tool_calls"] = [_call(call) for call in reply.tool_calls.values()]
    elif not reply.refusal:
        message["content"] = reply.text
    choice: JSON = {
        "index": 0,
        "message": message,
        "logprobs": None,
        "finish_reason": reply.finished.reason or None,
    }
    named = reply.served.id if reply.served and reply.served.id else f"chatcmpl-{token_hex(12)}"
    made: JSON = {"id": named, "object": "chat.completion", "created": int(time.time())}
    made |= {"model": reply.model, "choices": [choice]}
    return made | ({"usage": usage_object(reply.usage)} if reply.usage else {})


def _call(call: ToolCall, *, is_piece: bool = False) -> JSON:
    """A call, or a piece of one: its name and id are there where they came."""
    function: JSON = {"arguments": call.arguments}
    if call.name or not is_piece:
        function["name"] = call.name
    made: JSON = {"function": function}
    if is_piece:
        made["index"] = call.index
    if call.id or not is_piece:
        made["id"] = call.id or f"call_{call.index}"
    if call.name or not is_piece:
        made["type"] = "function"
    return made


def _opened(head: JSON) -> str:
    """What all chunks begin with, encoded once: an object that is still open."""
    return json.dumps(head)[:-1]


def _event(data: JSON) -> bytes:
    return b"data: " + json.dumps(data).encode() + b"\n\n"
