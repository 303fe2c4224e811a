"""Words that have come and are not on the disk yet: gathered, so that a commit takes many."""

from __future__ import annotations

import time
from concurrent.futures import Future
from threading import Lock

EVERY = 0.2
"""Seconds for which words are gathered; with the commit they are kept within a quarter."""

Key = tuple[str, int]
"""A conversation and a message of it."""


class Heard:
    """Is filled by the event loop and emptied by the writer's thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._began = dict[Key, Future[None]]()
        self._words = dict[Key, list[tuple[str, str]]]()
        self._at = 0.0

    def begin(self, key: Key, began: Future[None]) -> None:
        """Words of this message will follow; `began` is done once it has a row."""
        with self._lock:
            self._began[key] = began

    def add(self, key: Key, text: str, reasoning: str) -> bool:
        """More words; True if they are the first since the last were written."""
        with self._lock:
            if key not in self._began or not (text or reasoning):
                return False
            is_first = not self._words
            if is_first:
                self._at = time.monotonic() + EVERY
            self._words.setdefault(key, []).append((text, reasoning))
            return is_first

    def end(self, key: Key) -> None:
        """The message comes whole, with these words."""
        with self._lock:
            self._began.pop(key, None)
            self._words.pop(key, None)

    def due(self, all: bool = False) -> list[tuple[Key, str, str]]:
        """Take out what was heard, if it is time; words of a row that is not there yet stay."""
        with self._lock:
            if not self._words or (time.monotonic() < self._at and not all):
                return []
            taken = {key: self._words[key] for key in self._words if self._began[key].done()}
            self._words = {key: each for key, each in self._words.items() if key not in taken}
            self._at = time.monotonic() + EVERY
        return [
            (key, "".join(text for text, _ in each), "".join(thought for _, thought in each))
            for key, each in taken.items()
        ]

    @property
    def wait(self) -> float | None:
        """Seconds until it is time."""
        with self._lock:
            return max(self._at - time.monotonic(), 0.0) if self._words else None

    @property
    def is_empty(self) -> bool:
        """Whether all that was heard is on its way to the disk."""
        return not self._words
