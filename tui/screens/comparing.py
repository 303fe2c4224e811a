"""One question, several models: their answers side by side, of which one is kept.

All answers have their places in the conversation, as siblings, before the first word comes, and
each is kept on the disk as it streams: whatever happens, none is lost. Each has a turn, a feed and
a meter of its own, so that what happens to one does not disturb the others. All that came is drawn
in one frame, whose time the feeds share, so several floods cost no more than one.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on, work
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Resize
from textual.widgets import Static

from tui.core.commands import Place
from tui.core.conversation import Conversation, Message
from tui.core.errors import RilletError
from tui.core.phase import offers
from tui.screens.answering import Answering, Around
from tui.screens.dialog import Dialog
from tui.screens.feed import DeltasCame, Feed
from tui.widgets import notice
from tui.widgets.bound import bindings
from tui.widgets.column import Column, heads
from tui.widgets.entry import Entry
from tui.widgets.key_line import ColumnKeys
from tui.widgets.log import Log
from tui.widgets.title_line import TitleLine

NARROW = 100
"""Columns below which one answer is shown at a time."""

TICK = 0.1
"""Seconds between two looks at clocks and counts."""

COUNTED = 3.0
"""Seconds that leaving waits for counts that belong to the answers."""

COMING = "This answer is still coming. Esc cancels it first."


@dataclass(frozen=True, slots=True)
class Compared:
    """What comes of a comparison."""

    conversation: Conversation
    """All answers, beside one another; the path ends with the one that was in focus."""

    cancelled: int
    """How many were still coming when one was kept."""

    model: str = ""
    """The model to be asked from now on; empty is as before."""


class ComparingScreen(Dialog[Compared]):
    """The question above, the answers below it, side by side or one at a time."""

    PLACE = Place.COLUMNS

    # Esc and the numbers are taken before a flood's drawing lets them through.
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Place.COLUMNS, is_first=True),
        *(
            Binding(str(number), f"column({number})", "column", show=False, priority=True)
            for number in (1, 2, 3)
        ),
        Binding("left,shift+tab", "step(-1)", "column before", show=False, priority=True),
        Binding("right,tab", "step(1)", "next column", show=False, priority=True),
        Binding("up", "scroll('up')", "up", show=False, priority=True),
        Binding("down", "scroll('down')", "down", show=False, priority=True),
        Binding("pageup", "scroll('page_up')", "page up", show=False, priority=True),
        Binding("pagedown", "scroll('page_down')", "page down", show=False, priority=True),
        Binding("home", "scroll('home')", "start", show=False, priority=True),
        Binding("end", "scroll('end')", "end", show=False, priority=True),
        Binding("x", "without_images", "without images", show=False),
        Binding("f1", "help", "help", show=False, id="help"),
        Binding("ctrl+q", "app.quit", "quit", show=False, priority=True, id="quit"),
    ]

    AUTO_FOCUS = ""

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

    # Moving

    def on_resize(self, event: Resize) -> None:
        """Where there is no room for all answers, one is shown at a time."""
        is_linear = self._around.settings.manner.linear
        self.set_class(is_linear or event.size.width < NARROW, "-narrow")
        question = self.query_one("#compared", Log)
        rows = self._said[-1].about(event.size.width - 2) if self._said else 1
        question.styles.height = max(3, min(rows, event.size.height // 5))
        question.move("end")
        self._go(self._now)

    def action_column(self, number: int) -> None:
        """Go to a column."""
        if number <= len(self._columns):
            self._go(number - 1)

    def action_step(self, by: int) -> None:
        """Go to the column before or after."""
        self._go((self._now + by) % len(self._columns))

    def _go(self, number: int) -> None:
        self._now = number
        is_narrow = self.has_class("-narrow")
        for at, column in enumerate(self._columns):
            column.display = at == number or not is_narrow
        self._turn_to_now()

    @on(Column.Clicked)
    def go_where_clicked(self, event: Column.Clicked) -> None:
        """A column was clicked."""
        self._go(event.number - 1)

    def action_scroll(self, way: str) -> None:
        """Scroll the answer in focus."""
        log = self._current.column.log_of_words
        if way in ("up", "down"):
            log.scroll_relative(y=-1 if way == "up" else 1, animate=False)
        else:
            log.move(way)

    def _turn_to_now(self) -> None:
        """The path ends with the answer in focus."""
        if self._answers:
            head = self._current.exchange.entry.message
            self.conversation = replace(self.conversation, head=head)
            self._tick()

    # Commands

    def action_stop(self) -> None:
        """Esc: cancel the answer in focus; then the others; then go back."""
        if not self._current.is_over:
            self._current.exchange.stop()
        elif running := [each for each in self._answers if not each.is_over]:
            for answering in running:
                answering.exchange.stop()
        else:
            self.action_keep()

    def action_keep(self) -> None:
        """Go on from the answer in focus; the others stand beside it."""
        if self._left_at is not None:
            return
        self._left_at = time.monotonic()
        running = [each for each in self._answers if not each.is_over]
        self._cancelled = len(running)
        for answering in running:
            answering.exchange.stop()
        self._tick()

    def action_keep_model(self) -> None:
        """Go on from the answer in focus, and with its model."""
        self._model = self._current.asked
        self.action_keep()

    def _leave_when_over(self) -> None:
        if self._left_at is None or not self.is_over:
            return
        is_counted = not any(each.meter.is_behind for each in self._answers)
        if is_counted or time.monotonic() - self._left_at > COUNTED:
            self._ticker.stop()
            self.dismiss(Compared(self.conversation, self._cancelled, self._model))

    def action_copy(self) -> None:
        """Copy what is selected, else the answer in focus as it was written."""
        current = self._current
        written = notice.in_full(current.answer) if current.is_over else current.exchange.text
        if text := self.get_selected_text() or written:
            self._around.copy(text)
        else:
            self.notify("This answer has no words to copy.", markup=False)

    def action_copy_text(self) -> None:
        """Ctrl+C: copy what is selected, by the same routes."""
        text = self.get_selected_text()
        if not text:
            raise SkipAction
        self._around.copy(text)

    def action_unfold(self) -> None:
        """Show or hide the reasoning of the answer in focus."""
        entry = self._current.exchange.entry
        if entry.thinking:
            entry.unfold(not entry.is_unfolded)
            self._current.column.log_of_words.grown(entry)
        else:
            self.notify("This answer came without reasoning.", markup=False)

    def action_go_on(self) -> None:
        """Ask for the rest of an answer that was cut."""
        current = self._current
        if not self._can_ask(current):
            return
        if not current.can_continue:
            self.notify("This answer was not cut: there is no rest to ask for.", markup=False)
            return
        answer = current.answer
        current.begin(self._path_to(answer.id), answer, continues=True)
        self._ask_again(current)

    def action_again(self) -> None:
        """Ask one model again; the answer so far stays beside the new one, if it has words."""
        current = self._current
        if not self._can_ask(current):
            return
        at = self._around.tools.now().timestamp()
        talk = self._path_to(current.answer.id).again()
        before = self.conversation
        talk = talk.answered(Message(0, "assistant", "", model=current.asked, at=at))
        self.conversation = talk
        pairs = zip(talk.messages, before.messages, strict=False)
        gone = [new for new, old in pairs if new is not old]
        self._around.keeping.keep(talk, self._around.model, gone)
        current.begin(self._path_to(self._asked), talk.messages[-1])
        self._ask_again(current)

    def action_without_images(self) -> None:
        """What an ending offers and only the chat can do."""
        self.notify("Keep an answer first: then x asks without images.", markup=False)

    def _can_ask(self, current: Answering) -> bool:
        if not current.is_over:
            self.notify(COMING, markup=False)
        return current.is_over and self._left_at is None

    def _ask_again(self, current: Answering) -> None:
        self._around.keeping.stream(self.conversation, self._around.model, current.answer)
        self._count(current)
        self._pour(current)
        self._tick()

    def action_help(self) -> None:
        """Show the keys."""
        from tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen())

    # What is clicked

    @on(Log.LinkClicked)
    def ask_about_link(self, event: Log.LinkClicked) -> None:
        """Show where a link leads, and open it only when told to."""
        from tui.screens.link import LinkScreen

        browse = self._around.tools.browse
        self.app.push_screen(LinkScreen(event.target, event.words, browse, self._around.copy))

    @on(Log.ThinkingClicked)
    def unfold_clicked(self) -> None:
        """Show or hide the reasoning that was clicked."""
        self.action_unfold()

    # The end

    def last_words(self) -> tuple[Message, ...]:
        """What is shown and what came, for when Rillet cannot go on."""
        there = [answering.last_words() for answering in self._answers]
        return (*self._path_to(self._asked).path, *there)

    @property
    def _is_closed(self) -> bool:
        """Whether the app is being left: what is in the screen goes before what works for it."""
        return not self.display
