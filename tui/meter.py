"""Token counts of the turn under way.

The tokenizer is loaded and long histories are counted in a thread. Words that come before it
is there wait, and are counted then. A look at the count takes what waits, as far as that costs
next to nothing, so that the count is exact at every look at a stream that people can read; what
a flood leaves is counted in a thread. Counting never holds the event loop for long.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from tui.core.advice import counted
from tui.core.catalog import UNKNOWN, Catalog
from tui.core.conversation import Message
from tui.core.cost import Cost, cost
from tui.core.counts import Count
from tui.core.deltas import Finished, Usage
from tui.core.errors import Kind
from tui.core.ledger import Ledger
from tui.core.prompt_tokens import PromptCounter, PromptTokens
from tui.core.tokens import GrowingCount, Tokenizer
from tui.core.vocabulary import encoding_of

Load = Callable[[str], Tokenizer]
"""Gives the tokenizer of an encoding's name; may take half a second."""

COUNT_WITHIN = 5.0
"""Seconds that the end of a turn waits for a count that belongs into its sentence."""

LOOK = 0.0005
"""Seconds after which a look at the count takes no more words."""

BITE = 256
"""Characters that are taken at once; the slowest texts cost 2 ms, long blanks 3."""


class Meter:
    """Counts what is sent and what comes."""

    def __init__(self, load: Load, catalog: Catalog, counter: PromptCounter) -> None:
        self._load = load
        self._catalog = catalog
        self._counter = counter
        self._growing: GrowingCount | None = None
        self._waiting: deque[str] = deque()
        self._count, self._prompt = Count(), PromptTokens()
        self._turn = self._is_counting = 0
        self._is_closed = True
        self._profile = UNKNOWN
        self._ledger = Ledger()
        self._is_counted = asyncio.Event()

    async def begin(self, model: str, messages: tuple[Message, ...]) -> None:
        """Count for a new turn: load the model's tokenizer, count what is sent."""
        self.close()
        self._begin_anew()
        self._is_closed = False
        self._profile = self._catalog.profile(model)
        self._is_counting = turn = self._turn
        self._is_counted = is_counted = asyncio.Event()
        try:
            await self._count_prompt(turn, model, messages)
        finally:
            is_counted.set()
            if self._is_counting == turn:
                self._is_counting = 0

    def _begin_anew(self) -> None:
        self._turn += 1
        self._growing, self._waiting, self._count = None, deque(), Count()
        self._prompt = PromptTokens()

    async def _count_prompt(self, turn: int, model: str, messages: tuple[Message, ...]) -> None:
        name, is_own = encoding_of(model, self._profile)
        tokenizer = await asyncio.to_thread(self._load, name)
        count = self._counter.tokens
        prompt = await asyncio.to_thread(count, messages, model, name, tokenizer)
        if turn == self._turn:
            self._growing, self._prompt = GrowingCount(tokenizer), prompt
            has_images = prompt.image_count > 0
            self._count = replace(
                self._count, prompt=prompt.total, is_own=is_own, has_images=has_images
            )

    async def explained(self, finished: Finished) -> Finished:
        """The end of the turn, with our count where the server found the request too long."""
        failure = finished.failure
        if failure is None or failure.kind is not Kind.CONTEXT_LENGTH:
            return finished
        with suppress(TimeoutError):
            async with asyncio.timeout(COUNT_WITHIN):
                await self._is_counted.wait()
        told = counted(failure, self._prompt, is_own=self._count.is_own)
        return replace(finished, failure=told)

    def feed(self, text: str) -> None:
        """More words came."""
        if text:
            self._waiting.append(text)

    def report(self, usage: Usage) -> None:
        """The server reported its own counts."""
        so_far = self._count.usage
        is_running = so_far is not None and so_far.completion != usage.completion
        self._count = replace(
            self._count, usage=usage, is_running=self._count.is_running or is_running
        )

    def end(self) -> None:
        """The turn has ended: what the server reported is final."""
        self._count = replace(self._count, is_over=True)

    @property
    def is_behind(self) -> bool:
        """Whether there is something that is being counted and not counted yet."""
        return bool(self._is_counting) or (self._growing is not None and bool(self._waiting))

    @property
    def count(self) -> Count:
        """The counts as they stand."""
        self.look()
        return self._count

    def look(self) -> bool:
        """Count what has come, if there is little of it; gives whether some is left to catch up."""
        if self._growing is None or self._is_counting:
            return False
        end = time.perf_counter() + LOOK
        while self._waiting and time.perf_counter() < end:
            text = self._waiting.popleft()
            if len(text) > BITE:
                self._waiting.appendleft(text[BITE:])
            completion = self._growing.take(text[:BITE])
            self._count = replace(self._count, completion=completion)
        return bool(self._waiting)

    async def catch_up(self) -> None:
        """Count what the looks leave, in a thread."""
        growing, waiting, turn = self._growing, self._waiting, self._turn
        if growing is None or self._is_counting:
            return
        self._is_counting = turn
        try:
            completion = await asyncio.to_thread(_drained, growing, waiting)
            if turn == self._turn:
                self._count = replace(self._count, completion=completion)
        finally:
            if self._is_counting == turn:
                self._is_counting = 0

    @property
    def cost(self) -> Cost | None:
        """What the turn costs as it was last looked at, where its price is known."""
        return cost(self._count, self._profile)

    @property
    def ledger(self) -> Ledger:
        """What the conversation took, the turn under way included, as it was last looked at.

        Looking again would count more words, and the sum would be of another moment than `count`.
        """
        return self._ledger if self._is_closed else self._ledger.with_turn(self._count, self.cost)

    def close(self) -> bool:
        """Everything is counted: add the turn to the conversation's, once; gives whether it was."""
        self.look()
        was_open, self._ledger, self._is_closed = not self._is_closed, self.ledger, True
        return was_open

    def clear(self, ledger: Ledger | None = None) -> None:
        """Begin another conversation, which has taken so much already."""
        self._begin_anew()
        self._is_closed, self._ledger, self._is_counting = True, ledger or Ledger(), 0


def _drained(growing: GrowingCount, waiting: deque[str]) -> int:
    completion = growing.count
    while waiting:
        completion = growing.take(waiting.popleft())
    return completion
