"""The field of the image panel: a URL, or the name of a file that completes itself."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from tui.core.dropped import URL, dropped
from tui.core.sanitize import clean
from tui.edge.completion import Completion, completion

MOST_TYPED = 4096
"""Characters of a data URL that are shown while they wait for Enter; megabytes would be slow."""

PAUSE = 0.05
"""Seconds without another letter after which a folder is looked into."""


class Names(Suggester):
    """Knows the names of files; folders are read beside the event loop, one at a time."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.known = Completion("")
        """What the latest text can become."""
        self._latest = ""
        self._one = asyncio.Lock()

    async def get_suggestion(self, value: str) -> str | None:
        """The first name that begins so, shown behind what is typed."""
        found = await self.look_up(value)
        return found.first if found.has_more else None

    async def look_up(self, text: str) -> Completion:
        """What a text can become, unless another one was typed meanwhile."""
        self._latest = text
        if not is_name(text):
            return Completion(text)
        await asyncio.sleep(PAUSE)
        async with self._one:
            if text != self._latest:
                return Completion(text)
            self.known = await asyncio.to_thread(completion, text)
        return self.known


class ImageField(Input):
    """Takes a URL or the name of a file; Tab completes a name."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", "complete", show=False)]

    @dataclass
    class Choice(Message):
        """Tab was pressed where several names begin so."""

        names: tuple[str, ...]
        """They."""

    @dataclass
    class Dropped(Message):
        """Files were dropped here."""

        paths: tuple[Path, ...]
        """Where they are."""

    @dataclass
    class Given(Message):
        """A data URL was pasted that is too long to be looked at."""

        url: str
        """It."""

    def __init__(self, *, id: str | None = None) -> None:
        self._names = Names()
        super().__init__(
            placeholder="https://…  or a file: ~/…",
            suggester=self._names,
            select_on_focus=False,
            compact=True,
            id=id,
        )

    def action_complete(self) -> None:
        """Complete the name as far as it is certain; with nothing to add, go to the next field."""
        if not is_name(self.value):
            raise SkipAction
        known = self._names.known
        if known.typed != self.value:
            self.run_worker(self._look_up(self.value), group="complete", exclusive=True)
        elif known.has_more:
            self._complete(known)
        else:
            raise SkipAction

    async def _look_up(self, text: str) -> None:
        found = await self._names.look_up(text)
        if found.typed == self.value:
            self._complete(found)

    def _complete(self, found: Completion) -> None:
        if len(found.names) > 1:
            self.post_message(self.Choice(found.names))
        if found.certain != self.value:
            self.value = found.certain
            self.cursor_position = len(self.value)

    def _on_paste(self, event: events.Paste) -> None:
        """Files that are dropped here are taken at once, and so are whole pictures."""
        paths, text = dropped(event.text), event.text.strip()
        if paths and not self.value:
            taken: Message = self.Dropped(tuple(paths))
        elif len(text) > MOST_TYPED and text[:5].lower() == "data:" and not self.value:
            taken = self.Given(text)
        else:
            event.text = clean(event.text)
            return
        event.prevent_default()
        event.stop()
        self.post_message(taken)


def is_name(text: str) -> bool:
    """Whether a text can be the name of a file, and is not empty."""
    return bool(text.strip()) and not URL.match(text) and text[:1] not in "\"'"
