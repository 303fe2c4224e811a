"""The log: the whole conversation in one widget, on Textual's line API.

Strategy. Textual's cost per frame follows the number of mounted widgets, seen or not, so there
is one widget here however long the chat: it knows the height of every message, or about, finds
what is in view by the sums of these, and hands out strips that were painted once.

The widget is a chain of classes, each of which does one thing and knows those before it:

    ViewingLog      what is in it, and which rows of that are in view
    ScrollingLog    moving: wheel, bar, keys
    FocusingLog     the message that keys act on
    SelectingLog    rows that are selected, by the mouse or by keys
    CodeLog         the block of code in focus; long lines, wrapped or cut
    SearchingLog    words that are looked for
    Log             how all of that is drawn, and what is typed and clicked here
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.core.commands import Place
from tui.markdown.layout import STYLES
from tui.widgets.bound import bindings
from tui.widgets.entry import Entry
from tui.widgets.finder import Mark
from tui.widgets.paint import GUTTER, Paint, resolved
from tui.widgets.searching_log import SearchingLog
from tui.widgets.selecting import highlighted
from tui.widgets.signs import AsciiSigns
from tui.widgets.typed import typed

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


class Log(SearchingLog, can_focus=True):
    """The messages of one conversation."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"log--{name}" for name in (*STYLES, *OWN_STYLES)}

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.LOG, "screen.")

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

        words: str = ""
        """What it says, or what of that stands on the row."""

    @dataclass
    class ThinkingClicked(Message):
        """The line that stands for a message's reasoning was clicked."""

        entry: Entry
        """The message."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._paint: Paint | None = None
        self._is_ascii = False
        self._marks: dict[int, list[Mark]] = {}

    # Drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a part of the view, finished: nothing is laid over them any more.

        This takes the place of Textual's own painting of borders and padding, of which there is
        none here; filters are applied once, where a row is painted.
        """
        self._fit()
        strips = self._strips(crop.y, crop.bottom)
        if crop.x == 0 and crop.width == self.size.width:
            return strips
        return [strip.crop(crop.x, crop.right) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """One row of what is in view, which says where it is: a place for the mouse to select."""
        strip = self._strips(y, y + 1)[0]
        return strip.apply_offsets(0, self._stack.mark(self._view.top + y))

    def _strips(self, first: int, end: int) -> list[Strip]:
        lines = range(self._view.top + first, self._view.top + end)
        self._marks = self._finder.marks(self._view, lines.start, lines.stop)
        paint = self._painter()
        return [self._strip(line, paint) for line in lines]

    def _strip(self, line: int, paint: Paint) -> Strip:
        """A finished row; what is laid over it, if anything, is filtered as the row was."""
        strip = bare = self._stack.strip(line, paint)
        if self._block is not None and self._stack.fence(line) is self._block.fence:
            strip = paint.framed(strip)
        if line in self._marks:
            strip = highlighted(strip, self._marked(line, paint))
        if self.text_selection is not None:
            span = self.text_selection.get_span(self._stack.mark(line))
            if span is not None:
                style = self.screen.get_component_rich_style("screen--selection")
                strip = highlighted(strip, [(*span, style)])
        return strip if strip is bare else paint.filtered(strip)

    def _marked(self, line: int, paint: Paint) -> Iterator[tuple[int, int, Style]]:
        """Where a row shows hits, and in which style."""
        window = self._stack.window(line)
        hit, now = paint.own("hit"), paint.own("hit-now")
        for mark in self._marks[line]:
            first, last = window.seen(mark.start, mark.end) if window else (mark.start, mark.end)
            yield GUTTER + first, GUTTER + last, now if mark.is_now else hit

    def _painter(self) -> Paint:
        width, background = self.scrollable_content_region.width, self.background_colors[1]
        ground = (width, background, tuple(self.get_line_filters()))
        if self._paint is None or self._paint.ground != ground:
            self._paint = Paint(self.rich_style, self._style, ground, in_ascii=self._is_ascii)
        return self._paint

    def get_line_filters(self) -> list[LineFilter]:
        """Those of the app; but signs are spelt by the painter, who can tell them from words."""
        given = super().get_line_filters()
        self._is_ascii = any(isinstance(each, AsciiSigns) for each in given)
        return [each for each in given if not isinstance(each, AsciiSigns)]

    def _style(self, name: str) -> Style:
        return resolved(self, f"log--{name}")

    def notify_style_update(self) -> None:
        """The theme has changed: resolve and paint anew."""
        self._paint = None
        super().notify_style_update()

    # What is typed and clicked

    async def on_key(self, event: events.Key) -> None:
        """What is typed here and is no key of the log goes to the prompt."""
        if character := typed(self, event):
            self.post_message(self.Typed(character))

    def on_click(self, event: events.Click) -> None:
        """A click on a link names its target; one on the thinking line unfolds it."""
        found = self._stack.at(event.y + self.scroll_offset.y)
        if found and found[0].is_thinking(found[1]):
            self.post_message(self.ThinkingClicked(found[0]))
        target = event.style.meta.get("link")
        if isinstance(target, str) and found:
            row = self._stack.row(event.y + self.scroll_offset.y)
            words = "".join(span.text for span in row if span.link == target)
            self.post_message(self.LinkClicked(target, words))
