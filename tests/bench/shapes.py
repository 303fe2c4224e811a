"""Chunks as servers write them: the same words, and what each server puts round every word."""

from __future__ import annotations

import json
from collections.abc import Callable

CREATED = {"object": "chat.completion.chunk", "created": 1_790_000_000}


def openai(word: str, number: int) -> dict[str, object]:
    """OpenAI: much that is null."""
    choice = {"index": 0, "delta": {"content": word}, "logprobs": None, "finish_reason": None}
    return {
        "id": "chatcmpl-DpX0aYt8q2cZrWk1mVbNfG7sHu3J",
        **CREATED,
        "model": "gpt-4.1-mini-2025-04-14",
        "service_tier": "default",
        "system_fingerprint": "fp_6f2eabb9a5",
        "choices": [choice],
        "usage": None,
        "obfuscation": f"{number * 7919 % 99991:05}",
    }


def llama_cpp(word: str, number: int) -> dict[str, object]:
    """llama.cpp: the timings of every token."""
    spent = {"prompt_ms": 41.532, "prompt_per_token_ms": 3.461, "prompt_per_second": 288.934}
    made = {"predicted_n": number, "predicted_ms": number * 9.87, "predicted_per_second": 101.317}
    return {
        "choices": [{"finish_reason": None, "index": 0, "delta": {"content": word}}],
        "id": "chatcmpl-q3mZpJ0sWcXv9LtRb7YkHd2NfG5aEu1T",
        "model": "gpt-3.5-turbo",
        "system_fingerprint": "b6743-c5023daf6",
        **CREATED,
        "timings": {"cache_n": 0, "prompt_n": 12, **spent, **made},
    }


def vllm(word: str, number: int) -> dict[str, object]:
    """vLLM, asked for usage all the time: a second delta in every chunk."""
    delta = {"content": word, "reasoning_content": None}
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": None}
    usage = {"prompt_tokens": 12, "total_tokens": 12 + number, "completion_tokens": number}
    return {
        "id": "chatcmpl-3f1f5c0d5a7e4b0c9d3e",
        **CREATED,
        "model": "Qwen/Qwen3-8B",
        "choices": [{**choice, "token_ids": None}],
        "usage": usage,
    }


SHAPES: dict[str, Callable[[str, int], dict[str, object]]] = {
    "openai": openai,
    "llama.cpp": llama_cpp,
    "vllm": vllm,
}

LAST = (
    b'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\ndata: [DONE]\n\n'
)


def events(shape: str, chunks: int) -> list[bytes]:
    """So many events with a word each."""
    make = SHAPES[shape]
    return [
        f"data: {json.dumps(make(f'word{number} ', number), separators=(',', ':'))}\n\n".encode()
        for number in range(1, chunks + 1)
    ]
