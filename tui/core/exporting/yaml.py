"""Front matter: the few values that a file begins with (YAML 1.2.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(["\\]))')


def front_matter(values: Mapping[str, object]) -> str:
    """The lines with their fences; text is always quoted, so whatever it says is text."""
    lines = (
        f"{name}: {_scalar(value)}" for name, value in values.items() if value not in ("", None)
    )
    return "\n".join(("---", *lines, "---"))


def _scalar(value: object) -> str:
    """A value as YAML reads it: double-quoted text (7.3.1), or a plain number or truth."""
    if isinstance(value, str):
        return f'"{"".join(map(_quoted, value))}"'
    return str(value).lower()


def _quoted(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign.isprintable():
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"


def unquoted(value: str) -> str:
    """A scalar that was written above, or plain words, as text."""
    text = value.strip()
    if len(text) < 2 or text[0] != text[-1] or text[0] not in "\"'":
        return text
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    return _ESCAPE.sub(_meant, text[1:-1])


def _meant(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if not code:
        return found[3]
    return chr(int(code, 16)) if int(code, 16) < 0x110000 else found[0]
