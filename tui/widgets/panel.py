"""What the side panels have in common: a titled frame, and lines of a name and a value."""

from __future__ import annotations

from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class Panel(Vertical):
    """A titled frame in the side."""

    TITLE = ""
    """What stands in the frame."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.border_title = Content(self.TITLE)


class Facts(Widget):
    """Names on the left and values on the right, a line each; no line moves while they change."""

    facts: reactive[tuple[tuple[str, str], ...]] = reactive(())
    """What is shown; the same again costs nothing, and only another number of lines a layout."""

    def watch_facts(self, old: tuple[object, ...], new: tuple[object, ...]) -> None:
        """More or fewer lines need another height, none at all no place."""
        if len(old) != len(new):
            self.set_class(not new, "-empty")
            self.refresh(layout=True)

    def render(self) -> Content:
        """The lines, each with a gap as wide as it takes."""
        return Content("\n").join(self._line(name, value) for name, value in self.facts)

    def _line(self, name: str, value: str) -> Content:
        room = max(1, self.size.width - len(name) - Content(value).cell_length)
        return Content.assemble((name, "$quiet"), " " * room, (value, "$foreground"))
