"""Which commands were used last, across runs: their ids in a small file, and nothing else.

It is a convenience: where it cannot be read or written, nothing is said.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress

from tui.core.commands import Command
from tui.edge.paths import state_folder, state_path

NAME = "commands.json"

MOST = 20
"""Commands that are remembered."""

MOST_BYTES = 10_000
"""More than such a file has."""


class Recent:
    """The ids of commands, the one that was used last in front."""

    def __init__(self, *, keeps: bool) -> None:
        """Begins with those of earlier runs; with `keeps`, later runs begin with these."""
        self._keeps = keeps
        self._ids = _kept()

    def used(self, command: str) -> None:
        """This one was used."""
        self._ids = [command, *(each for each in self._ids if each != command)][:MOST]

    def in_front(self, table: Iterable[Command]) -> list[Command]:
        """Commands, those that were used last in front, the others as they were."""
        places = {each: place for place, each in enumerate(self._ids)}
        return sorted(table, key=lambda command: places.get(command.id, MOST))

    def keep(self) -> None:
        """Write them down; the file is there whole, or as it was."""
        if not self._keeps:
            return
        with suppress(OSError):
            path = state_folder() / NAME
            beside = path.with_name(f"{NAME}.{os.getpid()}")
            number = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(number, "w") as file:
                json.dump(self._ids, file)
            beside.replace(path)


def _kept() -> list[str]:
    with suppress(OSError, ValueError, RecursionError):
        with (state_path() / NAME).open("rb") as file:
            held: object = json.loads(file.read(MOST_BYTES))
        if isinstance(held, list):
            return [each for each in held if isinstance(each, str)][:MOST]
    return []
