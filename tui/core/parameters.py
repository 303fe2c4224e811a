"""The parameters of a request, each said once: its name, what it is for, and what it may be.

Flags, the configuration file, a page's wishes and the screen of settings are made from this table,
and so is the body of a request. Anything that is not in it is `extra`: members of a JSON object
that are sent as they are, but for those which Rillet itself has to say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tui.core.errors import RilletError
from tui.core.extra import as_json, is_sendable, refused_extra, refused_member
from tui.core.options import EXTRA, Options
from tui.core.sanitize import one_line

NEWER_LIMIT = "max_completion_tokens"
"""What OpenAI calls the longest answer of the models that reason."""


class BadParameter(RilletError):
    """What a parameter was given cannot be sent; the text is a sentence."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter."""

    name: str
    """Its name, in Rillet as in the API."""

    help: str
    """What it is for, in a few words."""

    wanted: str
    """What it has to be, in words that go on from 'has to be'."""

    is_right: Callable[[object], bool]
    """Whether a value is that, as TOML or JSON say it."""

    parse: Callable[[str], object]
    """What a person typed -> the value; ValueError where it is none."""

    to_text: Callable[[object], str]
    """The value as a person would type it."""

    def from_text(self, text: str) -> object:
        """The value that a person typed.

        Raises:
            BadParameter: If it cannot be; the text is a sentence.
        """
        try:
            return self.checked(self.parse(text.strip()))
        except (ValueError, RecursionError):
            raise BadParameter(f"{self.name} has to be {self.wanted}.") from None

    def checked(self, value: object) -> object:
        """The value as `Options` has it.

        Raises:
            BadParameter: If it cannot be; the text is a sentence.
        """
        if self.name == EXTRA and (why := refused_extra(value)):
            raise BadParameter(why)
        if not self.is_right(value):
            raise BadParameter(f"{self.name} has to be {self.wanted}.")
        if self.name == "stop":
            return (value,) if isinstance(value, str) else tuple(_listed(value))
        return value


def _is_number(least: float, most: float) -> Callable[[object], bool]:
    def is_right(found: object) -> bool:
        if not isinstance(found, int | float) or isinstance(found, bool):
            return False
        return least <= found <= most

    return is_right


def _is_whole(least: int, most: int) -> Callable[[object], bool]:
    def is_right(found: object) -> bool:
        return isinstance(found, int) and not isinstance(found, bool) and least <= found <= most

    return is_right


def _listed(found: object) -> list[object]:
    return list(found) if isinstance(found, list | tuple) else []


def _is_stop(found: object) -> bool:
    stops = [found] if isinstance(found, str) else _listed(found)
    are_texts = all(isinstance(stop, str) and stop and is_sendable(stop) for stop in stops)
    return are_texts and 1 <= len(stops) <= 4


def _is_word(found: object) -> bool:
    return isinstance(found, str) and bool(re.fullmatch(r"[A-Za-z0-9_.-]{1,40}", found))


def _stops(text: str) -> object:
    """A text is the one that it is; several are a list, as JSON writes it."""
    return json.loads(text) if text.startswith(("[", '"')) else text


def _json_object(text: str) -> object:
    found: object = json.loads(text) if text else {}
    return found


def _number(text: str) -> float | int:
    return int(text) if re.fullmatch(r"[+-]?[0-9]{1,19}", text) else float(text)


def _shown(value: object) -> str:
    return f"{value}"


def _numeric(name: str, told: str, least: float, most: float) -> Parameter:
    wanted = f"a number from {least:g} to {most:g}"
    return Parameter(name, told, wanted, _is_number(least, most), _number, _shown)


def _whole(name: str, told: str, wanted: str, least: int, most: int) -> Parameter:
    return Parameter(name, told, wanted, _is_whole(least, most), int, _shown)


PARAMETERS: tuple[Parameter, ...] = (
    _whole("max_tokens", "the longest answer", "a whole number from 1 on", 1, 2**31),
    _numeric("temperature", "how freely words are chosen", 0, 2),
    _numeric("top_p", "how many of the likely words are drawn from", 0, 1),
    Parameter(
        "stop",
        "where the answer ends",
        "a text in quotes, or a list of up to four",
        _is_stop,
        _stops,
        as_json,
    ),
    _whole("seed", "the same seed, the same answer", "a whole number", -(2**63), 2**63 - 1),
    Parameter(
        "reasoning_effort",
        "how long the model thinks",
        'a word that the server knows, such as "low", "medium" or "high"',
        _is_word,
        str,
        _shown,
    ),
    _numeric("presence_penalty", "how much words that came are avoided", -2, 2),
    _numeric("frequency_penalty", "how much words that came often are avoided", -2, 2),
    Parameter(
        EXTRA,
        "anything else that the server takes",
        'a JSON object, as in {"top_k": 40}',
        lambda found: isinstance(found, Mapping),
        _json_object,
        as_json,
    ),
)
"""All of them, in the order in which they are shown and sent."""

BY_NAME: Mapping[str, Parameter] = {each.name: each for each in PARAMETERS}
"""The same by their names."""


def with_member(options: Options, name: str, value: object) -> Options:
    """With a parameter by its name in the API, whether or not it has a field.

    Raises:
        BadParameter: If it cannot be sent.
    """
    if (known := BY_NAME.get(name)) is not None and name != EXTRA:
        return options.with_value(name, known.checked(value))
    BY_NAME[EXTRA].checked({name: value})
    return options.with_value(name, value)


def sent(options: Options, model: str) -> dict[str, object]:
    """The members of a request's body that these are, for a model of this name.

    What can be no parameter is left out: a conversation that was imported may say anything.
    """
    made: dict[str, object] = {}
    for name, value in options.said():
        if name == "max_tokens" and NEWER_LIMIT not in options.extra and _can_be(name, value):
            made[_limit_name(model)] = value
        elif name != "max_tokens" and _can_be(name, value):
            made[name] = list(value) if isinstance(value, tuple) else value
    return made


def _can_be(name: str, value: object) -> bool:
    known = BY_NAME.get(name)
    return known.is_right(value) if known else not refused_member(name, value)


def _limit_name(model: str) -> str:
    """OpenAI's reasoning models refuse `max_tokens`; most other servers know only that.

    Where a name tells nothing, as those of deployments do, `extra` can say the newer one.
    """
    name = model.rpartition("/")[2]
    return NEWER_LIMIT if re.match(r"o[1-9]|gpt-[5-9]", name) else "max_tokens"


def shown(options: Options) -> Iterator[tuple[str, str]]:
    """What is set, in words for people: each name, and its value."""
    for name, value in options.said():
        known = BY_NAME.get(name)
        text = known.to_text(value) if known else as_json(value)
        yield name, one_line(text, 200)
