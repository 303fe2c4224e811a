"""Text that comes in pieces, put together as it was meant.

Two things go wrong on the way. A tokenizer that splits a sign gives halves of a surrogate pair,
each in a chunk of its own: a half waits for the other. And some servers write into every piece
all of the text so far (QwenLM/qwen-code#3896). Such a stream is known by its third piece: where
each piece begins with the whole one before it, what is new is what follows. The second piece
waits for the third, but only where it begins with the first, which of honest pieces hardly any
does; and before it is believed there have to be some letters, so that `1`, `10`, `100` and growing
rows of dashes are what they are.
"""

from __future__ import annotations

LETTERS = 3
"""How many different letters there have to be."""


class Halves:
    """Joins the halves of surrogate pairs; one that stays alone is replaced by U+FFFD."""

    def __init__(self) -> None:
        self._half = ""

    def take(self, text: str) -> str:
        """The next piece, without a half at its end that waits for the other."""
        if not self._half and text.isascii():
            return text
        text, self._half = self._half + text, ""
        if text and "\ud800" <= text[-1] <= "\udbff":
            text, self._half = text[:-1], text[-1]
        return sound(text)


class Words:
    """Gives what is new in every piece."""

    def __init__(self) -> None:
        self._halves = Halves()
        self._so_far = ""
        self._held: list[str] = []
        self._is_settled = False
        self._is_repeating = False

    def take(self, piece: str) -> str:
        """What is new in the next piece; empty where that is not yet clear."""
        text = self._halves.take(piece)
        if self._is_settled or not text:
            return text
        if self._is_repeating:
            return self._new(text)
        if not self._so_far:
            self._so_far = text
            return text
        return self._compare(text)

    def rest(self) -> str:
        """The text has ended: what was held."""
        if self._held and _has_letters(self._held[-1]):
            return self._new(self._held.pop())
        return self._let_go()

    def _compare(self, text: str) -> str:
        """A piece before it is clear: does it begin with the one before?"""
        before = self._held[-1] if self._held else self._so_far
        if not (len(text) > len(before) and text.startswith(before)) or before.isspace():
            self._is_settled = True
            return self._let_go() + text
        self._held.append(text)
        if len(self._held) == 1 or not _has_letters(text):
            return ""
        self._is_repeating, self._held = True, []
        return self._new(text)

    def _let_go(self) -> str:
        held, self._held = self._held, []
        return "".join(held)

    def _new(self, text: str) -> str:
        """What is new in a piece that repeats; one that repeats nothing is all new."""
        if self._so_far.startswith(text):
            return ""
        new = text.removeprefix(self._so_far)
        self._is_settled = len(new) == len(text)
        self._so_far = text
        return new


def _has_letters(text: str) -> bool:
    return len({sign for sign in text if sign.isalpha()}) >= LETTERS


def sound(text: str) -> str:
    """Text without halves of surrogate pairs, which nothing can encode."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
