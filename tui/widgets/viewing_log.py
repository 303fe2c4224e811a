"""What is in the log, and which rows of that are in view.

Strategy. What is in view and how that stays in its place is the matter of `View`; Textual is only
told where its scroll bar stands. Heights of what was not in view yet are found out in slices, when
no reply grows.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar

from tui.widgets.entry import Entry
from tui.widgets.paint import GUTTER
from tui.widgets.stack import Stack
from tui.widgets.survey import PAUSE, Survey
from tui.widgets.view import View

FRAME = 1 / 30
"""Seconds for which a new number of rows below the view may wait before it is told."""

QUIET = 0.5
"""Seconds without growth after which there is time to measure what is not in view."""


class ViewingLog(ScrollView):
    """A widget with messages, some rows of which are in view."""

    is_following: var[bool] = var(True)
    """Whether the end is in view, so that new rows are shown as they come."""

    rows_below: var[int] = var(0)
    """Rows below what is in view, as far as they are known."""

    @dataclass
    class Moved(Message):
        """The view has come to the end or left it, or there are more rows below it, or fewer."""

    @dataclass
    class Undrawn(Message):
        """Messages have come into view whose pictures are not drawn yet."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view = View(Stack())
        self._survey: Survey | None = None
        self._grew = 0.0
        self._thumb = (0, 0)
        self._tells = False

    # What is in it

    def show(self, entries: Iterable[Entry]) -> None:
        """Show these messages and nothing else, at their end; none is read before it is seen."""
        width, wraps = self._stack.fit
        self._view = View(Stack(entries, width, wraps=wraps), self._view.height)
        self._view.settle()
        self._look()
        self._measure_the_rest()

    def add(self, entry: Entry) -> None:
        """Show one more message at the end."""
        self._stack.add(entry)
        self.grown(entry)

    def grown(self, entry: Entry) -> None:
        """The entry's text has grown or its foot has changed: show it."""
        self._grew = time.monotonic()
        self._view.grow(entry)
        self._look()

    def replace(self, first: int, entries: Iterable[Entry]) -> None:
        """Show others in the place of the message with this index and of all behind it."""
        for entry in self._stack.entries[first:]:
            self._forget(entry)
        self._view.replace(first, entries)
        self._look()
        self._measure_the_rest()

    def _forget(self, entry: Entry) -> None:
        """A message is taken out: nothing is remembered of it."""

    def clear(self) -> None:
        """Begin with nothing."""
        self.show(())

    @property
    def entries(self) -> Sequence[Entry]:
        """The messages, in their order."""
        return self._stack.entries

    def entry(self, message: int) -> Entry | None:
        """The entry of the message with this id, if it is shown."""
        return next((each for each in reversed(self.entries) if each.message == message), None)

    @property
    def undrawn(self) -> list[Entry]:
        """The messages in view, and half a screen beyond, whose pictures are not drawn yet."""
        top, height = self._view.top, self._view.height
        near = self._stack.between(top - height // 2, top + height + height // 2)
        return [entry for entry in near if entry.undrawn] if self._stack.width else []

    @property
    def _stack(self) -> Stack:
        return self._view.stack

    # What is in view

    def _look(self) -> None:
        """Show what is in view now."""
        self._place()
        self.refresh()
        if self._view.is_waiting and self._survey is None:
            self._measure_the_rest()
        if self.undrawn:
            self.post_message(self.Undrawn())

    def _place(self) -> None:
        """Tell the scroll bar where the view is; what is in view has not changed by that.

        Textual lays the whole screen out anew when a virtual size is assigned, and paints the
        widget anew when it scrolls. More rows in here move nothing out there, and rows that are
        measured above the view do not change it, so both are set past that. Painting the bar costs
        as much as painting the log, so it is done when its thumb has moved.
        """
        height, top, bar = self._stack.height, float(self._view.top), self.vertical_scrollbar
        self.set_reactive(ViewingLog.virtual_size, Size(self.size.width, height))
        self.set_reactive(ViewingLog.scroll_y, top)
        self.set_reactive(ViewingLog.scroll_target_y, top)
        bar.set_reactive(ScrollBar.window_virtual_size, height)
        bar.set_reactive(ScrollBar.position, top)
        if self._thumb != (thumb := self._view.thumb):
            self._thumb = thumb
            bar.refresh()
        self.is_following, self.rows_below = self._view.follows, self._view.below

    def watch_is_following(self) -> None:
        """Say that the view has come to the end or left it."""
        self.post_message(self.Moved())

    def watch_rows_below(self) -> None:
        """Say so once a frame: measuring and scrolling change it more often than it can be read."""
        if not self._tells:
            self._tells = True
            self.set_timer(FRAME, self._tell)

    def _tell(self) -> None:
        self._tells = False
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Wrap for the new size, and keep the row that is being read in its place."""
        self._fit()

    def _fit(self) -> None:
        """Give the view the size of the widget, also where that is painted before it is told."""
        width, height = self._text_width, self.size.height
        if width < 1 or (width, height) == (self._stack.width, self._view.height):
            return
        is_wider = width != self._stack.width
        self._view.turn(width, height)
        self._look()
        if is_wider:
            self._measure_the_rest()

    @property
    def _text_width(self) -> int:
        return self.scrollable_content_region.width - GUTTER

    # What is not in view yet

    def _measure_the_rest(self) -> None:
        """Begin to find out the heights of what was not in view yet."""
        if self._survey is None:
            self.set_timer(PAUSE, self._go_on)
        self._survey = Survey(self._view)

    def _go_on(self) -> None:
        """A slice of that; not while a reply grows."""
        if self._survey is None:
            return
        is_busy = time.monotonic() - self._grew < QUIET
        if not is_busy:
            if self._survey.slice():
                self.refresh()
            self._know_more()
            self._place()
        if self._survey.is_over:
            self._survey = None
        else:
            self.set_timer(QUIET if is_busy else PAUSE, self._go_on)

    def _know_more(self) -> None:
        """More heights are known: what waited for them can be shown."""

    @property
    def is_measuring(self) -> bool:
        """Whether heights of what was not in view yet are being found out."""
        return self._survey is not None
