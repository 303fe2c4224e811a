"""Names of models: which one to begin with, and how to search among them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

PREFERRED = ("gpt-5-mini", "gpt-4.1-mini", "gpt-4o-mini")
"""Where a provider lists dozens of models, these chat well and cost little."""

NOT_FOR_CHAT = (
    "audio", "babbage", "dall-e", "davinci", "embed", "image", "moderation", "realtime",
    "rerank", "sora", "transcribe", "tts", "whisper",
)  # fmt: skip
"""Parts of the names of models that answer no chat completions."""

NEAR = 0.7
"""How alike two names are that may be mistaken for each other, 0 to 1 (difflib's ratio)."""


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


def nearest(listed: Sequence[str], wanted: str, most: int = 3) -> list[str]:
    """The listed names that may be meant by one that is not listed; all of a short list."""
    if not wanted or wanted in listed:
        return []
    scores = {name: _likeness(_bare(name), _bare(wanted)) for name in listed}
    near = sorted((name for name in scores if scores[name] >= NEAR), key=lambda n: -scores[n])
    return near[:most] or (list(listed) if len(listed) <= most else [])


def _likeness(name: str, meant: str) -> float:
    """How alike two names are; one that holds all of the other is meant sooner."""
    return SequenceMatcher(None, name, meant).ratio() + (0.5 if meant in name else 0.0)


def _bare(name: str) -> str:
    """A name without its provider, its tag and its capitals."""
    return name.rpartition("/")[2].partition(":")[0].lower()
