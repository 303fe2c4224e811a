"""Two chats in this process, to be driven by hand: Rillet, and Textual's own Markdown widgets.

Both are given messages and then a reply that grows; `append` ends when the frame that shows the
delta was painted, so what it costs is what a frame costs while streaming.
"""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Input, Markdown

from tests.play import WIDE, Person, play
from tui.app import settle_memory
from tui.edge.demo import DemoServer
from tui.markdown.growing import GrowingMarkdown, reader
from tui.markdown.passage import Passage
from tui.markdown.pieces import Span
from tui.markdown.plain import line
from tui.widgets.entry import Entry

SETTLE = 4
"""Seconds after the first paint: the start-up's own work is not what is measured."""

SETTLE_WIDGETS = 1
"""The same for Textual's widgets, which do less."""

QUIET = 0.3
"""Seconds in which whatever is late is painted."""

LOOK = 0.1
"""Seconds between two looks at whether all is measured."""


class Stage(ABC):
    """A chat on a screen."""

    def __init__(self, app: App[None], pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @abstractmethod
    async def show(self, messages: Sequence[str]) -> None:
        """Show these messages and nothing else."""

    async def settled(self) -> None:
        """Wait until nothing goes on any more."""
        await asyncio.sleep(QUIET)

    @abstractmethod
    async def begin(self, text: str) -> None:
        """Begin a reply that has come so far already."""

    @abstractmethod
    async def append(self, delta: str) -> None:
        """More of the reply; ends when it is on the screen."""


class RilletStage(Stage):
    def __init__(self, person: Person) -> None:
        super().__init__(person.app, person.pilot)
        self.person = person
        self._reply = entry("")

    async def show(self, messages: Sequence[str]) -> None:
        self.person.log.show(map(entry, messages))
        await painted(self.app)

    async def settled(self) -> None:
        while self.person.log.is_measuring:
            await asyncio.sleep(LOOK)
        await super().settled()

    async def begin(self, text: str) -> None:
        self._reply = Entry(0, [line(Span("model", ("model",)))], GrowingMarkdown())
        self._reply.body.text.feed(text)
        self.person.log.add(self._reply)
        await painted(self.app)

    async def append(self, delta: str) -> None:
        self._reply.body.text.feed(delta)
        self.person.log.grown(self._reply)
        await painted(self.app)


class MarkdownChat(App[None]):
    def compose(self) -> ComposeResult:
        yield VerticalScroll(id="log")
        yield Input()


class MarkdownStage(Stage):
    """`MarkdownStream` appends what has gathered since the last time, as is done here."""

    def __init__(self, app: MarkdownChat, pilot: Pilot[None]) -> None:
        super().__init__(app, pilot)
        self._log = app.query_one("#log", VerticalScroll)
        self._reply = Markdown()

    async def show(self, messages: Sequence[str]) -> None:
        await self._log.remove_children()
        await self._log.mount_all(Markdown(text) for text in messages)
        self._log.anchor()
        await painted(self.app)

    async def begin(self, text: str) -> None:
        self._reply = Markdown()
        await self._log.mount(self._reply)
        await self._reply.append(text)  # after an `update`, it would lose the block that is open
        await painted(self.app)

    async def append(self, delta: str) -> None:
        await self._reply.append(delta)
        await painted(self.app)


def entry(text: str) -> Entry:
    """A message that was said long ago."""
    return Entry(0, [line(Span("You", ("you",)))], Passage.stored(text, reader))


async def painted(app: App[None]) -> None:
    """Wait until what has changed was painted."""
    is_painted = asyncio.Event()
    app.screen.call_after_refresh(is_painted.set)
    await is_painted.wait()


@asynccontextmanager
async def rillet() -> AsyncIterator[RilletStage]:
    """Rillet, settled."""
    async with DemoServer() as server, play(server) as person:
        await asyncio.sleep(SETTLE)
        settle_memory()
        yield RilletStage(person)


@asynccontextmanager
async def neighbour() -> AsyncIterator[MarkdownStage]:
    """The same chat in Textual's own widgets."""
    app = MarkdownChat()
    async with app.run_test(size=WIDE) as pilot:
        await asyncio.sleep(SETTLE_WIDGETS)
        settle_memory()
        yield MarkdownStage(app, pilot)


async def cost(work: Awaitable[object]) -> float:
    """Milliseconds of CPU, of all threads."""
    before = time.process_time()
    await work
    return (time.process_time() - before) * 1e3


async def costs(stage: Stage, deltas: Sequence[str], patience: float) -> list[float]:
    """What each delta and its frame costs, sorted; as many as there are seconds for."""
    out: list[float] = []
    end = time.monotonic() + patience
    for delta in deltas:
        out.append(await cost(stage.append(delta)))
        if time.monotonic() > end:
            break
        await asyncio.sleep(0.002)
    return sorted(out)
