"""What else may go along with a request: members of its body that have no setting of their own.

They are sent as they are, so here is what keeps them from harm: what Rillet says itself is not
said by them, what JSON cannot say is refused, and no key gets among them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from tui.core.options import EXTRA, PLAIN
from tui.core.sanitize import one_line

NEEDED = frozenset({"model", "messages", "stream", "stream_options"})
"""What Rillet says in every request, so that nobody else can."""

DEEPEST = 12
"""Levels of a value in `extra`."""

LONGEST = 16 * 1024
"""Characters of `extra` as JSON."""

SECRET = re.compile(r"\bsk-[\w-]{16,}")


def refused_extra(found: object) -> str:
    """Why this cannot go along as it is, in a sentence; empty where it can."""
    if not isinstance(found, Mapping):
        return ""
    for name, value in found.items():
        if why := refused_member(name, value):
            return why
    if len(as_json(found)) > LONGEST:
        return f"extra is too long: {LONGEST:,} characters of JSON are the most."
    return ""


def refused_member(name: object, value: object) -> str:
    """Why a member of this name and value cannot, in a sentence; empty where it can."""
    shown = one_line(str(name), 60)
    if name in NEEDED:
        return f"{shown} is said by Rillet itself, so that it cannot be set."
    if name in PLAIN or name in (EXTRA, "unset"):
        return f"{shown} has a setting of its own: it does not belong into extra."
    if not re.fullmatch(r"[\x21-\x7e]{1,80}", str(name)):
        return "a name in extra has to be up to 80 plain letters, digits and signs."
    if not is_json(value):
        return f"{shown} is nothing that JSON can say."
    if value is None:
        return f"{shown} is null, which is not sent: leave it out."
    if SECRET.search(as_json(value)):
        return f"{shown} holds a key: keys go nowhere but into the header of a request."
    return ""


def as_json(value: object) -> str:
    """A value as JSON for people: letters stay as they are."""
    return json.dumps(value, ensure_ascii=False)


def is_json(value: object, deepest: int = DEEPEST) -> bool:
    """Whether JSON can say it, and UTF-8 carry it."""
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, str):
        return is_sendable(value)
    if isinstance(value, int):
        return abs(value) < 10**300
    if isinstance(value, float):
        return abs(value) < float("inf")
    if deepest and isinstance(value, list):
        return all(is_json(each, deepest - 1) for each in value)
    if deepest and isinstance(value, Mapping):
        pairs = value.items()
        return all(isinstance(n, str) and is_json(n) and is_json(v, deepest - 1) for n, v in pairs)
    return False


def is_sendable(text: str) -> bool:
    """Whether UTF-8 can carry it: a lone surrogate has no form there (RFC 3629, 3)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
