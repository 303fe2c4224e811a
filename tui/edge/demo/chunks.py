"""The JSON of an answer in OpenAI's shapes: chunks of a stream, or one completion.

The shapes are those of https://platform.openai.com/docs/api-reference/chat. Everything that is
the same in all chunks of a stream is written once, so that a chunk costs one small `encode`.
"""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

DONE = "data: [DONE]\n\n"
_FINGERPRINT = "fp_rillet_demo"
_CALL = "call_demo"
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Delta:
    """One token of a reply."""

    field: str
    """Where it belongs: content, reasoning_content, refusal, tool (a called function's name) or
    arguments (a piece of what the function is called with)."""
    text: str
    """The token."""

    def as_json(self) -> dict[str, object]:
        """Give the delta object that carries it."""
        match self.field:
            case "tool":
                function = {"name": self.text, "arguments": ""}
                call = {"index": 0, "id": _CALL, "type": "function", "function": function}
                return {"tool_calls": [call]}
            case "arguments":
                return {"tool_calls": [{"index": 0, "function": {"arguments": self.text}}]}
        return {self.field: self.text}


class Chunks:
    """Writes the chunks of one stream as server-sent events."""

    def __init__(self, model: str, *, with_usage: bool) -> None:
        start = _dumps(_head("chat.completion.chunk", model)).removesuffix("}")
        usage = ',"usage":null' if with_usage else ""
        self._bare = f"data: {start}"
        self._open = f'{self._bare},"choices":[{{"index":0,"delta":'
        self._middle = ',"logprobs":null,"finish_reason":'
        self._close = f"}}]{usage}}}\n\n"
        self._shut = f"{self._middle}null{self._close}"

    def first(self, content: str | None) -> str:
        """Give the chunk that says who speaks."""
        return self._chunk({"role": "assistant", "content": content, "refusal": None})

    def of(self, deltas: Iterable[Delta]) -> str:
        """Give one chunk for each delta, joined."""
        return "".join(self._chunk(delta.as_json()) for delta in deltas)

    def last(self, finish_reason: str) -> str:
        """Give the chunk that says why the reply ends here."""
        return f"{self._open}{{}}{self._middle}{_dumps(finish_reason)}{self._close}"

    def usage(self, usage: dict[str, object]) -> str:
        """Give the chunk that has no choice and tells what was used."""
        return f'{self._bare},"choices":[],"usage":{_dumps(usage)}}}\n\n'

    def _chunk(self, delta: dict[str, object]) -> str:
        return f"{self._open}{_dumps(delta)}{self._shut}"


def completion(
    model: str, deltas: list[Delta], finish_reason: str, usage: dict[str, object]
) -> bytes:
    """Write the whole answer to a request that is not streamed."""
    choice = {
        "index": 0,
        "message": _message(deltas),
        "logprobs": None,
        "finish_reason": finish_reason,
    }
    return _dumps({**_head("chat.completion", model), "choices": [choice], "usage": usage}).encode()


def used(prompt: int, deltas: int, reasoning: int) -> dict[str, object]:
    """Give the usage object: tokens of the prompt, of the reply, and of its reasoning."""
    return {
        "prompt_tokens": prompt,
        "completion_tokens": deltas,
        "total_tokens": prompt + deltas,
        "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": reasoning, "audio_tokens": 0},
    }


def _head(kind: str, model: str) -> dict[str, object]:
    return {
        "id": f"chatcmpl-{uuid4().hex}",
        "object": kind,
        "created": int(time.time()),
        "model": model,
        "system_fingerprint": _FINGERPRINT,
    }


def _message(deltas: list[Delta]) -> dict[str, object]:
    content, reasoning, refusal, tool, arguments = (
        "".join(delta.text for delta in deltas if delta.field == field)
        for field in ("content", "reasoning_content", "refusal", "tool", "arguments")
    )
    message: dict[str, object] = {
        "role": "assistant",
        "content": None if (tool or refusal) and not content else content,
        "refusal": refusal or None,
    }
    if reasoning:
        message["reasoning_content"] = reasoning
    if tool:
        function = {"name": tool, "arguments": arguments}
        message["tool_calls"] = [{"id": _CALL, "type": "function", "function": function}]
    return message
