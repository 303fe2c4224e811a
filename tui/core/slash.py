"""Commands as they are typed into the prompt: what a beginning with a slash may mean.

Only names of commands are matched, the ones that begin so in front: a path like /etc/passwd is
none, so that it stays text. Behind the name of a command that takes something, what it takes is
matched; where nobody knows what that may be, what is typed is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tui.core.commands import Command

Choices = Callable[[str], Sequence[str]]
"""What a command can take, by its id; none where it takes any words."""


OPEN = ("model",)
"""Commands that take what nobody listed too."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One row of the list: a command, or a command with what it takes."""

    command: Command
    """The command."""

    argument: str = ""
    """What it takes."""

    is_choice: bool = False
    """Whether that is what the row is about."""

    @property
    def name(self) -> str:
        """What the row shows first."""
        return self.argument or self.command.typed

    @property
    def note(self) -> str:
        """What can stand behind the name, or the key that does the same."""
        return "" if self.argument else self.command.short

    @property
    def text(self) -> str:
        """The prompt with all of it typed."""
        behind = f" {self.argument}" if self.argument or self.command.takes else ""
        return self.command.typed + behind


def offers(typed: str, table: Iterable[Command], choices: Choices) -> list[Offer]:
    """What a text that begins with a slash may mean, the likeliest first; empty is nothing."""
    name, space, behind = typed.removeprefix("/").partition(" ")
    there = [each for each in table if each.typed]
    if not space:
        return [Offer(each) for each in _likely(name, there)]
    command = next((each for each in there if each.id == name.lower() and each.takes), None)
    if command is None:
        return []
    known = choices(command.id)
    wish = behind.strip()
    found = [Offer(command, each, is_choice=True) for each in fitting(wish, known)]
    if found and (command.id not in OPEN or not wish or wish in known):
        return found
    return [*found, Offer(command, wish)]


def _likely(name: str, there: list[Command]) -> list[Command]:
    ids = {each.id: each for each in there}
    return [ids[each] for each in fitting(name, list(ids))]


def fitting(typed: str, names: Sequence[str]) -> list[str]:
    """The names that a few letters fit: those that begin so or hold them as they are.

    Where there is none, those that hold them one after the other.
    """
    ranks = {name: likeness(typed.lower(), name.lower()) for name in names}
    most = SCATTERED if min(ranks.values(), default=NOT) < SCATTERED else NOT
    return sorted((name for name in names if ranks[name] < most), key=lambda name: ranks[name])


SCATTERED = 4
"""The rank of a name that holds the letters one after the other."""

NOT = 5
"""The rank of a name that does not fit."""


def likeness(typed: str, name: str) -> int:
    """How far letters are from a name: 0 is the name itself, `NOT` is not in it."""
    if name == typed:
        return 0
    if name.startswith(typed):
        return 1
    if any(part.startswith(typed) for part in name.replace("/", "-").split("-")):
        return 2
    if typed in name:
        return 3
    rest = iter(name)
    return SCATTERED if all(letter in rest for letter in typed) else NOT
