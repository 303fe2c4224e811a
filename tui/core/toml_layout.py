"""Where in a TOML text each setting and each table stands, to the character.

The text is known to be TOML when it comes here, so nothing is checked again: only ends are found.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field

TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*|\n|[\[{]|[\]}]|[^\S\n]+|[^\s\"'\#\[\]{}]+",
    re.DOTALL,
)
"""What a value is made of: strings, a comment, a line's end, brackets, blanks, the rest."""

PART = re.compile(r"""[ \t.]*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)""")
"""One part of a name."""

BLANKS = " \t\r"


@dataclass(frozen=True, slots=True)
class Statement:
    """One `name = value`."""

    path: tuple[str, ...]
    """Its name, from the root of the file on."""

    begin: int
    """Where its line begins."""

    value: int
    """Where its value begins."""

    end: int
    """Where its value has ended; blanks and a comment may follow."""


@dataclass(slots=True)
class Section:
    """A table's head and what stands below it; the first section is the root and has no head."""

    path: tuple[str, ...]
    """The table's name."""

    begin: int = 0
    """Where the line of its head begins."""

    body: int = 0
    """Where the line behind its head begins."""

    end: int = 0
    """Where the line of the next head begins, or the text ends."""

    is_one_of_many: bool = False
    """Whether it is one of a list of tables."""

    statements: list[Statement] = field(default_factory=list)
    """What stands below it."""


def sections(text: str) -> list[Section]:
    """The sections of a text, in its order."""
    found = [Section(())]
    at = 0
    while at < len(text):
        first = _past_blanks(text, at)
        sign = text[first : first + 1]
        end = first
        if sign == "[":
            found[-1].end = at
            path, end = _names(text, first + 1 + text.startswith("[[", first))
            many = text.startswith("[[", first)
            found.append(Section(path, at, line_end(text, end), is_one_of_many=many))
        elif sign and sign not in "#\n":
            path, value = _names(text, first)
            value = _past_blanks(text, text.index("=", value) + 1)
            end = _value_end(text, value)
            found[-1].statements.append(Statement((*found[-1].path, *path), at, value, end))
        at = line_end(text, end)
    found[-1].end = len(text)
    return found


def line_end(text: str, at: int) -> int:
    """Where the line behind that of a place begins, or the text ends."""
    return text.find("\n", at) + 1 or len(text)


def _past_blanks(text: str, at: int) -> int:
    while text[at : at + 1] and text[at] in BLANKS:
        at += 1
    return at


def _names(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """The parts of the name that begins at a place, and where it has ended."""
    parts = []
    while part := PART.match(text, at):
        parts.append(_unquoted(part[1]))
        at = part.end()
    return tuple(parts), at


def _unquoted(part: str) -> str:
    if part[0] not in "\"'":
        return part
    name: str = tomllib.loads(f"name = {part}")["name"]
    return name


def _value_end(text: str, at: int) -> int:
    depth, end = 0, at
    while token := TOKEN.match(text, at):
        at, sign = token.end(), token[0][0]
        if not depth and sign in "#\n":
            break
        depth += (sign in "[{") - (sign in "]}")
        if not token[0].isspace():
            end = at
    return end
