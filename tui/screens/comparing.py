"""Answers side by side, or one at a time: what a person does with them until one is kept."""

from __future__ import annotations

import time
from typing import ClassVar

from textual import on
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.events import Resize

from tui.core.commands import Place
from tui.core.conversation import Message
from tui.screens.answering import Answering
from tui.screens.answers import AnswersScreen
from tui.widgets import notice
from tui.widgets.bound import bindings
from tui.widgets.column import Column
from tui.widgets.log import Log

NARROW = 100
"""Columns below which one answer is shown at a time."""

COMING = "This answer is still coming. Esc cancels it first."


class ComparingScreen(AnswersScreen):
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
    ]

    AUTO_FOCUS = ""

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
            log.scroll_relative(y=-1 if way == "up" else 1, animate=False, immediate=True)
        else:
            log.move(way)

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
