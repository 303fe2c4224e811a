"""How long counting holds the event loop up, in milliseconds: the longest wait of a heartbeat.

Run by `python -m tests.bench counting`. A task sleeps for a millisecond, again and again,
and notes how much later it woke. Beside the waits while something is counted stand those of an
idle loop, and of one beside which a thread does nothing but compute in Python: what the machine
and the interpreter themselves do.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

from tests.bench.bench_tokens import TEXTS, cycled
from tui.core.catalog import Catalog
from tui.core.conversation import Conversation, Message
from tui.core.prompt_tokens import PromptCounter
from tui.edge.ranks import load
from tui.meter import Meter
from tui.screens.outlook import Next, Outlook

BEAT = 0.001

MEGABYTE = 1_000_000

A_TICK = 40
"""Characters that come between two looks: ten tokens."""

MODEL = "gpt-4o"


class Heart:
    """Beats, and notes how late each beat was."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    async def beat(self) -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(BEAT)
            self.waits.append((time.perf_counter() - began - BEAT) * 1e3)

    def told(self) -> str:
        waits = sorted(self.waits)
        return f"{waits[len(waits) * 99 // 100]:8.2f}{waits[-1]:10.2f}{len(waits):8}"


async def beside(work: Awaitable[object]) -> Heart:
    """A heart that beats while the work is done."""
    heart = Heart()
    beating = asyncio.create_task(heart.beat())
    await asyncio.sleep(0.05)
    await work
    await asyncio.sleep(0.05)
    beating.cancel()
    return heart


def spin() -> None:
    """Compute in Python for a while."""
    end = time.perf_counter() + 1
    while time.perf_counter() < end:
        pass


async def look_ahead(text: str, *edits: Callable[[str], str]) -> None:
    """Count a long history and a long draft, then the draft again after each edit."""
    outlook = Outlook(load, Catalog(), PromptCounter())
    talk = Conversation().asked(text).answered(Message(0, "assistant", text))
    draft = text
    budgets = outlook.budgets(lambda: Next(MODEL, talk.sent, draft))
    outlook.open()
    for edit in (lambda same: same, *edits):
        draft = edit(draft)
        outlook.touch()
        assert await anext(budgets)


async def take(text: str) -> float:
    """Look at a reply that came all at once until it is counted; gives the longest look.

    That is CPU time: what the event loop waits for a look, without what others do meanwhile.
    """
    meter = Meter(load, Catalog(), PromptCounter())
    await meter.begin(MODEL, ())
    for start in range(0, len(text), 2_000):
        meter.feed(text[start : start + 2_000])
    longest = 0.0
    while meter.is_behind:
        began = time.thread_time()
        assert meter.count.completion
        longest = max(longest, time.thread_time() - began)
        await asyncio.sleep(0)
    return longest * 1e3


async def behind(text: str) -> Meter:
    """A meter that has counted so much of a reply, which came all at once, in a thread."""
    meter = Meter(load, Catalog(), PromptCounter())
    await meter.begin(MODEL, ())
    meter.feed(text)
    await meter.catch_up()
    assert not meter.is_behind
    return meter


async def stream(meter: Meter, text: str) -> None:
    """Look at a reply that goes on at a hundred tokens a second."""
    for start in range(0, 30 * A_TICK, A_TICK):
        await asyncio.sleep(0.1)
        meter.feed(text[start : start + A_TICK])
        assert meter.count.completion


def main() -> None:
    """Print the tables."""
    asyncio.run(tables())


async def tables() -> None:
    """Print the tables."""
    print(f"{'heartbeat, ms late':38}{'99 %':>8}{'longest':>10}{'beats':>8}")
    print(f"{'nothing to do':38}{(await beside(asyncio.sleep(1))).told()}")
    print(f"{'a thread that computes':38}{(await beside(asyncio.to_thread(spin))).told()}")
    loading = await beside(asyncio.to_thread(load, "o200k_base"))
    print(f"{'loading the tokenizer in a thread':38}{loading.told()}")
    text = cycled(TEXTS["prose"], 0, MEGABYTE)
    waits = await beside(stream(await behind(text), text))
    print(f"{'a reply of 1 MB that streams on':38}{waits.told()}")
    for name, unit in TEXTS.items():
        text = cycled(unit, 0, MEGABYTE)
        work = look_ahead(text, lambda draft: draft + "!", lambda draft: "!" + draft)
        print(f"{f'history and draft: {name}':38}{(await beside(work)).told()}")
        waits = await beside(behind(text))
        print(f"{f'a reply at once: {name}':38}{waits.told()}")
    print(f"\n{'looking at 100 KB that came at once':38}{'longest look, CPU ms':>22}")
    for name, unit in TEXTS.items():
        print(f"{name:38}{await take(cycled(unit, 0, MEGABYTE // 10)):22.2f}")


if __name__ == "__main__":
    main()
