"""Counting tokens: exactly, and while the text still grows.

tiktoken cuts a text into pieces by a regular expression without look-behind and encodes each
piece alone, so what lies left of a decided border of pieces never changes. `GrowingCount` keeps
the number of its tokens and encodes only the tail behind it. It looks for a *cut*, which is such
a border whatever follows:

- before a space or tab that is not behind white space, since a blank is only ever the beginning
  of a piece, or within white space;
- behind a line break, before anything but white space and the slash, since within a piece only
  those follow a line break.

Ordinary text has a cut at every word. Long runs without one are the matter of `tui.core.tail`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Protocol

from tui.core.tail import Tail

CUT = re.compile(r"(?s:.*)(?:(?<=\S)(?=[ \t])|(?<=[\r\n])(?=[^\s/]))")
"""Up to the last cut. What is white space to tiktoken is also white space to Python."""

SURROGATES = re.compile("[\ud800-\udfff]")

SLICE = 16_384
"""Characters taken in at a time: tiktoken fails on about a million blanks."""


class Tokenizer(Protocol):
    """Makes tokens of text; `tiktoken.Encoding` does."""

    def encode(self, text: str, *, disallowed_special: tuple[()] = ()) -> list[int]:
        """The tokens of a text in which nothing is a special token."""


def count(text: str, tokenizer: Tokenizer) -> int:
    """The tokens of a text, also of one that tiktoken itself fails on."""
    if len(text) < SLICE:
        return len(tokenizer.encode(text, disallowed_special=()))
    return GrowingCount(tokenizer).take(text)


class GrowingCount:
    """The number of tokens of a text that grows at its end.

    The text is all deltas joined: a surrogate pair cut in two is one character. A surrogate
    alone counts as U+FFFD, which is what tiktoken makes of it.
    """

    def __init__(self, tokenizer: Tokenizer, *, limit: int = 512) -> None:
        """Begins with no text.

        Args:
            tokenizer: Cuts text into pieces as o200k_base or cl100k_base does.
            limit: Characters without a cut that are encoded at each look, about.
        """
        self._tail = Tail(partial(tokenizer.encode, disallowed_special=()), limit)
        self._fed: list[str] = []
        self._half = ""
        self._count = 0

    def feed(self, delta: str) -> None:
        """Appends to the text. The work is done when the count is read."""
        self._fed.append(delta)

    def take(self, text: str) -> int:
        """Appends a text of any length and counts it, bit by bit; gives the count.

        Other threads get their turn between two bits.
        """
        count = self.count
        for start in range(0, len(text), SLICE):
            self.feed(text[start : start + SLICE])
            count = self.count
        return count

    @property
    def count(self) -> int:
        """The tokens of all the text so far. It can fall by a few where words grow together."""
        if self._fed:
            for text in self._taken():
                self._grow(text)
            self._count = self._tail.count("\ufffd" if self._half else "")
        return self._count

    def _taken(self) -> Iterator[str]:
        """What was fed, in slices, but for a last surrogate that may yet find its other half."""
        text = self._half + "".join(self._fed)
        self._fed.clear()
        self._half = text[-1:] if "\ud800" <= text[-1:] <= "\udbff" else ""
        text = _joined(text.removesuffix(self._half))
        return (text[start : start + SLICE] for start in range(0, len(text), SLICE))

    def _grow(self, text: str) -> None:
        searched = len(self._tail.text)
        self._tail.append(text)
        if cut := CUT.match(self._tail.text, searched):
            self._tail.settle(len(self._tail.text) - cut.end())
        self._tail.shorten()


def _joined(text: str) -> str:
    """The text with surrogate pairs made characters, as tiktoken makes them."""
    if not SURROGATES.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
