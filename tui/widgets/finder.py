"""Hits as they are seen: which characters of which rows they are, and where the view must go.

Strategy. The rows in view are searched when they are painted, which finds what is seen. A hit
that somebody goes to is known by its place in the source; the rows of that part and of its
neighbours are searched too, and where both count the same, the n-th is the n-th. Else some of
the hits are in the markup, and the one in the rows with the most alike round it is taken. A part
that cannot be read yet is gone to by estimate, and looked at again when it can be.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from tui.core.sought import Sought
from tui.widgets.entry import Entry
from tui.widgets.hits import Hit, Hits
from tui.widgets.rows import Fit
from tui.widgets.view import View

ALIKE = 24
"""Letters on each side of a hit that are compared."""

TRIES = 4
"""How often the view is moved, at the most, while rows above it become known."""

ROUND = 2
"""Rows beyond those that are painted in which a hit may begin or end."""


class Mark(NamedTuple):
    """Some characters of a row that belong to a hit."""

    start: int
    """The first of them."""
    end: int
    """The one after them."""
    is_now: bool
    """Whether it is the hit that somebody went to."""


class Finder:
    """Words that are looked for in what a view shows."""

    def __init__(self) -> None:
        self.is_waiting = False
        """Whether somebody goes to a hit that cannot be read yet."""
        self.hits: Hits | None = None
        """What was found; None while nothing is looked for."""
        self.start: Entry | None = None
        """The message from which the first hit is looked for; None is what is in view."""
        self._now: Hit | None = None
        self._seen: tuple[int, int] | None = None  # the mark of its row, its first character
        self._fit = Fit(0)

    def seek(self, view: View, words: str) -> None:
        """Look for these words from now on; without words, for nothing."""
        sought = Sought(words)
        self.hits = Hits(view.stack, sought) if sought else None
        self.start = None
        self._now, self._seen, self.is_waiting = None, None, False

    def drop(self, entry: Entry) -> None:
        """A message is taken out."""
        if self.hits is not None:
            self.hits.drop(entry)
        self.start = None if self.start is entry else self.start
        if self._now is not None and self._now.entry is entry:
            self._now, self._seen, self.is_waiting = None, None, False

    @property
    def words(self) -> str:
        """How many there are, and which one is shown."""
        if self.hits is None:
            return ""
        more = "" if self.hits.is_over else "…"
        if not self.hits.total:
            return more or "not found"
        if self._now is None:
            return f"{self.hits.total:,}{more} {'hit' if self.hits.total == 1 else 'hits'}"
        return f"{self.hits.number(self._now) + 1:,} of {self.hits.total:,}{more}"

    # Going there

    @property
    def can_begin(self) -> bool:
        """Whether enough is counted to know which hit is the first one."""
        return self.hits is not None and (
            self.hits.is_over or (self.hits.total > 0 and self.start is None)
        )

    def step(self, view: View, by: int) -> Hit | None:
        """Go to the hit so many after this one."""
        if self.hits is None:
            return None
        now = self._now
        self._now = self.hits.step(now, by) if now else self.hits.first(self._top(view), by)
        self._seen = None
        if self._now is not None:
            self.reveal(view)
        return self._now

    def _top(self, view: View) -> Hit | None:
        """Where the first hit is looked for, as if it were a hit."""
        if self.start is not None:
            return Hit(self.start, -1, 0, 0)
        found = view.stack.at(view.top)
        if found is None:
            return None
        flow, (part, row) = found[0].place(found[1])
        text = dict(found[0].texts).get(flow)
        above = text.shown(part, view.stack.memory)[:row] if text else []
        return Hit(found[0], flow, part, len(self._spans(iter(above))))

    def reveal(self, view: View) -> None:
        """Bring the hit into view, or as near to it as is known by now."""
        now = self._now
        if now is None:
            return
        for _ in range(TRIES):
            line = self._line(view, now)
            if view.top <= line < view.top + view.height:
                break
            view.go(max(0, line - view.height // 3))
        self.is_waiting = not self._is_readable(view, now)

    def place(self, view: View) -> tuple[int, int] | None:
        """The row in which the hit is seen, and its first character there."""
        return (view.stack.line_of(self._seen[0]), self._seen[1]) if self._seen else None

    def _is_readable(self, view: View, hit: Hit) -> bool:
        return view.look(hit.entry, hit.flow, hit.part).is_known

    def _line(self, view: View, hit: Hit) -> int:
        """The row of a hit; the first row of its part where it is not in the rows."""
        self._locate(view, hit)
        if self._seen is not None:
            return view.stack.line_of(self._seen[0])
        return view.stack.line_at_place(hit.entry, hit.flow, (hit.part, 0))

    def _locate(self, view: View, hit: Hit) -> None:
        self._seen, self._fit = None, view.stack.fit
        rows = list(_rows(view, hit))
        spans = self._spans(text for _, text in rows)
        flow = dict(hit.entry.texts).get(hit.flow)
        if not spans or flow is None or self.hits is None:
            return
        first = max(0, hit.part - 1)
        parts = flow.text.said(first, hit.part + 2)
        nth = _among(parts, hit.part - first, hit.nth, self.hits.sought)
        source, shown = "".join(parts), "\n".join(text for _, text in rows)
        wanted = self.hits.sought.spans(source)
        places = self._places([text for _, text in rows], spans)
        if len(wanted) != len(spans) and nth < len(wanted):
            nth = _most_alike(source, wanted[nth], shown, spans)
        row, start = places[min(nth, len(places) - 1)]
        line = view.stack.line_at_place(hit.entry, hit.flow, rows[row][0])
        self._seen = view.stack.mark(line), start

    def _spans(self, texts: Iterator[str]) -> list[tuple[int, int]]:
        return self.hits.sought.spans("\n".join(texts)) if self.hits else []

    @staticmethod
    def _places(texts: list[str], spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Row and character of each span's start."""
        starts = _starts(texts)
        rows = [bisect_right(starts, start) - 1 for start, _ in spans]
        return [(row, start - starts[row]) for row, (start, _) in zip(rows, spans, strict=True)]

    # Painting

    def marks(self, view: View, first: int, last: int) -> dict[int, list[Mark]]:
        """What to mark in the rows from `first` to before `last`."""
        if self.hits is None:
            return {}
        if self._now is not None and self._fit != view.stack.fit:
            self._locate(view, self._now)
        first, last = max(0, first - ROUND), min(last + ROUND, view.stack.height)
        texts = [_text(view, line) for line in range(first, last)]
        now = self.place(view)
        starts = _starts(texts)
        marks: dict[int, list[Mark]] = {}
        for start, end in self._spans(iter(texts)):
            row = bisect_right(starts, start) - 1
            is_now = now == (first + row, start - starts[row])
            while row < len(texts) and starts[row] < end:
                left, right = max(start - starts[row], 0), min(end - starts[row], len(texts[row]))
                marks.setdefault(first + row, []).append(Mark(left, right, is_now))
                row += 1
        return marks


def _starts(texts: list[str]) -> list[int]:
    """Where each row begins in the rows joined by line breaks."""
    return list(accumulate((len(text) + 1 for text in texts[:-1]), initial=0))


def _text(view: View, line: int) -> str:
    """A row of what is said, and nothing of headings and feet."""
    found = view.stack.at(line)
    if found is None or found[0].place(found[1])[0] not in dict(found[0].texts):
        return ""
    return "".join(span.text for span in view.stack.row(line))


def _rows(view: View, hit: Hit) -> Iterator[tuple[tuple[int, int], str]]:
    """The rows of a hit's part and of those beside it: place and text."""
    flow = dict(hit.entry.texts).get(hit.flow)
    for part in range(max(0, hit.part - 1), hit.part + 2):
        if flow is None or part > flow.last_part:
            return
        view.look(hit.entry, hit.flow, part)
        for number, text in enumerate(flow.shown(part, view.stack.memory)):
            yield (part, number), text


def _among(parts: list[str], index: int, nth: int, sought: Sought) -> int:
    """Which hit of all in some parts the n-th of one of them is."""
    before = len("".join(parts[:index]))
    ended = sum(end <= before for _, end in sought.spans("".join(parts)))
    return ended + nth


def _most_alike(
    source: str, wanted: tuple[int, int], shown: str, spans: list[tuple[int, int]]
) -> int:
    """Which of the spans in the rows has the same words round it as one in the source."""
    left, right = _round(source, *wanted)

    def alike(span: tuple[int, int]) -> int:
        before, after = _round(shown, *span)
        return _common(left[::-1], before[::-1]) + _common(right, after)

    return max(range(len(spans)), key=lambda number: alike(spans[number]))


def _round(text: str, start: int, end: int) -> tuple[str, str]:
    """The letters before and after a span."""
    before, after = text[max(0, start - 4 * ALIKE) : start], text[end : end + 4 * ALIKE]
    return _letters(before)[-ALIKE:], _letters(after)[:ALIKE]


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def _common(one: str, other: str) -> int:
    """Letters that both begin with."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
