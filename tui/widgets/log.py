"""The log: the whole conversation in one widget, on Textual's line API.

Strategy. Textual's cost per frame follows the number of mounted widgets, seen or not, so there
is one widget here however long the chat: it knows the height of every message, finds what is in
view by bisection, and hands out strips that were painted once.

Following is a rule and not a mode: the log follows the end while its last row is in view.
Growing below never moves a row that is being read; coming back to the end follows again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from tui.core.commands import Place, commands
from tui.markdown.layout import STYLES
from tui.widgets.entry import Entry
from tui.widgets.paint import GUTTER, Paint, selected
from tui.widgets.stack import Stack

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
)
"""The names of styles that this widget adds to those of Markdown."""


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
        self._stack = Stack()
        self._paint: Paint | None = None
        self._focused: Entry | None = None

    # What is in it

    def add(self, entry: Entry) -> None:
        """Show one more message at the end."""
        self._stack.add(entry)
        self.grown(entry)

    def grown(self, entry: Entry) -> None:
        """The entry's text has grown or its foot has changed: show it."""
        if self._text_width > 0:
            self._stack.wrap(self._text_width, entry)
        self._resize()

    def drop(self, entry: Entry) -> None:
        """Take one message out."""
        if self._focused is entry:
            self._focused = None
        self._stack.drop(entry)
        self._resize()

    def clear(self) -> None:
        """Begin with nothing."""
        self._stack, self._focused = Stack(), None
        self.is_following = True
        self._resize()

    def _resize(self) -> None:
        """Tell the scroll bar, and stay at the end if that is where we are.

        Textual lays the whole screen out anew when a virtual size is assigned; more rows in here
        move nothing out there, so the size is set past that.
        """
        was_following, height = self.is_following, self._stack.height
        self.set_reactive(Log.virtual_size, Size(self.size.width, height))
        self.vertical_scrollbar.window_virtual_size = height
        if was_following:
            self.scroll_to(y=self.max_scroll_y, animate=False)
            self.is_following = True
        self.refresh()

    @property
    def rows_below(self) -> int:
        """Rows below what is in view."""
        return max(0, round(self.max_scroll_y - self.scroll_y))

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
        for changed in (self._focused, entry):
            if changed is not None:
                changed.is_focused = changed is entry
                changed.fade()
        self._focused = entry
        if entry is not None:
            self._show(entry)
        self.refresh()

    def step(self, by: int) -> None:
        """Move the focus by so many messages; the first step only shows where it is."""
        entry = self.focused_entry
        if entry is not None:
            self.focus_entry(self._stack.near(entry, by) if self._focused else entry)

    def _show(self, entry: Entry) -> None:
        """Scroll as little as it takes to see the entry, or its top if it is too tall."""
        top, height, view = self._stack.top(entry), entry.height, self.size.height
        if entry is self._stack.entries[-1] and height <= view:
            self.scroll_to(y=self.max_scroll_y, animate=False)
        elif top < self.scroll_y or height > view:
            self.scroll_to(y=top, animate=False)
        elif top + height > self.scroll_y + view:
            self.scroll_to(y=top + height - view, animate=False)

    # Drawing

    @property
    def _text_width(self) -> int:
        return self.scrollable_content_region.width - GUTTER

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a part of the view, finished: nothing is laid over them any more.

        This takes the place of Textual's own painting of borders and padding, of which there is
        none here; the filters are applied once to each strip, which remembers it.
        """
        filters, background = self.get_line_filters(), self.background_colors[1]
        strips = [self.render_line(y) for y in crop.line_range]
        for line_filter in filters:
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        if crop.x == 0 and crop.width == self.size.width:
            return strips
        return [strip.crop(crop.x, crop.right) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """One row of what is in view."""
        paint = self._painter()
        line = y + self.scroll_offset.y
        found = self._stack.at(line)
        if found is None:
            return paint.strip((), "", is_focused=False)
        entry, number = found
        strip = entry.strip(number, paint)
        selection = self.text_selection
        if selection is not None:
            style = self.screen.get_component_rich_style("screen--selection")
            strip = selected(strip, selection.get_span(line), style)
        return strip.apply_offsets(0, line)

    def _painter(self) -> Paint:
        width = self.scrollable_content_region.width
        if self._paint is None or self._paint.width != width:
            self._paint = Paint(self.rich_style, self._style, width)
            for entry in self._stack.entries:
                entry.fade()
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
        gutter = " " * GUTTER
        lines = (gutter + "".join(span.text for span in row) for row in self._stack.rows())
        text = selection.extract("\n".join(lines))
        return "\n".join(line.removeprefix("  ") for line in text.split("\n")), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Show the selection."""
        self.refresh()

    def notify_style_update(self) -> None:
        """The theme has changed: resolve and paint anew."""
        self._paint = None
        super().notify_style_update()

    def on_resize(self) -> None:
        """Wrap for the new width, and keep the row that is being read in its place."""
        if self._text_width < 1:
            return
        was_following, read = self.is_following, self._stack.at(self.scroll_offset.y)
        share = read[1] / read[0].height if read else 0.0
        self._stack.wrap(self._text_width)
        self.is_following = was_following
        self._resize()
        if read and not was_following:
            top = self._stack.top(read[0]) + round(share * read[0].height)
            self.scroll_to(y=top, animate=False)

    # Moving

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The end in view is what following means."""
        super().watch_scroll_y(old_value, new_value)
        self.is_following = round(new_value) >= self.max_scroll_y

    def move(self, way: str) -> None:
        """Scroll by a page, or to the start or the end."""
        match way:
            case "page_up":
                self.scroll_page_up(animate=False)
            case "page_down":
                self.scroll_page_down(animate=False)
            case "home":
                self.scroll_to(y=0, animate=False)
            case "end":
                self.scroll_to(y=self.max_scroll_y, animate=False)

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
