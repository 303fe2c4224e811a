"""Rows of styled spans as a terminal understands them, in colours that read on any ground.

Nobody asks whether the terminal is dark or light. Of its own sixteen colours those are used that
the usual palettes (xterm, VTE, Terminal.app, VS Code, Solarized) let one read on both. Yellow,
white and the bright ones vanish on light ground, blue and black on dark. What matters is told by
words and signs too: headings have a line, items a bullet.
"""

from __future__ import annotations

from tui.markdown.pieces import Row

BOLD, DIM, ITALIC, UNDERLINE, STRIKE = "1", "2", "3", "4", "9"
RED, GREEN, MAGENTA, CYAN = "31", "32", "35", "36"

LOOKS: dict[str, tuple[str, ...]] = {
    "heading-1": (BOLD, MAGENTA),
    "heading-2": (BOLD, MAGENTA),
    **dict.fromkeys(("heading-3", "heading-4", "heading-5", "heading-6"), (BOLD,)),
    "strong": (BOLD,),
    "em": (ITALIC,),
    "strike": (STRIKE,),
    "code": (CYAN,),
    "link": (UNDERLINE,),
    "target": (DIM,),
    "image": (MAGENTA,),
    "footnote": (CYAN,),
    "maths": (CYAN,),
    "html": (DIM,),
    "quote": (ITALIC,),
    "quote-bar": (MAGENTA,),
    "marker": (MAGENTA,),
    "task": (MAGENTA,),
    "rule": (DIM,),
    "table-border": (DIM,),
    "table-header": (BOLD,),
    "code-label": (DIM,),
    "code-keyword": (MAGENTA,),
    "code-function": (CYAN,),
    "code-string": (GREEN,),
    "code-number": (CYAN,),
    "code-comment": (DIM, ITALIC),
    "code-added": (GREEN,),
    "code-removed": (RED,),
    "code-error": (RED,),
    "waiting": (DIM,),
}
"""What a style's name looks like, in parameters of SGR (ECMA-48, 8.3.117)."""

COLOURS = frozenset({RED, GREEN, MAGENTA, CYAN})


class Ink:
    """Writes rows for one terminal."""

    def __init__(self, *, has_colours: bool) -> None:
        """What the rows are written with.

        Args:
            has_colours: Whether colours are wanted; bold, italic and the like are there anyway.
        """
        self._has_colours = has_colours

    def line(self, row: Row) -> str:
        """One row, without its end; every style is switched off where its span ends."""
        return "".join(self._span(span.text, span.styles) for span in row)

    def _span(self, text: str, styles: tuple[str, ...]) -> str:
        looks = [look for style in styles for look in LOOKS.get(style, ())]
        if not self._has_colours:
            looks = [look for look in looks if look not in COLOURS]
        return f"\x1b[{';'.join(looks)}m{text}\x1b[m" if looks else text
