"""The log at any length and any speed, beside Textual's own Markdown widgets in the same run.

`make bench ARGS=log` runs all sections, `make bench ARGS="log c d"` some. Figures are CPU time
where nothing else is said; a fixed job in pure Python before each section tells how busy the
machine is.

    a   a reply of 20,000 and of 100,000 tokens at full speed, in a terminal
    b   a frame at the end of long replies of many shapes
    c   a frame below conversations of up to 10 MB
    d   2,000 messages opened, scrolled, resized
    e   from a key to its letter while tokens arrive, in a terminal
    f   idling
    g   searching 10 MB
    h   a frame below messages with pictures
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from tests.bench import bench_stream, log_frames, log_keys, log_open, log_pictures, log_search
from tests.bench.bench_markdown import fixed_job
from tests.bench.stage import MarkdownStage, RilletStage, neighbour, rillet


async def floods() -> None:
    """Section a."""
    print("\n(a) at full speed")
    await bench_stream.measure((20_000, 100_000))


def staged(
    work: Callable[[RilletStage, MarkdownStage], Awaitable[None]],
) -> Callable[[], Awaitable[None]]:
    """A section in this process."""

    async def run() -> None:
        async with rillet() as ours, neighbour() as theirs:
            await work(ours, theirs)

    return run


async def pictures() -> None:
    """Section h."""
    async with rillet() as ours:
        await log_pictures.pictured(ours)


SECTIONS: dict[str, Callable[[], Awaitable[None]]] = {
    "a": floods,
    "b": staged(log_frames.shapes),
    "c": staged(log_frames.histories),
    "d": staged(log_open.opened),
    "e": log_keys.keys,
    "f": log_keys.idle,
    "g": staged(log_search.searched),
    "h": pictures,
}


def main(names: Sequence[str] = ()) -> None:
    """Print the tables."""
    for name in names or SECTIONS:
        print(f"\nfixed job {fixed_job():.0f} ms", end="")
        asyncio.run(_run(SECTIONS[name]))


async def _run(section: Callable[[], Awaitable[None]]) -> None:
    await section()
