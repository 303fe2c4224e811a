"""The answers of several models to one question, as they stream into their columns.

All answers have their places in the conversation, as siblings, before the first word comes, and
each is kept on the disk as it streams: whatever happens, none is lost. Each has a turn, a feed and
a meter of its own, so that what happens to one does not disturb the others. All that came is drawn
in one frame, whose time the feeds share, so several floods cost no more than one.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from tui.core.conversation import Conversation, Message
from tui.core.errors import RilletError
from tui.core.phase import offers
from tui.screens.answering import Answering, Around
from tui.screens.dialog import Dialog
from tui.screens.feed import DeltasCame, Feed
from tui.widgets.column import Column, heads
from tui.widgets.entry import Entry
from tui.widgets.key_line import ColumnKeys
from tui.widgets.log import Log
from tui.widgets.title_line import TitleLine

TICK = 0.1
"""Seconds between two looks at clocks and counts."""

COUNTED = 3.0
"""Seconds that leaving waits for counts that belong to the answers."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What comes of a comparison."""

    conversation: Conversation
    """All answers, beside one another; the path ends with the one that was in focus."""

    cancelled: int
    """How many were still coming when one was kept."""

    model: str = ""
    """The model to be asked from now on; empty is as before."""


class AnswersScreen(Dialog[Compared]):
    """A screen on which several answers come at once."""

    def __init__(
        self, around: Around, talk: Conversation, models: Sequence[str], said: Sequence[Entry]
    ) -> None:
        """Nothing is asked yet.

        Args:
            around: What is given of the chat.
            talk: The conversation; its path ends with the question.
            models: Who is asked.
            said: What the conversation shows, down to the question.
        """
        super().__init__()
        self._around = around
        self._asked = talk.head
        self._said = said
        self._now = 0
        self._left_at: float | None = None
        self._model = ""
        self._cancelled = 0
        self._is_drawing = False
        self.conversation = self._with_places(talk, models)
        """The conversation with all answers, as they stand."""
        self._columns = [Column(number, model) for number, model in enumerate(models, 1)]
        self._answers: list[Answering] = []

    def _with_places(self, talk: Conversation, models: Sequence[str]) -> Conversation:
        """With an answer of each model behind the question; none has a word yet."""
        at, asked = self._around.tools.now().timestamp(), talk.head
        for model in models:
            answer = Message(0, "assistant", "", model=model, at=at)
            talk = replace(talk, head=asked).answered(answer)
        return replace(talk, head=talk.behind(asked)[-len(models)].id)

    def compose(self) -> ComposeResult:
        """The title, the question, the columns, the keys."""
        yield TitleLine(id="title")
        question = Log(id="compared")
        question.can_focus = False
        yield question
        yield Static("", id="heads", markup=False)
        with Horizontal(id="columns"):
            yield from self._columns
        yield ColumnKeys(id="keys")

    def on_mount(self) -> None:
        """Ask all of them at once."""
        title = self.query_one(TitleLine)
        title.subject = self._around.keeping.title or self.conversation.title
        title.model = f"{len(self._columns)} models side by side"
        self.query_one("#compared", Log).show(self._said)
        places = self._places[-len(self._columns) :]
        for column, answer in zip(self._columns, places, strict=True):
            feed = Feed(self.post_message, self._around.tools.clock)
            self._answers.append(Answering(self._around, column, feed))
            self._answers[-1].begin(self._path_to(self._asked), answer)
        self._ticker = self.set_interval(TICK, self._tick)
        for answering in self._answers:
            self._count(answering)
        self._ask_all()
        self._tick()

    @property
    def _places(self) -> tuple[Message, ...]:
        """All answers to the question, those of before among them."""
        return self.conversation.behind(self._asked)

    def _path_to(self, head: int) -> Conversation:
        return replace(self.conversation, head=head)

    @property
    def is_over(self) -> bool:
        """Whether all answers have ended."""
        return bool(self._answers) and all(each.is_over for each in self._answers)

    @property
    def phase(self) -> str:
        """How it stands, in words."""
        count = len(self._columns)
        return f"{count} answers are there" if self.is_over else f"{count} models are answering"

    @property
    def _current(self) -> Answering:
        """The answer that keys act on."""
        return self._answers[self._now]

    # Asking

    @work(group="ask")
    async def _ask_all(self) -> None:
        """The question and the places of all answers are on the disk before anything is asked."""
        question = self.conversation.message(self._asked)
        keeping, model = self._around.keeping, self._around.model
        if question is not None:
            await keeping.commit(self._path_to(self._asked), model, question)
        for answering in self._answers:
            keeping.stream(self.conversation, model, answering.answer)
        keeping.turn(self.conversation)
        for answering in self._answers:
            self._pour(answering)

    @work(group="turns", description="turn")
    async def _pour(self, answering: Answering) -> None:
        await answering.pour()

    @work(group="counts", description="count")
    async def _count(self, answering: Answering) -> None:
        request = answering.exchange.request
        try:
            await answering.meter.begin(request.model, request.messages)
        except RilletError as error:
            self.notify(str(error), severity="warning", markup=False)

    @work(group="counts on", description="count on")
    async def _catch_up(self, answering: Answering) -> None:
        await answering.meter.catch_up()

    # What comes

    @on(DeltasCame)
    def draw(self) -> None:
        """Show what came for any column since the last frame; a frame at a time."""
        if self._is_drawing or self._is_closed:
            return
        self._is_drawing, start = True, time.perf_counter()
        behind = [each for each in self._answers if each.feed.is_behind]
        for answering in behind:
            if answering.take(len(behind)):
                self._keep(answering)
                self._tick()
                self._around.ended(answering.exchange)
        self.call_after_refresh(self._drawn, start)

    def _drawn(self, start: float) -> None:
        self._is_drawing, cost = False, time.perf_counter() - start
        for answering in self._answers:
            answering.feed.drawn(cost)

    def _keep(self, answering: Answering) -> None:
        """See to it that the answer is kept as it stands now."""
        self.conversation = self.conversation.continued(answering.answer)
        talk, model = self.conversation, self._around.model
        self._around.keeping.keep(talk, model, [answering.answer])

    def _tick(self) -> None:
        """Bring clocks and counts up to date, and go where that was wanted and all has ended."""
        if self._is_closed:
            return
        now = self._around.tools.clock()
        for answering in self._answers:
            if answering.meter.look():
                self._catch_up(answering)
            if answering.settle():
                self._keep(answering)
            answering.look(now)
        self._show_heads()
        keys, current = self.query_one(ColumnKeys), self._current
        keys.is_busy = not current.is_over
        keys.offered = offers(current.answer) if current.is_over else ()
        store = self._around.tools.store
        self.query_one(TitleLine).trouble = store.trouble if store is not None else ""
        self._leave_when_over()

    def _show_heads(self) -> None:
        for at, column in enumerate(self._columns):
            column.mark(is_now=at == self._now)
        if self.has_class("-narrow"):
            shown = heads(self._columns, self._now, self.size.width)
            self.query_one("#heads", Static).update(shown, layout=False)

    def _turn_to_now(self) -> None:
        """The path ends with the answer in focus."""
        if self._answers:
            head = self._current.exchange.entry.message
            self.conversation = replace(self.conversation, head=head)
            self._tick()

    # Leaving

    def _leave_when_over(self) -> None:
        if self._left_at is None or not self.is_over:
            return
        is_counted = not any(each.meter.is_behind for each in self._answers)
        if is_counted or time.monotonic() - self._left_at > COUNTED:
            self._ticker.stop()
            self.dismiss(Compared(self.conversation, self._cancelled, self._model))

    def last_words(self) -> tuple[Message, ...]:
        """What is shown and what came, for when Rillet cannot go on."""
        there = [answering.last_words() for answering in self._answers]
        return (*self._path_to(self._asked).path, *there)

    @property
    def _is_closed(self) -> bool:
        """Whether the app is being left: what is in the screen goes before what works for it."""
        return not self.display
