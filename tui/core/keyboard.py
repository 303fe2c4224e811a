"""What a terminal sends for keys and pastes, from bytes to text that its parser can trust.

Two things would harm a draft. A byte that is no UTF-8 (a Latin-1 paste, an 8-bit Meta key) must
not end the program: it becomes a replacement character. And an ESC inside a bracketed paste (a
coloured log) must not end the paste: it becomes the sign that shows it. Marks of a paste may be
cut in two by reads, but the bytes of a lone Escape key are never held back; but for a moment where
answers of the terminal are to be told from it (`tui.core.answers`).
"""

from __future__ import annotations

import codecs

from tui.core.answers import Answers

START = "\x1b[200~"
"""Begins a bracketed paste (xterm control sequences, 'Bracketed Paste Mode')."""

END = "\x1b[201~"
"""Ends it."""


class Keyboard:
    """Takes what was read, gives what to parse."""

    def __init__(self, answers: Answers | None = None) -> None:
        self._answers = answers
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._is_pasting = False
        self._recent = ""
        self._held = ""

    def feed(self, data: bytes) -> str:
        """The text of the next bytes, in which no paste holds an ESC of its own."""
        rest, given = self._held + self._decode(data), []
        self._held = ""
        while rest:
            if self._is_pasting:
                part, rest = self._pasted(rest)
            else:
                part, rest = self._typed(rest)
                part = self._answers.take(part) if self._answers else part
            given.append(part)
        return "".join(given)

    @property
    def is_holding(self) -> bool:
        """Whether what may be an answer of the terminal is held back."""
        return self._answers is not None and self._answers.is_holding

    def release(self) -> str:
        """What was held back, where nothing followed: it was typed."""
        return self._answers.release() if self._answers else ""

    def _typed(self, text: str) -> tuple[str, str]:
        """Up to the mark that begins a paste; what came before may hold the mark's beginning."""
        place = (self._recent + text).find(START)
        if place < 0:
            self._recent = (self._recent + text)[1 - len(START) :]
            return text, ""
        end = place + len(START) - len(self._recent)
        self._is_pasting, self._recent = True, ""
        return text[:end], text[end:]

    def _pasted(self, text: str) -> tuple[str, str]:
        inside, end, rest = text.partition(END)
        if end:
            self._is_pasting = False
        else:
            cut = max(n for n in range(len(END)) if inside.endswith(END[:n]))
            inside, self._held = inside[: len(inside) - cut], inside[len(inside) - cut :]
        return inside.replace("\x1b", "␛") + end, rest
