"""The list of conversations: one widget however many there are, rows on Textual's line API."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.core.chats import Summary
from tui.widgets.chat_rows import Heading, Line, Piece, Row, hit_row, row
from tui.widgets.paint import resolved
from tui.widgets.typed import typed

GUTTER = 2
"""Cells left of a row: the cursor's sign and one of air."""

NAMES = ("cursor", "heading", "title", "pin", "here", "sign", "said", "mark", "dim", "note")


class ChatList(ScrollView, can_focus=True):
    """Headings, conversations and hits, one of which has the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"chats--{name}" for name in NAMES}

    @dataclass
    class Typed(Message):
        """Something that means nothing here was typed."""

        text: str
        """It."""

    @dataclass
    class Moved(Message):
        """The cursor is on another row, or the rows are others, or where they are seen."""

    @dataclass
    class Chosen(Message):
        """A row was clicked a second time."""

    def __init__(self, now: Callable[[], datetime], here: str, *, id: str | None = None) -> None:
        """Begin with no row.

        Args:
            now: Gives the time of day where the user is.
            here: The id of the conversation that is open.
            id: Its name for style sheets.
        """
        super().__init__(id=id)
        self._now = now
        self._here = here
        self._lines: Sequence[Line] = ()
        self._rows: list[int] = []
        self._at = 0
        self._note = ""
        self._styles_now: dict[str, Style] = {}

    # What is in it

    def show(self, lines: Sequence[Line], note: str = "", *, is_new: bool = False) -> None:
        """Show these lines, or a note where there are none.

        Args:
            lines: They.
            note: What to say where there are none.
            is_new: Whether they are the answer to another question: the cursor goes to the first.
        """
        key = self.row.key if self.row else None
        self._lines, self._note = lines, note
        self._rows = [number for number, line in enumerate(lines) if isinstance(line, Row)]
        self.virtual_size = Size(self._width, len(lines))
        self._at = 0 if is_new else self._place(key)
        if is_new:
            self.scroll_to(y=0, animate=False)
        self._look()

    def _place(self, key: tuple[str, int] | None) -> int:
        """Where the row with this key is now; else where the cursor was."""
        for place, number in enumerate(self._rows):
            line = self._lines[number]
            if isinstance(line, Row) and line.key == key:
                return place
        return max(0, min(self._at, len(self._rows) - 1))

    def alter(self, chat: Summary) -> None:
        """Show a conversation otherwise, wherever it stands."""
        self._alter(chat.id, chat)

    def drop(self, chat: str) -> None:
        """Show a conversation no more."""
        self._alter(chat, None)

    def _alter(self, chat: str, new: Summary | None) -> None:
        lines = list[Line]()
        for line in self._lines:
            if isinstance(line, Heading) or line.chat.id != chat:
                lines.append(line)
            elif new is not None:
                lines.append(replace(line, chat=new))
        self.show(lines, self._note)

    def go_to(self, chat: str) -> None:
        """Put the cursor on a conversation, if it is there."""
        self._at = self._place((chat, 0))
        self._look()

    @property
    def _width(self) -> int:
        """Cells of a row, without the scroll bar."""
        return self.scrollable_content_region.width

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    @property
    def row(self) -> Row | None:
        """The one with the cursor."""
        line = self._lines[self._rows[self._at]] if self._rows else None
        return line if isinstance(line, Row) else None

    @property
    def place(self) -> Region | None:
        """Where the row with the cursor is on the screen; None where it is not seen."""
        if not self._rows:
            return None
        down = self._rows[self._at] - self.scroll_offset.y
        if not 0 <= down < self.size.height:
            return None
        return Region(self.region.x, self.region.y + down, self._width, 1)

    # Moving

    @property
    def is_at_start(self) -> bool:
        """Whether there is no row above the cursor."""
        return self._at == 0

    def step(self, by: int) -> None:
        """Move the cursor by so many rows."""
        self._go(self._at + by)

    def page(self, by: int) -> None:
        """Move the cursor by a page."""
        if not self._rows:
            return
        line = self._rows[self._at] + by * max(1, self.size.height - 1)
        self._go(sum(1 for number in self._rows if number < line))

    def end(self, by: int) -> None:
        """Move the cursor to the first row or to the last, by the sign."""
        self._go(0 if by < 0 else len(self._rows) - 1)

    def _go(self, place: int) -> None:
        self._at = max(0, min(place, len(self._rows) - 1))
        self._look()

    def _look(self) -> None:
        """Bring the cursor into view, with the heading above the first row."""
        if self._rows:
            line = self._rows[self._at]
            first = 0 if self._at == 0 else line
            height, top = self.size.height, self.scroll_offset.y
            if first < top:
                self.scroll_to(y=first, animate=False)
            elif line >= top + height:
                self.scroll_to(y=line - height + 1, animate=False)
        self.refresh()
        self.post_message(self.Moved())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other rows are seen."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Rows are as wide as the widget."""
        self.virtual_size = Size(self._width, len(self._lines))
        self._look()

    # Keys and clicks

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted here is looked for."""
        event.stop()
        self.post_message(self.Typed(event.text))

    async def on_key(self, event: events.Key) -> None:
        """What is typed here and is no key of the list is looked for."""
        if character := typed(self, event):
            self.post_message(self.Typed(character))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a second one opens."""
        line = event.y + self.scroll_offset.y
        if line in self._rows:
            self._go(self._rows.index(line))
            if event.chain > 1:
                self.post_message(self.Chosen())

    # Drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a part of the view; a style is looked up once for all of them."""
        self._styles_now = {}
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row of what is in view."""
        width, number = self._width, y + self.scroll_offset.y
        if number >= len(self._lines):
            note = self._note if not self._lines and y == 1 else ""
            return self._strip([(f"  {note}", "note")], width, is_under=False)
        line = self._lines[number]
        if isinstance(line, Heading):
            return self._strip([(f"    {line.words}", "heading")], width, is_under=False)
        is_under = self._rows[self._at] == number
        room = width - GUTTER
        pieces = (
            hit_row(line.hit, room) if line.hit else row(line.chat, room, self._now(), self._here)
        )
        gutter = ("▌ " if is_under else "  ", "here")
        return self._strip([gutter, *pieces], width, is_under=is_under)

    def _strip(self, pieces: Sequence[Piece], width: int, *, is_under: bool) -> Strip:
        base = self.rich_style
        if is_under:
            base += self._style("cursor")
        segments = [Segment(text, base + self._style(name)) for text, name in pieces]
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, name: str) -> Style:
        if name not in self._styles_now:
            self._styles_now[name] = self._resolved(name)
        return self._styles_now[name]

    def _resolved(self, name: str) -> Style:
        return resolved(self, f"chats--{name}")
