"""Rows of styled spans -> finished strips.

A theme's styles are resolved once and each row is painted once; after that the same `Strip`
objects are handed out frame after frame, which is what keeps a frame cheap.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip
from textual.widget import Widget

from tui.markdown.pieces import Row, Span
from tui.widgets.signs import in_ascii

GUTTER = 2
"""Cells left of every row: one for the sign of the focused message, one of air."""

OURS = frozenset(
    {
        *("dim", "ending", "ending-bad", "notice", "notice-title", "key", "you", "model", "focus"),
        *("quote-bar", "marker", "task", "rule", "table-border"),
    }
)
"""Styles of what stands round the words of a conversation, and never of the words."""

BAR, FRAME = Span("▌ ", ("focus",)), Span("█▌", ("focus",))
"""Stand left of the message in focus, and of a block of code that is."""

Resolve = Callable[[str], Style]
"""A style's name -> its own colours and attributes, nothing inherited."""

Ground = tuple[int, Color, tuple[LineFilter, ...]]
"""Cells of a whole row, gutter included; the background; what every strip has to pass."""


def resolved(widget: Widget, name: str) -> Style:
    """What the sheet says of a component; Rich knows no opacity, so colours are mixed here."""
    styles = widget.get_component_styles(name)
    own = styles.partial_rich_style
    if styles.has_rule("color") and 0 < styles.color.a < 1:
        own += Style(color=(widget.background_colors[1] + styles.color).rich_color)
    return own


class Paint:
    """The styles of one theme on one ground."""

    def __init__(
        self, base: Style, resolve: Resolve, ground: Ground, *, in_ascii: bool = False
    ) -> None:
        self.ground = ground
        """What it paints on."""
        self._spelt = _spelt if in_ascii else _as_it_is
        self._base = base
        self._resolve = resolve
        self._mixed: dict[tuple[str, ...], Style] = {}
        self._own: dict[str, Style] = {}

    def strip(self, row: Row, fill: str, is_focused: bool) -> Strip:
        """One row, finished: padded and filtered; `fill` names the style of the whole row."""
        width = self.ground[0]
        under = (fill,) if fill else ()
        segments = [self._gutter(is_focused)]
        used = GUTTER
        for span in row:
            style = self._mix((*under, *span.styles))
            if span.link:
                style += Style(meta={"link": span.link})
            segments.append(Segment(self._spelt(span), style))
            used += cell_len(span.text)
        if used < width:
            segments.append(Segment(" " * (width - used), self._mix(under)))
        return self.filtered(Strip(segments, max(used, width)))

    def filtered(self, strip: Strip) -> Strip:
        """What every strip has to pass."""
        _, background, filters = self.ground
        for line_filter in filters:
            strip = strip.apply_filter(line_filter, background)
        return strip

    def framed(self, strip: Strip) -> Strip:
        """The same row of a block of code that is in focus."""
        return Strip.join(
            [Strip([Segment(self._spelt(FRAME), self._mix(("focus",)))]), strip.crop(GUTTER)]
        )

    def own(self, name: str) -> Style:
        """A named style, to be laid over what is painted."""
        style = self._own.get(name)
        if style is None:
            style = self._own[name] = self._resolve(name)
        return style

    def _gutter(self, is_focused: bool) -> Segment:
        return Segment(self._spelt(BAR) if is_focused else "  ", self._mix(("focus",)))

    def _mix(self, names: tuple[str, ...]) -> Style:
        """The named styles laid over each other, the last on top."""
        if names and names[-1].startswith("#"):
            return self._base + Style.parse(names[-1])  # there are too many to remember them
        style = self._mixed.get(names)
        if style is None:
            style = self._base
            for name in names:
                style += self.own(name)
            self._mixed[names] = style
        return style


def _as_it_is(span: Span) -> str:
    return span.text


def _spelt(span: Span) -> str:
    """Signs of ours in ASCII; the words of a conversation as they are."""
    is_ours = not OURS.isdisjoint(span.styles)
    is_underline = "heading-1" in span.styles and not span.text.strip("━")
    return in_ascii(span.text) if is_ours or is_underline else span.text
