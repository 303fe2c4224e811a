"""What a configuration file can say, and what each setting may be; `tui.edge.config` reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.core.errors import RilletError
from tui.core.manner import MOTIONS
from tui.core.notices import ENDED
from tui.core.options import EXTRA, PLAIN, Options
from tui.core.previews import WISHES
from tui.core.sanitize import one_line

if TYPE_CHECKING:
    from tui.core.endpoint_settings import Named
    from tui.core.model_settings import Said

KEY_LIKE = re.compile(r"key|token$|secret|passw|auth|bearer", re.IGNORECASE)
KEY = re.compile(r"\bsk-[\w-]{16,}")


@dataclass(frozen=True, slots=True)
class Config:
    """What the file says; None is 'says nothing'."""

    base_url: str | None = None
    """The endpoint."""

    model: str | None = None
    """The model to ask there."""

    system: str | None = None
    """The system prompt."""

    theme: str | None = None
    """The theme of the app."""

    ascii: bool | None = None
    """Whether all signs are ASCII."""

    motion: str | None = None
    """Whether anything moves by itself: full or reduced."""

    screen_reader: bool | None = None
    """Whether a screen reader reads."""

    titles: bool | None = None
    """Whether the model names new conversations."""

    cost: bool | None = None
    """Whether estimates of costs are shown."""

    models: Mapping[str, Said] = field(default_factory=dict)
    """What is said of models, by their names."""

    keys: Mapping[str, str] = field(default_factory=dict)
    """The keys that the user chose, by their commands' ids."""

    first_timeout: float | None = None
    """Seconds to wait for the first word."""

    idle_timeout: float | None = None
    """Seconds to wait between two words."""

    connect_timeout: float | None = None
    """Seconds to wait for the connection."""

    retries: int | None = None
    """How often a refused request is sent again by itself."""

    previews: str | None = None
    """How images are shown: auto, kitty, sixel, blocks or off."""

    title: bool | None = None
    """Whether the window's title tells of the conversation."""

    ended: str | None = None
    """How the end of a long reply that nobody saw is told: off, bell or notify."""

    after: float | None = None
    """Seconds from which on a reply is long."""

    options: Options = field(default_factory=Options)
    """Parameters of every request."""

    endpoint: str | None = None
    """The endpoint in use, by the name of its table."""

    endpoints: Mapping[str, Named] = field(default_factory=dict)
    """What is said of endpoints, by what the file calls them."""

    save: bool | None = None
    """Whether `rillet ask` keeps its conversations."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a setting may be."""

    is_right: Callable[[object], bool]
    """Whether a value is right."""

    wanted: str
    """What it should be, in words."""


def is_number(found: object, least: float, most: float) -> bool:
    """Whether it is a number within bounds."""
    return isinstance(found, int | float) and not isinstance(found, bool) and least <= found <= most


def is_whole(found: object, least: int, most: int) -> bool:
    """Whether it is a whole number within bounds."""
    return isinstance(found, int) and is_number(found, least, most)


TEXT = Rule(lambda found: isinstance(found, str), "text in quotes")
SECONDS = Rule(lambda found: is_number(found, 1e-9, 1e9), "a number of seconds above 0")

RULES = {
    "base_url": TEXT,
    "endpoint": TEXT,
    "model": TEXT,
    "system": TEXT,
    "theme": TEXT,
    "ascii": Rule(lambda found: isinstance(found, bool), "true or false"),
    "motion": Rule(
        lambda found: isinstance(found, str) and found in MOTIONS,
        "one of " + ", ".join(f'"{motion}"' for motion in MOTIONS),
    ),
    "screen_reader": Rule(lambda found: isinstance(found, bool), "true or false"),
    "titles": Rule(lambda found: isinstance(found, bool), "true or false"),
    "cost": Rule(lambda found: isinstance(found, bool), "true or false"),
    "wait.first_timeout": SECONDS,
    "wait.idle_timeout": SECONDS,
    "wait.connect_timeout": SECONDS,
    "wait.retries": Rule(lambda n: is_whole(n, 0, 100), "a whole number from 0 to 100"),
    "images.previews": Rule(
        lambda found: isinstance(found, str) and found in WISHES,
        "one of " + ", ".join(f'"{wish}"' for wish in WISHES),
    ),
    "notices.title": Rule(lambda found: isinstance(found, bool), "true or false"),
    "notices.ended": Rule(
        lambda found: isinstance(found, str) and found in ENDED,
        "one of " + ", ".join(f'"{way}"' for way in ENDED),
    ),
    "notices.after": Rule(lambda found: is_number(found, 0, 1e9), "a number of seconds from 0 on"),
    "ask.save": Rule(lambda found: isinstance(found, bool), "true or false"),
}
"""Every setting, by its table and name, but for those of options."""

OPTIONS = "options"
"""The table of parameters (`tui.core.option_settings`), also below a model and an endpoint."""

OPTION_NAMES = (*PLAIN, EXTRA, "unset")
"""What can stand in it; what each may be is imported where something does."""

ENDPOINTS = "endpoints"
"""The table of endpoints, each in a table of its own (`tui.core.endpoint_settings`)."""

TABLES = frozenset((OPTIONS, *(name.partition(".")[0] for name in RULES if "." in name)))

MODELS = "models"
"""The table of what is said of models, each in a table of its own (`tui.core.model_settings`)."""

KEYS = "keys"
"""The table of keys that the user chose, by their commands (`tui.core.keymap`)."""

NO_KEYS = "keys do not belong into this file. Put the key into OPENAI_API_KEY."


class NotSo(RilletError):
    """Something in a table of tables that cannot be; the text is a sentence."""

    def __init__(self, path: tuple[str, ...], why: str) -> None:
        super().__init__(why)
        self.path = path
        """The names of the tables that it stands in, from the outermost on, and its own."""


def is_key(value: object) -> bool:
    """Whether a value looks like a provider's key."""
    return isinstance(value, str) and bool(KEY.search(value))


def looks_secret(name: str, value: object) -> bool:
    """Whether a setting has a name that a key would be given."""
    return isinstance(value, str) and bool(KEY_LIKE.search(name))


def unknown(name: str, value: object) -> str:
    """That there is no such setting, and which may be meant."""
    from difflib import get_close_matches

    table, _, last = name.rpartition(".")
    if looks_secret(last, value):
        return NO_KEYS
    there = (*RULES, *(f"{OPTIONS}.{each}" for each in OPTION_NAMES))
    lasts = {known.rpartition(".")[2]: known for known in there}
    near = get_close_matches(last, lasts, 1)
    if not near or isinstance(value, dict | list):
        near = get_close_matches(last, {*TABLES, MODELS, ENDPOINTS, KEYS}, 1) or near
    said = f"there is no setting {one_line(name, 60)}."
    if not near:
        return f"{said} There are: {', '.join(there)}."
    if near[0] in (MODELS, ENDPOINTS):
        return f'{said} Is it [{near[0]}."NAME"]?'
    meant = lasts.get(near[0], near[0])
    home = meant.rpartition(".")[0]
    if near[0] in {*TABLES, KEYS}:
        return f"{said} Is it [{near[0]}]?"
    if home == table:
        return f"{said} Is it {near[0]}?"
    return f"{said} Is it {near[0]} {f'below [{home}]' if home else 'above the first table'}?"
