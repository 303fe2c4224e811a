"""The line at the bottom: the keys that make sense right now, read from the command table."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.core.commands import COMMANDS, Command, Place


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
                shown, (command.shown, "$accent"), (f" {command.name}   ", "$text-muted")
            )
            if more.cell_length > self.size.width:
                break
            shown = more
        return shown

    def _useful(self) -> list[Command]:
        here = [command for command in COMMANDS if command.place is self.place]
        anywhere = [command for command in COMMANDS if command.place is Place.ANYWHERE]
        wanted = "stop" if self.is_busy else ""
        first = [command for command in anywhere if command.action and command.action == wanted]
        rest = [
            command
            for command in anywhere
            if command.action not in ("stop", "again") and command.name not in ("start, end",)
        ]
        order = ("help", "model", "images", "side", "new", "", "command_palette", "quit")
        return first + here + sorted(rest, key=lambda command: order.index(command.action))
