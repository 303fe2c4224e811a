"""Asking and answering: a question leaves, its reply streams into the log, its ending is told.

The worker that streams only adds deltas to the feed; what they say is shown a frame at a time.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on, work
from textual.timer import Timer

from tui.core.conversation import Conversation, Message
from tui.core.errors import RilletError
from tui.core.phase import NextKey, offers
from tui.core.request import Request
from tui.markdown.pieces import Piece
from tui.meter import Meter
from tui.screens.attaching import AttachingScreen
from tui.screens.feed import DeltasCame, Feed
from tui.screens.showing import heading
from tui.screens.streaming import began, pour
from tui.widgets import notice
from tui.widgets.entry import Entry
from tui.widgets.key_line import KeyLine
from tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.screens.exchange import Exchange


class AskingScreen(AttachingScreen):
    """A screen that asks a model, one question at a time."""

    _feed: Feed
    _meter: Meter
    _ticker: Timer

    @on(Prompt.Submitted)
    def ask(self, event: Prompt.Submitted) -> None:
        """Send the prompt with its images; while a reply is under way it waits in line."""
        if self._is_busy:
            self._put_in_line(event.text)
            return
        if self._objects_to_prompt():
            self._prompt.give_back(event.text)
            return
        self._turn_to(self._asked(event.text, self._side.take_images()))
        self._prompt.remember(event.text)
        self._put_back(self._prompt.text)
        self._log.move("end")
        self._answer()

    def _put_in_line(self, text: str) -> None:
        """Keep a question until the reply is over; `QueueingScreen` has the line."""
        raise NotImplementedError

    def _answer(self) -> None:
        """Ask for an answer to the conversation as it stands, in a message of its own."""
        from tui.markdown.growing import GrowingMarkdown

        talk, at = self.conversation, self._tools.now().timestamp()
        answer = Message(talk.next_id, "assistant", "", model=self._model, parent=talk.head, at=at)
        entry = Entry(answer.id, self._heading(answer), GrowingMarkdown())
        entry.unfold(self._unfolds)
        self._log.add(entry)
        self._begin(entry, answer)

    def _heading(self, answer: Message) -> Sequence[Piece]:
        there = [message.id for message in self.conversation.behind(answer.parent)]
        there += [answer.id] if answer.id not in there else []
        place = f"{there.index(answer.id) + 1}/{len(there)}" if len(there) > 1 else ""
        return heading(answer, self._tools.now(), place)

    def _begin(self, entry: Entry, answer: Message, *, continues: bool = False) -> None:
        """Start a turn whose words go into the entry, after those with which it began."""
        from tui.screens.exchange import Exchange

        talk, settings, tools = self.conversation, self._settings, self._tools
        heading = self._heading
        known = began(settings, tools, talk, self._model, answer, heading, continues=continues)
        self._exchange = Exchange(known, entry, self._meter)
        keys = self.query_one(KeyLine)
        keys.is_busy, keys.offered = True, ()
        self._prompt.offer(())
        self._ticker.resume()
        self._count(known.request)
        self._stream(self._exchange)

    # A worker without a description is described by its arguments: all that was said, each time.
    @work(group="count", exclusive=True, description="count")
    async def _count(self, request: Request) -> None:
        try:
            await self._meter.begin(request.model, request.messages)
        except RilletError as error:
            self.notify(str(error), severity="warning", markup=False)
        self._tick()

    @work(group="turn")
    async def _stream(self, exchange: Exchange) -> None:
        """The worker: it adds deltas to the feed and touches nothing else."""
        question = self.conversation.message(exchange.answer.parent)
        if question is not None:
            await self._keeping.commit(self.conversation, self._model, question)
        self._keeping.stream(self.conversation, self._model, exchange.answer)
        await pour(self._settings, self._tools, exchange, self._meter, self._feed)

    @on(DeltasCame)
    def draw(self) -> None:
        """Show what came since the last frame, as far as there is time for it."""
        start, exchange = time.perf_counter(), self._exchange
        if exchange is not None and self._is_streaming and not self._is_closed:
            for came in self._feed.slices():
                said = exchange.take(came)
                self._keeping.hear(exchange.answer.id, said.text, said.reasoning)
            if exchange.is_over:
                self._conclude(exchange)
            self._log.grown(exchange.entry)
        self.call_after_refresh(self._drawn, start)

    def _drawn(self, start: float) -> None:
        self._feed.drawn(time.perf_counter() - start)

    def _conclude(self, exchange: Exchange) -> None:
        """The turn has ended: keep the answer, say how it ended, offer the next key."""
        exchange.conclude()
        answer, talk = exchange.answer, self.conversation
        is_rest = exchange.request.continues
        self.conversation = talk.continued(answer) if is_rest else talk.answered(answer)
        self._keep(answer)
        self.query_one(KeyLine).is_busy = False
        self._tick()
        self._path_changed()

    def _keep(self, answer: Message) -> None:
        self._keeping.keep(self.conversation, self._model, [answer])

    def _settle(self) -> None:
        """The turn has ended and everything is counted: say so at its answer, once."""
        exchange = self._exchange
        if exchange is None or not self._meter.close():
            return
        exchange.tell(self._meter.count)
        number = exchange.answer.id
        self.conversation = self.conversation.recorded(number, exchange.answer.provenance)
        answer, entry = self.conversation.message(number), self._log.entry(number)
        if answer is not None:
            self._keep(answer)  # it may have been deleted, or turned away from, meanwhile
        if answer is not None and entry is not None:
            entry.foot = notice.foot(answer)
            self._log.grown(entry)

    def last_words(self) -> str:
        """Everything that was said and typed, for when Rillet cannot go on."""
        if not hasattr(self, "_prompt"):
            return ""  # it never got as far as to let anything be said
        from tui.screens.last_words import last_words

        return last_words(self.conversation, self._exchange, self._feed, self._unsent)

    # Commands

    def action_again(self) -> None:
        """Ask the last question again, or the focused one; what was answered stays."""
        if not self._is_free():
            return
        if not self.conversation.has_question:
            self.notify("Nothing was asked yet.", markup=False)
            return
        ready = self._before_the_answer()
        if self._objects_to_again(ready):
            return
        self._turn_to(ready)
        self._prompt.focus()
        self._log.move("end")
        self._answer()

    def action_without_images(self) -> None:
        """Ask the last question without any images; what was asked with them stays beside it."""
        from tui.core.unseen import without_images

        if not self._is_free():
            return
        before = self.conversation
        talk = without_images(before)
        if talk is before:
            self.notify("There are no images in this conversation.", markup=False)
            return
        self._turn_to(talk)
        self._keeping.keep(talk, self._model, talk.messages[len(before.messages) :])
        self._prompt.focus()
        self._log.move("end")
        self._answer()

    def _before_the_answer(self) -> Conversation:
        """Ready for another answer: to the focused question, else to the last one."""
        talk, message = self.conversation, self._focused if self._log.has_focus else None
        if message is None or message.id == talk.head:
            return talk.again()
        return talk.upto(message.id) if message.role == "user" else talk.before(message.id)

    def action_go_on(self) -> None:
        """Continue the last answer in the same message, if it was cut."""
        from tui.markdown.growing import GrowingMarkdown

        answer = self.conversation.last_answer
        if not self._is_free() or answer is None:
            return
        if NextKey.CONTINUE not in offers(answer):
            self.notify("The last answer was not cut: there is no rest to ask for.", markup=False)
            return
        entry = self._log.entries[-1]
        entry.reopen(GrowingMarkdown())
        self._prompt.focus()
        self._begin(entry, answer, continues=True)
        self._log.grown(entry)

    @on(Prompt.Taken)
    async def take_offer(self, event: Prompt.Taken) -> None:
        """The letter that the ending offers was pressed in the prompt."""
        await self.run_action(event.key.action)

    @property
    def _is_closed(self) -> bool:
        """Whether the app is being left: what is in the screen goes before what works for it."""
        return not self.display
