"""The token counts that a chunk carries, wherever it has them.

Most servers have them in `usage`; Groq in `x_groq.usage`, Ollama's own API beside everything
else, Moonshot in the choice, llama.cpp beside its times, and that of the prompt where it tells how
far it has read. What is 0 on compatible servers is
'not reported'.
"""

from __future__ import annotations

from tui.core.deltas import PromptRead, Usage
from tui.core.lenient import JSON, as_number


def usage_in(chunk: JSON) -> Usage | None:
    """The counts of a chunk, None where it reports none."""
    if used := chunk.get("usage"):
        return usage_of(used)
    if isinstance(groq := chunk.get("x_groq"), dict):
        return usage_of(groq.get("usage"))
    if "eval_count" in chunk:
        return _usage(chunk.get("prompt_eval_count"), chunk.get("eval_count"))
    return _timed(chunk.get("timings")) or _usage_of_prompt(chunk.get("prompt_progress"))


def prompt_read_in(chunk: JSON) -> PromptRead | None:
    """How far llama.cpp has read the prompt, where a chunk tells."""
    found = chunk.get("prompt_progress")
    if not isinstance(found, dict):
        return None
    total, read = as_number(found.get("total")) or 0, as_number(found.get("processed")) or 0
    return PromptRead(read, total) if 0 <= read <= total and total else None


def usage_of(used: object) -> Usage | None:
    """The counts in an object of them."""
    if not isinstance(used, dict):
        return None
    details, made = used.get("prompt_tokens_details"), used.get("completion_tokens_details")
    cached, reasoning = _detail(details, "cached_tokens"), _detail(made, "reasoning_tokens")
    return _usage(used.get("prompt_tokens"), used.get("completion_tokens"), cached, reasoning)


def _timed(found: object) -> Usage | None:
    """The counts that llama.cpp puts beside its times, on every chunk if it is asked to."""
    if not isinstance(found, dict):
        return None
    cached, fresh = as_number(found.get("cache_n")) or 0, as_number(found.get("prompt_n")) or 0
    completion = as_number(found.get("predicted_n")) or None
    return Usage(cached + fresh or None, completion, cached or None) if completion else None


def _usage_of_prompt(found: object) -> Usage | None:
    if not isinstance(found, dict):
        return None
    return _usage(found.get("total"), None, as_number(found.get("cache")) or None)


def _usage(
    prompt: object, completion: object, cached: int | None = None, reasoning: int | None = None
) -> Usage | None:
    sent, came = as_number(prompt) or None, as_number(completion) or None
    if sent is None and came is None:
        return None
    return Usage(sent, came, cached, reasoning)


def _detail(found: object, name: str) -> int | None:
    return as_number(found.get(name)) if isinstance(found, dict) else None
