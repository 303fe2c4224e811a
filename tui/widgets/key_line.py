"""The line at the bottom: the keys that make sense right now, read from the command table."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.core.commands import COMMANDS, Command, Place

MOST_OF_PLACE = 4
"""The most keys of the focused place; the help shows all of them."""

ORDER = ("help", "model", "images", "side", "quit", "new", "command_palette")
"""The commands that work anywhere, by how much they are worth the room."""


class KeyLine(Widget):
    """As many keys as there is room for, the most useful first."""

    place: reactive[Place] = reactive(Place.PROMPT)
    """Where the focus is."""

    is_busy: reactive[bool] = reactive(False)
    """Whether a reply is under way."""

    def render(self) -> Content:
        """Keys and names, never cut in the middle."""
        shown = Content(" ")
        for command in self._useful():
            more = Content.assemble(
                shown, (command.shown, "$accent"), (f" {command.name}   ", "$foreground 65%")
            )
            if more.cell_length > self.size.width:
                break
            shown = more
        return shown

    def _useful(self) -> list[Command]:
        here = [command for command in COMMANDS if command.place is self.place][:MOST_OF_PLACE]
        if self.is_busy and self.place is Place.PROMPT:
            here = []
        anywhere = {c.action: c for c in COMMANDS if c.place is Place.ANYWHERE and c.action}
        first = [anywhere["stop"]] if self.is_busy else []
        return [*first, *here, *(anywhere[action] for action in ORDER)]
