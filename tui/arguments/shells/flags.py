"""The grammar as shells need it: commands, their flags, and what a flag takes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tui.arguments.grammar import Grammar

Kind = Literal[
    "", "files", "choices", "models", "chats", "prompts", "themes", "endpoints", "described"
]
"""What completes a value: nothing, names of files, a list, or what `rillet completion` says."""

BY_NAME: dict[str, Kind] = {
    "model": "models",
    "chat": "chats",
    "id": "chats",
    "prompt": "prompts",
    "theme": "themes",
    "base_url": "endpoints",
    "endpoint": "described",
}
"""The kinds by the names of the values in the grammar."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a flag or a place takes."""

    name: str
    """What help calls it."""

    kind: Kind = ""
    """What completes it."""

    choices: tuple[str, ...] = ()
    """All there is."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag."""

    names: tuple[str, ...]
    """How it is written: `-o`, `--output`."""

    help: str
    """What it does, on one line."""

    value: Value | None = None
    """What it takes; None is nothing."""

    is_repeatable: bool = False
    """Whether it may be there twice."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command, or `rillet` itself."""

    name: str
    """What is typed for it; empty for `rillet`."""

    help: str
    """What it does, on one line."""

    flags: tuple[Flag, ...]
    """Its flags."""

    place: Value | None = None
    """What it takes beside them."""


def commands(root: Grammar) -> tuple[Command, ...]:
    """All there are, `rillet` itself first."""
    found = [_command("", "", root)]
    for action in root._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {each.dest: each.help or "" for each in action._choices_actions}
            found += [
                _command(name, helps.get(name, ""), grammar)
                for name, grammar in action.choices.items()
            ]
    return tuple(found)


def _command(name: str, help: str, grammar: argparse.ArgumentParser) -> Command:
    shown = [action for action in grammar._actions if action.help != argparse.SUPPRESS]
    flags = tuple(_flags(shown))
    places = [action for action in shown if not action.option_strings]
    is_group = places and isinstance(places[0], argparse._SubParsersAction)
    place = None if is_group or not places else _value(places[0])
    return Command(name, help, flags, place)


def _flags(actions: Sequence[argparse.Action]) -> Iterator[Flag]:
    for action in actions:
        if action.option_strings:
            told = " ".join((action.help or "").split())
            value = None if action.nargs == 0 else _value(action)
            is_repeatable = isinstance(action.default, list)
            yield Flag(tuple(action.option_strings), told, value, is_repeatable)


def _value(action: argparse.Action) -> Value:
    name = str(action.metavar or action.dest).upper()
    if action.choices:
        return Value(name, "choices", tuple(map(str, action.choices)))
    kind: Kind = "files" if name.startswith("FILE") else BY_NAME.get(action.dest, "")
    return Value(name, kind)
