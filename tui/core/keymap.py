"""The keys that the user chose: what a configuration may say of them, and the table with them.

    [keys]
    new = "ctrl+k"       # instead of its own
    copy = "y,c"         # two
    editor = ""          # none

What could not be pressed, or would take a key from something else, is refused with a sentence
before the app begins: a key that is lost in silence is one that somebody presses in vain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from tui.core.commands import APART, COMMANDS, Command, Place
from tui.core.config import KEYS, NO_KEYS, is_key
from tui.core.errors import RilletError
from tui.core.key_names import SAME, TRAPS, is_text, key_named, written
from tui.core.sanitize import one_line

WRITING = frozenset(
    [
        *("left", "right", "up", "down", "home", "end", "pageup", "pagedown"),
        *("backspace", "delete", "enter", "escape", "tab", "shift+tab"),
        *(f"{held}+{way}" for held in ("shift", "ctrl") for way in ("left", "right")),
        *("shift+up", "shift+down", "shift+home", "shift+end", "ctrl+v", "ctrl+x"),
    ]
)
"""Keys that writing and moving need everywhere."""

OWN = {
    Place.ANYWHERE: WRITING,
    Place.PROMPT: WRITING,
    Place.SEARCH: WRITING - {"up", "down"},
    Place.LOG: frozenset(["escape", "tab", "shift+tab", "left", "right", "backspace"]),
    Place.IMAGES: frozenset(["up", "down", "home", "end", "pageup", "pagedown", "enter"]),
    Place.QUEUE: frozenset(["escape", "tab", "shift+tab"]),
    Place.SETTINGS: WRITING,
    Place.COLUMNS: WRITING,
    Place.CHATS: frozenset(
        ["up", "down", "j", "k", "home", "end", "pageup", "pagedown", "escape", "tab", "shift+tab"]
    ),
}
"""Keys that a place needs for itself."""

FIELDS = frozenset(f"ctrl+{letter}" for letter in "adefkuw")
"""Keys that fields of one line keep for editing."""

WITH_TEXT = (Place.ANYWHERE, Place.PROMPT, Place.SEARCH)
"""Where a character is written, and cannot be a key."""

NEEDED = ("quit",)
"""Commands that have to have a key."""

NOTHING = "<ignore>"
"""What Textual calls a key that nobody can press."""


class CannotBe(RilletError):
    """A choice of keys that cannot be; the text is a sentence."""

    def __init__(self, path: tuple[str, ...], why: str) -> None:
        super().__init__(why)
        self.path = path
        """The name of the table, and the command's."""


def keys_in(found: object) -> dict[str, str]:
    """What the table `keys` says: Textual's names of keys, by the commands' ids.

    Raises:
        CannotBe: If it cannot be.
    """
    if not isinstance(found, dict):
        raise CannotBe((KEYS,), f"{KEYS} is a table: begin it with [{KEYS}].")
    chosen = {name: _keys(name, value) for name, value in found.items()}
    table = changed(chosen)
    for command in table:
        if command.id in chosen:
            _check(command, table, chosen)
    return chosen


def changed(chosen: Mapping[str, str]) -> tuple[Command, ...]:
    """The table, with the keys that were chosen."""
    return tuple(
        replace(each, key=chosen[each.id], shown=_written(chosen[each.id]))
        if each.id in chosen
        else each
        for each in COMMANDS
    )


def for_textual(chosen: Mapping[str, str]) -> dict[str, str]:
    """The same for `App.set_keymap`, which takes an empty text for no choice."""
    return {name: keys or NOTHING for name, keys in chosen.items()}


def remarks(chosen: Mapping[str, str]) -> Iterator[str]:
    """What has to be known of keys that do not arrive everywhere, in sentences."""
    for name, keys in chosen.items():
        for key in keys.split(","):
            if key in TRAPS:
                yield f"{written(key)}, chosen for {name}, {TRAPS[key]}."


def _written(keys: str) -> str:
    return ", ".join(written(key) for key in keys.split(",")) if keys else ""


def _keys(id: str, value: object) -> str:
    """The keys of one command, by Textual's names."""
    command = next((each for each in COMMANDS if each.id == id), None)
    if is_key(value):
        raise CannotBe((KEYS, id), NO_KEYS)
    if command is None:
        raise CannotBe((KEYS, id), _unknown(id))
    if not isinstance(value, str):
        raise CannotBe((KEYS, id), f'{id} has to be keys in quotes, as in "ctrl+k" or "y,c".')
    if not command.can_change:
        raise CannotBe((KEYS, id), f"{command.shown} stays the key of {id}.")
    if not value.strip():
        return _none(id)
    return ",".join(_key(id, each) for each in value.split(","))


def _none(id: str) -> str:
    if id in NEEDED:
        raise CannotBe((KEYS, id), f"{id} needs a key, or there would be none to leave by.")
    return ""


def _key(id: str, name: str) -> str:
    key, shown = key_named(name), one_line(name.strip(), 40)
    if not key:
        why = f"there is no key {shown}." if shown else "a key is missing beside a comma."
        raise CannotBe((KEYS, id), f'{why} Keys are written as in "ctrl+k", "f8", "y" or "[".')
    if key in SAME:
        raise CannotBe((KEYS, id), f"{written(key)} is {SAME[key]} in a terminal: choose another.")
    if key == "ctrl+c":
        raise CannotBe((KEYS, id), "Ctrl+C copies what is selected: choose another key.")
    return key


def _unknown(id: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(id, [each.id for each in COMMANDS if each.can_change], 1, 0.5)
    said = f"there is no command {one_line(id, 60)}."
    return f"{said} Is it {near[0]}?" if near else f"{said} F1 and the README name them all."


def _check(command: Command, table: tuple[Command, ...], chosen: Mapping[str, str]) -> None:
    """See to it that its new keys can be pressed and take nothing from another."""
    own = next(each.keys for each in COMMANDS if each.id == command.id)
    for key in (each for each in command.keys if each not in own):
        if why := _lost(command, key):
            raise CannotBe((KEYS, command.id), why)
        for other in table:
            if other.id != command.id and key in other.keys and _in_reach(command, other):
                both = f"{command.id} and {other.id}"
                too = "" if other.id in chosen else f" {_way_out(other)}"
                raise CannotBe((KEYS, command.id), f"{written(key)} would be {both} at once.{too}")


def _lost(command: Command, key: str) -> str:
    """Why a key cannot be this command's; empty where it can."""
    if command.place in WITH_TEXT and is_text(key):
        return f"{written(key)} alone is text there: take it with Ctrl or Alt, or a key like F8."
    if key in OWN.get(command.place, ()):
        return f"{written(key)} is needed there to write, to move or to leave: choose another key."
    if command.id in NEEDED and key in FIELDS:
        return f"{written(key)} edits text in fields, and {command.id} has to work there too."
    return ""


def _way_out(other: Command) -> str:
    return f'Give {other.id} another key, or "".' if other.can_change else "Choose another key."


def _in_reach(one: Command, other: Command) -> bool:
    """Whether there is a place where both keys work, and do not do the same."""
    places = {one.place, other.place}
    everywhere = {each.id for each in (one, other)} & set(NEEDED)
    is_alone = APART & places and not everywhere
    return one.action != other.action and (
        len(places) == 1 or (Place.ANYWHERE in places and not is_alone)
    )
