"""What is known of a model: its window, its limits, whether it sees, what it costs.

Three sources, the later ones over the earlier: the table that comes with Rillet
(`tui.core.model_table`, with its date), what the endpoint's own list says (`tui.core.listing`),
and what the user says. What none of them says is None, and shown as unknown.

A name is looked up as the endpoints write it: with a provider before it (`openai/gpt-4o`), a date
behind it (`gpt-4o-2024-08-06`), a variant (`:free`) or as a fine-tune (`ft:gpt-4o:acme::abc`).
Never by its beginning alone: `gpt-5-something` is not `gpt-5`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any, cast

DATED = re.compile(
    r"-(20\d\d-?\d\d-?\d\d|latest)\Z"  # gpt-4o-2024-08-06, claude-haiku-4-5-20251001
    r"|(?<=gpt-4)-\d{4}\Z|(?<=turbo)-\d{4}\Z"  # gpt-4-0613, gpt-3.5-turbo-0125
)

MILLION = 1_000_000
"""Prices are those of so many tokens."""

ALIASES = {"gpt-35-turbo": "gpt-3-5-turbo", "gpt-35-turbo-16k": "gpt-3-5-turbo-16k"}
"""Azure's names of models that the table has under another."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a model; None is 'unknown'."""

    encoding: str | None = None
    """The name of its tokenizer's encoding, where the user says it."""

    context: int | None = None
    """Tokens of prompt and answer together."""

    prompt: int | None = None
    """The most tokens that a prompt may have, where that is less than the context."""

    answer: int | None = None
    """The most tokens that an answer may have."""

    sees: bool | None = None
    """Whether it takes images."""

    price_input: float | None = None
    """US dollars for a million tokens of the prompt."""

    price_cached: float | None = None
    """US dollars for a million tokens of the prompt that the provider had cached."""

    price_output: float | None = None
    """US dollars for a million tokens of the answer."""

    short: int | None = None
    """Tokens of a prompt up to which the prices hold; longer ones cost more."""

    def over(self, other: Profile) -> Profile:
        """This one, with what it does not know taken from another.

        The price of what was cached, and up to which prompt prices hold, go with a price.
        """
        known = {
            each.name: value
            for each in fields(self)
            if (value := getattr(self, each.name)) is not None
        }
        if self.price_input is not None:
            known |= {"price_cached": self.price_cached, "short": self.short}
        return other.knowing(known)

    def knowing(self, known: Mapping[str, object]) -> Profile:
        """This one with other values, by their names."""
        return replace(self, **cast("dict[str, Any]", known))

    @property
    def unpriced(self) -> Profile:
        """This one without its prices."""
        return replace(self, price_input=None, price_cached=None, price_output=None, short=None)

    @property
    def longest_prompt(self) -> int | None:
        """The most tokens that can be sent."""
        limits = [limit for limit in (self.prompt, self.context) if limit is not None]
        return min(limits, default=None)


UNKNOWN = Profile()


@dataclass(slots=True)
class Catalog:
    """Looks models up."""

    overrides: Mapping[str, Profile] = field(default_factory=dict)
    """What the user says of models, by the names that they are asked by."""

    announced: Mapping[str, Profile] = field(default_factory=dict)
    """What the endpoint says of its models, by the names that it lists."""

    host: str = ""
    """Where the models are asked."""

    is_billed: bool = True
    """Whether what is asked there costs what is known; else only what the user says of prices."""

    def profile(self, model: str) -> Profile:
        """All that is known of the model of this name."""
        known = self.announced.get(model, UNKNOWN).over(looked_up(model, self.host))
        said = self.overrides.get(model, UNKNOWN)
        return said.over(known if self.is_billed else known.unpriced)


@cache
def looked_up(model: str, host: str = "") -> Profile:
    """What the table that comes with Rillet says of a model asked at a host."""
    name = bare(model)
    rows = [rows for place, rows in _table().items() if host.startswith(place)]
    known = [row[key] for row in rows for key in (name, undated(name)) if key in row]
    found = known[0] if known else UNKNOWN
    if model.lower().startswith("ft:"):  # a fine-tune has the limits of its base, not its price
        return found.unpriced
    return found


def bare(model: str) -> str:
    """A model's name without what providers write round it, with hyphens for dots."""
    name = model.lower().rpartition("/")[2].removeprefix("ft:")
    name = re.split("[:@]", name, maxsplit=1)[0].replace(".", "-")
    return ALIASES.get(name, name)


def undated(name: str) -> str:
    """A bare name without the date of a snapshot."""
    return DATED.sub("", name)


@cache
def _table() -> dict[str, dict[str, Profile]]:
    """The rows of the table by the beginning of the hosts at which they hold."""
    from tui.core.model_table import TABLE

    places: dict[str, dict[str, Profile]] = {}
    for section in TABLE.split("@ "):
        lines = section.splitlines()
        place = lines.pop(0) if places else ""
        places[place] = dict(_row(line.split()) for line in lines)
    return places


def _row(cells: list[str]) -> tuple[str, Profile]:
    name, context, prompt, answer, vision, price, cached, output, short = cells
    return name, Profile(
        context=_tokens(context),
        prompt=_tokens(prompt),
        answer=_tokens(answer),
        sees=vision == "+",
        price_input=_dollars(price),
        price_cached=_dollars(cached),
        price_output=_dollars(output),
        short=_tokens(short),
    )


def _tokens(cell: str) -> int | None:
    return None if cell == "-" else int(cell)


def _dollars(cell: str) -> float | None:
    return None if cell == "-" else float(cell)
