"""How often the words that are looked for are said, and in which part of which message.

Strategy. What is counted is the source and not the rows, so that messages that were never laid
out are searched too; it is counted a part at a time, in slices that no key has to notice. A text
that grows is counted on from where it was. Only the hit that somebody goes to is looked for in
the rows, by `finder`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

from tui.core.sought import Sought
from tui.markdown.passage import Passage
from tui.widgets.entry import Entry
from tui.widgets.stack import Stack

SLICE = 0.004
"""Seconds of work at a time."""


class Hit(NamedTuple):
    """One place where the words are said."""

    entry: Entry
    """The message."""
    flow: int
    """Which of its texts."""
    part: int
    """Which part of that."""
    nth: int
    """Which of the hits in that part, from 0."""


class Tally:
    """The hits in one text."""

    def __init__(self, text: Passage) -> None:
        self.text = text
        """What is counted in."""
        self.edition = text.edition
        """Which edition of it."""
        self.parts: list[int] = []
        """Hits in each part that is complete."""
        self.open = 0
        """Hits in what follows these."""
        self._before = ""

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.parts) + self.open

    @property
    def counts(self) -> list[int]:
        """Hits in each part, the open one last."""
        return [*self.parts, self.open]

    def count(self, sought: Sought) -> Iterator[int]:
        """Count on; gives by how many hits more there are, after each part."""
        for source in self.text.closed(len(self.parts)):
            hits = self._in(source, sought)
            self.parts.append(hits)
            self._before = (self._before + source)[-sought.reach :]
            yield hits
        before, self.open = self.open, self._in(self.text.rest, sought)
        yield self.open - before

    def _in(self, source: str, sought: Sought) -> int:
        """Hits that end in this part, those that begin before it too."""
        spans = sought.spans(self._before + source)
        return sum(end > len(self._before) for _, end in spans)


class Hits:
    """The hits in a stack of messages."""

    def __init__(self, stack: Stack, sought: Sought) -> None:
        self.sought = sought
        """What is looked for."""
        self.total = 0
        """How many there are, as far as they are counted."""
        self.is_over = False
        """Whether all that was said is counted."""
        self._stack = stack
        self._tallies: dict[Entry, dict[int, Tally]] = {}
        self._waiting = dict.fromkeys(stack.entries)
        self._steps = self._all()

    def touch(self, entry: Entry) -> None:
        """Something was said in this message."""
        self._waiting[entry] = None
        if self.is_over:
            self.is_over, self._steps = False, self._all()

    def drop(self, entry: Entry) -> None:
        """A message is taken out."""
        self._waiting.pop(entry, None)
        for tally in self._tallies.pop(entry, {}).values():
            self.total -= tally.total

    def slice(self) -> None:
        """Count for a while."""
        end = time.perf_counter() + SLICE
        for more in self._steps:
            self.total += more
            if time.perf_counter() >= end:
                return
        self.is_over = True

    def _all(self) -> Iterator[int]:
        while self._waiting:
            entry = next(iter(self._waiting))
            del self._waiting[entry]
            yield from self._count(entry)

    def _count(self, entry: Entry) -> Iterator[int]:
        tallies = self._tallies.setdefault(entry, {})
        texts = {number: flow.text for number, flow in entry.texts}
        for number, tally in list(tallies.items()):
            if texts.get(number) is not tally.text or tally.edition != tally.text.edition:
                del tallies[number]
                yield -tally.total
        for number, text in texts.items():
            for more in tallies.setdefault(number, Tally(text)).count(self.sought):
                yield more
                if self._tallies.get(entry) is not tallies:
                    return  # it was dropped meanwhile

    # Going from one to another

    def step(self, now: Hit, by: int) -> Hit | None:
        """The hit so many after this one, round the ends."""
        return self._at((self.number(now) + by) % self.total) if self.total else None

    def first(self, top: Hit | None, by: int) -> Hit | None:
        """The hit so many from a place on: 1 is the first one there, -1 the last one before."""
        number = (self.number(top) if top else 0) + by - (by > 0)
        return self._at(number % self.total) if self.total else None

    def number(self, hit: Hit) -> int:
        """How many hits there are before this one."""
        place = (hit.entry.number, hit.flow, hit.part)
        before = (
            count
            for entry, flow, part, count in self._places()
            if (entry.number, flow, part) < place
        )
        return sum(before) + hit.nth

    def _at(self, number: int) -> Hit | None:
        for entry, flow, part, count in self._places():
            if number < count:
                return Hit(entry, flow, part, number)
            number -= count
        return None

    def _places(self) -> Iterator[tuple[Entry, int, int, int]]:
        """The parts with hits in them, in the order of the messages, and how many they have."""
        for entry in self._stack.entries:
            for flow, tally in sorted(self._tallies.get(entry, {}).items()):
                for part, count in enumerate(tally.counts):
                    if count:
                        yield entry, flow, part, count
