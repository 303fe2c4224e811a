"""Endless prose in Markdown, always the same, for the models whose subject is speed.

Three lists of 23, 19 and 17 phrases are walked side by side. The lengths share no factor, so 7,429
sentences pass before one comes back. The kinds of block take turns in a round of eleven.
"""

from collections.abc import Callable, Iterator
from itertools import count

_WHO = (
    "The brook behind the mill",
    "A heron in the reeds",
    "The first rain of the week",
    "An old stone bridge",
    "The miller's daughter",
    "A paper boat",
    "The morning fog",
    "Every pebble in the bed",
    "A dragonfly",
    "The smallest waterfall",
    "The otter",
    "A fallen birch",
    "The path along the bank",
    "Yesterday's snow",
    "The water wheel",
    "A child with a jar",
    "The moon",
    "A kingfisher",
    "The ferryman's lamp",
    "The spring under the oak",
    "A leaf from upstream",
    "The wind from the hills",
    "An unhurried snail",
)
_DOES = (
    "waits **without a word**",
    "turns *slowly*",
    "goes on",
    "gathers what the night has left",
    "counts the ripples",
    "finds a shorter way",
    "listens",
    "leaves a thin bright line",
    "rests for a while",
    "carries the light",
    "sings a little out of tune",
    "forgets its name",
    "is in no hurry",
    "learns the shape of things",
    "makes room for the next one",
    "keeps the time",
    "runs `downhill`",
    "shines like a new coin",
    "asks nothing in return",
)
_WHERE = (
    "past the alders",
    "under the wooden bridge",
    "between two meadows",
    "where the trout stand",
    "at the edge of the village",
    "below the weir",
    "in the long afternoon",
    "before anybody is awake",
    "beside the garden wall",
    "on the way to the sea",
    "among the watercress",
    "until the evening bell",
    "as it did last year",
    "near the ford",
    "in the shade of the willows",
    "round the third bend",
    "far from any road",
)


class _Teller:
    """Tells one sentence after the other."""

    def __init__(self) -> None:
        self._told = count()

    def sentence(self) -> str:
        at = next(self._told)
        return f"{self.subject(at)} {_DOES[at % len(_DOES)]} {_WHERE[at % len(_WHERE)]}."

    def subject(self, at: int) -> str:
        return _WHO[at % len(_WHO)]

    def sentences(self, number: int) -> list[str]:
        return [self.sentence() for _ in range(number)]


def _heading(tell: _Teller, at: int) -> str:
    return f"## {at // len(_ROUND) + 1}. {tell.subject(at * 5)}"


def _paragraph(tell: _Teller, at: int) -> str:
    return " ".join(tell.sentences(3 + at % 3))


def _bullets(tell: _Teller, at: int) -> str:
    return "\n".join(f"{'  ' * (item % 2)}- {tell.sentence()}" for item in range(4))


def _numbers(tell: _Teller, at: int) -> str:
    return "\n".join(f"{number}. {tell.sentence()}" for number in range(1, 4))


def _quote(tell: _Teller, at: int) -> str:
    return "\n".join(f"> {line}" for line in tell.sentences(2))


def _code(tell: _Teller, at: int) -> str:
    return (
        f"```python\ndef depth_{at}(rain: float, days: int = {at % 7 + 1}) -> float:\n"
        f'    """{tell.sentence()}"""\n'
        f"    return round(rain * {at % 9 + 2} / days, 1)\n```"
    )


def _table(tell: _Teller, at: int) -> str:
    rows = (f"| {tell.subject(at * 7 + row)} | {at + row} m | {row * 3} |" for row in range(1, 4))
    return "\n".join(("| What | Where | Seen |", "| --- | ---: | :---: |", *rows))


_ROUND: tuple[Callable[[_Teller, int], str], ...] = (
    _heading,
    _paragraph,
    _bullets,
    _paragraph,
    _quote,
    _paragraph,
    _code,
    _paragraph,
    _numbers,
    _paragraph,
    _table,
)


def prose() -> Iterator[str]:
    """Give block after block, each with the empty line that ends it."""
    tell = _Teller()
    for at in count():
        yield _ROUND[at % len(_ROUND)](tell, at) + "\n\n"
