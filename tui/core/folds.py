"""Long texts in a prompt: each stands there as one short line, and is sent whole.

The line bears a number, so that the same text has the same line for as long as the prompt lives:
undo, drafts and the questions of before find it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.core.pictures import in_bytes

MOST_CHARACTERS = 4000
"""Characters of a text that is shown as it is."""

MOST_LINES = 60
"""Its lines."""

LINE = re.compile(r"\[long text \d+: [^\]\n]+\]")
"""What stands for a text."""


def is_long(text: str) -> bool:
    """Whether a text would make a prompt of pages."""
    return len(text) > MOST_CHARACTERS or text.count("\n") >= MOST_LINES


class Folds:
    """The long texts of one prompt."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._lines: dict[str, str] = {}
        self._last = "", ""

    def folded(self, text: str) -> str:
        """The text with a line for each long one that is known; what is still long is one, too."""
        shown = text
        if is_long(text):
            for known, line in self._lines.items():
                shown = shown.replace(known, line)
        # A text can itself hold such a line, which would be taken for what it stands for.
        is_told = not is_long(shown) and self.whole(shown) == text
        return shown if is_told else self._line(text)

    def _line(self, text: str) -> str:
        """What stands for a text."""
        if text not in self._lines:
            count = text.count("\n") + 1
            lines = f"{count:,} line{'s' if count > 1 else ''}"
            size = in_bytes(len(text.encode("utf-8", "replace")))
            line = f"[long text {len(self._lines) + 1}: {lines}, {size}]"
            self._lines[text], self._texts[line] = line, text
        return self._lines[text]

    def whole(self, shown: str) -> str:
        """What is shown, with the texts in the place of their lines."""
        if not self._texts or "[" not in shown:
            return shown
        if self._last[0] != shown:
            whole = LINE.sub(lambda found: self._texts.get(found[0], found[0]), shown)
            self._last = shown, whole
        return self._last[1]

    def spans(self, row: str) -> Iterator[tuple[int, int]]:
        """Where in a row such lines stand: first column, and the one behind the last."""
        for found in LINE.finditer(row):
            if found[0] in self._texts:
                yield found.span()
