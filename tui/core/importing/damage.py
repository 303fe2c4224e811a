"""What is wrong with a conversation that comes from a file, and names for those that have none."""

from __future__ import annotations

import base64
import hashlib
import math
import re

_ID = re.compile("[a-z2-7]{8}")


class Damaged(ValueError):
    """One conversation cannot be read; the text says why, without a full stop."""


def named(given: object) -> str:
    """A conversation's name for programs, made from what it was called elsewhere.

    The same every time, so that a file that is imported twice is known the second time.
    """
    if isinstance(given, str) and _ID.fullmatch(given):
        return given
    digest = hashlib.sha256(str(given).encode("utf-8", "surrogatepass")).digest()
    return base64.b32encode(digest).decode().lower()[:8]


def moment(found: object) -> float:
    """A time in Unix seconds; 0 for what is none."""
    if isinstance(found, bool) or not isinstance(found, int | float):
        return 0.0
    return float(found) if abs(found) < 2**53 and math.isfinite(found) else 0.0
