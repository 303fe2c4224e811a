"""What it costs to know the tokens of a growing text: CPU time per delta, in microseconds.

Run by `python -m tests.bench.bench_tokens`. Beside the growing count stand the two usual ways:
encoding all text again at every look, and adding up the tokens of each delta alone, which is
cheap and wrong by the share that the last column says.
"""

import itertools
import time
from collections.abc import Callable, Iterable, Iterator

import tiktoken

from tui.core.tokens import GrowingCount, count
from tui.edge.ranks import load

PROSE = "The quick brown fox doesn't jump over 12 lazy dogs, it **rests** near `main.py`:\n\n- so\n"

CHINESE = "人工智能的发展正在改变我们的生活方式，从医疗到教育，从交通到娱乐，它的影响无处不在。"

TEXTS = {"prose": PROSE, "Chinese in one line": CHINESE, "one letter": "a", "blanks": " "}

SIZES = {"1 KB": 1_000, "1 MB": 1_000_000}

DELTAS = 200

DELTA = 4
"""Characters of a delta."""


def cycled(unit: str, start: int, size: int) -> str:
    """A part of the endless repetition of a unit."""
    return (unit * (size // len(unit) + 2))[start % len(unit) :][:size]


def cost(work: Callable[[str], object], deltas: Iterable[str]) -> float:
    """Microseconds of CPU time per delta."""
    taken = list(deltas)
    started = time.process_time()
    for delta in taken:
        work(delta)
    return (time.process_time() - started) / len(taken) * 1e6


def deltas(unit: str, start: int, number: int) -> Iterator[str]:
    """What follows in a repetition of the unit."""
    for index in range(number):
        yield cycled(unit, start + index * DELTA, DELTA)


def growing(encoding: tiktoken.Encoding, unit: str, size: int) -> float:
    """Feeding a delta and looking at the count, behind so much text."""
    counter = GrowingCount(encoding)
    counter.feed(cycled(unit, 0, size))
    assert counter.count

    def take(delta: str) -> int:
        counter.feed(delta)
        return counter.count

    return cost(take, deltas(unit, size, DELTAS))


def again(encoding: tiktoken.Encoding, unit: str, size: int) -> float:
    """Encoding all the text at a look, a few times."""
    text = cycled(unit, 0, size)
    looks = max(2, 20_000 // size)
    return cost(lambda _: encoding.encode(text, disallowed_special=()), itertools.repeat("", looks))


def summed(encoding: tiktoken.Encoding, unit: str) -> tuple[float, float]:
    """Encoding each delta alone, and by how many per cent the sum is too high."""
    found: list[int] = []
    parts = list(deltas(unit, 0, 2_000))
    price = cost(lambda part: found.append(len(encoding.encode(part))), parts)
    return price, 100 * (sum(found) / count("".join(parts), encoding) - 1)


def main() -> None:
    """Print the table."""
    started = time.process_time()
    encoding = load("o200k_base")
    print(f"o200k_base was loaded in {(time.process_time() - started) * 1e3:.0f} ms of CPU time")
    print(f"{'CPU us per delta':22}{'text':>6}{'growing':>10}{'all again':>12}{'ratio':>8}"
          f"{'sum of deltas':>15}{'its error':>11}")  # fmt: skip
    for (name, unit), (label, size) in itertools.product(TEXTS.items(), SIZES.items()):
        ours, theirs = growing(encoding, unit, size), again(encoding, unit, min(size, 900_000))
        price, error = summed(encoding, unit)
        print(f"{name:22}{label:>6}{ours:10.1f}{theirs:12.0f}{theirs / ours:8.0f}"
              f"{price:15.1f}{error:+10.0f}%")  # fmt: skip


if __name__ == "__main__":
    main()
