"""A line's way past the marks of the containers that it stands in."""

import re
from collections.abc import Sequence

from tui.markdown.containers import Container, Quote

_BLANKS = re.compile(" *")


def match(containers: Sequence[Container], line: str) -> tuple[int, int]:
    """How many of the open containers the line is in, and where it goes on behind their marks."""
    pos = 0
    for depth, container in enumerate(containers):
        after = _pass(container, line, pos)
        if after is None:
            return depth, pos
        pos = after
    return len(containers), pos


def _pass(container: Container, line: str, pos: int) -> int | None:
    """Where the line goes on behind the mark or indent of one container."""
    indent = indent_at(line, pos)
    if isinstance(container, Quote):
        if indent > 3 or not line.startswith(">", pos + indent):
            return None
        pos += indent + 1
        return pos + line.startswith(" ", pos)
    if pos + indent == len(line):
        return pos + min(indent, container.indent) if container.is_started else None
    return pos + container.indent if indent >= container.indent else None


def indent_at(line: str, pos: int) -> int:
    """The columns of blanks from there on."""
    blanks = _BLANKS.match(line, pos)
    return blanks.end() - pos if blanks else 0


def behind(raw: str, columns: int) -> str:
    """What is behind a number of columns, with the tabs that are there."""
    column = 0
    for index, char in enumerate(raw):
        if column >= columns:
            return " " * (column - columns) + raw[index:]
        column += 4 - column % 4 if char == "\t" else 1
    return " " * max(column - columns, 0)
