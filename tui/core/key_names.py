"""Names of keys: as people write them, and as Textual calls them.

A terminal sends most keys as it has since 1978: Ctrl and a letter is one byte, and some of these
bytes are keys of their own. Modifiers stand in the order of the alphabet, as Textual has them.
"""

from __future__ import annotations

import re
import string
import unicodedata

MODIFIERS = ("alt", "ctrl", "hyper", "meta", "shift", "super")

NAMED = {
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "insert": "Ins",
    "delete": "Del",
    "backspace": "Backspace",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": "Space",
    **{f"f{number}": f"F{number}" for number in range(1, 25)},
}
"""Keys that are no characters, by Textual's names, as people write them."""

ALIASES = {
    "esc": "escape",
    "return": "enter",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "page_up": "pageup",
    "page_down": "pagedown",
    "del": "delete",
    "ins": "insert",
    "control": "ctrl",
    "ctl": "ctrl",
    "option": "alt",
    "ctrl+space": "ctrl+at",
    "ctrl+slash": "ctrl+underscore",
}
"""Other ways to write them; what a terminal cannot tell apart is one key."""

SIGNS = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Characters that Textual calls by another name than Unicode."""

SAME = {
    "ctrl+i": "Tab",
    "ctrl+m": "Enter",
    "ctrl+h": "Backspace",
    "ctrl+left_square_bracket": "Esc",
}
"""What a terminal sends one byte for."""

TRAPS = {
    "ctrl+s": "stops the output of some terminals until Ctrl+Q",
    "ctrl+b": "is what tmux waits for, and may not arrive",
    "ctrl+a": "is what screen waits for, and may not arrive",
}
"""Keys that work here and not everywhere."""


def key_named(written: str) -> str:
    """Textual's name of a key, however it was written; empty where there is no such key."""
    *modifiers, last = _parts(written.strip())
    held = {ALIASES.get(each.lower(), each.lower()) for each in modifiers}
    if not last or not held.issubset(MODIFIERS):
        return ""
    key = _bare(last, is_alone=not held)
    if held == {"shift"} and len(key) == 1 and key.isalpha():
        return key.upper()
    whole = "+".join([*sorted(held), key])
    return ALIASES.get(whole, whole) if key else ""


def _parts(written: str) -> list[str]:
    """Cut at the plus signs, of which the last may be the key."""
    if written == "+" or written.endswith("++"):
        return [*filter(None, written[:-1].rstrip("+").split("+")), "+"]
    return written.split("+")


def _bare(last: str, *, is_alone: bool) -> str:
    if len(last) == 1:
        return _of_character(last if is_alone else last.lower())
    name = re.sub(r"[ -]", "_", last.lower())
    name = SIGNS.get(name, ALIASES.get(name, name))
    return name if name in NAMED or name in CHARACTERS else ""


def _of_character(character: str) -> str:
    if character.isalnum():
        return character
    if not character.isprintable() or character == " ":
        return "space" if character == " " else ""
    name = re.sub(r"[ -]", "_", unicodedata.name(character, "").lower())
    return SIGNS.get(name, name)


CHARACTERS = {_of_character(sign): sign for sign in string.punctuation}
"""The signs of a keyboard, by Textual's names."""


def is_text(key: str) -> bool:
    """Whether a key writes a character where something can be written."""
    return len(key) == 1 or key == "space" or key in CHARACTERS


def written(key: str) -> str:
    """A key of Textual's as people write it: Ctrl+K, PgUp, /."""
    if key == "ctrl+at":
        return "Ctrl+Space"
    *modifiers, last = key.split("+")
    name = NAMED.get(last) or CHARACTERS.get(last) or last
    if modifiers:
        name = name.upper() if len(name) == 1 else name
    return "+".join([*(each.capitalize() for each in modifiers), name])
