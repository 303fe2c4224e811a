"""The log: the whole conversation in one widget, on Textual's line API.

Strategy. Textual's cost per frame follows the number of mounted widgets, seen or not, so there
is one widget here however long the chat: it knows the height of every message, or about, finds
what is in view by the sums of these, and hands out strips that were painted once. What is in view
and how that stays in its place is the matter of `View`; Textual is only told.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollDown, ScrollTo, ScrollUp
from textual.selection import Selection
from textual.strip import Strip

from tui.core.commands import Place, commands
from tui.markdown.layout import STYLES
from tui.widgets.code import Block, Blocks, place_of, reveal
from tui.widgets.entry import Entry
from tui.widgets.finder import Finder, Mark
from tui.widgets.links import links
from tui.widgets.paint import GUTTER, Paint
from tui.widgets.picking import Picking, touched
from tui.widgets.selecting import highlighted, selected_text
from tui.widgets.sideways import STEP, reveal_character, rows_in_view, shift
from tui.widgets.stack import Stack
from tui.widgets.survey import PAUSE, SLICE, Survey
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

FRAME = 1 / 30
"""Seconds for which a new number of rows below the view may wait before it is told."""

COUNT = 0.1
"""Seconds between two looks at a number of hits that still grows."""

QUIET = 0.5
"""Seconds without growth after which there is time to measure what is not in view."""


class Log(ScrollView, can_focus=True):
    """The messages of one conversation."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"log--{name}" for name in (*STYLES, *OWN_STYLES)}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(command.key, f"screen.{command.action}", command.name, show=False)
        for command in commands(Place.LOG)
        if command.action
    ]

    is_following: var[bool] = var(True)
    """Whether the end is in view, so that new rows are shown as they come."""

    rows_below: var[int] = var(0)
    """Rows below what is in view, as far as they are known."""

    @dataclass
    class Moved(Message):
        """The view has come to the end or left it, or there are more rows below it, or fewer."""

    @dataclass
    class Counted(Message):
        """Other words are looked for, or more of them were found."""

        words: str
        """How many hits there are, and which one is shown."""

    @dataclass
    class NoBlock(Message):
        """There is no further block of code that way."""

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
        self._view = View(Stack())
        self._paint: Paint | None = None
        self._focused: Entry | None = None
        self._survey: Survey | None = None
        self._grew = 0.0
        self._picking: Picking | None = None
        self._finder = Finder()
        self._blocks = Blocks(self._stack)
        self._walk: Iterator[Block | None] = iter(())
        self._block: Block | None = None
        self._marks: dict[int, list[Mark]] = {}
        self._counts = False
        self._counted = 0.0  # when the number of hits was told
        self._steps = 0  # to hits that are not counted yet
        self._thumb = (0, 0)
        self._tells = False

    # What is in it

    def show(self, entries: Iterable[Entry]) -> None:
        """Show these messages and nothing else, at their end; none is read before it is seen."""
        self._focused = None
        width, wraps = self._stack.fit
        self._view = View(Stack(entries, width, wraps=wraps), self._view.height)
        self._blocks, self._walk, self._block = Blocks(self._stack), iter(()), None
        self._picking = None
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

    def replace(self, first: int, entries: Iterable[Entry]) -> None:
        """Show others in the place of the message with this index and of all behind it."""
        for entry in self._stack.entries[first:]:
            self._forget(entry)
        self._view.replace(first, entries)
        self._picking = None
        if self._finder.hits is not None:
            for entry in self._stack.entries[first:]:
                self._finder.hits.touch(entry)
            self._count()
        self._look()
        self._measure_the_rest()

    def _forget(self, entry: Entry) -> None:
        """A message is taken out: nothing is remembered of it."""
        if self._focused is entry:
            self._focused = None
        if self._block is not None and self._block.entry is entry:
            self.leave_block()
        self._finder.drop(entry)

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
        measured above the view do not change it, so both are set past that. Painting the bar costs
        as much as painting the log, so it is done when its thumb has moved.
        """
        height, top, bar = self._stack.height, float(self._view.top), self.vertical_scrollbar
        self.set_reactive(Log.virtual_size, Size(self.size.width, height))
        self.set_reactive(Log.scroll_y, top)
        self.set_reactive(Log.scroll_target_y, top)
        bar.set_reactive(ScrollBar.window_virtual_size, height)
        bar.set_reactive(ScrollBar.position, top)
        if self._thumb != (thumb := self._view.thumb):
            self._thumb = thumb
            bar.refresh()
        self.is_following, self.rows_below = self._view.follows, self._view.below

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
                self._reveal_character()
                self.refresh()
            self._place()
        if self._survey.is_over:
            self._survey = None
        else:
            self.set_timer(QUIET if is_busy else PAUSE, self._go_on)

    @property
    def is_measuring(self) -> bool:
        """Whether heights of what was not in view yet are being found out."""
        return self._survey is not None

    @property
    def _stack(self) -> Stack:
        return self._view.stack

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
        if self._block is not None and self._block.entry is not entry:
            self.leave_block()
        for changed in (self._focused, entry):
            if changed is not None:
                changed.is_focused = changed is entry
        self._focused = entry

    def step(self, by: int) -> None:
        """Move the focus by so many messages; the first step only shows where it is."""
        entry = self.focused_entry
        if self._is_picking(lambda picking: picking.move(by)):
            return
        if entry is not None:
            self.focus_entry(self._stack.near(entry, by) if self._focused else entry)

    # The focused block of code

    @property
    def block(self) -> Block | None:
        """The block of code in focus, if one is."""
        return self._block

    def step_block(self, by: int) -> None:
        """Focus the next block of code, or the one before; its message may have to be read."""
        place = self._block.place if self._block else place_of(self._view, by)
        self._walk = self._blocks.near(place, by)
        self._walk_on()

    def _walk_on(self) -> None:
        end = time.perf_counter() + SLICE
        for block in self._walk:
            if block is not None:
                self._show_block(block)
                return
            if time.perf_counter() >= end:
                self.set_timer(PAUSE, self._walk_on)
                return
        self.post_message(self.NoBlock())

    def _show_block(self, block: Block) -> None:
        self._focus(block.entry)
        self.leave_block()
        self._block = block
        reveal(self._view, block)
        self._look()

    def leave_block(self) -> bool:
        """Only the message is focused again; tells whether a block was."""
        was, self._block = self._block, None
        self._stack.shift = None
        self.refresh()
        return was is not None

    # Code that is wrapped or cut

    @property
    def wraps(self) -> bool:
        """Whether long lines of code go on in the next row."""
        return self._stack.fit.wraps

    def toggle_wrap(self) -> None:
        """Wrap long lines of code, or cut them; the row that is read stays in its place."""
        self.end_selection()
        lines = rows_in_view(self._view, self._block.fence) if self._block else []
        self._view.rewrap(lines[0] if lines else None, wraps=not self.wraps)
        self._look()
        self._measure_the_rest()

    def action_scroll_left(self) -> None:
        """Look at the code in focus further to the left."""
        self._scroll_sideways(-STEP)

    def action_scroll_right(self) -> None:
        """Look at the code in focus further to the right."""
        self._scroll_sideways(STEP)

    def _scroll_sideways(self, by: int) -> None:
        if self._block is not None:
            self.end_selection()
            shift(self._view, self._block.fence, by)
            self.refresh()

    # Selecting by key

    def begin_selection(self) -> None:
        """Select from the focused message on: keys that move take more rows, or less."""
        self._picking = Picking(self._view, self._focused)
        self._select(self._picking.selection)

    def _select(self, selection: Selection) -> None:
        self.screen.selections = {self: selection}
        self._look()

    def _is_picking(self, move: Callable[[Picking], None]) -> bool:
        """Move the end of the selection; tells whether there is one that keys began."""
        if self._picking is None or self.text_selection is None:
            self._picking = None
            return False
        move(self._picking)
        self._select(self._picking.selection)
        return True

    def end_selection(self) -> bool:
        """Select nothing; tells whether anything was."""
        was, self._picking = self.text_selection is not None, None
        if was:
            self.screen.clear_selection()
        return was

    @property
    def touched(self) -> list[Entry]:
        """The messages that something is selected of, else the focused one."""
        selection, entry = self.text_selection, self.focused_entry
        if selection is not None:
            return touched(self._view, selection)
        return [entry] if entry else []

    def links(self) -> Iterator[dict[str, str]]:
        """The links of the focused message, more and more of them."""
        entry = self.focused_entry
        return links(self._stack, entry) if entry else iter(())

    # Searching

    def seek(self, words: str) -> None:
        """Mark these words wherever they are said; without words, none."""
        self._finder.seek(self._view, words)
        if self._block is None:
            self._stack.shift = None
        self._steps = 0
        self.refresh()
        self._count()

    def seek_from(self, words: str, entry: Entry) -> None:
        """Mark these words, and go to the first hit from a message on as soon as it is known."""
        self.seek(words)
        self._finder.start = entry
        self._steps = 1

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
            if self._steps and self._finder.can_begin:
                self.step_hit(0)
        if hits is None or hits.is_over or time.monotonic() - self._counted > COUNT:
            self._counted = time.monotonic()
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
        self._reveal_character()
        self._look()
        self.post_message(self.Counted(self._finder.words))

    def _reveal_character(self) -> None:
        """Look at code that is cut where the hit is."""
        if place := self._finder.place(self._view):
            reveal_character(self._view, *place)

    # Drawing

    @property
    def _text_width(self) -> int:
        return self.scrollable_content_region.width - GUTTER

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
            self._paint = Paint(self.rich_style, self._style, ground)
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
        self._scroll("page_up")

    def action_page_down(self) -> None:
        """Scroll down by a page."""
        self._scroll("page_down")

    def action_scroll_home(self) -> None:
        """Scroll to the start."""
        self._scroll("home")

    def action_scroll_end(self) -> None:
        """Scroll to the end and follow it."""
        self._scroll("end")

    def _scroll(self, way: str) -> None:
        if not self._is_picking(lambda picking: picking.go(way)):
            self.move(way)

    def on_blur(self) -> None:
        """Keys go elsewhere: no message is focused."""
        if self._focused is not None:
            self.focus_entry(None)

    def on_focus(self) -> None:
        """Keys come here: show which message they act on, the last one in view; nothing moves."""
        if self._focused is None:
            self._focus(self._last_in_view)
            self._look()

    @property
    def _last_in_view(self) -> Entry | None:
        found = self._stack.at(min(self._view.top + self._view.height, self._stack.height) - 1)
        return found[0] if found else None

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
        if isinstance(target, str) and found:
            row = self._stack.row(event.y + self.scroll_offset.y)
            words = "".join(span.text for span in row if span.link == target)
            self.post_message(self.LinkClicked(target, words))
