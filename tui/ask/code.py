"""One block of code out of an answer."""

from __future__ import annotations

from typing import TextIO

from tui.ask.forms import Words
from tui.core.deltas import Delta, Text
from tui.core.reply import Reply
from tui.markdown.growing import GrowingMarkdown
from tui.markdown.pieces import Fence


class Code(Words):
    """The first block of code between fences, as it was written, and nothing else."""

    def __init__(self, words: TextIO, *, is_safe: bool = False) -> None:
        super().__init__(words, is_safe=is_safe)
        self._text = GrowingMarkdown()
        self._fence: Fence | None = None

    def take(self, delta: Delta) -> None:
        """Look for the block, and hand on its lines as they are complete."""
        if isinstance(delta, Text):
            self._text.feed(delta.text)
            self._look()

    async def end(self, reply: Reply) -> str:
        """The rest of it, where the answer ended within."""
        self._text.finish()
        self._look()
        await super().end(reply)
        return "" if self._fence else "There is no fenced block of code in the answer."

    def _look(self) -> None:
        for piece in self._text.take():
            if self._fence is None and piece.fence is not None and piece.fence.is_fenced:
                self._fence = piece.fence
            if self._fence is not None and piece.fence is self._fence and piece.source:
                self._hand_on(self._cleaned(piece.source))

    def _cleaned(self, text: str) -> str:
        return self._cleaner.feed(text) if self._cleaner else text
