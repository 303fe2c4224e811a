"""The log: the whole conversation in one widget, on Textual's line API.

Strategy. Textual's cost per frame follows the number of mounted widgets, seen or not, so there
is one widget here however long the chat: it knows the height of every message, or about, finds
what is in view by the sums of these, and hands out strips that were painted once. What is in view
and how that stays in its place is the matter of `View`; Textual is only told.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollDown, ScrollTo, ScrollUp
from textual.selection import Selection
from textual.strip import Strip

from tui.core.commands import Place, commands
from tui.markdown.layout import STYLES
from tui.widgets.entry import Entry
from tui.widgets.finder import Finder, Mark
from tui.widgets.paint import GUTTER, Paint
from tui.widgets.selecting import highlighted, selected_text
from tui.widgets.stack import Stack
from tui.widgets.survey import PAUSE, Survey
from tui.widgets.view import View

OWN_STYLES = (
    "focus",
    "you",
    "model",
    "reasoning",
    "ending",
    "ending-bad",
    "notice",
    "notice-title",
    "key",
    "dim",
    "hit",
    "hit-now",
)
"""The names of styles that this widget adds to those of Markdown."""

NEAR = 3
"""Views that Textual may scroll by for rows to be counted; beyond, it is a leap to some place."""

QUIET = 0.5
"""Seconds without growth after which there is time to measure what is not in view."""


class Log(ScrollView, can_focus=True):
    """The messages of one conversation."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"log--{name}" for name in (*STYLES, *OWN_STYLES)}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(command.key, f"screen.{command.action}", command.name, show=False)
        for command in commands(Place.LOG)
    ]

    is_following: var[bool] = var(True)
    """Whether the end is in view, so that new rows are shown as they come."""

    @dataclass
    class Moved(Message):
        """The view has come to the end or left it."""

    @dataclass
    class Counted(Message):
        """Other words are looked for, or more of them were found."""

        words: str
        """How many hits there are, and which one is shown."""

    @dataclass
    class Typed(Message):
        """A character that means nothing here was typed: it belongs to the prompt."""

        character: str
        """The character."""

    @dataclass
    class LinkClicked(Message):
        """A link was clicked."""

        target: str
        """Where it leads."""

    @dataclass
    class ThinkingClicked(Message):
        """The line that stands for a message's reasoning was clicked."""

        entry: Entry
        """The message."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view = View(Stack())
        self._paint: Paint | None = None
        self._focused: Entry | None = None
        self._survey: Survey | None = None
        self._grew = 0.0
        self._finder = Finder()
        self._marks: dict[int, list[Mark]] = {}
        self._counts = False
        self._steps = 0  # to hits that are not counted yet

    # What is in it

    def show(self, entries: Iterable[Entry]) -> None:
        """Show these messages and nothing else, at their end; none is read before it is seen."""
        self._focused = None
        self._view = View(Stack(entries, self._stack.width), self._view.height)
        self._view.settle()
        self._look()
        self._measure_the_rest()
        if self._finder.hits is not None:
            self.seek(self._finder.hits.sought.words)

    def add(self, entry: Entry) -> None:
        """Show one more message at the end."""
        self._stack.add(entry)
        self.grown(entry)

    def grown(self, entry: Entry) -> None:
        """The entry's text has grown or its foot has changed: show it."""
        self._grew = time.monotonic()
        self._view.grow(entry)
        self._look()
        if self._finder.hits is not None:
            self._finder.hits.touch(entry)
            self._count()

    def drop(self, entry: Entry) -> None:
        """Take one message out."""
        if self._focused is entry:
            self._focused = None
        self._view.drop(entry)
        self._finder.drop(entry)
        self._look()

    def clear(self) -> None:
        """Begin with nothing."""
        self.show(())

    def _look(self) -> None:
        """Show what is in view now."""
        self._place()
        self.refresh()
        if self._view.is_waiting and self._survey is None:
            self._measure_the_rest()

    def _place(self) -> None:
        """Tell the scroll bar where the view is; what is in view has not changed by that.

        Textual lays the whole screen out anew when a virtual size is assigned, and paints the
        widget anew when it scrolls. More rows in here move nothing out there, and rows that are
        measured above the view do not change it, so both are set past that.
        """
        height, top = self._stack.height, float(self._view.top)
        self.set_reactive(Log.virtual_size, Size(self.size.width, height))
        self.set_reactive(Log.scroll_y, top)
        self.set_reactive(Log.scroll_target_y, top)
        self.vertical_scrollbar.window_virtual_size = height
        self.vertical_scrollbar.position = top
        self.is_following = self._view.follows

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
            if self._finder.is_waiting:
                self._finder.reveal(self._view)
                self.refresh()
            self._place()
        if self._survey.is_over:
            self._survey = None
        else:
            self.set_timer(QUIET if is_busy else PAUSE, self._go_on)

    @property
    def _stack(self) -> Stack:
        return self._view.stack

    @property
    def rows_below(self) -> int:
        """Rows below what is in view."""
        return self._view.below

    def watch_is_following(self) -> None:
        """Say that the view has come to the end or left it."""
        self.post_message(self.Moved())

    # The focused message

    @property
    def focused_entry(self) -> Entry | None:
        """The message that keys act on: the focused one, else the last."""
        entries = self._stack.entries
        return self._focused or (entries[-1] if entries else None)

    def focus_entry(self, entry: Entry | None) -> None:
        """Move the focus to a message and bring it into view."""
        self._focus(entry)
        if entry is not None:
            self._view.reveal(entry)
        self._look()

    def _focus(self, entry: Entry | None) -> None:
        for changed in (self._focused, entry):
            if changed is not None:
                changed.is_focused = changed is entry
        self._focused = entry

    def step(self, by: int) -> None:
        """Move the focus by so many messages; the first step only shows where it is."""
        entry = self.focused_entry
        if entry is not None:
            self.focus_entry(self._stack.near(entry, by) if self._focused else entry)

    # Searching

    def seek(self, words: str) -> None:
        """Mark these words wherever they are said; without words, none."""
        self._finder.seek(self._view, words)
        self._steps = 0
        self.refresh()
        self._count()

    def _count(self) -> None:
        """Count hits for a while, and go on with that later; one such round at a time."""
        if not self._counts:
            self._counts = True
            self.set_timer(PAUSE, self._count_on)

    def _count_on(self) -> None:
        self._counts = False
        hits = self._finder.hits
        if hits is not None:
            hits.slice()
            if not hits.is_over:
                self._count()
            if self._steps and hits.total:
                self.step_hit(0)
        self.post_message(self.Counted(self._finder.words))

    def step_hit(self, by: int) -> None:
        """Go to the hit so many after the one that was gone to last."""
        self._steps += by
        hit = self._finder.step(self._view, self._steps)
        hits = self._finder.hits
        if hit is not None or hits is None or hits.is_over:
            self._steps = 0
        if hit is not None and self.has_focus:
            self._focus(hit.entry)
        self._look()
        self.post_message(self.Counted(self._finder.words))

    # Drawing

    @property
    def _text_width(self) -> int:
        return self.scrollable_content_region.width - GUTTER

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a part of the view, finished: nothing is laid over them any more.

        This takes the place of Textual's own painting of borders and padding, of which there is
        none here; the filters are applied once to each strip, which remembers it.
        """
        self._fit()
        filters, background = self.get_line_filters(), self.background_colors[1]
        first = self._view.top + crop.y
        self._marks = self._finder.marks(self._view, first, first + crop.height)
        strips = [self._strip(y) for y in crop.line_range]
        for line_filter in filters:
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        if crop.x == 0 and crop.width == self.size.width:
            return strips
        return [strip.crop(crop.x, crop.right) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """One row of what is in view, which says where it is: a place for the mouse to select."""
        return self._strip(y).apply_offsets(0, self._stack.mark(self._view.top + y))

    def _strip(self, y: int) -> Strip:
        line = self._view.top + y
        strip = self._stack.strip(line, self._painter())
        for mark in self._marks.get(line, ()):
            style = self._style("hit-now" if mark.is_now else "hit")
            strip = highlighted(strip, (GUTTER + mark.start, GUTTER + mark.end), style)
        selection = self.text_selection
        if selection is None:
            return strip
        style = self.screen.get_component_rich_style("screen--selection")
        return highlighted(strip, selection.get_span(self._stack.mark(line)), style)

    def _painter(self) -> Paint:
        width = self.scrollable_content_region.width
        if self._paint is None or self._paint.width != width:
            self._paint = Paint(self.rich_style, self._style, width)
        return self._paint

    def _style(self, name: str) -> Style:
        """What the sheet says of a style; Rich knows no opacity, so colours are mixed here."""
        styles = self.get_component_styles(f"log--{name}")
        own = styles.partial_rich_style
        if styles.has_rule("color") and 0 < styles.color.a < 1:
            own += Style(color=(self.background_colors[1] + styles.color).rich_color)
        return own

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text as it is seen, without the gutter."""
        text = selected_text(self._view, selection)
        self._view.settle()
        self._look()
        return text, "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Show the selection."""
        self.refresh()

    def notify_style_update(self) -> None:
        """The theme has changed: resolve and paint anew."""
        self._paint = None
        super().notify_style_update()

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

    # Moving

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Textual has scrolled: by the wheel, or by the bar."""
        if self.size.height != self._view.height:
            return
        self._finder.is_waiting = False
        by = round(new_value) - self._view.top
        if abs(by) <= NEAR * self._view.height:
            self._view.move(by)
        else:
            self._view.go(self._view.top + by)
        self._look()

    def on_scroll_to(self, message: ScrollTo) -> None:
        """The bar was dragged; a row that becomes known on the way would make a glide stagger."""
        message.prevent_default().stop()
        self.scroll_to(y=message.y, animate=False)

    def move(self, way: str) -> None:
        """Scroll by a page, or to the start or the end."""
        self._finder.is_waiting = False
        match way:
            case "page_up":
                self._view.move(-self._view.height)
            case "page_down":
                self._view.move(self._view.height)
            case "home":
                self._view.go(0)
            case "end":
                self._view.end()
        self._look()

    def on_scroll_up(self, message: ScrollUp) -> None:
        """The bar was clicked above its thumb."""
        message.prevent_default().stop()
        self.move("page_up")

    def on_scroll_down(self, message: ScrollDown) -> None:
        """The bar was clicked below its thumb."""
        message.prevent_default().stop()
        self.move("page_down")

    def action_page_up(self) -> None:
        """Scroll up by a page."""
        self.move("page_up")

    def action_page_down(self) -> None:
        """Scroll down by a page."""
        self.move("page_down")

    def action_scroll_home(self) -> None:
        """Scroll to the start."""
        self.move("home")

    def action_scroll_end(self) -> None:
        """Scroll to the end and follow it."""
        self.move("end")

    def on_blur(self) -> None:
        """Keys go elsewhere: no message is focused."""
        if self._focused is not None:
            self.focus_entry(None)

    def on_focus(self) -> None:
        """Keys come here: show which message they act on."""
        if self._focused is None:
            self.focus_entry(self.focused_entry)

    async def on_key(self, event: events.Key) -> None:
        """What is typed here and is no key of the log goes to the prompt."""
        is_bound = event.key in self.screen.active_bindings
        if event.is_printable and event.character and not is_bound:
            event.stop()
            self.post_message(self.Typed(event.character))

    def on_click(self, event: events.Click) -> None:
        """A click on a link names its target; one on the thinking line unfolds it."""
        found = self._stack.at(event.y + self.scroll_offset.y)
        if found and found[0].is_thinking(found[1]):
            self.post_message(self.ThinkingClicked(found[0]))
        target = event.style.meta.get("link")
        if isinstance(target, str):
            self.post_message(self.LinkClicked(target))
