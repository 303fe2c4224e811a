"""What stdout gets of a turn: the words as they are, or JSON; `rendered` and `code` have others."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TextIO

from tui.core.deltas import Delta, Finished, Refusal, Text
from tui.core.reply import Reply
from tui.core.sanitize import Cleaner

Report = Callable[[Reply], Awaitable[Mapping[str, object]]]
"""Everything that a turn brought, as an object for programs."""


class Form:
    """Takes every delta of a turn when it comes, the end included."""

    is_for_people = True
    """Whether calls to tools are told beside it."""

    def __init__(self, words: TextIO) -> None:
        self._words = words

    def open(self) -> None:
        """The turn begins."""

    def take(self, delta: Delta) -> None:
        """One more."""

    async def end(self, reply: Reply) -> str:
        """The turn is over; gives in a sentence what was asked for and did not come."""
        return ""

    def aside(self) -> AbstractContextManager[None]:
        """While this is entered, lines for people can be written to the same terminal."""
        return nullcontext()

    def close(self) -> None:
        """Leave the terminal as it was, whatever happened."""

    def say(self, text: str) -> None:
        """Write at once."""
        self._words.write(text)
        self._words.flush()


class Words(Form):
    """The words of the answer, as they come; a terminal gets nothing that steers it."""

    def __init__(self, words: TextIO, *, is_safe: bool = False) -> None:
        """Nothing is written yet.

        Args:
            words: Where to.
            is_safe: Whether words are cleaned in a pipe too; for a terminal they always are.
        """
        super().__init__(words)
        self._cleaner = Cleaner() if is_safe or words.isatty() else None
        self._last = "\n"

    def take(self, delta: Delta) -> None:
        """Hand on words."""
        if isinstance(delta, Text | Refusal):
            self._hand_on(self._cleaner.feed(delta.text) if self._cleaner else delta.text)

    async def end(self, reply: Reply) -> str:
        """What waited for more words, and the end of the last line where a prompt follows."""
        self._hand_on(self._cleaner.flush() if self._cleaner else "")
        if self._words.isatty() and self._last != "\n":
            self.say("\n")
        return ""

    def _hand_on(self, text: str) -> None:
        if text:
            self.say(text)
            self._last = text[-1]


class Json(Form):
    """One object at the end."""

    is_for_people = False

    def __init__(self, words: TextIO, report: Report) -> None:
        super().__init__(words)
        self._report = report

    async def end(self, reply: Reply) -> str:
        """Print it."""
        self._print(await self._report(reply))
        return ""

    def _print(self, said: Mapping[str, object]) -> None:
        self.say(f"{json.dumps(said)}\n")


class JsonLines(Json):
    """An object for each delta, on a line of its own, and the end as `Json` tells it."""

    def __init__(
        self, words: TextIO, report: Report, told: Callable[[Delta], Mapping[str, object]]
    ) -> None:
        super().__init__(words, report)
        self._told = told

    def take(self, delta: Delta) -> None:
        """Print it."""
        if not isinstance(delta, Finished):
            self._print(self._told(delta))

    async def end(self, reply: Reply) -> str:
        """Print everything that the turn brought."""
        self._print({"type": "end", **await self._report(reply)})
        return ""
