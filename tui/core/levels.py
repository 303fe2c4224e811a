"""Who can say what is asked with, from the closest to the farthest, and what holds of it.

    this conversation      what was set in it
    the command line       --temperature and its like; of `rillet ask`, it comes first
    the model              [models."NAME".options]
    the endpoint           [endpoints."NAME".options]
    the file               [options]

The environment names endpoints and keys, and no parameter. What nobody says is not sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from tui.core.options import EXTRA, PLAIN, Options

NOTHING = Options()


class Level(Enum):
    """Who says something; the words go on from 'set by' and 'left out by'."""

    CONVERSATION = "this conversation"
    FLAG = "the command line"
    MODEL = "the model's table"
    ENDPOINT = "the endpoint's table"
    FILE = "[options]"


@dataclass(frozen=True, slots=True)
class Origin:
    """Who decided on a parameter."""

    level: Level
    """Where it was said."""

    place: str
    """The same as the user wrote it: a flag, or the head of a table in the file."""

    is_unset: bool = False
    """Whether it was said there that it is left out."""


@dataclass(frozen=True, slots=True)
class Levels:
    """What is said of parameters outside of conversations."""

    flags: Options = field(default_factory=Options)
    """What the command line says."""

    models: Mapping[str, Options] = field(default_factory=dict)
    """What the file says of models, by the names that they are asked by."""

    endpoint: Options = field(default_factory=Options)
    """What the file says of the endpoint in use."""

    file: Options = field(default_factory=Options)
    """What the file says of all."""

    endpoint_name: str = ""
    """What the file calls the endpoint in use; empty where it does not know it."""

    is_for_one_question: bool = False
    """Whether the command line is for a single question, and so goes before its conversation."""

    def closest(self, model: str, own: Options = NOTHING) -> Iterator[tuple[Level, Options]]:
        """Everyone who can say something of a request, the closest first.

        Args:
            model: Who will be asked.
            own: What the conversation says.
        """
        nearest = (Level.CONVERSATION, own), (Level.FLAG, self.flags)
        yield from nearest[::-1] if self.is_for_one_question else nearest
        yield Level.MODEL, self.models.get(model, NOTHING)
        yield Level.ENDPOINT, self.endpoint
        yield Level.FILE, self.file

    def options_for(self, model: str, own: Options = NOTHING) -> Options:
        """What a request to this model is asked with, in a conversation that says `own`."""
        held = NOTHING
        for _, said in reversed(tuple(self.closest(model, own))):
            held = said.over(held)
        return held.settled

    def where(self, name: str, model: str, own: Options = NOTHING) -> Origin | None:
        """Who decided on a parameter, setting it or leaving it out; None is nobody."""
        for level, said in self.closest(model, own):
            if name in dict(said.said()):
                return Origin(level, self._place(level, name, model))
            if name in said.unset or (name not in PLAIN and EXTRA in said.unset):
                return Origin(level, self._place(level, name, model), is_unset=True)
        return None

    def names(self, model: str, own: Options = NOTHING) -> tuple[str, ...]:
        """The fields, then what is extra at any level, set or left out."""
        more = [name for _, level in self.closest(model, own) for name, _ in level.said()]
        gone = [name for _, level in self.closest(model, own) for name in level.unset]
        return tuple(dict.fromkeys((*PLAIN, *more, *(n for n in gone if n != EXTRA))))

    def _place(self, level: Level, name: str, model: str) -> str:
        match level:
            case Level.FLAG:
                has_flag = name in FLAGGED and name not in self.flags.unset
                return f"--{name.replace('_', '-')}" if has_flag else f"--option {name}"
            case Level.MODEL:
                return f'[models."{model}".options]'
            case Level.ENDPOINT:
                return f'[endpoints."{self.endpoint_name}".options]'
        return str(level.value)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request is to be asked with, whichever model it goes to."""

    levels: Levels
    """What is said outside of conversations."""

    own: Options = field(default_factory=Options)
    """What its conversation says."""

    def options_for(self, model: str) -> Options:
        """The parameters for this model."""
        return self.levels.options_for(model, self.own)

    def where(self, name: str, model: str) -> Origin | None:
        """Who decided on a parameter."""
        return self.levels.where(name, model, self.own)


FLAGGED = ("max_tokens", "temperature", "top_p", "stop", "seed", "reasoning_effort")
"""The parameters that have a flag of their own; `--option` sets any."""
