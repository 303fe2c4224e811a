"""Words that are looked for in a text, as people mean them.

Small letters find capitals too; with a capital, letters are taken as they are typed. A space
stands for any white space, so that words are found across the end of a line.
"""

from __future__ import annotations

import re


class Sought:
    """What is looked for."""

    def __init__(self, words: str) -> None:
        self.words = words
        """As they were typed."""
        self._is_exact = any(sign.isupper() for sign in words)
        parts = words.split()
        self._first = parts[0] if parts else ""
        flags = re.NOFLAG if self._is_exact else re.IGNORECASE
        self._pattern = re.compile(r"\s+".join(map(re.escape, parts)), flags)

    def __bool__(self) -> bool:
        return bool(self._first)

    @property
    def reach(self) -> int:
        """Characters before a place that may belong to a hit that ends there."""
        return 2 * len(self.words)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where it stands in a text, from character to character."""
        if not self._first or self._first not in (text if self._is_exact else text.lower()):
            return []  # the pattern is twenty times slower than this
        return [match.span() for match in self._pattern.finditer(text)]
