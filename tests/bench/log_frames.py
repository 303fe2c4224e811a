"""What a frame costs while a reply grows: by the shape of the reply, and by what is above it."""

from __future__ import annotations

from collections.abc import Callable

from tests.bench.bench_markdown import FIRST, KINDS, prose
from tests.bench.stage import MarkdownStage, RilletStage, Stage, costs
from tests.bench.table import mean, middle, tail

DELTA = 60
"""Characters of a delta: some 450 tokens a second at 30 frames a second."""

FRAMES = 200
"""Frames of a measurement."""

PATIENCE = 15.0
"""Seconds after which a measurement ends with the frames that it has."""

SHAPES = {
    "prose of 100 KB": ("prose", 100_000),
    "one paragraph of 100 KB": ("one paragraph", 100_000),
    "list of 200 items": ("list", 200),
    "table of 200 rows": ("table", 200),
    "fence of 3,000 lines": ("fence", 1_500),
    "fence in list in quote": ("fence in list in quote", 1_000),
}
"""Kinds of text with their length: characters where it is large, else blocks."""

HISTORIES = {"nothing": 0, "100 KB": 100_000, "1 MB": 1_000_000, "10 MB": 10_000_000}

MESSAGE = 500
"""Characters of a message."""


def messages(size: int) -> list[str]:
    """A conversation of a size."""
    return [f"{number}: {prose(number)}"[:MESSAGE] for number in range(size // MESSAGE)]


def blocks(kind: str, size: int) -> str:
    """A text of a kind."""
    make = KINDS[kind]
    count = size if size <= 3_000 else size // len(make(1))
    return "".join(map(make, range(count)))


def deltas(make: Callable[[int], str]) -> list[str]:
    """What is streamed behind a text."""
    text = "".join(make(FIRST + number) for number in range(FRAMES))[: DELTA * FRAMES]
    return [text[start : start + DELTA] for start in range(0, len(text), DELTA)]


async def shapes(ours: RilletStage, theirs: MarkdownStage) -> None:
    """Append and frame at the end of long replies of many kinds."""
    print(f"\n(b) append + frame at the end of one reply, ms of CPU\n{'':26}", end="")
    print(f"{'Rillet':>9}{'p95':>8}{'Textual':>10}{'ratio':>8}")
    for name, (kind, size) in SHAPES.items():
        found = [await _grown(stage, kind, size) for stage in (ours, theirs)]
        means = [mean(times) for times in found]
        print(f"{name:26}{means[0]:9.2f}{tail(found[0]):8.2f}{means[1]:10.1f}", end="")
        print(f"{means[1] / means[0]:8.0f}", flush=True)


async def _grown(stage: Stage, kind: str, size: int) -> list[float]:
    await stage.show([])
    await stage.begin(blocks(kind, size))
    return await costs(stage, deltas(KINDS[kind]), PATIENCE)


async def histories(ours: RilletStage, theirs: MarkdownStage) -> None:
    """Append and frame below conversations of many lengths."""
    print(f"\n(c) append + frame below a conversation, ms of CPU\n{'':26}", end="")
    print(f"{'Rillet':>9}{'p50':>8}{'p95':>8}{'to empty':>10}{'Textual':>10}{'ratio':>8}")
    empty = 0.0
    for name, size in HISTORIES.items():
        found = await _below(ours, size)
        empty = empty or middle(found)
        ratio = middle(found) / empty
        print(f"{name:26}{mean(found):9.2f}{middle(found):8.2f}{tail(found):8.2f}", end="")
        print(f"{ratio:10.2f}", end="")
        if size <= 100_000:
            other = mean(await _below(theirs, size))
            print(f"{other:10.1f}{other / mean(found):8.0f}", end="")
        print(flush=True)
    print("Textual takes minutes to mount 1 MB; it is left out there.")


async def _below(stage: Stage, size: int) -> list[float]:
    await stage.show(messages(size))
    await stage.begin("")
    return await costs(stage, deltas(prose), PATIENCE)
