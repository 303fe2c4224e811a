"""Which of a chunk's choices are the answer's.

Rillet asks for one choice, and most servers give it index 0. Where one gives more, the answer is
the first that came. But some count: text-generation-inference 1.4 had the number of the token
there (huggingface/text-generation-inference#1648), so every chunk has another index. A second
index that is one more than the first can be either; its choice is held until the next one tells.
"""

from __future__ import annotations

from tui.core.lenient import JSON, as_number


class Choices:
    """Takes the choices of one chunk after the other, gives those of the answer."""

    def __init__(self) -> None:
        self._first: int | None = None
        self._latest = 0
        self._held: list[JSON] = []
        self._is_settled = False
        self._counts = False

    def take(self, choices: list[JSON]) -> list[JSON]:
        """The answer's choices in a chunk."""
        if len(choices) == 1:
            is_plain = choices[0].get("index") == self._first and not (self._held or self._counts)
            return choices if is_plain else self._take(choices[0])
        self._is_settled = self._is_settled or len(set(map(_index, choices))) > 1
        return [mine for choice in choices for mine in self._take(choice)]

    def rest(self) -> list[JSON]:
        """The stream has ended: a choice that was held is the answer's."""
        held, self._held = self._held, []
        return held

    def _take(self, choice: JSON) -> list[JSON]:
        index = _index(choice)
        if index is None:
            return [choice]
        if self._first is None:
            self._first = self._latest = index
            return [choice]
        if index == self._first and not self._counts:
            self._is_settled = self._is_settled or bool(self._held)
            self._held = []
            return [choice]
        return self._another(choice, index)

    def _another(self, choice: JSON, index: int) -> list[JSON]:
        """A choice with another index than the first."""
        is_next, self._latest = index == self._latest + 1, index
        if self._counts:
            return [choice]
        if self._is_settled or not is_next:
            return []
        if not self._held:
            self._held = [choice]
            return []
        self._counts = True
        return [*self.rest(), choice]


def _index(choice: JSON) -> int | None:
    return as_number(choice.get("index"))
