"""The palette: commands found by words, those used last in front, each with its key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import Screen

from tui.core.commands import Command, commands
from tui.core.slash import NOT, likeness
from tui.edge.recent import Recent
from tui.screens.dialog import Dialog
from tui.widgets.bound import run

MARGIN = 6
"""Columns of the palette that no row has: its padding, its scroll bar, and one of air."""

OVER_ALL = ("quit",)
"""Actions that make sense over every dialog."""

BY_HELP = 0.5
"""How well a command fits of which only the help has the words."""


def palette(recent: Recent, used: Callable[[str], None]) -> type[Provider]:
    """The commands, as Textual asks for them.

    Args:
        recent: Which were used last.
        used: Is told of each that is run.
    """

    class Palette(Provider):
        """The commands that make sense where somebody is."""

        async def discover(self) -> Hits:
            """All of them."""
            for command in recent.in_front(here(self.screen)):
                title = _title(command)
                shown, run = self._row(Content(title), command), self._run(command)
                yield DiscoveryHit(shown, run, title, command.help)

        async def search(self, query: str) -> Hits:
            """Those that fit, by how well they do; of two that fit alike, the one used later."""
            matcher = self.matcher(query)
            for place, command in enumerate(recent.in_front(here(self.screen))):
                if score := fits(query, command):
                    title = _title(command)
                    shown = self._row(matcher.highlight(title), command)
                    run = self._run(command)
                    yield Hit(score - place / 1000, shown, run, title, command.help)

        def _row(self, title: Content, command: Command) -> Content:
            """The name, and the key at the right."""
            room = self.app.size.width - MARGIN - title.cell_length
            return Content.assemble(title, (f"{command.short or command.typed:>{room}}", "$accent"))

        def _run(self, command: Command) -> Callable[[], object]:
            return partial(_run, self.screen, command, used)

    return Palette


async def _run(screen: Screen[object], command: Command, used: Callable[[str], None]) -> None:
    used(command.id)
    await run(screen, command)


def here(screen: Screen[object]) -> list[Command]:
    """The commands that make sense on a screen."""
    return [each for each in commands() if each.action and _is_here(each, screen)]


def _is_here(command: Command, screen: Screen[object]) -> bool:
    if command.action in OVER_ALL:
        return True
    if not isinstance(screen, Dialog):
        return bool(command.typed)
    return command.place is screen.PLACE and bool(screen.check_action(command.action, ()))


def fits(query: str, command: Command) -> float:
    """How well a command fits some words; 0 is not at all."""
    name = _title(command).lower()
    words = query.lower().split()
    near = min(likeness(query.lower().strip(), each) for each in (name, command.id))
    if near < NOT:
        return float(NOT - near)
    return BY_HELP if all(word in f"{name} {command.help.lower()}" for word in words) else 0.0


def _title(command: Command) -> str:
    return command.name.capitalize()
