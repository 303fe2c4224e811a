"""Spans into rows of a given width, by words or by characters.

Both find the rows as ranges of the joined text and cut the spans by these ranges afterwards.
Text whose characters all take one cell, which is most text, needs no measuring: a character is a
cell. Other text is cut into graphemes first, so that no wide character is ever cut in two.
"""

import re
from collections.abc import Callable, Iterator

from rich.cells import split_graphemes

from tui.markdown.pieces import Row, Span, Spans

Range = tuple[int, int]
"""Where a row starts and ends in the text."""
Cutter = Callable[[str, int], Iterator[Range]]
"""Cuts a line into the ranges of its rows."""

_NARROW = re.compile(r"[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2500-\u25fc]*")
_CLOSING = frozenset("，。、；：！？）」』】》〉〕”’…％ー々")
_OPENING = frozenset("（「『【《〈〔“‘")
_TOO_WIDE = "·"  # stands for a wide character where only one cell is left


def by_words(spans: Spans, width: int) -> list[Row]:
    """Wrap at spaces, between wide characters, and within words that are wider than a row."""
    return _cut(spans, width, _wrap_narrow, _wrap_wide)


def by_characters(spans: Spans, width: int) -> list[Row]:
    """Wrap wherever a row is full; every space is kept."""
    return _cut(spans, width, _chop, _chop_wide)


def _cut(spans: Spans, width: int, narrow: Cutter, wide: Cutter) -> list[Row]:
    text = "".join(span.text for span in spans)
    if not is_narrow(text):
        spans, text = _measurable(spans, text, width)
    rows: list[Range] = []
    start = 0
    for line in text.split("\n"):
        ranges = narrow(line, width) if is_narrow(line) else wide(line, width)
        rows.extend((start + first, start + last) for first, last in ranges)
        start += len(line) + 1
    return list(slices(spans, rows))


def is_narrow(text: str) -> bool:
    """Whether every character surely takes one cell."""
    return text.isascii() or _NARROW.fullmatch(text) is not None


def _chop(text: str, width: int) -> Iterator[Range]:
    for start in range(0, max(len(text), 1), width):
        yield start, min(start + width, len(text))


def _wrap_narrow(text: str, width: int) -> Iterator[Range]:
    start, length = 0, len(text.rstrip(" "))
    while length - start > width:
        space = text.rfind(" ", start, start + width + 1)
        end = space if space > start else start + width
        yield start, start + len(text[start:end].rstrip(" "))
        start = end
        while start < length and text[start] == " ":
            start += 1
    yield start, max(start, length)


def _chop_wide(text: str, width: int) -> Iterator[Range]:
    start = cells = 0
    for first, _, size in split_graphemes(text)[0]:
        if cells + size > width:
            yield start, first
            start, cells = first, 0
        cells += size
    yield start, len(text)


def _wrap_wide(text: str, width: int) -> Iterator[Range]:
    """Greedy filling, one grapheme after the other."""
    graphemes, _ = split_graphemes(text)
    start = cells = 0
    after = 0  # where the next row would start if this one ended at the last place it may end at
    cells_after = 0  # the cells from there on
    for index, (first, last, size) in enumerate(graphemes):
        is_space = text[first] == " "
        if is_space and first == start > 0:
            start = after = last
            continue
        if not is_space and cells + size > width:
            cut = after if after > start else first
            yield start, start + len(text[start:cut].rstrip(" "))
            cells, start = (cells_after if cut == after else 0), cut
        cells, cells_after = cells + size, cells_after + size
        if is_space or _may_end(text, graphemes, index):
            after, cells_after = last, 0
    end = max(len(text.rstrip(" ")), start)
    if end > start or start == 0:
        yield start, end


def _may_end(text: str, graphemes: list[tuple[int, int, int]], index: int) -> bool:
    """Whether a row may end behind a grapheme: beside a wide one, but for punctuation."""
    if index + 1 == len(graphemes) or text[graphemes[index][0]] in _OPENING:
        return False
    following = graphemes[index + 1]
    is_wide = graphemes[index][2] > 1 or following[2] > 1
    return is_wide and text[following[0]] not in _CLOSING


def _measurable(spans: Spans, text: str, width: int) -> tuple[Spans, str]:
    """Let no grapheme belong to two spans, and none be wider than a row."""
    ends = {end for _, end, _ in split_graphemes(text)[0]}
    out: list[Span] = []
    start = place = 0
    for span in spans:
        place += len(span.text)
        end = place
        while end not in ends and end < len(text):
            end += 1
        if end > start:
            out.append(Span(_narrowed(text[start:end], width), span.styles, span.link))
            start = end
    return tuple(out), "".join(span.text for span in out)


def _narrowed(text: str, width: int) -> str:
    if width > 1:
        return text
    return "".join(
        text[start:end] if cells < 2 else _TOO_WIDE
        for start, end, cells in split_graphemes(text)[0]
    )


def slices(spans: Spans, ranges: list[Range]) -> Iterator[Row]:
    """Cut the spans at the ranges, which do not overlap and go from left to right."""
    index = offset = 0  # the span that the next range starts in, and where that span starts
    for start, end in ranges:
        while index < len(spans) and offset + len(spans[index].text) <= start:
            offset += len(spans[index].text)
            index += 1
        row: list[Span] = []
        at, place = index, offset
        while at < len(spans) and place < end:
            span = spans[at]
            text = span.text[max(start - place, 0) : end - place]
            row.append(span if len(text) == len(span.text) else Span(text, span.styles, span.link))
            place += len(span.text)
            at += 1
        yield tuple(row)
