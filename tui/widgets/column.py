"""One of several answers side by side: its model, its words as they come, how it stands.

╭─ 2 demo-tour ───────────────────╮
│ Welcome to the tour ...         │
│                                 │
│ ● streaming · 3.2 s · 48 tok/s  │
│ prompt 12 · completion 154      │
╰─────────────────────────────────╯
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.core.sanitize import one_line
from tui.widgets.entry import Entry
from tui.widgets.finish_panel import Standing
from tui.widgets.log import Log
from tui.widgets.token_panel import Spent

LONGEST_NAME = 60
"""Characters of a model's name above its column."""


class ColumnLog(Log, inherit_bindings=False):
    """The words of a column; all keys but those that scroll are the screen's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", "up", show=False),
        Binding("down", "scroll_down", "down", show=False),
        Binding("pageup", "page_up", "page up", show=False),
        Binding("pagedown", "page_down", "page down", show=False),
        Binding("home", "scroll_home", "start", show=False),
        Binding("end", "scroll_end", "end", show=False),
    ]

    def _focus(self, entry: Entry | None) -> None:
        """The frame says which answer keys act on: it needs no mark of its own."""


class Column(Vertical):
    """A frame with the answer of one model."""

    def __init__(self, number: int, model: str) -> None:
        """Nothing has come.

        Args:
            number: Its place among the columns, from 1; a key that leads here.
            model: The name of the model.
        """
        super().__init__(id=f"column-{number}", classes="column")
        self.number = number
        """Its place among the columns, from 1."""
        self.log_of_words = ColumnLog()
        """Where the answer is shown."""
        self.standing = Standing()
        """How the answer stands."""
        self._foot = Static("", classes="column-foot", markup=False)
        self.model = model

    def compose(self) -> ComposeResult:
        """The words, and two lines of how they come."""
        yield self.log_of_words
        yield self._foot

    @property
    def model(self) -> str:
        """Who answers; a server may name another model than the one that was asked."""
        return self._model

    @model.setter
    def model(self, model: str) -> None:
        self._model = model
        self.border_title = Content(f"{self.number} {one_line(model, LONGEST_NAME)}")

    def show(self, standing: Standing, spent: Spent) -> None:
        """Say how the answer stands and what it takes."""
        self.standing = standing
        below = self.log_of_words.rows_below
        more = f" · ↓ {below:,} below" if below and not self.log_of_words.is_following else ""
        lines = (f"{standing.line}{more}", tokens(spent))
        self._foot.update(Content("\n".join(lines)), layout=False)


def tokens(spent: Spent) -> str:
    """The tokens of an answer and what it costs, on one line."""
    names = ("prompt", "completion")
    counts = [f"{name} {spent.count.shown(name)}" for name in names if spent.count.best(name)]
    if spent.cost is not None:
        counts.append(str(spent.cost))
    elif spent.is_billed and counts:
        counts.append("cost unknown")
    return " · ".join(counts)


def heads(columns: Sequence[Column], now: int, width: int) -> Content:
    """The names of all columns and how they stand on one line, where one is shown at a time."""
    room = max(4, width // len(columns) - 7)
    parts = [
        Content.styled(
            f" {column.number} {one_line(column.model, room)} {column.standing.sign} ",
            "bold reverse" if at == now else "",
        )
        for at, column in enumerate(columns)
    ]
    return Content(" ").join(parts)
