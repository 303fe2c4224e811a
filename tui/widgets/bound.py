"""The command table as bindings of Textual.

They are made with the table's own keys when a class is made. Each bears its command's id, by
which Textual finds the keys that the user chose instead (`App.set_keymap`).
"""

from __future__ import annotations

from collections.abc import Collection

from textual.binding import Binding, BindingType
from textual.dom import DOMNode

from tui.core.commands import COMMANDS, Command, Place

NOTHING = "<ignore>"
"""What Textual calls a key that nobody can press: the user may choose one all the same."""

ELSEWHERE = ("command_palette", "quit", "suspend_process")
"""Actions of the app itself, which binds them."""


async def run(screen: DOMNode, command: Command) -> None:
    """Do what a command's key does; what is no action of the screen's is the app's."""
    if not await screen.app.run_action(command.action, screen):
        await screen.app.run_action(command.action)


def bindings(
    place: Place, prefix: str = "", *, first: Collection[str] = (), is_first: bool = False
) -> list[BindingType]:
    """The bindings of one place.

    Args:
        place: Where they work.
        prefix: What stands before each action, such as `screen.`.
        first: Actions whose keys come before the focused widget sees them.
        is_first: Whether all do.
    """
    return [
        Binding(
            command.key or NOTHING,
            prefix + command.action,
            command.name,
            show=False,
            priority=is_first or command.action in first,
            id=command.id,
        )
        for command in COMMANDS
        if command.place is place and command.action and command.action not in ELSEWHERE
    ]
