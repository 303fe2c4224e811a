"""The parameters of a request that a user can set, at one level or over all of them.

Several levels say what they want: a conversation, the command line, a model, an endpoint, the
file. `closer.over(farther)` is what holds of two: what is said closer wins, and what is not said
there is taken from farther away. A level can also have a parameter left out, whatever is said
farther away: its name stands in `unset`. No value means that, so none can be mistaken for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, cast

EXTRA = "extra"
"""The name of all that has no field of its own."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user set; None is 'not set', so not sent."""

    max_tokens: int | None = None
    """The most tokens that the answer may have."""

    temperature: float | None = None
    """Sampling temperature, 0 to 2."""

    top_p: float | None = None
    """Of the likeliest next words, how much of the probability is drawn from, 0 to 1."""

    stop: tuple[str, ...] | None = None
    """The answer ends before any of these, of which there are up to four."""

    seed: int | None = None
    """The same seed is to give the same answer, as far as the server can."""

    reasoning_effort: str | None = None
    """How long the model is to think, in the words of the server: low, medium, high..."""

    presence_penalty: float | None = None
    """How much words that came at all are avoided, -2 to 2."""

    frequency_penalty: float | None = None
    """How much words that came often are avoided, -2 to 2."""

    extra: Mapping[str, object] = field(default_factory=dict, hash=False)
    """Anything else, as the members of a JSON object that are sent as they are."""

    unset: tuple[str, ...] = ()
    """What is left out although a level farther away sets it; 'extra' is all that is in there."""

    def over(self, farther: Options) -> Options:
        """What holds where this is said closer and the other farther away."""
        mine, others = dict(self.said()), dict(farther.said())
        left = {name: others[name] for name in others if not self._leaves_out(name)}
        names = dict.fromkeys((*self.unset, *(n for n in farther.unset if n not in mine)))
        return _made(left | mine, tuple(names))

    @property
    def settled(self) -> Options:
        """The same for a request, which takes nothing from farther away."""
        return replace(self, unset=())

    def said(self) -> Iterator[tuple[str, object]]:
        """Every parameter that is set, by its name: the fields, then what is extra."""
        for name in PLAIN:
            if (value := getattr(self, name)) is not None:
                yield name, value
        yield from ((name, value) for name, value in self.extra.items() if name not in PLAIN)

    def without(self, name: str) -> Options:
        """The same, saying nothing of this parameter."""
        said = {each: value for each, value in self.said() if each != name}
        return _made(said, tuple(each for each in self.unset if each != name))

    def with_value(self, name: str, value: object) -> Options:
        """The same with one parameter set; None leaves it out whatever is said farther away."""
        other = self.without(name)
        if value is None:
            return replace(other, unset=(*other.unset, name))
        return _made({**dict(other.said()), name: value}, other.unset)

    def with_extra(self, members: Mapping[str, object]) -> Options:
        """The same with these members set, over any of the same names."""
        told = self
        for name, value in members.items():
            told = told.with_value(name, value)
        return told

    def _leaves_out(self, name: str) -> bool:
        return name in self.unset or (name not in PLAIN and EXTRA in self.unset)


PLAIN = tuple(each.name for each in fields(Options) if each.name not in (EXTRA, "unset"))
"""The parameters that have a field."""


def _made(said: Mapping[str, object], unset: tuple[str, ...]) -> Options:
    plain = {name: said[name] for name in PLAIN if name in said}
    extra = {name: value for name, value in said.items() if name not in PLAIN}
    return Options(extra=extra, unset=unset, **cast("dict[str, Any]", plain))
