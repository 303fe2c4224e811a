"""What a configuration file can say of models, and what becomes of it.

    [models."gpt-4o"]
    context = 128000

    [models."gpt-4o".at."llm.example.org"]   # at this endpoint only, over the rest
    input_price = 2.0

    [models."gpt-4o".options]                # of requests to it
    temperature = 0.2

`tui.edge.config` reads the file, and finds the lines for the sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.core.catalog import UNKNOWN, Profile
from tui.core.config import (
    MODELS,
    NO_KEYS,
    OPTIONS,
    TEXT,
    NotSo,
    Rule,
    is_key,
    is_number,
    is_whole,
    looks_secret,
)
from tui.core.option_settings import options_in
from tui.core.options import Options
from tui.core.sanitize import one_line
from tui.core.vocabulary import ENCODINGS

TOKENS = Rule(lambda n: is_whole(n, 1, 2**53), "a whole number of tokens from 1 on")
PRICE = Rule(
    lambda n: is_number(n, 0, 1e6), "a price in US dollars for a million tokens, from 0 on"
)

RULES = {
    "context": TOKENS,
    "max_output": TOKENS,
    "encoding": Rule(
        lambda found: isinstance(found, str) and found in ENCODINGS,
        f"one of {', '.join(sorted(ENCODINGS))}",
    ),
    "vision": Rule(lambda found: isinstance(found, bool), "true or false"),
    "input_price": PRICE,
    "cached_price": PRICE,
    "output_price": PRICE,
}
"""What can be said of a model, and what it may be."""

FIELDS = {
    "max_output": "answer",
    "vision": "sees",
    "input_price": "price_input",
    "cached_price": "price_cached",
    "output_price": "price_output",
}
"""Where a profile has another name for it."""

PLACES = "at"
"""The table of what holds at one endpoint only."""

SYSTEM = "system"

BESIDE = frozenset({PLACES, OPTIONS, SYSTEM})
"""What is said of a model and is no knowledge of it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the user says of one model."""

    everywhere: Profile = UNKNOWN
    """What holds wherever it is asked."""

    at: Mapping[str, Profile] = field(default_factory=dict)
    """What holds over that at an endpoint, by its host, and the port where it has one."""

    options: Options = field(default_factory=Options)
    """The parameters of requests to it."""

    system: str | None = None
    """The system prompt of conversations that begin with it."""


def profiles(said: Mapping[str, Said], place: str) -> dict[str, Profile]:
    """What holds of each model at an endpoint.

    Args:
        said: What the file says, by the models' names.
        place: The host of the endpoint, with the port where it has one; empty is nowhere.
    """
    return {
        name: model.at.get(place.lower(), UNKNOWN).over(model.everywhere)
        for name, model in said.items()
    }


def models_in(found: object) -> dict[str, Said]:
    """What the table `models` says.

    Raises:
        NotSo: If it cannot be.
    """
    if not isinstance(found, dict):
        raise NotSo((MODELS,), 'models is a table: begin it with [models."NAME"].')
    return {name: _said(name, held) for name, held in found.items()}


def _said(name: str, held: object) -> Said:
    if not isinstance(held, dict):
        why = 'what is said of a model stands in a table of its own: [models."NAME"].'
        raise NotSo((MODELS, name), why)
    own = {setting: value for setting, value in held.items() if setting not in BESIDE}
    path = (MODELS, name)
    if not TEXT.is_right(system := held.get(SYSTEM, "")):
        raise NotSo((*path, SYSTEM), f"{SYSTEM} has to be {TEXT.wanted}.")
    options = options_in((*path, OPTIONS), held.get(OPTIONS, {}))
    places = _places(path, held.get(PLACES, {}))
    return Said(_profile(path, own), places, options, system if SYSTEM in held else None)


def _places(path: tuple[str, ...], held: object) -> dict[str, Profile]:
    path = (*path, PLACES)
    if not isinstance(held, dict):
        raise NotSo(path, 'at is a table: begin it with [models."NAME".at."HOST"].')
    found = {}
    for host, said in held.items():
        if not isinstance(said, dict) or not host or "/" in host:
            why = 'an endpoint is named by its host, as in [models."NAME".at."api.openai.com"].'
            raise NotSo((*path, host), why)
        found[host.lower()] = _profile((*path, host), said)
    return found


def _profile(path: tuple[str, ...], held: Mapping[str, object]) -> Profile:
    known: dict[str, object] = {}
    for name, value in held.items():
        if (wrong := _wrong(path, name, value)) is not None:
            raise NotSo((*path, name), wrong)
        known[FIELDS.get(name, name)] = value
    return UNKNOWN.knowing(known)


def _wrong(path: tuple[str, ...], name: str, value: object) -> str | None:
    """What is wrong with a setting, in a sentence; None where nothing is."""
    if is_key(value) or (name not in RULES and looks_secret(name, value)):
        return NO_KEYS
    if name not in RULES:
        return _unknown(path, name, value)
    rule = RULES[name]
    return None if rule.is_right(value) else f"{name} has to be {rule.wanted}."


def _unknown(path: tuple[str, ...], name: str, value: object) -> str:
    from difflib import get_close_matches

    said = f"of a model there is no setting {one_line(name, 60)}."
    if isinstance(value, dict):
        whole = ".".join((path[-1], *_descent(name, value)))
        return f"{said} A name with a dot in it stands in quotes: {_head((*path[:-1], whole))}."
    near = get_close_matches(name, (*RULES, SYSTEM, OPTIONS), 1)
    return f"{said} Is it {near[0]}?" if near else f"{said} There are: {', '.join(RULES)}."


def _head(path: tuple[str, ...]) -> str:
    """The line that begins a table."""
    names = (name if name in (MODELS, PLACES) else f'"{one_line(name, 80)}"' for name in path)
    return f"[{'.'.join(names)}]"


def _descent(name: str, value: object) -> list[str]:
    """The names of tables in tables, as far as each has nothing but the next one."""
    names = [name]
    while isinstance(value, dict) and len(value) == 1:
        ((inner, value),) = value.items()
        if isinstance(value, dict):
            names.append(inner)
    return names
