"""Counting tokens, exactly, while a text grows.

tiktoken cuts a text into pieces by a regular expression without look-behind, then merges the
bytes of each piece, the pair of lowest rank first. So far as the pieces left of a place are
decided, nothing that comes later changes their tokens: `GrowingCount` keeps their number and
encodes only the tail. Three facts carry it.

1. A *cut* is a border of pieces whatever the rest of the text is: before a space or tab that
   follows something else than white space, since no piece holds a blank but at its beginning or
   in white space; and after a line break before anything but white space and a slash, since only
   those can continue a piece behind a line break. Ordinary text has a cut at every word.

2. *Merges glue.* Let one piece be u + y + w, none of them empty. If encoding u + y leaves a
   border between u and y, and encoding y + w one between y and w, then encoding u + y + w leaves
   both. For take the first merge across either border, say across u|y. All merges before it were
   within u, y or w, each of lowest rank in the whole and so in its part of u + y; they are the
   first merges of u + y alone, and the next one there would be this same pair, which is again
   the lowest. But u + y alone never merges across. The other border likewise. And a border that
   is never crossed parts the merges: what encoding leaves left and right of it is what encoding
   each side alone leaves.

3. A *restart* (see `tui.core.restarts`) is a place inside a run without cuts from which the
   pieces end alike whether or not the left is there. Where the tail grows long, it is cut at
   one: let A + b + ... be its tokens, and G + b + ... those from the restart on (the context's
   included). From then on, while the shorter tail's tokens still begin with G + b, by fact 2
   with y = b, the whole has A in place of G and all else alike. What is left of b must be
   decided, though its run may go on: the only things behind a run that reach back into it are a
   letter (capitals may go either with a caseless letter before them, or alone) and a line break
   (blanks may go with one before them), so A + b must also come first if an "a" or a line break
   follows. Should the tokens ever begin otherwise, the run is restored and looked at whole.

So a count costs what its tail costs: a word in ordinary text, at most about `limit` characters
where only restarts are found; a run without either is encoded whole, which is slow but right.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from tui.core.restarts import RESTARTS, Restart

CUT = re.compile(r"(?s:.*)(?:(?<=\S)(?=[ \t])|(?<=[\r\n])(?=[^\s/]))")
"""From anywhere to the last cut. Python's white space holds all of tiktoken's and more."""

SLICE = 16_384
"""Characters that are looked at in one go: tiktoken fails on about a million blanks."""

SURROGATE = re.compile("[\ud800-\udfff]")

REPLY_PRIMING = 3
PER_MESSAGE = 3
PER_NAME = 1
"""How OpenAI's cookbook counts a chat's wrapping ('How to count tokens with tiktoken')."""


class Tokenizer(Protocol):
    """What turns text into tokens; `tiktoken.Encoding` is one."""

    def encode(self, text: str, *, disallowed_special: Collection[str] = ()) -> list[int]:
        """The tokens of the text; nothing in it is a special token."""


class GrowingCount:
    """The number of tokens of a text that only grows.

    The text is all deltas joined, so that a surrogate pair cut in two is one character; a half
    without its other counts as U+FFFD, which is what tiktoken makes of it.
    """

    def __init__(self, encoding: Tokenizer, *, limit: int = 1024) -> None:
        """A count of nothing yet.

        Args:
            encoding: Splits and merges as o200k_base or cl100k_base do.
            limit: Characters without a cut above which a restart is looked for.
        """
        self._encoding = encoding
        self._limit = limit
        self._patience = limit
        self._fed: list[str] = []
        self._half = ""
        self._count = 0
        self._settled = 0
        self._tail = ""
        self._searched = 0
        self._head: list[int] = []
        self._run: list[str] = []
        self._before_run = 0

    def feed(self, delta: str) -> None:
        """Appends to the text; the work is done when the count is read."""
        self._fed.append(delta)

    @property
    def count(self) -> int:
        """Exactly the tokens of all text so far."""
        if self._fed:
            for text in self._taken():
                self._grow(text)
            tokens = self._tokens(more="\ufffd" if self._half else "")
            self._count = self._settled + len(tokens)
        return self._count

    def _taken(self) -> Iterator[str]:
        text = self._half + "".join(self._fed)
        self._fed.clear()
        self._half = text[-1:] if "\ud800" <= text[-1:] <= "\udbff" else ""
        text = _joined(text.removesuffix(self._half))
        for start in range(0, len(text), SLICE):
            yield text[start : start + SLICE]

    def _grow(self, text: str) -> None:
        self._tail += text
        if self._run:
            self._run.append(text)
        if cut := CUT.match(self._tail, self._searched):
            self._settle(len(self._tail) - cut.end())
        self._searched = len(self._tail)
        if len(self._tail) > self._patience:
            self._shorten()

    def _tokens(self, rest: int = 0, more: str = "") -> list[int]:
        """The tokens of the tail without its last `rest` characters, with `more` behind it."""
        tokens = self._encode(self._tail[: len(self._tail) - rest] + more)
        if tokens[: len(self._head)] != self._head:
            self._restore()
            tokens = self._encode(self._tail[: len(self._tail) - rest] + more)
        return tokens

    def _settle(self, rest: int) -> None:
        """Counts all but the last characters for good."""
        tokens = self._tokens(rest)
        self._settled += len(tokens)
        self._tail = self._tail[len(self._tail) - rest :]
        self._forget_run()

    def _shorten(self) -> None:
        """Cuts the tail at restarts while it is long, then waits until it has doubled."""
        while len(self._tail) > self._limit:
            tokens = self._tokens()
            if not any(self._begin_anew(restart, tokens) for restart in RESTARTS):
                break
        self._searched = len(self._tail)
        self._patience = max(self._limit, 2 * len(self._tail))

    def _begin_anew(self, restart: Restart, whole: list[int]) -> bool:
        """Cuts the tail at a restart, unless that is of little use or fact 3 does not hold."""
        place = restart.last(self._tail[: len(self._tail) // 2])
        fewer = self._encode(restart.context + self._tail[place:])
        left, shift = len(fewer) // 2, len(whole) - len(fewer)
        head = whole[: left + shift + 1]
        if place < len(self._tail) // 4 or left < 4 or len(head) <= len(self._head):
            return False
        if whole[left + shift :] != fewer[left:] or not self._stays(head):
            return False
        self._run = self._run or [self._tail]
        ...
        return True
