"""Signs and borders that every terminal and every font has.

The last thing that is done to a row: by then it is measured, so each sign becomes as many
characters as it has cells. What was said in a conversation, or is being typed into the prompt,
stays as it is: the log has its own painter (`tui.widgets.paint`), and an editor marks its rows.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

TYPED = "typed"
"""The mark, in a segment's meta, of words that are not ours."""

_PAIRS = {
    "≋": "~", "◌": "o", "○": "o", "●": "*", "↻": "@", "✗": "x", "✓": "v", "✂": "%", "∅": "0",
    "⊘": "/", "■": "#", "▣": "#", "▫": "-", "▷": ">", "▸": ">", "▾": "v", "❯": ">", "✎": "e",
    "≈": "~", "≥": ">", "·": "-", "•": "*", "◦": "o", "▪": "-", "–": "-", "—": "-", "…": ".",
    "⋯": ".", "×": "x", "☐": "o", "☑": "x", "‹": "<", "›": ">", "↪": ">", "“": '"', "”": '"',
    "‘": "'", "’": "'", "‚": ",", "„": '"', "→": ">", "←": "<", "↑": "^", "↓": "v", "🔎": "/ ",
}  # fmt: skip
_BLOCKS = dict(zip("▁▂▃▄▅▆▇█", "_.,-=+*#", strict=True)) | dict.fromkeys("▉▊▋▌▍▎▏▐▕", "|")
_SHADES = {"░": ".", "▒": ":", "▓": "#", "▀": "'", "▔": "-"}
_LINES = dict.fromkeys("─━═╌╍┄┅╴╶╸╺", "-") | dict.fromkeys("│┃║╎╏┆┇", "|")
_CORNERS = dict.fromkeys(map(chr, range(0x2500, 0x2580)), "+")
_QUADRANTS = dict.fromkeys(map(chr, range(0x2596, 0x25A0)), "+")

TABLE = str.maketrans(_CORNERS | _QUADRANTS | _LINES | _BLOCKS | _SHADES | _PAIRS)


def in_ascii(text: str) -> str:
    """The text with its signs in ASCII, as many cells wide; other letters stay."""
    return text if text.isascii() else text.translate(TABLE)


class AsciiSigns(LineFilter):
    """A filter over the rows of every widget but the log."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with their signs in ASCII."""
        return [_spelt(segment) for segment in segments]


def _spelt(segment: Segment) -> Segment:
    text, style, control = segment
    if text.isascii() or (style is not None and style.meta.get(TYPED)):
        return segment
    return Segment(in_ascii(text), style, control)
