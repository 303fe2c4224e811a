"""Content that is no string: a list of parts, each of a kind.

OpenAI's parts are `text` and `refusal`; Mistral adds `thinking`, whose text is a list again, and
`reference`; others call it `reasoning`. A part that is a string, and a single part without a
list, are read too. What has no words of the answer (references, sound, pictures) has none here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WORDS = ("text", "thinking", "reasoning", "summary", "content", "value")
"""Where the words of a part are, in the order of preference."""

THOUGHTS = ("thinking", "reasoning", "thought")
"""How the kinds begin whose words are reasoning."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the parts say, by its kind."""

    thought: str = ""
    """Words of the reasoning."""

    text: str = ""
    """Words of the answer."""

    refusal: str = ""
    """Words in which the model declines."""

    has_image: bool = False
    """Whether there is a picture among them."""


def said_in(content: object) -> Said:
    """What a list of parts says, or a single one."""
    parts = content if isinstance(content, list) else [content]
    kinds = [(_kind(part), part) for part in parts]
    return Said(
        thought="".join(plain(part) for kind, part in kinds if kind.startswith(THOUGHTS)),
        text="".join(
            plain(part)
            for kind, part in kinds
            if not kind.startswith((*THOUGHTS, "refusal", "image"))
        ),
        refusal="".join(_refusal(part) for kind, part in kinds if kind == "refusal"),
        has_image=any(kind.startswith("image") for kind, _ in kinds),
    )


def plain(found: object) -> str:
    """The words of something that may be a string, a part, or a list of either."""
    if isinstance(found, str):
        return found
    if isinstance(found, list):
        return "".join(map(plain, found))
    if isinstance(found, dict):
        return _first(plain(found.get(name)) for name in WORDS)
    return ""


def _first(words: Iterable[str]) -> str:
    return next(filter(None, words), "")


def _kind(part: object) -> str:
    kind = part.get("type") if isinstance(part, dict) else None
    return kind if isinstance(kind, str) else ""


def _refusal(part: object) -> str:
    return plain(part.get("refusal")) if isinstance(part, dict) else ""
