"""The turn's place in the store: the question before it is sent, words as they come, the record.

Tokens are counted as the app counts them, beside the turn; the words are on the disk before that.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import replace

from tui.ask.place import Kept
from tui.core.conversation import Conversation, Message
from tui.core.deltas import Delta, Reasoning, Refusal, Text, Usage
from tui.core.errors import RilletError
from tui.core.provenance import Provenance
from tui.core.reply import Reply
from tui.core.request import Request
from tui.keeping import COMMIT, Keeping
from tui.meter import Meter


class KeptInStore(Kept):
    """One turn of a conversation that is kept."""

    def __init__(
        self, keeping: Keeping, talk: Conversation, known: Provenance, meter: Meter
    ) -> None:
        """Nothing is written yet.

        Args:
            keeping: Writes.
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

    async def begin(self, request: Request) -> None:
        """Write the question, and wait for that; then words may come."""
        question = self._talk.message(self._talk.head)
        if question is None:
            return
        self._keeping.keep(self._talk, self._model, [question])
        with suppress(TimeoutError):
            async with asyncio.timeout(COMMIT):
                await self._keeping.settle()
        self.chat = self._keeping.chat
        began = time.time()
        self._known = replace(self._known, began=began, options=request.options)
        self._answer = replace(self._answer, model=self._model, at=began)
        self._keeping.stream(self._talk, self._model, self._answer)
        counting = self._meter.begin(request.model, request.messages)
        self._counting = asyncio.create_task(counting)

    def take(self, delta: Delta) -> None:
        """Hand on words to the store and to the count."""
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
        """Write the whole answer, and once more when it is counted."""
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
