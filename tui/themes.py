"""Rillet's own looks; every theme of Textual can be chosen too.

Whatever the theme, what is written in its colours can be read: `variables` brings each far enough
from the grounds that it stands on. The terminal's own colours are left as they are, since nobody
but the terminal knows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual.color import Color
from textual.theme import Theme

from tui.contrast import readable

DARK = Theme(
    name="rillet-dark",
    primary="#7fb4ca",
    secondary="#a08bc0",
    accent="#e6c384",
    foreground="#dcd7ba",
    background="#16161d",
    surface="#1f1f28",
    panel="#2a2a37",
    success="#98bb6c",
    warning="#ffa066",
    error="#e66f7c",
    dark=True,
)

LIGHT = Theme(
    name="rillet-light",
    primary="#2b6884",
    secondary="#6b4f9e",
    accent="#8c5300",
    foreground="#2b2b33",
    background="#faf8f3",
    surface="#f1eee6",
    panel="#e4e0d5",
    success="#33691a",
    warning="#9a4a00",
    error="#b3263a",
    dark=False,
)

HIGH_CONTRAST = Theme(
    name="rillet-high-contrast",
    primary="#8ad8ff",
    secondary="#dcc4ff",
    accent="#ffe45c",
    foreground="#ffffff",
    background="#000000",
    surface="#141414",
    panel="#2b2b2b",
    success="#93f293",
    warning="#ffbe7a",
    error="#ffacac",
    dark=True,
    variables={"edge": "#a0a0a0"},
)

TERMINAL = Theme(
    name="rillet-terminal",
    primary="ansi_blue",
    secondary="ansi_magenta",
    accent="ansi_cyan",
    foreground="ansi_default",
    background="ansi_default",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    dark=True,
    variables={"ansi-background": "ansi_default", "ansi-foreground": "ansi_default"},
    ansi=True,
)

OURS = (DARK, LIGHT, HIGH_CONTRAST, TERMINAL)


@dataclass(frozen=True, slots=True)
class Bar:
    """The least contrast of a theme with its grounds."""

    text: float = 4.5
    """Of words, in whatever colour (WCAG 1.4.3)."""

    quiet: float = 4.5
    """Of words that stand back."""

    faint: float = 3.0
    """Of lines that part things (WCAG 1.4.11)."""


BARS = {HIGH_CONTRAST.name: Bar(text=7.0, quiet=7.0, faint=4.5)}
"""Those of the themes that promise more."""

COLOURS = ("primary", "secondary", "accent", "success", "warning", "error")
"""The colours that words can have; the foreground is the one that they have."""

GROUNDS = ("background", "surface", "panel")
"""What words stand on; few that have a colour stand on the last."""

OF_TERMINAL = {"quiet": "ansi_default", "faint": "ansi_bright_black", "edge": "ansi_bright_black"}
"""Our own variables where the colours are the terminal's."""


def variables(theme: Theme, given: Mapping[str, str]) -> dict[str, str]:
    """What the sheets can say: a theme's variables, its inks made readable, and our own.

    Our own are `quiet` (words that stand back), `faint` (lines) and `edge` (borders).

    Args:
        theme: The theme.
        given: What Textual makes of it.
    """
    if theme.ansi:
        return {**OF_TERMINAL, **given}
    bar = BARS.get(theme.name, Bar())
    back = Color.parse(given["background"])
    grounds = [back + Color.parse(given[name]) for name in GROUNDS]
    inks = {name: readable(Color.parse(given[name]), grounds[:2], bar.text) for name in COLOURS}
    words = readable(Color.parse(given["foreground"]), grounds, bar.text)
    own = {
        "foreground": words,
        "quiet": readable(back.blend(words, 0.6, 1.0), grounds, bar.quiet),
        "faint": readable(back.blend(words, 0.4, 1.0), grounds[:2], bar.faint),
    }
    made = {name: color.hex for name, color in (inks | own).items()}
    return {"edge": given["panel"], **given, **made}
