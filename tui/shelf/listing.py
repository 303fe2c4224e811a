"""`rillet chats`: which conversations there are."""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator, Sequence

from tui.core.chats import State, Summary
from tui.core.exporting.facts import when
from tui.core.sanitize import clean, one_line
from tui.edge.store import Store
from tui.shelf.output import Output

MOST_HITS = 10_000
"""Messages that are looked at for the conversations that they are in."""

WIDEST = 200
"""Characters of a title where there is no terminal to fit it into."""


async def chats(store: Store | None, arguments: argparse.Namespace, output: Output) -> int:
    """List the conversations, or those with certain words in their title or in what was said."""
    words, limit = " ".join(arguments.query), arguments.limit
    found = await _found(store, words, arguments.archived, limit + 1) if store else []
    if not found:
        output.note(f"no conversation has “{words}” in it" if words else "no conversations yet")
    if len(found) > limit:
        output.note(f"there are more than {limit:,}: --limit shows more of them")
    shown = found[:limit]
    if arguments.json:
        said = json.dumps([_said(summary) for summary in shown], indent=1)
        output.words.write(f"{clean(said) if output.words.isatty() else said}\n")
    else:
        width = shutil.get_terminal_size().columns if output.words.isatty() else 0
        output.words.writelines(f"{line}\n" for line in _table(shown, width))
    output.words.flush()
    return 0


async def _found(store: Store, words: str, archived: bool, limit: int) -> list[Summary]:
    """The pinned ones first, then the newest."""
    if not words.strip():
        return await store.chats(archived=archived, limit=limit)
    called = await store.chats(archived=archived, limit=limit, title=words)
    hits = await store.search(words, limit=MOST_HITS)
    said = [hit.chat for hit in hits if archived or not hit.chat.is_archived]
    every = {summary.id: summary for summary in (*called, *said)}.values()
    return sorted(every, key=lambda one: (not one.is_pinned, -one.updated))[:limit]


def _said(summary: Summary) -> dict[str, object]:
    """A conversation for programs; times are Unix seconds, as in the JSON of `rillet export`."""
    return {
        "id": summary.id,
        "title": summary.title,
        "model": summary.model,
        "created": summary.created,
        "updated": summary.updated,
        "messages": summary.messages,
        "state": summary.state.value,
    }


def _table(shown: Sequence[Summary], width: int) -> Iterator[str]:
    """A line to a conversation, the title last since it may be long; no more than `width` cells."""
    rows = [("ID", "LAST USED", "MESSAGES", "STATE", "MODEL", "TITLE")] if shown else []
    rows += [_row(summary) for summary in shown]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(space) for cell, space in zip(row[:-1], widths, strict=False)]
        before = "  ".join(cells)
        yield f"{before}  {_fitted(row[-1], width - len(before) - 2 if width else WIDEST)}".rstrip()


def _row(summary: Summary) -> tuple[str, str, str, str, str, str]:
    title = one_line(summary.title, WIDEST) or "Without words"
    model, at = one_line(summary.model, 30), when(summary.updated)[:16]
    return summary.id, at, f"{summary.messages:>8,}", _state(summary), model, title


def _state(summary: Summary) -> str:
    """How it stands, in words: where something was asked, it is not empty."""
    is_unanswered = summary.state is State.EMPTY and summary.messages > 0
    return "no answer" if is_unanswered else summary.state.value


def _fitted(title: str, cells: int) -> str:
    """The title in so many cells, but never less than a word of it."""
    from rich.cells import cell_len, set_cell_size

    room = max(cells, 12)
    if cell_len(title) <= room:
        return title
    return f"{set_cell_size(title, room - 1).rstrip()}…"
