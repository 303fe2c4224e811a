"""Text that the mouse selects in the log.

Textual keeps a selection as two places of a column and a line. A line of the log is not a place
that stays, since heights above it become known only later; so the log gives Textual a number for
each row that stays and sorts as rows do, a mark, and never a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.selection import Selection
from textual.strip import Strip

from tui.widgets.paint import GUTTER
from tui.widgets.view import View


def highlighted(strip: Strip, places: Iterable[tuple[int, int, Style]]) -> Strip:
    """The strip with styles over parts of it, each from a character to a character (-1 is the end).

    The parts go from left to right; one that begins within the part before it is left out.
    """
    text, at, cuts, styles = strip.text, 0, [0], list[Style]()
    for first, last, style in places:
        if first >= at:
            start = cuts[-1] + cell_len(text[at:first])
            at = len(text) if last == -1 else max(first, last)
            cuts += [start, start + cell_len(text[first:at])]
            styles.append(style)
    parts = list(strip.divide([*cuts[1:], strip.cell_length]))
    parts[1::2] = [_over(part, style) for part, style in zip(parts[1::2], styles, strict=True)]
    return Strip.join(parts)


def _over(strip: Strip, style: Style) -> Strip:
    return Strip([Segment(text, (own or Style()) + style) for text, own, _ in strip])


def selected_text(view: View, selection: Selection) -> str:
    """The selected text as it is seen, without the gutter; only what is selected is looked at.

    Of lines of code that are cut, those that are selected to their end or from their start are
    given with what the signs stand for.
    """
    return "\n".join(_rows(view, selection))


def _rows(view: View, selection: Selection) -> Iterator[str]:
    stack = view.stack
    line = view.line_of(selection.start.y) if selection.start else 0
    while line < stack.height:
        stack.memory.look()
        start, end = view.measure(line)
        for number in range(max(line, start), end):
            span = selection.get_span(stack.mark(number))
            if span is None:
                return
            first, last = (max(0, place - GUTTER) for place in span)
            if window := stack.window(number):
                first, last = window.meant(first), window.meant(last)
            row = stack.row(number)
            if any(part.styles[:1] and part.styles[0].startswith("#") for part in row):
                continue  # a picture: what it is made of says nothing
            text = "".join(part.text for part in row)
            yield text[first:] if span[1] == -1 else text[first:last]
        line = end
