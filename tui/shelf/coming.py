"""`rillet import`: conversations from a file go into the store, each whole or not at all."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from tui.core.chats import Chat
from tui.core.errors import UsageError
from tui.core.importing import Imported, read
from tui.core.sanitize import one_line
from tui.edge.exported import pictures_beside
from tui.edge.foreign_file import texts_of
from tui.edge.store import Store
from tui.shelf.output import Output

INCOMPLETE = 1
"""The exit code when a conversation of the file was left out."""


def found_in(name: str) -> Imported:
    """All conversations of a file or of standard input; nothing is kept yet.

    Raises:
        UsageError: If there is none.
    """
    look_up = pictures_beside(Path(name))
    parts = [read(text, called, look_up) for called, text in texts_of(name)]
    return Imported(
        tuple(chat for part in parts for chat in part.chats),
        tuple(sentence for part in parts for sentence in part.damaged),
        " ".join(filter(None, (part.remark for part in parts))),
    )


@dataclass(slots=True)
class _Taken:
    """What became of them."""

    new: list[tuple[str, Chat]] = field(default_factory=list)
    known: list[str] = field(default_factory=list)


async def take_in(store: Store | None, found: Imported, output: Output, *, is_json: bool) -> int:
    """Keep the conversations; gives the exit code.

    Raises:
        UsageError: If they cannot be written; those before are kept, and it says how many.
    """
    assert store is not None
    taken = _Taken()
    for chat in found.chats:
        await _take(store, chat, taken)
        if store.trouble:
            raise UsageError(_not_kept(store.trouble, len(taken.new) - 1))
    for sentence in (*found.damaged, found.remark):
        if sentence:
            output.note(sentence)
    _tell(taken, found, output, is_json)
    return INCOMPLETE if found.damaged else 0


async def _take(store: Store, chat: Chat, taken: _Taken) -> None:
    """Keep one, unless all of it is here already."""
    known = await store.load(chat.id)
    if known and set(chat.conversation.messages) <= set(known.conversation.messages):
        taken.known.append(chat.id)
        return
    created = chat.created or time.time()
    dated = replace(chat, created=created, updated=chat.updated or created)
    taken.new.append((await store.put(dated), chat))


def _not_kept(trouble: str, before: int) -> str:
    why = trouble.removeprefix("Not saved: ").partition(".")[0]
    return f"not all could be kept: {why}. {_counted(before)} imported before that."


def _counted(number: int) -> str:
    return f"{number:,} conversation{' was' if number == 1 else 's were'}"


def _tell(taken: _Taken, found: Imported, output: Output, is_json: bool) -> None:
    if is_json:
        said = {
            "imported": [
                {"id": name, "title": chat.name, "messages": len(chat.conversation.messages)}
                for name, chat in taken.new
            ],
            "known": taken.known,
            "damaged": found.damaged,
        }
        output.words.write(json.dumps(said) + "\n")
    else:
        lines = (f"{name}  {one_line(chat.name)}\n" for name, chat in taken.new)
        output.words.writelines(lines)
        output.note(f"{_counted(len(taken.new))} imported")
        if taken.known:
            output.note(f"{_counted(len(taken.known))} here already")
    output.words.flush()
