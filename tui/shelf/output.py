"""Where the words of a command go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import TextIOWrapper
from typing import TextIO

from tui.core.sanitize import Cleaner, clean


@dataclass(frozen=True, slots=True)
class Output:
    """Standard output and standard error."""

    words: TextIO
    """For what was asked for and nothing else."""

    notes: TextIO
    """For people."""

    def note(self, text: str) -> None:
        """One line for people."""
        self.notes.write(f"rillet: {clean(text).replace(chr(10), ' ')}\n")
        self.notes.flush()

    def hand_on(self, parts: Iterable[str]) -> None:
        """A whole file: a terminal gets it clean, a pipe gets it as it is, in UTF-8."""
        if self.words.isatty():
            cleaner = Cleaner()
            for part in parts:
                self.words.write(cleaner.feed(part))
            self.words.write(cleaner.flush())
        elif isinstance(self.words, TextIOWrapper):
            for part in parts:
                self.words.buffer.write(part.encode("utf-8", "replace"))
        else:
            self.words.writelines(parts)
        self.words.flush()
