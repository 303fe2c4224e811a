"""One of several answers side by side: its model, its words as they come, how it stands.

▸2 demo-tour
  Welcome to the tour ...

 ● streaming · 3.2 s · 48 tok/s
 prompt 12 · completion 154

Neither a column nor what is in it ever gets the focus or a class of the sheet: with each of these
Textual would match a log's many styles anew, which holds up the key that asks for another column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.core.sanitize import one_line
from tui.widgets.finish_panel import Standing
from tui.widgets.log import Log
from tui.widgets.token_panel import Spent

LONGEST_NAME = 60
"""Characters of a model's name above its column."""


class Column(Vertical):
    """The answer of one model."""

    @dataclass
    class Clicked(Message):
        """The column was clicked."""

        number: int
        """Its place among the columns, from 1."""

    def __init__(self, number: int, model: str) -> None:
        """Nothing has come.

        Args:
            number: Its place among the columns, from 1; a key that leads here.
            model: The name of the model.
        """
        super().__init__(classes="column" if number == 1 else "column -later")
        self.number = number
        """Its place among the columns, from 1."""
        self.model = model
        """Who answers; a server may name another model than the one that was asked."""
        self.log_of_words = Log()
        """Where the answer is shown."""
        self.log_of_words.can_focus = False
        self.standing = Standing()
        """How the answer stands."""
        self._head = Static("", classes="column-head", markup=False)
        self._foot = Static("", classes="column-foot", markup=False)

    def compose(self) -> ComposeResult:
        """The name, the words, and two lines of how they come."""
        yield self._head
        yield self.log_of_words
        yield self._foot

    def show(self, standing: Standing, spent: Spent) -> None:
        """Say how the answer stands and what it takes."""
        self.standing = standing
        below = self.log_of_words.rows_below
        more = f" · ↓ {below:,} below" if below and not self.log_of_words.is_following else ""
        lines = (f"{standing.line}{more}", tokens(spent))
        self._foot.update(Content("\n".join(lines)), layout=False)

    def mark(self, *, is_now: bool) -> None:
        """Show whether keys act on this column."""
        name = f"{self.number} {one_line(self.model, LONGEST_NAME)}"
        self._head.update(_head(name, is_now=is_now), layout=False)

    def on_click(self) -> None:
        """Keys are to act on this column."""
        self.post_message(self.Clicked(self.number))


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
        _head(
            f"{column.number} {one_line(column.model, room)} {column.standing.sign}",
            is_now=at == now,
        )
        for at, column in enumerate(columns)
    ]
    return Content(" ").join(parts)


def _head(words: str, *, is_now: bool) -> Content:
    """A name above an answer; a sign says that keys act on it, and not the colours alone."""
    sign, style = ("▸", "bold reverse") if is_now else (" ", "bold")
    return Content.styled(f"{sign}{words} ", style)
