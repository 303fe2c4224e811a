"""What keeping conversations costs: milliseconds of the clock and of CPU time.

Run by `python -m tests.bench store`. The commits are those of an answer of 5,000 tokens a second;
starting and searching go over as many megabytes of text as RILLET_BENCH_MB says, ten conversations
to each, in a file that is made for it.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

from tests.bench.library import make
from tests.bench.program import Program
from tests.bench.table import middle, tail
from tui.core.chats import Facts
from tui.core.conversation import Message
from tui.edge.store import Store
from tui.edge.store.volume import Volume
from tui.edge.store.writing import Writing

T = TypeVar("T")

MEGABYTES = int(os.environ.get("RILLET_BENCH_MB", "100"))

PACE = 5_000
"""Tokens a second."""

SECONDS = 10
"""Seconds for which they come."""

FRAME = 1 / 30
"""Seconds between two calls of `hear`."""

PAINTS = 7
"""How often the program is started beside each."""

SETTLE = 3
"""Seconds after the first paint: what else is done at a start is not what is measured."""

TIMES = 15
"""How often each search is made."""

SEARCHES = {
    "a word of one message": "only4242 ",
    "a word of most messages": "the ",
    "a phrase of common words": '"the of"',
    "three common words": "the of the ",
    "a word that is in none": "nowhere ",
    "the beginning of a word": "onl",
    "two letters": "th",
    "one letter": "t",
    "three Chinese characters": "\u4e00\u4e01\u4e02",
    "eight Chinese characters": "".join(map(chr, range(0x4E10, 0x4E18))),
    "one Chinese character": "\u4e05",
}


class Costs:
    """Milliseconds, of the clock and of a thread's CPU time."""

    def __init__(self) -> None:
        self.wall = list[float]()
        self.cpu = list[float]()

    @contextmanager
    def measured(self, clock: Callable[[], float] = time.process_time) -> Iterator[None]:
        wall, cpu = time.perf_counter(), clock()
        yield
        self.cpu.append((clock() - cpu) * 1e3)
        self.wall.append((time.perf_counter() - wall) * 1e3)

    def __str__(self) -> str:
        wall, cpu = sorted(self.wall), sorted(self.cpu)
        return (
            f"{middle(wall):9.2f} {tail(wall):9.2f} {middle(cpu):9.2f} {tail(cpu):9.2f}"
            f"   ({len(wall)} times)"
        )


async def timed(costs: Costs, work: Callable[[], Awaitable[T]], times: int = TIMES) -> T:
    """Do it some times; CPU time is that of all threads."""
    for _ in range(times):
        with costs.measured():
            found = await work()
    return found


async def commits(path: Path) -> None:
    """An answer at 5,000 tokens a second, and questions saved beside it."""
    pieces, saves, ends = Costs(), Costs(), Costs()
    write = Volume.write

    def measured(volume: Volume, work: Callable[[Writing], T]) -> T:
        with pieces.measured(time.thread_time):
            return write(volume, work)

    store = Store(path)
    await store.open()
    answer = Message(1, "assistant", "", at=1.0)
    with patch.object(Volume, "write", measured):
        store.stream("stream", answer, Facts())
        said = list[str]()
        began, busy = time.monotonic(), time.process_time()
        while (gone := time.monotonic() - began) < SECONDS:
            words = "word " * (int(gone * PACE) - len(said))
            said += words.split()
            store.hear("stream", 1, words)
            await asyncio.sleep(FRAME)
        share = (time.process_time() - busy) / SECONDS
    for number in range(200):
        question = Message(number + 1, "user", "Why is the sky blue? " * 5, at=number + 1.0)
        with saves.measured():
            await store.save("asked", question, Facts(head=number + 1))
    text = "word " * len(said)
    with ends.measured():
        await store.save("stream", Message(1, "assistant", text, at=1.0), Facts())
    print(f"  a piece of a stream           {pieces}")
    print(f"  a question, until it is safe  {saves}")
    print(f"  the end of {len(said):,} words      {ends}")
    print(f"  share of a core while {PACE:,} tokens a second come: {share:.1%}")
    await store.aclose()


async def starts(path: Path) -> None:
    """Opening, the first list, a long conversation."""
    opened, listed, loaded, titled = Costs(), Costs(), Costs(), Costs()
    for _ in range(TIMES):
        store = Store(path)
        with opened.measured():
            assert await store.open() == []
        with listed.measured():
            assert await store.chats()
        await store.aclose()
    store = Store(path)
    chat = await timed(loaded, lambda: store.load("long"))
    assert chat is not None
    await timed(titled, lambda: store.chats(title="the of"))
    count = f"{len(chat.conversation.messages):,}"
    print(f"  open                          {opened}")
    print(f"  the first list                {listed}")
    print(f"  a list by words of titles     {titled}")
    print(f"  load {count} messages           {loaded}")
    await store.aclose()


async def paints(path: Path) -> None:
    """The program's first paint, and its list, beside this file and beside none, in turns."""
    seen: dict[bool, list[tuple[float, float, float]]] = {False: [], True: []}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "rillet"
        home.mkdir()
        (home / "chats.db").symlink_to(path)
        for turn in range(2 * PAINTS):
            is_full = bool(turn % 2)
            seen[is_full].append(await _painted(Path(folder) if is_full else None))
    for is_full, runs in seen.items():
        time_s, cpu, listed = (middle(sorted(each)) * 1e3 for each in zip(*runs, strict=True))
        name = "this file" if is_full else "no file"
        told = f"first paint {time_s:6.0f}, CPU {cpu:6.0f}"
        print(f"  beside {name:10} {told}" + (f"; Ctrl+O to the list {listed:4.0f}" * is_full))


async def _painted(data: Path | None) -> tuple[float, float, float]:
    command = (sys.executable, "-m", "tui", "--demo")
    async with Program(*command, data=data) as program:
        painted = await program.shows(b"a chat that streams", patience=60)
        first, cpu = painted - program.began, program.cpu
        if data is None:
            return first, cpu, 0.0
        await asyncio.sleep(SETTLE)
        began = time.perf_counter()
        program.type("\x0f")
        return first, cpu, await program.shows(b"Conversations", patience=60) - began


async def searches(path: Path) -> None:
    """All kinds of things to look for."""
    store = Store(path)
    await store.open()
    for name, words in SEARCHES.items():
        costs = Costs()
        found = await timed(costs, partial(store.search, words))
        print(f"  {name:29s} {costs}   {len(found)} hits")
    await store.aclose()


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(os.environ.get("RILLET_BENCH_FILE", f"{folder}/large/chats.db"))
        print("milliseconds                    p50 clock p95 clock   p50 CPU   p95 CPU")
        asyncio.run(commits(Path(folder) / "new" / "chats.db"))
        if not path.exists():
            began = time.process_time()
            make(path, MEGABYTES)
            took = time.process_time() - began
            print(f"{MEGABYTES:,} MB in {MEGABYTES * 10:,} conversations: {took:.0f} s of CPU, ")
        print(f"a file of {path.stat().st_size / 1e6:,.0f} MB")
        asyncio.run(starts(path))
        asyncio.run(paints(path))
        asyncio.run(searches(path))


if __name__ == "__main__":
    main()
