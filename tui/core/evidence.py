"""What a provider says in an error's body: its words for people, and all of it as evidence.

The shapes differ: `{"error": {...}}`, `{"error": "words"}`, `{"detail": ...}`, a list of either,
and errors of another provider as JSON inside a string, as gateways hand them on. Only fields that
name the trouble are read: some servers send the whole request back (`input`), and what the user
wrote is no evidence of what went wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

WORDS = ("message", "detail", "error", "msg", "title")
"""Where the sentence is, in the order of preference."""

NAMED = (
    *("code", "type", "status", "param", "loc", "reason", "error", "message", "detail", "msg"),
    *("title", "errors", "innererror", "details", "violations", "quotaId", "metadata", "raw"),
    *("estimated_time", "n_prompt_tokens", "n_ctx"),
)
"""The fields that name a trouble."""

DEEPEST = 8
"""Levels of a body that are looked at; no provider nests its errors deeper."""


def words_of(said: object, deepest: int = DEEPEST) -> str:
    """The sentence inside a provider's error, whatever shape it has."""
    if deepest == 0:
        return ""
    if isinstance(said, str):
        return words_of(_inside(said), deepest - 1) or said.strip()
    if isinstance(said, list):
        return words_of(said[0], deepest - 1) if said else ""
    if isinstance(said, dict):
        found = (words_of(each, deepest - 1) for each in _worded(said))
        return next(filter(None, found), "")
    return ""


def _worded(said: dict[str, object]) -> Iterator[object]:
    """Where a sentence may be; what a gateway's provider said comes before the gateway's."""
    metadata = said.get("metadata")
    if isinstance(metadata, dict):
        yield metadata.get("raw")
    yield from (said.get(name) for name in WORDS)


def evidence_in(said: object, name: str = "said", deepest: int = DEEPEST) -> str:
    """Everything that names the trouble, a line `field: value` each."""
    return "\n".join(_lines(said, name, deepest))


def _lines(said: object, name: str, deepest: int) -> Iterator[str]:
    inside = _inside(said) if isinstance(said, str) else said
    if isinstance(inside, dict | list) and deepest > 0:
        named = ((each, inside.get(each)) for each in NAMED) if isinstance(inside, dict) else ()
        listed = ((name, each) for each in inside[:8]) if isinstance(inside, list) else ()
        for within, found in (*named, *listed):
            yield from _lines(found, within, deepest - 1)
    elif isinstance(said, str | int | float):
        yield f"{name}: {str(said)[:2000].strip()}"


def _inside(said: str) -> object:
    """What a string holds that is JSON itself, else nothing."""
    if said.lstrip()[:1] not in ("{", "["):
        return None
    try:
        found: object = json.loads(said)
    except (ValueError, RecursionError):
        return None
    return found
