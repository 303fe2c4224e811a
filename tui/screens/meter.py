"""Token counts of the turn under way.

The tokenizer is loaded and long histories are counted in a thread. Words that come before it
is there wait, and are counted then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from tui.core.conversation import Message
from tui.core.deltas import Usage
from tui.core.tokens import GrowingCount, Tokenizer
from tui.core.vocabulary import chat_tokens, encoding_for
from tui.widgets.token_panel import Count

Load = Callable[[str], Tokenizer]
"""Gives the tokenizer of an encoding's name; may take half a second."""


class Meter:
    """Counts what is sent and what comes."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._growing: GrowingCount | None = None
        self._early: list[str] = []
        self._count = Count()
        self._turn = 0

    async def begin(self, model: str, messages: tuple[Message, ...]) -> None:
        """Count for a new turn: load the model's tokenizer, count what is sent."""
        self._turn += 1
        turn = self._turn
        self._growing, self._early, self._count = None, [], Count()
        name, is_own = encoding_for(model)
        tokenizer = await asyncio.to_thread(self._load, name)
        said = [(message.role, message.text) for message in messages]
        prompt = await asyncio.to_thread(chat_tokens, said, tokenizer)
        if turn == self._turn:
            self._growing = GrowingCount(tokenizer)
            self._growing.feed("".join(self._early))
            self._count = replace(self._count, prompt=prompt, is_own=is_own)

    def feed(self, text: str) -> None:
        """More words came."""
        if self._growing is None:
            self._early.append(text)
        else:
            self._growing.feed(text)

    def report(self, usage: Usage | None) -> None:
        """The server reported its own counts."""
        self._count = replace(self._count, usage=usage)

    @property
    def count(self) -> Count:
        """The counts as they stand."""
        completion = self._growing.count if self._growing else 0
        return replace(self._count, completion=completion)
