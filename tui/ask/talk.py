"""A conversation without a screen: its turns, kept as the app keeps them."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace

from tui.ask.spoken import Voice, told
from tui.ask.stopping import by_signals
from tui.core.chats import Chat
from tui.core.conversation import Conversation, Message
from tui.core.deltas import Delta, Reasoning, Refusal, Remark, Retrying, Text, ToolCall, Usage
from tui.core.errors import RilletError
from tui.core.levels import Wanted
from tui.core.phase import NextKey, offers
from tui.core.provenance import Provenance
from tui.core.reply import Reply
from tui.core.request import Request
from tui.core.server import Server
from tui.core.settings import Settings
from tui.keeping import Keeping
from tui.meter import Meter
from tui.stop import Stop
from tui.turn import turn


@dataclass(frozen=True, slots=True)
class Means:
    """What a talk works with."""

    settings: Settings
    """Who is asked, and how."""

    server: Server
    """Who answers."""

    keeping: Keeping
    """Writes what is said."""

    meter: Meter
    """Counts it."""

    voice: Voice
    """Says it."""


class Talk:
    """A conversation; each of its turns says what came and how it ended."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self.model = means.settings.model
        """Who is asked."""
        self.said = Conversation(means.settings.system_for(self.model))
        """What was said."""

    def begin(self) -> None:
        """Another conversation."""
        self._means.keeping.begin()
        self.said = Conversation(self._means.settings.system_for(self.model))

    def ask_of(self, model: str) -> None:
        """Ask another model; a conversation that has not begun takes up its system prompt."""
        self.model = model
        if not self.said.messages:
            self.said = Conversation(self._means.settings.system_for(model))

    def take(self, chat: Chat) -> None:
        """Go on with one that is kept."""
        self._means.keeping.take(chat)
        self.said = chat.conversation
        self.model = chat.model or self.model

    async def ask(self, text: str) -> None:
        """Ask; return when that was answered, or was not."""
        self.said = self.said.asked(text, at=time.time())
        question = self.said.message(self.said.head)
        if question is not None:
            await self._means.keeping.commit(self.said, self.model, question)
        await self._turn(self._begun())

    async def again(self) -> None:
        """Ask the last question again."""
        if not self.said.has_question:
            self._means.voice.line("Nothing was asked yet.")
            return
        self.said = self.said.again()
        self._means.keeping.turn(self.said)
        await self._turn(self._begun())

    async def go_on(self) -> None:
        """Continue the last answer, if it was cut."""
        answer = self.said.last_answer
        if answer is None or NextKey.CONTINUE not in offers(answer):
            self._means.voice.line("The last answer was not cut: there is no rest to ask for.")
            return
        await self._turn(answer, continues=True)

    def _begun(self) -> Message:
        talk = self.said
        number, model = talk.next_id, self.model
        return Message(number, "assistant", "", model=model, parent=talk.head, at=time.time())

    async def _turn(self, answer: Message, *, continues: bool = False) -> None:
        means, talk = self._means, self.said
        wanted = Wanted(means.settings.levels, talk.options)
        options = wanted.options_for(self.model)
        request = Request(self.model, talk.sent, options, continues=continues, wanted=wanted)
        known = Provenance(
            endpoint=means.settings.address,
            asked=self.model,
            system=talk.system,
            options=options,
            began=time.time(),
        )
        means.voice.line(f"{self.model or 'The model'}:")
        means.keeping.stream(talk, self.model, answer)
        counting = asyncio.create_task(means.meter.begin(self.model, request.messages))
        reply = await self._reply(request, answer)
        await self._counted(counting)
        known = replace(known, count=means.meter.count)
        said = self._whole(reply, answer, known, continues=continues)
        self.said = talk.continued(said) if continues else talk.answered(said)
        self.model = self.model or reply.model
        means.keeping.keep(self.said, self.model, [said])
        await means.keeping.settle()
        seconds = reply.timings.total_s(asyncio.get_running_loop().time()) or 0.0
        for sentence in told(said, seconds, means.meter.count.best("completion")):
            means.voice.line(sentence)

    async def _reply(self, request: Request, answer: Message) -> Reply:
        now, stop = asyncio.get_running_loop().time, Stop()
        reply = Reply(request.model, now())
        settings, server = self._means.settings, self._means.server
        with by_signals(stop):
            async with aclosing(turn(server, request, settings.patience, stop)) as deltas:
                async for delta in deltas:
                    if isinstance(delta, Reasoning) and not reply.reasoning:
                        self._means.voice.line("Thinking.")
                    reply.take(delta, now())
                    self._take(delta, answer)
        self._means.voice.rest()
        return reply

    def _take(self, delta: Delta, answer: Message) -> None:
        """Say words, count them, write them down; say what happens when it happens."""
        keeping, meter, voice = self._means.keeping, self._means.meter, self._means.voice
        match delta:
            case Text(text) | Refusal(text):
                voice.words(text)
                keeping.hear(answer.id, text, "")
                meter.feed(text)
            case Reasoning(text):
                keeping.hear(answer.id, "", text)
                meter.feed(text)
            case ToolCall(name=name, arguments=arguments):
                meter.feed(name + arguments)
            case Usage():
                meter.report(delta)
            case Retrying(wait=wait, failure=failure):
                voice.line(f"{failure.title}; again in {wait:g} s. Ctrl+C stops.")
            case Remark(text):
                voice.line(text)

    async def _counted(self, counting: asyncio.Task[None]) -> None:
        meter = self._means.meter
        meter.end()
        with suppress(RilletError):
            await counting
        while meter.is_behind:
            await meter.catch_up()

    @staticmethod
    def _whole(reply: Reply, answer: Message, known: Provenance, *, continues: bool) -> Message:
        whole = replace(
            reply.message(),
            id=answer.id,
            parent=answer.parent,
            at=answer.at,
            provenance=reply.provenance(known),
        )
        return answer.continued(whole, reply.joined) if continues else whole
