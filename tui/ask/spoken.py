"""A conversation as it is read out: whole sentences, one below the other, and nothing twice.

What is written stays as it is and where it is. Words are handed on by the sentence, so that a
screen reader does not read in bits; what there is to say about them is said in words, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TextIO

from tui.core.conversation import Message
from tui.core.phase import NextKey, ending, offers
from tui.core.sanitize import Cleaner, clean, one_line

SENTENCE = re.compile(r".*(?:\n|[.!?:;][\"')\]]*(?=\s)|[。！？；])", re.DOTALL)
"""As much of a text as ends with a sentence or a line."""

LETTERS = {NextKey.CONTINUE: "c continues.", NextKey.AGAIN: "r asks again."}
"""How the next keys are told."""


class Voice:
    """Writes lines, and words by the sentence."""

    def __init__(self, to: TextIO) -> None:
        self._to = to
        self._cleaner = Cleaner()
        self._held = ""
        self._is_within = False  # whether the line that was begun has words

    def line(self, text: str) -> None:
        """A line of ours."""
        self.rest()
        self._write(clean(text).replace("\n", " ") + "\n")

    def words(self, text: str) -> None:
        """Words of somebody else's."""
        self._held += self._cleaner.feed(text)
        if whole := SENTENCE.match(self._held):
            self._held = self._held[whole.end() :]
            self._write(whole[0])

    def rest(self) -> None:
        """What was begun, if anything was, to the end of its line."""
        left = self._held + self._cleaner.flush()
        self._held, self._cleaner = "", Cleaner()
        self._write(left)
        if self._is_within:
            self._write("\n")

    def _write(self, text: str) -> None:
        if text:
            self._to.write(text)
            self._to.flush()
            self._is_within = not text.endswith("\n")


def told(answer: Message, seconds: float, tokens: int) -> Iterator[str]:
    """How an answer ended: one line where all went well, else what went wrong and what helps.

    Args:
        answer: The answer.
        seconds: How long it took.
        tokens: How long it is.
    """
    for call in answer.tool_calls:
        yield f"It asks for {one_line(call.name, 80)}({one_line(call.arguments, 300)})."
    took = f"{tokens:,} token{'s' * (tokens != 1)}, {seconds:.0f} s."
    keys = [LETTERS[key] for key in offers(answer) if key in LETTERS]
    if answer.failure is None:
        yield " ".join([_end(answer), took, *keys])
        return
    yield from _failure(answer)
    if keys:
        yield " ".join(keys)


def _end(answer: Message) -> str:
    words = ending(answer).words
    if words.startswith("complete"):
        return f"The answer is {words}."
    return f"The answer ended: {words}."


def _failure(answer: Message) -> Iterator[str]:
    failure = answer.failure
    if failure is None:
        return
    status = f" ({failure.status})" if failure.status else ""
    yield f"{'The answer broke off. ' * bool(answer.text)}{one_line(failure.title)}{status}."
    for name, said in (
        ("", failure.detail),
        ("The server says: ", failure.said),
        ("The system says: ", failure.cause),
        ("Asked at ", failure.url),
    ):
        if said:
            yield name + one_line(said, 600)
