"""What the side panels have in common: a titled frame, and lines of a name and a value."""

from __future__ import annotations

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static


class Panel(Vertical):
    """A titled frame in the side."""

    TITLE = ""
    """What stands in the frame."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.border_title = Content(self.TITLE)


class Fact(Static):
    """A name on the left and a value on the right, on one line that never moves."""

    def __init__(self, name: str, value: str = "–", *, id: str | None = None) -> None:
        super().__init__(markup=False, id=id)
        self._fact = name
        self._value = ""
        self.show(value)

    def show(self, value: str) -> None:
        """Show another value; the same one again costs nothing."""
        if value != self._value:
            self._value = value
            self.refresh()

    def render(self) -> Content:
        """The name, a gap, the value."""
        room = max(1, self.size.width - len(self._fact) - Content(self._value).cell_length)
        return Content.assemble(
            (self._fact, "$foreground 65%"), " " * room, (self._value, "$foreground")
        )
