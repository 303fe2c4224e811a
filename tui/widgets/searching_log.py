"""Searching the log: which words are looked for, how often they are said, and going there.

Strategy. `Finder` knows the hits; here is when it may work. Hits are counted a slice at a time,
between frames, and told now and then. A step to a hit that is not counted yet is kept until it is.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from textual.message import Message

from tui.widgets.code_log import CodeLog
from tui.widgets.entry import Entry
from tui.widgets.finder import Finder
from tui.widgets.sideways import reveal_character
from tui.widgets.survey import PAUSE

COUNT = 0.1
"""Seconds between two looks at a number of hits that still grows."""


class SearchingLog(CodeLog):
    """A log in which words can be looked for."""

    @dataclass
    class Counted(Message):
        """Other words are looked for, or more of them were found."""

        words: str
        """How many hits there are, and which one is shown."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._finder = Finder()
        self._counts = False
        self._counted = 0.0  # when the number of hits was told
        self._steps = 0  # to hits that are not counted yet

    def show(self, entries: Iterable[Entry]) -> None:
        """Show these messages and nothing else; the same words are looked for in them."""
        super().show(entries)
        if self._finder.hits is not None:
            self.seek(self._finder.hits.sought.words)

    def grown(self, entry: Entry) -> None:
        """The entry's text has grown: show it, and count in it anew."""
        super().grown(entry)
        self._touch([entry])

    def replace(self, first: int, entries: Iterable[Entry]) -> None:
        """Show others from this index on, and count in them."""
        super().replace(first, entries)
        self._touch(self.entries[first:])

    def _forget(self, entry: Entry) -> None:
        super()._forget(entry)
        self._finder.drop(entry)

    # How many hits there are

    def seek(self, words: str) -> None:
        """Mark these words wherever they are said; without words, none."""
        self._finder.seek(self._view, words)
        if self._block is None:
            self._stack.shift = None
        self._steps = 0
        self.refresh()
        self._count()

    def seek_from(self, words: str, entry: Entry) -> None:
        """Mark these words, and go to the first hit from a message on as soon as it is known."""
        self.seek(words)
        self._finder.start = entry
        self._steps = 1

    def _touch(self, entries: Iterable[Entry]) -> None:
        """These have other words now."""
        if self._finder.hits is not None:
            for entry in entries:
                self._finder.hits.touch(entry)
            self._count()

    def _count(self) -> None:
        """Count hits for a while, and go on with that later; one such round at a time."""
        if not self._counts:
            self._counts = True
            self.set_timer(PAUSE, self._count_on)

    def _count_on(self) -> None:
        self._counts = False
        hits = self._finder.hits
        if hits is not None:
            hits.slice()
            if not hits.is_over:
                self._count()
            if self._steps and self._finder.can_begin:
                self.step_hit(0)
        if hits is None or hits.is_over or time.monotonic() - self._counted > COUNT:
            self._counted = time.monotonic()
            self.post_message(self.Counted(self._finder.words))

    # Going there

    def step_hit(self, by: int) -> None:
        """Go to the hit so many after the one that was gone to last."""
        self._steps += by
        hit = self._finder.step(self._view, self._steps)
        hits = self._finder.hits
        if hit is not None or hits is None or hits.is_over:
            self._steps = 0
        if hit is not None and self.has_focus:
            self._focus(hit.entry)
        self._reveal_character()
        self._look()
        self.post_message(self.Counted(self._finder.words))

    def _reveal_character(self) -> None:
        """Look at code that is cut where the hit is."""
        if place := self._finder.place(self._view):
            reveal_character(self._view, *place)

    def _know_more(self) -> None:
        super()._know_more()
        if self._finder.is_waiting:
            self._finder.reveal(self._view)
            self._reveal_character()
            self.refresh()

    def _go_by_hand(self) -> None:
        super()._go_by_hand()
        self._finder.is_waiting = False
