"""Which conversation is meant: by its name, the beginning of that, or `last`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from tui.core.chats import Summary
from tui.core.errors import UsageError
from tui.core.sanitize import one_line
from tui.edge.store import Store

LAST = "last"
"""The name of the conversation in which something was said last."""

MOST_SHOWN = 5
"""Conversations that a complaint names."""

ALL = 1_000_000
"""More than anybody has."""

_ID = re.compile("[a-z2-7]{8}")


async def meant(store: Store | None, name: str) -> str:
    """The id of the conversation that is meant.

    Raises:
        UsageError: If it is none, or could be several; with those that are near.
    """
    if store is None:
        raise UsageError("there are no conversations yet.")
    if name == LAST:
        if (last := await store.last()) is None:
            raise UsageError("there are no conversations yet.")
        return last
    if _ID.fullmatch(name) and await store.summary(name) is not None:
        return name
    every = await store.chats(archived=True, limit=ALL)
    begun = [summary for summary in every if name and summary.id.startswith(name.lower())]
    if len(begun) == 1:
        return begun[0].id
    if begun:
        raise UsageError(f"{name} could be one of {len(begun)}:\n{_lines(begun)}")
    near = _near(name, every)
    those = f"\nThese are near:\n{_lines(near)}" if near else "\n`rillet chats` lists them."
    called = one_line(name, 80) or "that: it is empty"
    raise UsageError(f"no conversation is called {called}.{those}")


def _near(name: str, every: Sequence[Summary]) -> list[Summary]:
    """Those with such a title, and those whose id is written nearly so."""
    words = name.casefold()
    called = [summary for summary in every if words and words in summary.title.casefold()]
    ids = get_close_matches(name.lower(), [summary.id for summary in every], n=MOST_SHOWN)
    return [*called, *(each for each in every if each.id in ids and each not in called)]


def _lines(summaries: Sequence[Summary]) -> str:
    shown = summaries[:MOST_SHOWN]
    lines = [f"  {summary.id}  {one_line(summary.title, 60)}" for summary in shown]
    more = len(summaries) - len(shown)
    return "\n".join([*lines, f"  and {more:,} more"] if more else lines)
