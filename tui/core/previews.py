"""How images are shown in a terminal: which of the ways that there are, and how large.

The terminal is not asked: its answer would come among the keys that are typed while Rillet starts.
What it is says the environment, and the user where that is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from tui.core.image_size import Size


class Way(StrEnum):
    """How images are shown."""

    KITTY = "kitty"
    """By Kitty's graphics protocol: the terminal holds the image, and cells name its parts."""

    SIXEL = "sixel"
    """As Sixels in the panel, which stays in its place; in what scrolls, as half blocks."""

    BLOCKS = "blocks"
    """As half blocks, two pixels to a cell."""

    OFF = "off"
    """Not at all: their facts stand there."""


AUTO = "auto"

WISHES = (AUTO, *(way.value for way in Way))
"""What the configuration may say."""

KITTY_LIKE = ("ghostty", "kitty")
"""Values of TERM_PROGRAM whose terminals have Kitty's protocol with placeholders in cells."""

SIXEL_LIKE = ("wezterm", "iterm.app", "mlterm", "contour")
"""Values of TERM_PROGRAM whose terminals show Sixels, and no such placeholders."""

POOR = ("dumb", "linux", "vt", "ansi", "cons", "sun")
"""How TERM begins where there are no colours to speak of."""


def way_for(wish: str, environ: Mapping[str, str]) -> Way:
    """The way for this terminal.

    Without colours there are no pictures, whatever is wished. Over SSH nothing is drawn unless the
    user wishes it: a screen of half blocks is 20 times as many bytes as one of text. In tmux and
    screen, which keep their own picture of the screen, half blocks are all that is sure.
    """
    if environ.get("NO_COLOR"):
        return Way.OFF
    if wish != AUTO:
        return Way(wish)
    term, program = environ.get("TERM", "").lower(), environ.get("TERM_PROGRAM", "").lower()
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return Way.OFF
    if not term or term.startswith(POOR):
        return Way.OFF
    if environ.get("TMUX") or environ.get("STY") or term.startswith(("screen", "tmux")):
        return Way.BLOCKS
    is_deep = environ.get("COLORTERM", "").lower() in ("truecolor", "24bit")
    is_kitty = term in ("xterm-kitty", "xterm-ghostty") or program in KITTY_LIKE
    if is_deep and (is_kitty or environ.get("KITTY_WINDOW_ID")):
        return Way.KITTY
    if term.startswith("foot") or program in SIXEL_LIKE:
        return Way.SIXEL
    return Way.BLOCKS


class Room(NamedTuple):
    """Cells of a terminal; one is taken to be twice as high as wide."""

    columns: int
    """From left to right."""

    rows: int
    """From top to bottom."""

    def taken_by(self, size: Size) -> Room:
        """The cells that an image takes in this room; it is never shown larger than it is."""
        share = min(self.columns / size.width, 2 * self.rows / size.height, 1.0)
        wide, high = size.width * share, size.height * share / 2
        columns, rows = max(1, round(wide)), max(1, round(high))
        return Room(min(columns, self.columns), min(rows, self.rows))
