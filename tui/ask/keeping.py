"""The turn's place in the store: the question before it is sent, words as they come, the record.

Tokens are counted as the app counts them, beside the turn; the words are on the disk before that.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import replace

from tui.core.conversation import Conversation, Message
from tui.core.deltas import Delta, Reasoning, Refusal, Text, Usage
from tui.core.errors import RilletError
from tui.core.provenance import Provenance
from tui.core.reply import Reply
from tui.core.request import Request
from tui.screens.keeping import COMMIT, Keeping
from tui.screens.meter import Meter


class Kept:
    """One turn of a conversation that is kept; without a store it does nothing."""

    def __init__(
        self, keeping: Keeping, talk: Conversation, known: Provenance, meter: Meter
    ) -> None:
        """Nothing is written yet.

        Args:
            keeping: Writes, if there is a store.
            talk: The conversation, which ends with the question.
            known: Who is asked, and for what.
            meter: Counts the turn.
        """
        self._keeping = keeping
        self._talk = talk
        self._known = known
        self._meter = meter
        self._model = known.asked
        self._answer = Message(talk.next_id, "assistant", "", parent=talk.head)
        self._counting: asyncio.Task[None] | None = None

    @property
    def chat(self) -> str | None:
        """The id of the conversation, if it is kept."""
        return self._keeping.chat or None if self._keeping.store else None

    async def begin(self, request: Request) -> None:
        """Return when the question is on the disk, or is known not to get there soon."""
        question = self._talk.message(self._talk.head)
        if self._keeping.store is None or question is None:
            return
        self._keeping.keep(self._talk, self._model, [question])
        with suppress(TimeoutError):
            async with asyncio.timeout(COMMIT):
                await self._keeping.settle()
        began = time.time()
        self._known = replace(self._known, began=began)
        self._answer = replace(self._answer, model=self._model, at=began)
        self._keeping.stream(self._talk, self._model, self._answer)
        counting = self._meter.begin(request.model, request.messages)
        self._counting = asyncio.create_task(counting)

    def take(self, delta: Delta) -> None:
        """More of the answer."""
        if self._counting is None:
            return
        match delta:
            case Text(text) | Refusal(text):
                self._hear(text, "")
            case Reasoning(text):
                self._hear("", text)
            case Usage():
                self._meter.report(delta)

    def _hear(self, text: str, reasoning: str) -> None:
        self._keeping.hear(self._answer.id, text, reasoning)
        self._meter.feed(text + reasoning)

    async def end(self, reply: Reply) -> None:
        """The turn has ended: return when all of it is written, or cannot be."""
        if self._counting is None:
            return
        self._model = self._model or reply.model
        self._keep(reply)
        self._meter.end()
        with suppress(RilletError):
            await self._counting
        while self._meter.is_behind:
            await self._meter.catch_up()
        self._known = replace(self._known, count=self._meter.count)
        self._keep(reply)
        await self._keeping.settle()

    def _keep(self, reply: Reply) -> None:
        answer = replace(
            reply.message(),
            id=self._answer.id,
            parent=self._answer.parent,
            at=self._answer.at,
            provenance=reply.provenance(self._known),
        )
        self._keeping.keep(self._talk.answered(answer), self._model, [answer])
