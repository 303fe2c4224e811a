"""The line of a message round the first hit, and where the hits are in it."""

from __future__ import annotations

import re
import unicodedata

from tui.edge.store.words import terms

BEFORE = 40
"""Characters before the first hit."""

LENGTH = 160
"""Characters of an excerpt."""

Marks = tuple[tuple[int, int], ...]


class _Plain(dict[int, int]):
    """For `str.translate`: letters without their accents, one for one."""

    def __missing__(self, code: int) -> int:
        parts = unicodedata.normalize("NFD", chr(code)) if code < 0xD800 or code > 0xDFFF else "?"
        self[code] = ord(parts[0]) if len(parts) > 1 else code
        return self[code]


PLAIN = _Plain()


def sought(wanted: str) -> re.Pattern[str] | None:
    """A pattern for what the user looks for; None if there is nothing to look for."""
    found = sorted({text for text, _ in terms(wanted) if text.strip()}, key=len, reverse=True)
    if not found:
        return None
    return re.compile("|".join(map(_pattern, found)), re.IGNORECASE)


def excerpt(text: str, pattern: re.Pattern[str] | None) -> tuple[str, Marks]:
    """One line, with blanks for line breaks and dots where more is left out."""
    plain = text if text.isascii() else text.translate(PLAIN)
    first = pattern.search(plain) if pattern else None
    at = first.start() if first else 0
    begin = max(at - BEFORE, 0)
    if begin:
        blank = text.find(" ", begin, at)
        begin = blank + 1 if blank >= 0 else begin
    piece = re.sub(r"\s", " ", text[begin : begin + LENGTH])
    shown = piece if piece.isascii() else piece.translate(PLAIN)
    line = ("…" if begin else "") + piece + ("…" if begin + LENGTH < len(text) else "")
    shift = 1 if begin else 0
    hits = pattern.finditer(shown) if pattern else ()
    return line, tuple((hit.start() + shift, hit.end() + shift) for hit in hits)


def _pattern(wanted: str) -> str:
    """Its letters, with anything that is no letter between them."""
    words = re.findall(r"\w+", wanted.translate(PLAIN))
    if not words:
        return re.escape(wanted)
    return (r"\b" if words[0].isascii() else "") + r"\W+".join(map(re.escape, words))
