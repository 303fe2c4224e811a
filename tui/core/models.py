"""Names of models: which one to begin with, and how to search among them."""

from __future__ import annotations

from collections.abc import Sequence

PREFERRED = ("gpt-5-mini", "gpt-4.1-mini", "gpt-4o-mini")
"""Where a provider lists dozens of models, these chat well and cost little."""

NOT_FOR_CHAT = (
    "audio", "babbage", "dall-e", "davinci", "embed", "image", "moderation", "realtime",
    "rerank", "sora", "transcribe", "tts", "whisper",
)  # fmt: skip
"""Parts of the names of models that answer no chat completions."""


def first_choice(listed: Sequence[str]) -> str:
    """The model to begin with where the user named none; empty if none is listed."""
    for name in PREFERRED:
        if name in listed:
            return name
    chatting = (name for name in listed if not any(part in name.lower() for part in NOT_FOR_CHAT))
    return next(chatting, listed[0] if listed else "")


def matching(listed: Sequence[str], typed: str) -> list[str]:
    """The names that hold every typed word, those that begin with the first one in front."""
    words = typed.lower().split()
    found = [name for name in listed if all(word in name.lower() for word in words)]
    if not words:
        return found
    return sorted(found, key=lambda name: not name.lower().startswith(words[0]))
