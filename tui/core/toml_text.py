"""Values and names as TOML writes them (TOML 1.0), in the manner of what stood there before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

BARE = re.compile(r"[A-Za-z0-9_-]+")

ESCAPES = {"\\": "\\\\", '"': '\\"', "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f"}

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""Characters that stand in no string as they are; a tab and a line's end may."""


def name_text(path: Sequence[str]) -> str:
    """A name, with dots between its parts and quotes where they are needed."""
    return ".".join(part if BARE.fullmatch(part) else string_text(part) for part in path)


def value_text(value: object, before: str = "", newline: str = "\n") -> str:
    """A value.

    Args:
        value: Text, a truth, a number, or a list or table of such.
        before: What stood in its place; single quotes are kept where the new text allows it.
        newline: How the file ends its lines.

    Raises:
        TypeError: If TOML has no such value.
    """
    match value:
        case str():
            return _string(value, before, newline)
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return repr(value)
        case list() | tuple():
            return f"[{', '.join(value_text(each) for each in value)}]"
        case Mapping():
            pairs = (
                f"{name_text((str(key),))} = {value_text(each)}" for key, each in value.items()
            )
            return f"{{ {', '.join(pairs)} }}" if value else "{}"
    raise TypeError(f"TOML has no {type(value).__name__}")


def _string(text: str, before: str, newline: str) -> str:
    is_literal = before.startswith("'") and not before.startswith("'''")
    if is_literal and not re.search(r"['\n]", text) and not UNSEEN.search(text):
        return f"'{text}'"
    return _lines(text, newline) if "\n" in text else string_text(text)


def string_text(text: str) -> str:
    """A text on one line, in quotes."""
    return '"' + "".join(_escaped(sign) for sign in text) + '"'


def _escaped(sign: str) -> str:
    if UNSEEN.match(sign) and sign not in ESCAPES:
        return f"\\u{ord(sign):04x}"
    return ESCAPES.get(sign, sign)


def _lines(text: str, newline: str) -> str:
    """A text on several lines, in three quotes; the first line's end does not belong to it."""
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
    escaped = UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)
    if escaped.endswith('"'):
        escaped = escaped[:-1] + '\\"'
    return '"""' + newline + escaped.replace("\n", newline) + '"""'
