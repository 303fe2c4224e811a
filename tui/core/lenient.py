"""JSON of which nothing is sure: what is of another type than it should be counts as absent."""

from __future__ import annotations

JSON = dict[str, object]


def as_text(found: object) -> str:
    """A string, else an empty one."""
    return found if isinstance(found, str) else ""


def as_number(found: object) -> int | None:
    """A count; some servers write numbers as text or as floats."""
    if isinstance(found, bool):
        return None
    if isinstance(found, int | float):
        return int(found) if 0 <= found < 2**53 else None
    return int(found) if isinstance(found, str) and found.isdecimal() and len(found) < 16 else None


def as_items(found: object) -> list[JSON]:
    """The objects in a list."""
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
