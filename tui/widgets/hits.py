"""How often the words that are looked for are said, and in which part of which message.

Strategy. What is counted is the source and not the rows, so that messages that were never laid
out are searched too; it is counted a part at a time, in slices that no key has to notice. A text
that grows is counted on from where it was. Counts are kept as sums, so that going from one hit to
another costs no more in a long chat. Only the hit that somebody goes to is looked for in the
rows, by `finder`.
"""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from tui.core.sought import Sought
from tui.markdown.passage import Passage
from tui.widgets.entry import Entry
from tui.widgets.heights import Heights
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

    __slots__ = ("_before", "edition", "open", "sums", "text")

    def __init__(self, text: Passage) -> None:
        self.text = text
        """What is counted in."""
        self.edition = text.edition
        """Which edition of it."""
        self.sums: list[int] = []
        """Hits up to the end of each part that is complete."""
        self.open = 0
        """Hits in what follows these."""
        self._before = ""

    @property
    def total(self) -> int:
        """All of them."""
        return self.before(len(self.sums)) + self.open

    def before(self, part: int) -> int:
        """Hits in the parts before one."""
        return self.sums[min(part, len(self.sums)) - 1] if part and self.sums else 0

    def find(self, number: int) -> tuple[int, int]:
        """The part that a hit is in, and which of its hits that is."""
        part = bisect_right(self.sums, number)
        return part, number - self.before(part)

    def count(self, sought: Sought) -> Iterator[int]:
        """Count on; gives by how many hits more there are, after each part."""
        for source in self.text.closed(len(self.sums)):
            hits = self._in(source, sought)
            self.sums.append(self.before(len(self.sums)) + hits)
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
        self._order: list[Entry] = []  # those that were counted, the oldest first
        self._totals = Heights()  # their hits
        self._indices: dict[Entry, int] = {}
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
        if self._tallies.pop(entry, None) is not None:
            index = self._indices.pop(entry)
            self.total -= self._totals[index]
            self._totals[index] = 0

    def slice(self) -> None:
        """Count for a while."""
        end = time.perf_counter() + SLICE
        for entry, more in self._steps:
            index = self._indices.get(entry)
            if more and index is not None:
                self.total += more
                self._totals[index] += more
            if time.perf_counter() >= end:
                return
        self.is_over = True

    def _all(self) -> Iterator[tuple[Entry, int]]:
        while self._waiting:
            entry = next(iter(self._waiting))
            del self._waiting[entry]
            if entry not in self._indices:
                self._indices[entry] = len(self._order)
                self._order.append(entry)
                self._totals.append(0)
            for more in self._count(entry):
                yield entry, more

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
        index = bisect_left(self._order, hit.entry.number, key=attrgetter("number"))
        tallies = self._tallies.get(hit.entry, {})
        before = sum(tally.total for flow, tally in tallies.items() if flow < hit.flow)
        if hit.flow in tallies:
            before += tallies[hit.flow].before(hit.part)
        return self._totals.before(index) + before + hit.nth

    def _at(self, number: int) -> Hit | None:
        index, number = self._totals.find(number)
        if index == len(self._order):
            return None
        entry = self._order[index]
        for flow, tally in sorted(self._tallies[entry].items()):
            if number < tally.total:
                return Hit(entry, flow, *tally.find(number))
            number -= tally.total
        return None
