"""The line at the bottom: the keys that make sense right now, read from the command table."""

from __future__ import annotations

from dataclasses import replace

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.core.commands import Command, Place, commands
from tui.core.phase import NextKey

MOST_OF_PLACE = 4
"""The most keys of the focused place; the help shows all of them."""

ORDER = ("help", "chats", "model", "images", "side", "quit", "new", "command_palette")
"""The commands that work anywhere, by how much they are worth the room."""


class KeyLine(Widget):
    """As many keys as there is room for, the most useful first."""

    place: reactive[Place] = reactive(Place.PROMPT)
    """Where the focus is."""

    is_busy: reactive[bool] = reactive(False)
    """Whether a reply is under way."""

    offered: reactive[tuple[NextKey, ...]] = reactive(())
    """The keys that the last answer offers."""

    def render(self) -> Content:
        """Keys and names, never cut in the middle."""
        shown = Content(" ")
        for command in self._useful():
            if not command.key:
                continue
            more = Content.assemble(
                shown, (command.short, "$accent"), (f" {command.name}   ", "$quiet")
            )
            if more.cell_length > self.size.width:
                break
            shown = more
        return shown

    def _useful(self) -> list[Command]:
        here = commands(self.place)[:MOST_OF_PLACE]
        here = [command for command in here if self._works(command)]
        if self.is_busy and self.place is Place.PROMPT:
            here = [replace(here[0], name="send next")]  # it waits in line
        anywhere = {c.action: c for c in commands(Place.ANYWHERE) if c.action}
        offered = {c.action: c for c in commands(Place.LOG)}
        offered |= {action: command for action, command in anywhere.items() if command.key}
        actions = ["stop"] if self.is_busy else [key.action for key in self.offered]
        first = [offered[action] for action in actions]
        return [*first, *here, *(anywhere[action] for action in ORDER)]

    def _works(self, command: Command) -> bool:
        """Whether it does something now: what some endings need, others do not."""
        rare = {NextKey.CONTINUE.action, NextKey.WITHOUT_IMAGES.action, "undo"}
        offered = () if self.is_busy else self.offered
        return command.action not in rare.difference(key.action for key in offered)


class ChatKeys(KeyLine):
    """The keys of the list of conversations, and no others: nothing else works over it."""

    is_typing: reactive[bool] = reactive(True)
    """Whether letters go to the field above the list."""

    def _useful(self) -> list[Command]:
        of_field = ("open", "close", "list")
        here = commands(Place.CHATS)
        if self.is_typing:
            return [command for command in here if command.action in of_field]
        return [command for command in here if command.action != "list"]


class ColumnKeys(KeyLine):
    """The keys of answers side by side, as far as they do something now."""

    def _useful(self) -> list[Command]:
        idle = {"go_on"} - {key.action for key in self.offered}
        idle |= {"go_on", "again"} if self.is_busy else {"stop"}
        here = [command for command in commands(Place.COLUMNS) if command.action not in idle]
        known = [command for command in commands(Place.ANYWHERE) if command.action == "help"]
        return [*here, *known]
