"""Reasoning that stands in tags at the beginning of the words.

Servers without a parser for reasoning hand on what the model wrote: `<think>`, its thoughts,
`</think>`, the answer. Shown as it is, that would stand in the conversation and be sent back.
So an answer that *begins* with such a tag is taken apart: what is inside is reasoning, what
follows is the answer, and the blanks round the tags are nobody's. Anywhere else a tag is a word
like others, and so is an end without a beginning, since what came before is on the screen.

A tag may be cut anywhere, so what may be the beginning of one is held until it is clear.
"""

from __future__ import annotations

from collections.abc import Callable

from tui.core.deltas import Delta, Reasoning, Text

TAGS = {
    "<think>": "</think>",
    "<thinking>": "</thinking>",
    "<thought>": "</thought>",
    "<reasoning>": "</reasoning>",
    "<seed:think>": "</seed:think>",
    "[THINK]": "[/THINK]",
    "◁think▷": "◁/think▷",
}
"""How thoughts begin, and how each ends."""

MOST_BLANKS = 1000
"""Characters that are held at the most because only blanks have come."""


class Thoughts:
    """Takes the words of an answer, gives reasoning and text."""

    def __init__(self) -> None:
        self._end = ""
        self._held = ""
        self._has_thought = False
        self._read: Callable[[], list[Delta]] | None = self._begin

    def take(self, text: str) -> list[Delta]:
        """The next words."""
        if self._read is None:
            return [Text(text)] if text else []
        self._held += text
        return self._read() if text else []

    def rest(self) -> list[Delta]:
        """The words have ended: what was held."""
        held, self._held = self._held, ""
        is_thought = self._read == self._think
        kind = Reasoning if is_thought else Text
        return [kind(held)] if held.strip() or (held and not is_thought) else []

    def _begin(self) -> list[Delta]:
        """Before the first word: is it a tag?"""
        bare = self._held.lstrip()
        if len(self._held) > MOST_BLANKS:
            return self._say()
        for tag, end in TAGS.items():
            if bare.startswith(tag):
                self._end, self._held = end, bare.removeprefix(tag)
                self._read = self._think
                return self._think()
            if tag.startswith(bare):
                return []
        return self._say()

    def _think(self) -> list[Delta]:
        """Inside: up to the end, or to what may become it."""
        if not self._has_thought:
            self._held = self._held.lstrip()
        inside, end, after = self._held.partition(self._end)
        if end:
            self._held, self._read = after, self._answer
            thought = inside.rstrip()
            return [*([Reasoning(thought)] if thought else []), *self._answer()]
        sure = self._held[: len(self._held) - self._doubtful()]
        if len(sure) <= MOST_BLANKS:
            sure = sure.rstrip()
        self._held = self._held[len(sure) :]
        self._has_thought = self._has_thought or bool(sure)
        return [Reasoning(sure)] if sure else []

    def _doubtful(self) -> int:
        """How many signs at the end may be the beginning of the end tag."""
        most = min(len(self._end) - 1, len(self._held))
        return next((n for n in range(most, 0, -1) if self._held.endswith(self._end[:n])), 0)

    def _answer(self) -> list[Delta]:
        """After the end: the answer begins with its first word."""
        self._held = self._held.lstrip()
        return self._say() if self._held else []

    def _say(self) -> list[Delta]:
        """From here on all is answer."""
        held, self._held, self._read = self._held, "", None
        return [Text(held)] if held else []
