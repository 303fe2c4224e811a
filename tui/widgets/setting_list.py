"""Settings as a list: a name, the value that holds, who says so; one of them has the cursor.

Below the row with the cursor there is room for a field of several lines, or for a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.core.sanitize import one_line, shortened
from tui.core.sheet import Row
from tui.widgets.paint import resolved
from tui.widgets.typed import typed

GUTTER = 2
"""Cells left of a row."""

NAMES = 23
"""Cells of the names."""

LONGEST = 300
"""Characters of a value that are shown."""

Piece = tuple[str, str]
"""A text, and the name of its style."""

Line = Row | str | None
"""A setting, a heading, or what lies below a setting that is open."""


class SettingList(ScrollView, can_focus=True):
    """The settings of a scope."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "settings--cursor",
        "settings--heading",
        "settings--name",
        "settings--own",
        "settings--dim",
        "settings--here",
        "settings--choice",
        "settings--wrong",
        "settings--wins",
    }

    # A scrolling widget would scroll by these keys where there is more than is seen.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "screen.step(-1)", "up", show=False),
        Binding("down", "screen.step(1)", "down", show=False),
        Binding("pageup", "screen.step(-10)", "page up", show=False),
        Binding("pagedown", "screen.step(10)", "page down", show=False),
        Binding("home", "screen.step(-1000)", "first", show=False),
        Binding("end", "screen.step(1000)", "last", show=False),
        Binding("right", "screen.sideways(1)", "next scope", show=False),
        Binding("left", "screen.sideways(-1)", "scope before", show=False),
    ]

    class Moved(Message):
        """The cursor or the view moved."""

    class Typed(Message):
        """Something was typed that is no key here."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Clicked(Message):
        """A row was clicked."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: Sequence[Row] = ()
        self._lines: list[Line] = []
        self._at = 0
        self._room = 0
        self._trouble: Sequence[str] = ()
        self._choice: str | None = None
        self._is_typing = False

    # What is in it

    def show(self, rows: Sequence[Row]) -> None:
        """Show these settings; the cursor stays on the one that it is on."""
        name = self.row.item.path if self.row else None
        self._shown = rows
        places = [at for at, row in enumerate(rows) if row.item.path == name]
        self._at = places[0] if places else 0
        self._lay_out()

    def go_to(self, name: str) -> None:
        """Put the cursor on a setting, if it is there."""
        places = [at for at, row in enumerate(self._shown) if row.item.name == name]
        self.step(places[0] - self._at if places else 0)

    def open(self, room: int = 0, trouble: str = "", choice: str | None = None) -> None:
        """Make room below the row with the cursor.

        Args:
            room: Lines for a field.
            trouble: What is wrong with what was typed; it stands below the field.
            choice: What is chosen for now, in the value's place.
        """
        self._room, self._choice = room, choice
        self._trouble = _wrapped(trouble, self._width - GUTTER - self._names)
        self._lay_out()

    def _lay_out(self) -> None:
        self._lines, group = [], ""
        for at, row in enumerate(self._shown):
            if row.item.group != group:
                group = row.item.group
                self._lines += [*((None,) if self._lines else ()), group]
            self._lines.append(row)
            if at == self._at:
                self._lines += [None] * (self._room + len(self._trouble))
        self.virtual_size = Size(self._width, len(self._lines))
        self._look()

    @property
    def row(self) -> Row | None:
        """The one with the cursor."""
        return self._shown[self._at] if self._shown else None

    @property
    def place(self) -> Region | None:
        """Where the value with the cursor is on the screen; None where it is not seen."""
        line = self._line
        if line is None or not 0 <= line - self.scroll_offset.y < self.size.height:
            return None
        left = GUTTER + self._names
        y = self.region.y + line - self.scroll_offset.y
        return Region(self.region.x + left, y, max(1, self._width - left), 1)

    @property
    def _line(self) -> int | None:
        row = self.row
        return next((at for at, line in enumerate(self._lines) if line is row), None)

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    @property
    def _names(self) -> int:
        return min(NAMES, max(8, self._width // 3 + 3))

    # Moving

    def step(self, by: int) -> None:
        """Move the cursor by so many rows."""
        self._at = max(0, min(self._at + by, len(self._shown) - 1))
        self._lay_out()

    def _look(self) -> None:
        """Bring the cursor into view, with what is open below it."""
        line = self._line
        if line is not None:
            first = 0 if self._at == 0 else line
            last = line + self._room + len(self._trouble)
            height, top = self.size.height, self.scroll_offset.y
            if last >= top + height:
                top = last - height + 1
            self.scroll_to(y=min(top, first), animate=False)
        self.refresh()
        self.post_message(self.Moved())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other rows are seen."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Rows are as wide as the widget."""
        self._lay_out()

    # Keys and clicks

    async def on_key(self, event: events.Key) -> None:
        """What is typed here and is no key of the list narrows it.

        Who types fast has typed more before the focus is where it goes: then no letter is a key.
        """
        if self._is_typing and event.is_printable and event.character:
            event.stop()
            event.prevent_default()
            self.post_message(self.Typed(event.character))
        elif character := typed(self, event):
            self._is_typing = True
            self.post_message(self.Typed(character))
        self._is_typing = self._is_typing or event.key == "slash"

    def on_focus(self) -> None:
        """Letters are keys again."""
        self._is_typing = False

    def on_click(self, event: events.Click) -> None:
        """A row was clicked."""
        number = event.y + self.scroll_offset.y
        line = self._lines[number] if number < len(self._lines) else None
        if isinstance(line, Row):
            self.post_message(self.Clicked(line))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One row of what is in view."""
        number, width = y + self.scroll_offset.y, self._width
        line = self._lines[number] if number < len(self._lines) else None
        if isinstance(line, str):
            return self._strip([(f"  {line}", "heading")], width, is_under=False)
        if line is None:
            return self._strip(self._below(number), width, is_under=False)
        is_under = line is self.row
        gutter = ("▌ " if is_under else "  ", "here")
        name = set_cell_size(line.item.name, self._names)
        pieces = [gutter, (name, "name"), *self._value(line, is_under=is_under)]
        return self._strip(pieces, width, is_under=is_under)

    def _value(self, row: Row, *, is_under: bool) -> list[Piece]:
        if is_under and self._choice is not None:
            return [(f"‹ {self._choice} ›", "choice")]
        room = max(4, self._width - GUTTER - self._names - 1)
        origin = f" · {one_line(row.origin, LONGEST)}" if row.origin else ""
        overruled = " · overruled" if row.note else ""
        text = one_line(row.text, LONGEST)
        text = shortened(text, max(room - len(origin) - len(overruled), room // 2))
        pieces = [(text, "own" if row.is_own else "dim"), (origin, "dim")]
        return [*pieces, (overruled, "wins")]

    def _below(self, number: int) -> list[Piece]:
        """What stands below an open row: room for the field, then the sentence."""
        start = self._line
        at = number - start - 1 - self._room if start is not None else -1
        if not 0 <= at < len(self._trouble):
            return [("", "dim")]
        return [(" " * (GUTTER + self._names), "dim"), (self._trouble[at], "wrong")]

    def _strip(self, pieces: Sequence[Piece], width: int, *, is_under: bool) -> Strip:
        base = self.rich_style
        if is_under:
            base += self._style("cursor")
        segments = [Segment(text, base + self._style(name)) for text, name in pieces]
        return Strip(segments).adjust_cell_length(width, base)

    def _style(self, name: str) -> Style:
        return resolved(self, f"settings--{name}")


def _wrapped(sentence: str, width: int) -> list[str]:
    """A sentence in lines of so many cells."""
    from textwrap import wrap

    return wrap(one_line(sentence, 600), max(12, width - 1))
