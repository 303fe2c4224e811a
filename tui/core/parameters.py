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
from tui.core.options import EXTRA, PLAIN, Options
from tui.core.sanitize import one_line

NEEDED = frozenset({"model", "messages", "stream", "stream_options"})
"""What Rillet says in every request, so that nobody else can."""

NEWER_LIMIT = "max_completion_tokens"
"""What OpenAI calls the longest answer of the models that reason."""

DEEPEST = 12
"""Levels of a value in `extra`."""

LONGEST = 16 * 1024
"""Characters of `extra` as JSON."""

SECRET = re.compile(r"\bsk-[\w-]{16,}")


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
    are_texts = all(isinstance(stop, str) and stop and _is_sendable(stop) for stop in stops)
    return are_texts and 1 <= len(stops) <= 4


def _is_word(found: object) -> bool:
    return isinstance(found, str) and bool(re.fullmatch(r"[A-Za-z0-9_.-]{1,40}", found))


def _stops(text: str) -> object:
    """A text is the one that it is; several are a list, as JSON writes it."""
    return json.loads(text) if text.startswith(("[", '"')) else text


def _json_object(text: str) -> object:
    found: object = json.loads(text) if text else {}
    return found


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


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
        _as_json,
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
        _as_json,
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


def refused_extra(found: object) -> str:
    """Why this cannot go along as it is, in a sentence; empty where it can."""
    if not isinstance(found, Mapping):
        return ""
    for name, value in found.items():
        if why := _refused_member(name, value):
            return why
    if len(_as_json(found)) > LONGEST:
        return f"extra is too long: {LONGEST:,} characters of JSON are the most."
    return ""


def _refused_member(name: object, value: object) -> str:
    shown = one_line(str(name), 60)
    if name in NEEDED:
        return f"{shown} is said by Rillet itself, so that it cannot be set."
    if name in PLAIN or name in (EXTRA, "unset"):
        return f"{shown} has a setting of its own: it does not belong into extra."
    if not re.fullmatch(r"[\x21-\x7e]{1,80}", str(name)):
        return "a name in extra has to be up to 80 plain letters, digits and signs."
    if not _is_json(value):
        return f"{shown} is nothing that JSON can say."
    if value is None:
        return f"{shown} is null, which is not sent: leave it out."
    if SECRET.search(_as_json(value)):
        return f"{shown} holds a key: keys go nowhere but into the header of a request."
    return ""


def _is_json(value: object, deepest: int = DEEPEST) -> bool:
    """Whether JSON can say it, and UTF-8 carry it."""
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, str):
        return _is_sendable(value)
    if isinstance(value, int):
        return abs(value) < 10**300
    if isinstance(value, float):
        return abs(value) < float("inf")
    if deepest and isinstance(value, list):
        return all(_is_json(each, deepest - 1) for each in value)
    if deepest and isinstance(value, Mapping):
        pairs = value.items()
        return all(
            isinstance(n, str) and _is_json(n) and _is_json(v, deepest - 1) for n, v in pairs
        )
    return False


def _is_sendable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


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
    return known.is_right(value) if known else not _refused_member(name, value)


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
        text = known.to_text(value) if known else _as_json(value)
        yield name, one_line(text, 200)
