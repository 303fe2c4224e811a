"""The sheet that chooses which models are asked side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.core.models import matching
from tui.core.sanitize import one_line
from tui.screens.dialog import Dialog

MOST = 3
"""The most models that are asked at once."""

LEAST = 2
"""The fewest that there is anything to compare of."""

MOST_LISTED = 200
"""The most models shown at once; typing narrows the list."""

LONGEST_NAME = 60
"""Characters of a name in the list."""


class Filter(Input):
    """A field for parts of a name, in which there is no blank: that key is the list's."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is typed into it."""
        return key != "space" and super().check_consume_key(key, character)


class ModelsScreen(Dialog[tuple[str, ...] | None]):
    """Lists models to be marked; gives those marked, in the order in which they were."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "close", show=False, priority=True),
        Binding("ctrl+t", "dismiss", "close", show=False, priority=True, id="compare"),
        Binding("up", "move('cursor_up')", "up", show=False, priority=True),
        Binding("down", "move('cursor_down')", "down", show=False, priority=True),
        Binding("space", "mark", "mark", show=False, priority=True),
    ]

    AUTO_FOCUS = "#models-filter"

    def __init__(self, listed: Sequence[str], marked: Sequence[str], asked: str) -> None:
        """Begin.

        Args:
            listed: What the endpoint lists.
            marked: The models that are marked at first.
            asked: What they will be asked, in words.
        """
        super().__init__()
        self._marked = list(marked)[:MOST]
        self._listed = [*self._marked, *(name for name in listed if name not in self._marked)]
        self._asked = asked
        self._found: list[str] = []

    def compose(self) -> ComposeResult:
        """What is asked, the filter, the list."""
        with Vertical(id="models") as frame:
            frame.border_title = Content("Ask several models at once")
            yield Static(Content(self._asked), id="models-asked", markup=False)
            yield Static("", id="models-marked", markup=False)
            yield Filter(placeholder="filter, or type a name", id="models-filter", compact=True)
            listing = OptionList(id="models-list", markup=False, compact=True)
            listing.can_focus = False
            yield listing

    def on_mount(self) -> None:
        """Show the list; a cursor that blinks would draw for nothing."""
        self.query_one(Input).cursor_blink = False
        self._narrow()

    @property
    def _typed(self) -> str:
        return self.query_one(Input).value.strip()

    @on(Input.Changed)
    def _narrow(self) -> None:
        """Show the names that match what is typed, and that itself where it is none of them."""
        typed = self._typed
        self._found = matching(self._listed, typed)[:MOST_LISTED]
        if typed and typed not in self._found:
            self._found.append(typed)
        if typed in self._listed:
            self._found.remove(typed)
            self._found.insert(0, typed)
        self._show(0)

    def _show(self, row: int) -> None:
        listing = self.query_one(OptionList)
        listing.clear_options()
        listing.add_options(Option(self._row(name)) for name in self._found)
        listing.highlighted = min(row, len(self._found) - 1) if self._found else None
        self._tell()

    def _row(self, name: str) -> Content:
        mark = f"{self._marked.index(name) + 1} " if name in self._marked else "  "
        is_new = name not in self._listed
        return Content(mark + one_line(name, LONGEST_NAME) + (" (as typed)" if is_new else ""))

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        """Say who is marked, and what the keys do now."""
        marked = (f"{at} {one_line(name, 40)}" for at, name in enumerate(self._marked, 1))
        shown = " · ".join(marked) or "Nobody is marked yet."
        self.query_one("#models-marked", Static).update(Content(shown))
        name, count = self._current, len(self._marked)
        marks = "unmarks" if name in self._marked else "marks"
        does = f"asks these {count}" if count >= LEAST else "asks two or three"
        enter = f"{marks} it" if self._typed else does
        frame = self.query_one("#models")
        frame.border_subtitle = Content(f"Space {marks} · Enter {enter} · Esc closes")

    @property
    def _current(self) -> str:
        row = self.query_one(OptionList).highlighted
        return self._found[row] if row is not None and row < len(self._found) else ""

    # Marking

    async def action_move(self, way: str) -> None:
        """Go up or down in the list while the keys go to the filter."""
        await self.query_one(OptionList).run_action(way)

    def action_mark(self) -> None:
        """Mark the model in question, or take its mark away."""
        name = self._current
        if name in self._marked:
            self._marked.remove(name)
        elif len(self._marked) >= MOST:
            told = f"{MOST} models at the most: Space takes a mark away."
            self.notify(told, markup=False)
            return
        elif name:
            self._marked.append(name)
            self._listed += [name] if name not in self._listed else []
        row = self.query_one(OptionList).highlighted or 0
        if self._typed:
            self.query_one(Input).value = ""  # which shows the list anew
        else:
            self._show(row)

    @on(OptionList.OptionSelected)
    def mark_clicked(self) -> None:
        """A model was clicked."""
        self.action_mark()

    @on(Input.Submitted)
    def ask(self) -> None:
        """With something typed, mark it; else ask those that are marked."""
        if self._typed:
            self.action_mark()
        elif len(self._marked) < LEAST:
            self.notify("Mark two models at least: Space marks one.", markup=False)
        else:
            self.dismiss(tuple(self._marked))
