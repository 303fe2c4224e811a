"""What it costs to know the tokens of a growing text, in CPU time.

Run by `python -m tests.bench tokens`. Every text comes in deltas of one token, as models send it.

- The first table is the price of one delta with a look at the count, behind 1 KB of text and
  behind 1 MB: it should not depend on what is there already (a ratio of at most 1.5).
- The second is a whole reply of 1 MB: the growing count with a look at every delta, beside the two
  usual ways. To encode everything again at each tick (ten a second, at a hundred tokens a second)
  would take too long to be measured; it is reckoned from nine lengths. To add up the tokens of each
  delta alone is cheap, and wrong by the share in the last column where the model's tokens are not
  the tokenizer's: here the deltas are cl100k_base's, and the count is o200k_base's.
"""

import codecs
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from statistics import mean, median
from typing import ParamSpec

import tiktoken

from tui.core.tail import LONGEST_TOKEN
from tui.core.tokens import GrowingCount, count
from tui.edge.ranks import load

PROSE = "The quick brown fox doesn't jump over 12 lazy dogs, it **rests** near `main.py`:\n\n- so\n"

CHINESE = "人工智能的发展正在改变我们的生活方式，从医疗到教育，从交通到娱乐，它的影响无处不在。"

THAI = "แม่น้ำสายเล็กไหลผ่านหมู่บ้าน "

TEXTS = {
    "prose": PROSE,
    "Chinese in one line": CHINESE,
    "Thai": THAI,
    "one letter": "a",
    "blanks": " ",
}

P = ParamSpec("P")

KILOBYTE, MEGABYTE = 1_000, 1_000_000

LOOKS = 400
"""Deltas of one measurement, of which the median is taken."""

TIMES = 7

TICK = 10
"""Tokens between two ticks."""


def cycled(unit: str, start: int, size: int) -> str:
    """A part of the endless repetition of a unit."""
    return (unit * (size // len(unit) + 2))[start % len(unit) :][:size]


def deltas(text: str, encoding: tiktoken.Encoding) -> Iterator[str]:
    """A text in deltas of one token; those that end within a character wait for the next one."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(text), 50_000):
        for token in encoding.encode(text[start : start + 50_000], disallowed_special=()):
            if delta := decoder.decode(encoding.decode_single_token_bytes(token)):
                yield delta


def spent(work: Callable[P, object], *given: P.args, **named: P.kwargs) -> float:
    """Seconds of CPU time."""
    started = time.process_time()
    work(*given, **named)
    return time.process_time() - started


def at(encoding: tiktoken.Encoding, unit: str, size: int) -> float:
    """Microseconds for a delta and a look at the count, behind so much text."""
    begun = cycled(unit, 0, size)
    coming = list(islice(deltas(cycled(unit, size, LOOKS * LONGEST_TOKEN), encoding), LOOKS))

    def once() -> float:
        counter = GrowingCount(encoding)
        assert counter.take(begun)
        return spent(looked_at, counter, coming)

    return median(once() for _ in range(TIMES)) / LOOKS * 1e6


def looked_at(counter: GrowingCount, parts: Sequence[str]) -> int:
    """The count, looked at after each delta."""
    tokens = 0
    for part in parts:
        counter.feed(part)
        tokens = counter.count
    return tokens


def whole(encoding: tiktoken.Encoding, text: str) -> int:
    """The count of a text that is encoded whole."""
    return len(encoding.encode(text, disallowed_special=()))


def summed(encoding: tiktoken.Encoding, parts: Sequence[str]) -> int:
    """The tokens of each delta alone, added up."""
    return sum(whole(encoding, part) for part in parts)


def again(encoding: tiktoken.Encoding, text: str, ticks: int) -> float:
    """Seconds for encoding all the text at each tick, reckoned from nine lengths of it."""
    # tiktoken fails on a million blanks, so the longest is shorter
    lengths = [len(text) * tenth // 10 for tenth in range(1, 10)]
    looks = [spent(whole, encoding, text[:length]) for length in lengths]
    return mean(looks) * ticks


def price_of_a_delta(encoding: tiktoken.Encoding) -> None:
    """Print the first table."""
    print(f"{'CPU us per delta, behind':26}{'1 KB':>10}{'1 MB':>10}{'ratio':>8}")
    for name, unit in TEXTS.items():
        few, many = at(encoding, unit, KILOBYTE), at(encoding, unit, MEGABYTE)
        print(f"{name:26}{few:10.1f}{many:10.1f}{many / few:8.2f}")


def price_of_a_reply(encoding: tiktoken.Encoding, sender: tiktoken.Encoding) -> None:
    """Print the second table."""
    print(f"\n{'CPU s for 1 MB':26}{'deltas':>10}{'growing':>10}{'at ticks':>10}{'ratio':>8}"
          f"{'summed':>10}{'error':>8}")  # fmt: skip
    for name, unit in TEXTS.items():
        text = cycled(unit, 0, MEGABYTE).encode()[:MEGABYTE].decode(errors="ignore")
        parts = list(deltas(text, sender))
        ours = spent(looked_at, GrowingCount(encoding), parts)
        ticks = again(encoding, text, len(parts) // TICK)
        alone = spent(summed, encoding, parts)
        error = 100 * (summed(encoding, parts) / count(text, encoding) - 1)
        print(f"{name:26}{len(parts):10,}{ours:10.1f}{ticks:10.0f}{ticks / ours:8.0f}"
              f"{alone:10.1f}{error:+7.0f}%")  # fmt: skip


def main() -> None:
    """Print the tables."""
    started = time.process_time()
    encoding = load("o200k_base")
    print(f"o200k_base was loaded in {(time.process_time() - started) * 1e3:.0f} ms of CPU time")
    price_of_a_delta(encoding)
    price_of_a_reply(encoding, load("cl100k_base"))


if __name__ == "__main__":
    main()
