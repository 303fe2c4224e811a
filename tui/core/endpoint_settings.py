"""What a configuration file can say of endpoints, each in a table that has a name.

    [endpoints."mistral"]
    base_url = "https://api.mistral.ai/v1"
    model = "mistral-large-latest"
    system = "Be brief."
    key_env = "MISTRAL_API_KEY"          # or key_command, or key_keyring

    [endpoints."mistral".options]
    temperature = 0.3

The file holds no keys, only who has them. `tui.edge.config` reads it, and finds the lines for the
sentences.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.core.config import ENDPOINTS, OPTIONS, TEXT, NotSo, Rule, is_key, looks_secret
from tui.core.hosts import origin
from tui.core.key_source import Keeper, KeySource
from tui.core.option_settings import options_in
from tui.core.options import Options
from tui.core.sanitize import one_line

NO_KEYS = "keys do not belong into this file. Say who has it: key_env, key_command or key_keyring."

KEYS = tuple(keeper.value for keeper in Keeper)
"""The settings that name a key."""


def _is_command(found: object) -> bool:
    try:
        return isinstance(found, str) and bool(shlex.split(found))
    except ValueError:
        return False


RULES = {
    "base_url": TEXT,
    "model": TEXT,
    "system": TEXT,
    "key_env": Rule(
        lambda found: isinstance(found, str) and bool(re.fullmatch(r"[A-Za-z_]\w*", found)),
        'a name in the environment, as in "MISTRAL_API_KEY"',
    ),
    "key_command": Rule(_is_command, 'a command that prints the key, as in "pass show mistral"'),
    "key_keyring": Rule(
        lambda found: isinstance(found, str) and bool(re.fullmatch(r".+/[^/]+", found)),
        'a service and a user of the keyring, as in "rillet/mistral"',
    ),
}
"""What can be said of an endpoint, and what it may be."""


@dataclass(frozen=True, slots=True)
class Named:
    """One endpoint, as the file describes it."""

    name: str
    """What the file calls it."""

    base_url: str
    """Its base URL, as it is used."""

    model: str | None = None
    """The model to ask there."""

    system: str | None = None
    """The system prompt there."""

    key: KeySource | None = None
    """Who has its key; None is OPENAI_API_KEY."""

    options: Options = field(default_factory=Options)
    """The parameters of requests that go there."""

    def is_at(self, base_url: str) -> bool:
        """Whether this is what a base URL means."""
        try:
            is_same = origin(base_url) == origin(self.base_url)
        except ValueError:
            return False
        return is_same and _path(base_url) == _path(self.base_url)


def endpoints_in(found: object) -> dict[str, Named]:
    """What the table `endpoints` says; base URLs are as they were written.

    Raises:
        NotSo: If it cannot be.
    """
    if not isinstance(found, dict):
        raise NotSo((ENDPOINTS,), 'endpoints is a table: begin it with [endpoints."NAME"].')
    return {name: _named(name, held) for name, held in found.items()}


def _named(name: str, held: object) -> Named:
    path = (ENDPOINTS, name)
    if not isinstance(held, dict):
        raise NotSo(path, 'an endpoint has a table of its own: [endpoints."NAME"].')
    said = {setting: value for setting, value in held.items() if setting != OPTIONS}
    for setting, value in said.items():
        if (wrong := _wrong(setting, value)) is not None:
            raise NotSo((*path, setting), wrong)
    if "base_url" not in said:
        raise NotSo(path, "an endpoint needs a base_url.")
    options = options_in((*path, OPTIONS), held.get(OPTIONS, {}))
    key = _key(path, said)
    return Named(name, said["base_url"], said.get("model"), said.get("system"), key, options)


def _key(path: tuple[str, ...], said: Mapping[str, str]) -> KeySource | None:
    named = [setting for setting in KEYS if setting in said]
    if len(named) > 1:
        raise NotSo((*path, named[1]), f"{' and '.join(named)} exclude each other: choose one.")
    if not named:
        return None
    return KeySource(Keeper(named[0]), said[named[0]], said["base_url"])


def _wrong(name: str, value: object) -> str | None:
    """What is wrong with a setting, in a sentence; None where nothing is."""
    is_secret = is_key(value) and name != "system"
    if is_secret or (name not in RULES and looks_secret(name, value)):
        near = _near(name, KEYS)
        return f"there is no setting {name}. Is it {near}?" if near and not is_secret else NO_KEYS
    if name not in RULES:
        near = _near(name, (*RULES, OPTIONS))
        said = f"of an endpoint there is no setting {one_line(name, 60)}."
        return f"{said} Is it {near}?" if near else f"{said} There are: {', '.join(RULES)}."
    rule = RULES[name]
    return None if rule.is_right(value) else f"{name} has to be {rule.wanted}."


def _near(name: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, known, 1, 0.7)), "")


def _path(url: str) -> str:
    return url.partition("://")[2].partition("/")[2].rstrip("/")
