"""The last look at everything that is drawn: nothing that steers a terminal gets past.

Text is cleaned where it comes in. This catches whatever a widget shows without asking, as an
input field does with what is pasted into it. By then every row has been measured, so here no
character becomes a sign: it goes, and the row keeps the width that it was given.
"""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.core.odd import Kind, kind_of
from tui.core.sanitize import clean


class LastGuard(LineFilter):
    """A filter over the rows of every widget."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments as a terminal can be given them."""
        return [_guarded(segment) for segment in segments]


def _guarded(segment: Segment) -> Segment:
    text, style, _ = segment
    if style is not None and style.link:
        style = style.update_link(None)  # a target is shown and asked about, never hidden
    elif text.isascii() and text.isprintable():
        return segment
    return Segment(harmless(text), style)


def harmless(text: str) -> str:
    """One row's text, as many cells wide, without anything that steers."""
    if clean(text) == text and "\n" not in text and "\t" not in text:
        return text
    left = "".join(char for char in text if char not in "\n\t" and kind_of(char) is not Kind.SIGN)
    return set_cell_size(clean(left), cell_len(text))
