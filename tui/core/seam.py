"""Where the rest of an answer meets its beginning: what the rest repeats is left out once.

A server that is asked to continue may send the beginning again (an echo), repeat the last words
(asked in words, it is told to), or open a code block that is open already. All of that comes
first, so the first words are held until they differ from what a repetition would be; nothing
that is held is missing on the screen, because it stands there already. What was left out is told
in `Continued`, so that the record of the answer keeps every word that arrived.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.core.continuing import Way
from tui.core.deltas import Continued, Delta, Finished, Text

LONGEST = 240
"""The most characters at the end of the beginning that a rest may repeat."""

LEAST_ECHO = 12
"""The fewest characters of a beginning whose echo is told from a coincidence."""

LEAST = {Way.FLAGS: 24, Way.PREFIX: 24, Way.INSTRUCTION: 2}
"""The fewest repeated characters that are left out: a model asked in words repeats on purpose."""

_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_OPENING = re.compile(r"\s*(?:```|~~~)[\w+#.-]{0,20}[ \t]*\n")
_MAYBE_OPENING = re.compile(r"\s*(?:`{1,2}|~{1,2}|(?:```|~~~)[\w+#.-]{0,20}[ \t]*)?")


class Joiner:
    """Takes the deltas of a continuing turn; gives them without what they repeat."""

    def __init__(self, before: str) -> None:
        self._before = before
        self._is_in_code = len(_FENCE.findall(before)) % 2 == 1
        self._way = Way.FLAGS
        self._held = ""
        self._is_settled = False

    def take(self, delta: Delta) -> Iterator[Delta]:
        """The next delta, or what it lets go; `Finished` lets everything go."""
        match delta:
            case Continued(way):
                self._way = way
            case Text(text) if not self._is_settled:
                self._held += text
                if self._held:
                    yield from self._settle(is_all=False)
            case Finished():
                if not self._is_settled and self._held:
                    yield from self._settle(is_all=True)
                yield delta
            case _:
                yield delta

    def _settle(self, is_all: bool) -> Iterator[Delta]:
        """Let the held words go, once it is clear how many of them are a repetition."""
        repeated = self._repeated(is_all)
        if repeated is None:
            return
        self._is_settled = True
        dropped, rest = self._held[:repeated], self._held[repeated:]
        yield Continued(self._way, dropped)
        if text := self._blank(dropped, rest) + rest:
            yield Text(text)

    def _repeated(self, is_all: bool) -> int | None:
        """How many of the held characters repeat what is there; None is not clear yet."""
        held, before = self._held, self._before
        if len(before) >= LEAST_ECHO:
            if held.startswith(before):
                return len(before)
            if before.startswith(held) and not is_all:
                return None
        fence = self._fence(is_all)
        if fence is None:
            return None
        tail = self._tail(held[fence:], is_all)
        return None if tail is None else fence + tail

    def _fence(self, is_all: bool) -> int | None:
        """The length of a line that opens a code block once more; None is not clear yet."""
        if not self._is_in_code:
            return 0
        if opening := _OPENING.match(self._held):
            return opening.end()
        return None if not is_all and _MAYBE_OPENING.fullmatch(self._held) else 0

    def _tail(self, held: str, is_all: bool) -> int | None:
        """The longest start that repeats the end of the beginning; None is not clear yet."""
        before = self._before[-LONGEST:]
        if not is_all and any(
            before.startswith(held, at)
            for at in range(max(0, len(before) - len(held)))
            if len(before) - at >= LEAST[self._way]
        ):
            return None
        for length in range(min(len(before), len(held)), LEAST[self._way] - 1, -1):
            if before.endswith(held[:length]) and self._is_whole(length, held):
                return length
        return 0

    def _is_whole(self, length: int, held: str) -> bool:
        """Whether a short repetition is of whole words, so that it is no coincidence."""
        if length >= LEAST[Way.FLAGS]:
            return True
        at = len(self._before) - length
        has_word = any(map(str.isalnum, held[:length]))
        return has_word and (at == 0 or not self._before[at - 1].isalnum())

    def _blank(self, dropped: str, rest: str) -> str:
        """A blank between two words, where a model that was asked in words began a new one."""
        if self._way is not Way.INSTRUCTION or dropped or not rest or not self._before:
            return ""
        left, right = self._before[-1], rest[0]
        is_spaced = max(left, right) < "\u2e80"
        return " " if is_spaced and left.isalnum() and right.isalnum() else ""
