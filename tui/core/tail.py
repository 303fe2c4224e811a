"""The end of a growing text, of which the tokens are not settled yet.

Where there is no cut for long (a paragraph of Chinese, a line of base64, a model that repeats one
letter for ever), encoding all of it at each look would cost more and more. Two facts help.

1. *Merges glue.* tiktoken merges the bytes of a piece, always the neighbours of lowest rank, the
   leftmost of these. Let u, y, w be parts of one piece, none empty. If encoding u + y leaves a
   border between u and y, and encoding y + w leaves one between y and w, then encoding u + y + w
   leaves both. Suppose not, and take the first merge across one of them, say across u|y. All
   merges before it were inside of u, y or w. Those in u and y were each the lowest of all, so
   they are what u + y alone begins with, and this merge comes next there too: but u + y alone
   does not merge across. And where no merge crosses a border, those on either side are those of
   that side alone. So the tokens are those of u, then of y, then of w.

2. *A run can begin anew* at a restart: a place behind which the pieces end alike, with or without
   what is left of it (see `tui.core.restarts`). Let the tokens of the tail be A, b, B, and those
   from the restart on G, b, B. While text is added and the latter still begin with G, b, their
   number plus that of A less that of G is the count: pieces that end left of b stay as they are,
   and the piece around b is the end of A, glued by b to what follows.

   For that, what is left of b must be decided. Only two looks ahead of tiktoken's expressions go
   farther than three bytes: capitals are in one piece with a caseless letter before them if any
   but a capital follows in the word, and blanks are in one piece with a line break before them if
   another line break follows. So A, b must also come first where the tail is followed by a small
   letter, and by a line break. If the tokens from the restart on ever begin otherwise than G, b,
   the run is put together again and encoded whole: slow, and right.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from operator import eq

from tui.core.restarts import RESTARTS

LONGEST_TOKEN = 128
"""Characters; both vocabularies have tokens of as many blanks."""

LEAST_TOKENS = 8
"""Behind a restart, so that G is no shorter than the context, and B no shorter than three bytes."""


class Tail:
    """Text that grows, and settles from its beginning on."""

    text = ""
    """What is not settled; behind a restart, with the restart's context before it."""

    def __init__(self, encode: Callable[[str], list[int]], limit: int) -> None:
        """Begins empty.

        Args:
            encode: Gives the tokens of a text.
            limit: Characters up to which a tail is not long.
        """
        self._encode = encode
        self._limit = limit
        self._settled = 0
        self._patience = limit
        self._begin_run()

    def append(self, text: str) -> None:
        """Adds to the end."""
        self.text += text
        if self._run:
            self._run.append(text)

    def count(self, more: str = "") -> int:
        """The tokens of all that was ever appended, and of `more` behind it."""
        tokens = self._tokens(more=more)
        return self._settled + len(tokens)

    def settle(self, rest: int) -> None:
        """Counts all but the last `rest` characters for good: there is a cut before them."""
        tokens = self._tokens(rest)
        self._settled += len(tokens)
        self.text = self.text[len(self.text) - rest :]
        self._begin_run()

    def shorten(self) -> None:
        """Lets a long tail begin anew; where it cannot, that is not tried before it doubled."""
        if len(self.text) <= self._patience:
            return
        tokens = self._tokens()
        for keep in (self._limit // 2, (LEAST_TOKENS + 1) * LONGEST_TOKEN):
            # where tokens are long, as of blanks, a short rest has too few of them to try
            is_enough = keep * len(tokens) >= LEAST_TOKENS * len(self.text)
            if is_enough and len(self.text) > 2 * keep and self._begin_anew(keep, tokens):
                break
        is_long = len(self.text) > self._limit
        self._patience = 2 * len(self.text) if is_long else self._limit

    def _tokens(self, rest: int = 0, more: str = "") -> list[int]:
        """The tokens of all but the last `rest` characters, with `more` behind it."""
        tokens = self._encode(self.text[: len(self.text) - rest] + more)
        if tokens[: len(self._head)] != self._head:
            self._restore_run()
            tokens = self._encode(self.text[: len(self.text) - rest] + more)
        return tokens

    def _begin_run(self) -> None:
        self._run: list[str] = []
        self._settled_before_run = self._settled
        self._head: list[int] = []
        self._patience = self._limit

    def _restore_run(self) -> None:
        self.text, self._settled = "".join(self._run), self._settled_before_run
        self._begin_run()
        self._patience = 2 * len(self.text)

    def _begin_anew(self, keep: int, tokens: list[int]) -> bool:
        """Begins at a restart, so that `keep` characters or some more are left.

        Mostly the tokens from a restart on soon become those of the whole. In an endless
        repetition they do so only from a border of tokens on.
        """
        for restart in RESTARTS:
            place = restart.last(self.text[:-keep])
            if place and self._begin_at(place, restart.context, tokens):
                return True
            border = self._border(place, tokens)
            fits = border and restart.last(self.text[: border + 2]) == border
            if fits and self._begin_at(border, restart.context, tokens):
                return True
        return False

    def _border(self, place: int, tokens: list[int]) -> int:
        """The border of tokens at or shortly before a place; 0 if there is none."""
        left = self._encode(self.text[:place])
        same = sum(takewhile(bool, map(eq, left, tokens)))
        ends = range(place, max(place - LONGEST_TOKEN, 0), -1)
        return next((end for end in ends if self._encode(self.text[end:place]) == left[same:]), 0)

    def _begin_at(self, place: int, context: str, tokens: list[int]) -> bool:
        """Begins at a restart, if that is right whatever follows."""
        text = context + self.text[place:]
        fewer = self._encode(text)
        kept, saved = len(fewer) // 2, len(tokens) - len(fewer)
        before = saved + kept
        if len(fewer) < LEAST_TOKENS or before < len(self._head) or tokens[before:] != fewer[kept:]:
            return False
        if not self._comes_first(tokens[: before + 1]):
            return False
        self._run = self._run or [self.text]
        self.text, self._head = text, fewer[: kept + 1]
        self._settled += saved
        return True

    def _comes_first(self, head: list[int]) -> bool:
        """Whether the tail begins with these tokens whichever long look ahead comes true."""
        return all(self._encode(self.text + more)[: len(head)] == head for more in "a\n")
