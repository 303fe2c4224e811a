"""Tool calls as they come: which call a piece belongs to, and what of it is new.

The rule is OpenAI's: a piece has the index of its call, the first one its id and name. Seen in
the wild: no index at all; index 0 for every call, told apart by new ids (Gemini, LMDeploy); the
name repeated in every piece (MiniMax by NVIDIA); names in two pieces; ids inside of `function`;
arguments as an object; free text as `custom.input`; pieces of metadata alone.

So a new call begins where an unknown index comes, or a name with another id, or a name where
there is no index.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tui.core.deltas import ToolCall
from tui.core.lenient import JSON, as_number, as_text
from tui.core.words import Halves, sound


@dataclass(slots=True)
class _Slot:
    """A call so far."""

    index: int
    id: str = ""
    name: str = ""
    halves: Halves = field(default_factory=Halves)


class Calls:
    """Takes pieces of calls, gives them with an index that is their own."""

    def __init__(self) -> None:
        self._slots: dict[int, _Slot] = {}
        self._latest: _Slot | None = None
        self._count = 0

    def take(self, pieces: Iterable[JSON]) -> Iterator[ToolCall]:
        """The pieces of one chunk."""
        for piece in pieces:
            yield from self._piece(piece)

    def _piece(self, piece: JSON) -> Iterator[ToolCall]:
        made, index = _made(piece), as_number(piece.get("index"))
        name, its_id = sound(as_text(made.get("name"))), _id(piece, made)
        arguments = _arguments(made)
        slot = self._slot(index, its_id, name)
        if slot is None:
            if not (name or arguments):
                return
            slot = self._begin(index)
        slot.id = slot.id or its_id
        new = "" if name == slot.name else name
        slot.name += new
        yield ToolCall(slot.index, new, slot.halves.take(arguments), its_id)

    def _slot(self, index: int | None, its_id: str, name: str) -> _Slot | None:
        """The call that a piece goes on with, if it does."""
        slot = self._latest if index is None else self._slots.get(index)
        if slot is None or not name:
            return slot
        if its_id and slot.id and its_id != slot.id:
            return None
        is_repeated = its_id == slot.id and name == slot.name
        return slot if index is not None or is_repeated else None

    def _begin(self, index: int | None) -> _Slot:
        self._latest = _Slot(self._count)
        self._count += 1
        if index is not None:
            self._slots[index] = self._latest
        return self._latest


def _made(piece: JSON) -> JSON:
    """The function that is called, or the custom tool in its form."""
    made = piece.get("function")
    if isinstance(made, dict):
        return made
    custom = piece.get("custom")
    if isinstance(custom, dict):
        return {"name": custom.get("name"), "arguments": custom.get("input")}
    return {}


def _id(piece: JSON, made: JSON) -> str:
    return sound(as_text(piece.get("id")) or as_text(made.get("id")))


def _arguments(made: JSON) -> str:
    """JSON text; some servers send what it would be the text of."""
    found = made.get("arguments")
    if isinstance(found, dict | list):
        return json.dumps(found, ensure_ascii=False)
    return as_text(found)
