"""What a table of options in a configuration file says: parameters, and what is left out.

    [models."o3-mini".options]
    max_tokens = 2000
    stop = ["END"]
    extra = { top_k = 40 }       # anything else, sent as it is
    unset = ["temperature"]      # not sent to this model, whatever is said for all

`unset` is a list of names and no value, so that nothing which can be sent is mistaken for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.core.config import NO_KEYS, NotSo, is_key, looks_secret
from tui.core.extra import NEEDED
from tui.core.options import EXTRA, PLAIN, Options
from tui.core.parameters import BY_NAME, BadParameter
from tui.core.sanitize import one_line

UNSET = "unset"
"""The setting that says what is left out."""

SETTINGS = (*BY_NAME, UNSET)
"""What can stand in a table of options."""


def options_in(path: tuple[str, ...], held: object) -> Options:
    """The parameters that a table sets and leaves out.

    Args:
        path: The names of the tables that lead there.
        held: What TOML read.

    Raises:
        NotSo: If it cannot be.
    """
    if not isinstance(held, Mapping):
        raise NotSo(path, f"options is a table: begin it with [{head(path)}].")
    options = Options(unset=_unset(path, held))
    for name, value in held.items():
        if name == EXTRA:
            options = options.with_extra(_checked((*path, name), EXTRA, value))
        elif name != UNSET:
            options = options.with_value(name, _checked((*path, name), name, value)[name])
    if both := [name for name in held.get(UNSET, ()) if name in dict(options.said())]:
        raise NotSo((*path, UNSET), f"{both[0]} is set here as well: choose one.")
    return options


def head(path: tuple[str, ...]) -> str:
    """The names in the line that begins a table."""
    return ".".join(name if at != 1 else f'"{one_line(name, 80)}"' for at, name in enumerate(path))


def _checked(path: tuple[str, ...], name: str, value: object) -> Mapping[str, object]:
    known = BY_NAME.get(name)
    if is_key(value) or (known is None and looks_secret(name, value)):
        raise NotSo(path, NO_KEYS)
    if known is None:
        raise NotSo(path, _unknown(name))
    try:
        checked = known.checked(value)
    except BadParameter as error:
        raise NotSo(path, str(error)) from None
    return checked if isinstance(checked, Mapping) else {name: checked}


def _unset(path: tuple[str, ...], held: Mapping[str, object]) -> tuple[str, ...]:
    found = held.get(UNSET, [])
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        why = 'unset has to be a list of names in quotes, as in ["temperature"].'
        raise NotSo((*path, UNSET), why)
    if NEEDED & set(found):
        name = next(name for name in found if name in NEEDED)
        raise NotSo((*path, UNSET), f"{name} is said by Rillet itself: it cannot be left out.")
    return tuple(dict.fromkeys(found))


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    said = f"there is no setting options.{one_line(name, 60)}."
    near = get_close_matches(name, (*PLAIN, EXTRA, UNSET), 1)
    more = "What else the server takes goes into extra, as in extra = { top_k = 40 }."
    return f"{said} Is it {near[0]}?" if near else f"{said} {more}"
