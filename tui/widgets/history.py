"""What was asked before, and what is typed at each place among it: stepping loses no word."""

from __future__ import annotations

from collections.abc import Sequence


class History:
    """The questions of before; behind the last one is the place of the one that is typed."""

    def __init__(self) -> None:
        self._asked: list[str] = []
        self._place = 0
        self._typed: dict[int, str] = {}
        self._given = ""

    @property
    def is_at_first(self) -> bool:
        """Whether nothing was asked before what is shown."""
        return self._place == 0

    @property
    def is_at_last(self) -> bool:
        """Whether what is shown is no question of before."""
        return self._place == len(self._asked)

    def step(self, by: int, text: str) -> str:
        """Leave a text where it was typed, and go to what stands so many places after it."""
        self._typed[self._place] = text
        self._place += by
        return self._typed.get(self._place, self._there(self._place))

    def unsent(self, text: str) -> str:
        """All that was typed and not sent, where this text is shown."""
        typed = sorted({**self._typed, self._place: text}.items())
        words = [said for place, said in typed if said.strip() and said != self._there(place)]
        return "\n\n".join(words)

    def send(self, text: str) -> str:
        """A question was asked; gives what was typed at other places before it."""
        rest = self.unsent(self._there(self._place))
        self.add(text)
        self.begin()
        return rest

    def add(self, text: str) -> None:
        """Keep a text to go back to."""
        if not self._asked or self._asked[-1] != text:
            self._asked.append(text)

    def recall(self, asked: Sequence[str]) -> None:
        """What was asked before all that is here; where one stands, and what is typed, stays."""
        behind = [*asked[1:], *(self._asked[:1] or [""])]
        kept = [text for text, after in zip(asked, behind, strict=False) if text != after]
        self._asked[:0] = kept
        self._place += len(kept)
        self._typed = {place + len(kept): text for place, text in self._typed.items()}

    def begin(self, given: str = "") -> None:
        """Another text is typed from now on, beginning with words that nobody typed."""
        self._typed.clear()
        self._place, self._given = len(self._asked), given

    def _there(self, place: int) -> str:
        return self._asked[place] if place < len(self._asked) else self._given
