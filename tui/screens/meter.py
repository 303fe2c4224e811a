"""Token counts of the turn under way.

The tokenizer is loaded and long histories are counted in a thread. Words that come before it
is there wait, and are counted then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from tui.core.advice import counted
from tui.core.conversation import Message
from tui.core.deltas import Finished, Usage
from tui.core.errors import Kind
from tui.core.tokens import GrowingCount, Tokenizer
from tui.core.vocabulary import chat_tokens, encoding_for
from tui.widgets.token_panel import Count

Load = Callable[[str], Tokenizer]
"""Gives the tokenizer of an encoding's name; may take half a second."""

COUNT_WITHIN = 5.0
"""Seconds that the end of a turn waits for a count that belongs into its sentence."""


class Meter:
    """Counts what is sent and what comes."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._growing: GrowingCount | None = None
        self._early: list[str] = []
        self._count = Count()
        self._turn = 0
        self._has_images = False
        self._is_counted = asyncio.Event()

    async def begin(self, model: str, messages: tuple[Message, ...]) -> None:
        """Count for a new turn: load the model's tokenizer, count what is sent."""
        self._turn += 1
        self._growing, self._early, self._count = None, [], Count()
        self._has_images = any(message.images for message in messages)
        self._is_counted = is_counted = asyncio.Event()
        try:
            await self._count_prompt(self._turn, model, messages)
        finally:
            is_counted.set()

    async def _count_prompt(self, turn: int, model: str, messages: tuple[Message, ...]) -> None:
        name, is_own = encoding_for(model)
        tokenizer = await asyncio.to_thread(self._load, name)
        said = [(message.role, message.text) for message in messages]
        prompt = await asyncio.to_thread(chat_tokens, said, tokenizer)
        if turn == self._turn:
            self._growing = GrowingCount(tokenizer)
            self._growing.feed("".join(self._early))
            self._count = replace(self._count, prompt=prompt, is_own=is_own)

    async def explained(self, finished: Finished) -> Finished:
        """The end of the turn, with our count where the server found the request too long."""
        failure = finished.failure
        if failure is None or failure.kind is not Kind.CONTEXT_LENGTH:
            return finished
        with suppress(TimeoutError):
            async with asyncio.timeout(COUNT_WITHIN):
                await self._is_counted.wait()
        prompt, is_own = self._count.prompt, self._count.is_own
        told = counted(failure, prompt, is_own=is_own, has_images=self._has_images)
        return replace(finished, failure=told)

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
