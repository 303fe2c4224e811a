"""What can be set, said once for the screen of settings: name, help, what it may be, its choices.

Parameters of requests come from `tui.core.parameters`, the rest from the rules by which the
configuration file is read, so what is added there is on the screen too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from tui.core.config import RULES, Rule, is_key
from tui.core.endpoint_settings import RULES as ENDPOINT_RULES
from tui.core.errors import RilletError
from tui.core.model_settings import RULES as MODEL_RULES
from tui.core.notices import Notices
from tui.core.parameters import PARAMETERS, BadParameter, Parameter
from tui.core.previews import AUTO
from tui.core.settings import Patience

Path = tuple[str, ...]


class Scope(Enum):
    """For what a setting holds, from the closest to the farthest."""

    CHAT = "This conversation"
    MODEL = "Model"
    ENDPOINT = "Endpoint"
    EVERYWHERE = "Everywhere"


class Wrong(RilletError):
    """What was typed cannot be; the text is a sentence."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be set."""

    name: str
    """Its name, as the file has it."""

    path: Path
    """Where it stands, in the table of its scope."""

    group: str
    """The heading that it stands under."""

    help: str
    """What it is for and what it may be, in a sentence."""

    parse: Callable[[str], object]
    """What was typed -> the value; Wrong where it is none."""

    to_text: Callable[[object], str]
    """The value as one would type it."""

    choices: tuple[str, ...] = ()
    """What there is to choose from; empty where anything can be typed."""

    has_lines: bool = False
    """Whether it is a text of several lines."""

    usual: str = ""
    """What holds where nobody says anything; empty is nothing."""

    is_parameter: bool = False
    """Whether it goes along with a request."""


REQUESTS = "Requests"

YES, NO = "yes", "no"

GROUPS = {"": "Rillet", "wait": "Waiting", "ask": "rillet ask"}

HELPS = {
    "base_url": "Where questions go: https://HOST/v1. It holds from the next start.",
    "endpoint": "Which of the file's endpoints is asked. It holds from the next start.",
    "model": "The model that is asked there at the start; F2 chooses another one.",
    "theme": "How Rillet looks; Left and Right try each of them.",
    "ascii": "Whether signs and borders are ASCII. It holds from the next start.",
    "motion": "Whether anything moves by itself. It holds from the next start.",
    "screen_reader": "Whether a conversation is lines to be read out, from the next start.",
    "titles": "Whether the model names new conversations: one short request more for each.",
    "cost": "Whether estimates of what a turn costs are shown.",
    "wait.first_timeout": "Seconds from the request to the first word.",
    "wait.idle_timeout": "Seconds between two words.",
    "wait.connect_timeout": "Seconds for the connection. It holds from the next start.",
    "wait.retries": "How often a refused request is sent again by itself.",
    "images.previews": "How images are shown. It holds from the next start.",
    "notices.title": "Whether the window's title tells of the chat. It holds from the next start.",
    "notices.ended": "How a long reply that ends unseen is told.",
    "notices.after": "Seconds that a reply has to take for that.",
    "ask.save": "Whether rillet ask keeps its conversations.",
    "context": "Tokens that question and answer may have together.",
    "max_output": "Tokens that an answer may have.",
    "encoding": "The tokenizer by which tokens are counted.",
    "vision": "Whether the model takes images.",
    "input_price": "US dollars for a million tokens that are sent.",
    "cached_price": "US dollars for a million tokens that the server remembered.",
    "output_price": "US dollars for a million tokens that come.",
    "key_env": "The variable of the environment that holds the key. It holds from the next start.",
    "key_command": "The command that prints the key. It holds from the next start.",
    "key_keyring": "The service and user of the keyring. It holds from the next start.",
}

NO_KEY = "This looks like a key, which does not belong into this file. Say who has it."

AS_IT_IS = "as the terminal is"

_WAIT, _NOTICES = Patience(), Notices()

USUAL: Mapping[str, object] = {
    "theme": AS_IT_IS,
    "ascii": AS_IT_IS,
    "motion": "full",
    "screen_reader": False,
    "titles": False,
    "cost": True,
    "wait.first_timeout": _WAIT.first,
    "wait.idle_timeout": _WAIT.idle,
    "wait.connect_timeout": _WAIT.connect,
    "wait.retries": _WAIT.retries,
    "images.previews": AUTO,
    "notices.title": _NOTICES.title,
    "notices.ended": _NOTICES.ended,
    "notices.after": _NOTICES.after,
}
"""What holds where nobody says anything."""


def items(scope: Scope, themes: Sequence[str], endpoints: Sequence[str]) -> list[Item]:
    """What can be set for a scope, in the order in which it is shown.

    Args:
        scope: For what.
        themes: The themes that there are.
        endpoints: What the file calls its endpoints.
    """
    made = [SYSTEM, *(_parameter(each) for each in PARAMETERS)]
    if scope is Scope.MODEL:
        made += _by_rules(MODEL_RULES, "What is known of this model")
    if scope is Scope.ENDPOINT:
        made += _by_rules(ENDPOINT_RULES, "This endpoint")
    if scope is Scope.EVERYWHERE:
        made += _everywhere({"theme": tuple(themes), "endpoint": tuple(endpoints)})
    return made


SYSTEM = Item(
    "system",
    ("system",),
    REQUESTS,
    "What the model is told before the first question.",
    str.strip,
    str,
    has_lines=True,
)


def _parameter(of: Parameter) -> Item:
    def parse(text: str) -> object:
        try:
            return of.from_text(text)
        except BadParameter as error:
            raise Wrong(str(error)) from None

    said = f"{of.help[:1].upper()}{of.help[1:]}: {of.wanted}."
    return Item(of.name, ("options", of.name), REQUESTS, said, parse, of.to_text, is_parameter=True)


def _by_rules(rules: Mapping[str, Rule], group: str) -> list[Item]:
    return [_ruled(name, rule, group) for name, rule in rules.items() if name != SYSTEM.name]


def _everywhere(choices: Mapping[str, tuple[str, ...]]) -> list[Item]:
    """What Rillet itself is told, one table after the other."""
    tables: dict[str, list[Item]] = {}
    for name, rule in RULES.items():
        table = name.rpartition(".")[0]
        if name == SYSTEM.name or table == "options":
            continue
        item = _ruled(name, rule, GROUPS.get(table, table.capitalize()))
        if name in choices:
            item = replace(item, choices=choices[name])
        tables.setdefault(table, []).append(item)
    return [item for table in tables.values() for item in table]


def _ruled(name: str, rule: Rule, group: str) -> Item:
    path = tuple(name.split("."))

    def parse(text: str) -> object:
        return _value(path[-1], rule, text.strip())

    said = HELPS.get(name) or f"It has to be {rule.wanted}."
    choices = _choices(rule)
    usual = _shown(USUAL[name]) if name in USUAL else ""
    return Item(path[-1], path, group, said, parse, _shown, choices=choices, usual=usual)


def _choices(rule: Rule) -> tuple[str, ...]:
    """What a rule lets choose from."""
    if rule.is_right(True) and not rule.is_right("x"):
        return (YES, NO)
    _, found, listed = rule.wanted.partition("one of ")
    names = re.findall(r"[\w-]+", listed) if found else []
    return tuple(name for name in names if rule.is_right(name))


def _value(name: str, rule: Rule, text: str) -> object:
    """What a text is by a rule: the first of text, truth and number that is right."""
    if looks_like_key(text):
        raise Wrong(NO_KEY)
    tried: list[object] = [{YES: True, NO: False}.get(text, text)]
    for kind in (int, float):
        try:
            tried.append(kind(text))
        except ValueError:
            continue
    for value in (text, *tried):
        if text and rule.is_right(value):
            return value
    raise Wrong(f"{name} has to be {rule.wanted}.")


def looks_like_key(text: str) -> bool:
    """Whether a text may be a key: long, without a blank, with all sorts of letters and digits."""
    sorts = (str.isupper, str.islower, str.isdigit)
    is_mixed = all(any(map(sort, text)) for sort in sorts)
    is_one = re.fullmatch(r"[\w.-]{24,}", text) is not None
    return is_key(text) or (is_one and is_mixed)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return f"{value:g}" if isinstance(value, float) else str(value)
