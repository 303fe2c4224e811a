"""Where the words of a command go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import TextIOWrapper

from tui.core.sanitize import Cleaner
from tui.edge.stdout import Streams


@dataclass(frozen=True, slots=True)
class Output(Streams):
    """Standard output and standard error, and how a whole file goes out."""

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
