"""On which line of a TOML file a name stands, for sentences about it."""

from __future__ import annotations

import re

HEAD = re.compile(r"\s*(?:\[\[?([^#]*?)\]|([^=#\[]*)=)")

NAME = re.compile(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")


def line_of(lines: list[str], name: str, first: int = 1) -> int:
    """The number of the first line that sets a name or begins its table; 0 where none does."""
    numbered = enumerate(lines[max(first, 1) - 1 :], max(first, 1))
    return next((number for number, line in numbered if name in names_on(line)), 0)


def names_on(line: str) -> list[str]:
    """The names in the head of a table, or left of an equals sign."""
    head = HEAD.match(line[:200])
    return ["".join(found) for found in NAME.findall(head[1] or head[2] or "")] if head else []
