"""JSON as it arrives: nearly right, or cut off."""

from __future__ import annotations

import json
import re

NEAR = 6
"""Characters before the end within which JSON that was cut stops making sense."""


def _whole_number(digits: str) -> int | float:
    """Python refuses numbers of over 4,300 digits; nobody means them."""
    return int(digits) if len(digits) < 20 else float("inf")


DECODER = json.JSONDecoder(parse_int=_whole_number, strict=False)
"""Not strict: a control character in a string, which some proxies leave there, costs no words."""

_ANSWER = re.compile(r'"(?:choices|message)"\s*:')
"""What stands before the words of a completion, and not before those of a question."""

_CONTENT = re.compile(r'"content"\s*:\s*"((?:[^"\\]|\\u[0-9a-fA-F]{4}|\\[^u])*)')
"""The words, as far as they go."""


def decoded(text: str) -> object:
    """What the text means as JSON, else the text itself."""
    try:
        found: object = DECODER.decode(text)
    except (ValueError, RecursionError):
        return text
    return found


def content_of(text: str) -> str | None:
    """The words of a completion whose JSON was cut off, None where it has none yet."""
    answer = _ANSWER.search(text)
    found = _CONTENT.search(text, answer.end()) if answer else None
    if found is None:
        return None
    words = decoded(f'"{found[1]}"')
    return words if isinstance(words, str) else None


def is_cut(text: str) -> bool:
    """Whether it is JSON but for its end, and not damaged somewhere else."""
    try:
        DECODER.decode(text)
    except json.JSONDecodeError as error:
        at_end = error.pos >= len(text.rstrip()) - NEAR
        return at_end or error.msg.startswith("Unterminated")
    except (ValueError, RecursionError):
        return False
    return False
