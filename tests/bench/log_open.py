"""A conversation of 2,000 messages: opened, scrolled, resized; and what it takes of memory."""

from __future__ import annotations

import asyncio
import gc
import time
import tracemalloc
from collections.abc import Awaitable, Callable

import pyte
from textual._compositor import CompositorUpdate
from textual.events import AppBlur, AppFocus

from tests.bench.log_frames import messages
from tests.bench.stage import MarkdownStage, RilletStage, Stage, cost, painted
from tests.bench.table import mean, tail

SIZE = 1_000_000

FEW = 30_000
"""Characters that Textual is given: it takes minutes to mount a megabyte."""

TURNS = 6
"""How often the window is resized, and the theme and the terminal's focus are switched."""


async def opened(ours: RilletStage, theirs: MarkdownStage) -> None:
    """Print the table."""
    print(f"\n(d) 2,000 messages, 1 MB{'':12}{'Rillet':>14}{'Textual, 60 messages':>24}")
    began = time.perf_counter()
    used = await cost(ours.show(messages(SIZE)))
    seen = (time.perf_counter() - began) * 1e3
    print(f"{'to first sight, ms (CPU)':36}{seen:8.0f} ({used:.0f})", end="")
    print(f"{await cost(theirs.show(messages(FEW))):18.0f}")
    print(f"{'widgets on the screen':36}{widgets(ours):14}{widgets(theirs):24}")
    for name, work in WORKS.items():
        found, frames = await work(ours)
        other, _ = await work(theirs)
        print(f"{name:36}{mean(found):8.1f} ({tail(found):.1f}){mean(other):18.1f}   {frames}")
    for name, needed in (await _memory(ours)).items():
        print(f"{name:36}{needed / 1e6:11.1f} MB", flush=True)


def widgets(stage: Stage) -> int:
    """The widgets that are mounted."""
    return len(list(stage.app.screen.walk_children()))


Found = tuple[list[float], str]

Step = Callable[[int], Awaitable[object]]
"""Something that is done to the screen; told how often it was done before."""


async def _each(stage: Stage, *steps: Step) -> list[float]:
    found = []
    for turn in range(TURNS):
        for step in steps:
            await stage.settled()
            found.append(await cost(_then_painted(stage, step(turn))))
    return sorted(found)


async def _then_painted(stage: Stage, work: Awaitable[object]) -> None:
    await work
    await painted(stage.app)


async def pages(stage: Stage) -> Found:
    """Up, page by page, into what was not seen yet."""
    log = stage.app.screen.query_one("#log")
    log.focus()

    async def up(_: int) -> None:
        await stage.pilot.press("pageup")

    await stage.pilot.press("end")
    return await _each(stage, up, up, up), ""


async def ends(stage: Stage) -> Found:
    """To the start and back."""

    async def press(key: str) -> None:
        await stage.pilot.press(key)

    return await _each(stage, lambda _: press("home"), lambda _: press("end")), ""


async def sizes(stage: Stage) -> Found:
    """A narrower window and back."""

    async def narrow(_: int) -> None:
        await stage.pilot.resize_terminal(120, 40)

    async def wide(_: int) -> None:
        await stage.pilot.resize_terminal(160, 48)

    return await _each(stage, narrow, wide), await _frames(stage, narrow, wide)


async def themes(stage: Stage) -> Found:
    """Another theme."""

    async def switch(turn: int) -> None:
        stage.app.theme = "textual-light" if turn % 2 else "textual-dark"
        await asyncio.sleep(0.05)

    return await _each(stage, switch), await _frames(stage, switch)


async def focus(stage: Stage) -> Found:
    """The terminal's window loses the focus and gets it back."""

    async def switch(turn: int) -> None:
        stage.app.post_message(AppFocus() if turn % 2 else AppBlur())
        await asyncio.sleep(0.05)

    return await _each(stage, switch), await _frames(stage, switch)


WORKS = {
    "page up, ms of CPU (p95)": pages,
    "start, end": ends,
    "resize": sizes,
    "theme": themes,
    "terminal's focus": focus,
}


async def _frames(stage: Stage, *steps: Step) -> str:
    """How many frames it takes until what is in view is right, and until nothing changes."""
    right, all_of_them = [], []
    for turn in range(TURNS):
        for step in steps:
            await stage.settled()
            with Frames(stage) as frames:
                await _then_painted(stage, step(turn))
                await stage.settled()
            right.append(frames.until_right)
            all_of_them.append(len(frames.views))
    return f"{mean(right):.1f} frames until right, {mean(all_of_them):.1f} in all"


class Frames:
    """What a terminal shows of the log after each frame, without the scroll bar."""

    def __init__(self, stage: Stage) -> None:
        self.views: list[tuple[object, ...]] = []
        self._app = stage.app
        self._paint: Callable[..., None] = stage.app._display
        self._screen = pyte.Screen(160, 48)
        self._terminal = pyte.Stream(self._screen)

    def __enter__(self) -> Frames:
        self._feed(self._app.screen._compositor.render_update(full=True))
        vars(self._app)["_display"] = self._watched
        return self

    def __exit__(self, *_: object) -> None:
        del vars(self._app)["_display"]

    def _watched(self, screen: object, update: object) -> None:
        self._paint(screen, update)
        if self._feed(update):
            self.views.append(self._view())

    def _feed(self, update: object) -> bool:
        if isinstance(update, CompositorUpdate):
            self._terminal.feed(update.render_segments(self._app.console))
        return isinstance(update, CompositorUpdate)

    def _view(self) -> tuple[object, ...]:
        log = self._app.screen.query_one("#log")
        top, width = log.region.y, log.scrollable_content_region.width
        rows = range(top, top + log.scrollable_content_region.height)
        return tuple(self._screen.buffer[row][column] for row in rows for column in range(width))

    @property
    def until_right(self) -> int:
        """Frames until what is in view is what it stays."""
        changes = [n for n, view in enumerate(self.views, 1) if view != self.views[-1]]
        return (changes[-1] if changes else 0) + 1


async def _memory(stage: RilletStage) -> dict[str, int]:
    """What the conversation takes when it is opened, and when all of it was measured and seen."""
    await stage.show([])
    texts = messages(SIZE)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    await stage.show(texts)
    gc.collect()
    found = {"memory when opened": tracemalloc.get_traced_memory()[0] - before}
    await _all_measured(stage)
    gc.collect()
    found["memory when measured and seen"] = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return found


async def _all_measured(stage: RilletStage) -> None:
    """Scroll through it until the log has measured all of it."""
    for _ in range(150):
        await stage.pilot.press("pageup")
    await stage.settled()
