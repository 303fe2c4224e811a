"""Measuring what was not in view yet, in slices that no key has to notice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain, islice, zip_longest

from tui.widgets.entry import Entry
from tui.widgets.flow import Change
from tui.widgets.view import View

ROWS = 40_000
"""Rows round the view that are measured, each counted with its message and with its part: about a
megabyte. Beyond, heights stay estimates until they come into view: nothing is read in vain."""

SLICE = 0.004
"""Seconds of work at a time."""

PAUSE = 0.012
"""Seconds between two slices."""


class Survey:
    """Goes from the view outwards, once."""

    def __init__(self, view: View) -> None:
        self.is_over = False
        """Whether there is nothing left to measure."""
        self._view = view
        self._steps = self._measured()

    def slice(self) -> bool:
        """Go on for a while; tells whether that changes what is in view."""
        end = time.perf_counter() + SLICE
        is_seen = False
        for change in self._steps:
            is_seen |= self._view.correct(change)
            if time.perf_counter() >= end:
                return self._settled(is_seen)
        self.is_over = True
        return self._settled(is_seen)

    def _settled(self, is_seen: bool) -> bool:
        if is_seen or self._view.is_waiting:
            self._view.settle()
            return True
        return False

    def _measured(self) -> Iterator[Change]:
        left = ROWS
        for entry in self._outwards():
            for change in self._view.stack.learn(entry):
                left -= change.after
                yield change
                if left <= 0 and not self._view.is_waiting:
                    return
            yield Change(0, 0, 0)

    def _outwards(self) -> Iterator[Entry]:
        """The entries, those near the view first."""
        found, entries = self._view.stack.at(self._view.top), self._view.stack.entries
        middle = entries.index(found[0]) if found else len(entries)
        above, below = reversed(entries[:middle]), islice(entries, middle, None)
        pairs = zip_longest(below, above)
        return (entry for entry in chain.from_iterable(pairs) if entry is not None)
