"""The command table as a table in Markdown, for the README."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tui.core.commands import Command, Place
from tui.core.key_names import written

BEGIN = "<!-- keys: made from the command table -->"
"""What the table in a text begins behind."""

END = "<!-- /keys -->"
"""What it ends before."""


def key_table(table: Sequence[Command]) -> str:
    """A row for each command, under the place where its key works."""
    return "\n".join(["| Key | Does | Name |", "| --- | --- | --- |", *_rows(table)])


def with_table(text: str, table: str) -> str:
    """A text with another table between the two marks."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    return f"{before}{begin}\n{table}\n{end}{after}" if begin and end else text


def _rows(table: Iterable[Command]) -> Iterator[str]:
    there = list(table)
    for place in Place:
        yield f"| **{place.value}** | | |"
        yield from (_row(each) for each in there if each.place is place)


def _row(command: Command) -> str:
    keys = ", ".join(written(key) for key in command.keys) or f"`{command.typed}`"
    typed = f" `{command.typed} {command.takes}` does it too." if command.takes else ""
    return f"| {keys} | {command.help}{typed} | `{command.id}` |"
