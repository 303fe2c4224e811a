"""A turn for programs: one object with everything, and one for each delta."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from typing import TypedDict

from tui.ask.output import Output
from tui.core.deltas import Delta, Retrying, Usage
from tui.core.errors import Failure
from tui.core.prompt_tokens import PromptCounter
from tui.core.reply import Reply
from tui.core.request import Request
from tui.core.tokens import count


async def report(
    request: Request, output: Output, chat: Callable[[], str | None], reply: Reply
) -> dict[str, object]:
    """Everything that the turn brought; the last thing is the id of what it is kept as."""
    answer = reply.message()
    tokens = await asyncio.to_thread(_tokens, reply, request, output)
    return {
        "text": answer.text,
        "reasoning": answer.reasoning,
        "refusal": answer.refusal,
        "tool_calls": [asdict(call) for call in reply.tool_calls.values()],
        "finish_reason": answer.reason or None,
        "outcome": answer.outcome.value,
        "error": _error(answer.failure),
        "usage": None
        if reply.usage is None
        else {**asdict(reply.usage), "total": reply.usage.total},
        "tokens": tokens,
        "timings": {
            "first_token_s": reply.timings.first_token_s,
            "total_s": reply.timings.total_s(0.0),
            "tokens_per_s": reply.timings.tokens_per_s(tokens["completion"]),
        },
        "model": answer.model,
        "retries": len(reply.retries),
        "warnings": reply.remarks,
        "chat": chat(),
    }


def told(delta: Delta) -> dict[str, object]:
    """One delta."""
    name = "".join(f"_{char.lower()}" if char.isupper() else char for char in type(delta).__name__)
    said: dict[str, object] = {"type": name.lstrip("_")}
    if isinstance(delta, Retrying):
        error = _error(delta.failure)
        return said | {
            "attempt": delta.attempt,
            "of": delta.of,
            "wait": delta.wait,
            "error": error,
        }
    return said | asdict(delta)


def _error(failure: Failure | None) -> dict[str, object] | None:
    if failure is None:
        return None
    detail = " ".join(filter(None, (failure.detail, failure.said, failure.cause)))
    return {
        "title": failure.title,
        "detail": detail,
        "status": failure.status or None,
        "request_id": failure.request_id or None,
    }


class Counts(TypedDict):
    """Token counts of one request and its answer."""

    prompt: int
    completion: int
    exact: bool


def _tokens(reply: Reply, request: Request, output: Output) -> Counts:
    """The server's counts where it reported both, ours for the rest."""
    usage = reply.usage or Usage()
    if usage.prompt is not None and usage.completion is not None:
        return Counts(prompt=usage.prompt, completion=usage.completion, exact=True)
    model = reply.model or request.model
    name, is_own = output.encoding(request.model, reply.model)
    tokenizer = output.load(name)
    prompt = PromptCounter().tokens(request.messages, model, name, tokenizer)
    said = reply.reasoning + reply.text + reply.refusal
    return Counts(
        prompt=usage.prompt or prompt.total,
        completion=usage.completion or count(said, tokenizer),
        exact=is_own and not prompt.image_count,
    )
