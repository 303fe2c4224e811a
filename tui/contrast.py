"""Colours that can be read: how far two are apart, and how to bring them far enough.

Measured as in WCAG 2.2 ("contrast ratio", "relative luminance"): 1 is none, 21 is black on white.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.color import Color

BLACK, WHITE = Color(0, 0, 0), Color(255, 255, 255)

STEPS = 50
"""Shades between a colour and black or white that are tried."""


def luminance(color: Color) -> float:
    """How bright it is, 0 to 1."""
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in color.rgb)
    )
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(color: Color, grounds: Sequence[Color], least: float) -> Color:
    """The colour, or the first shade of it that has the contrast with every ground.

    A colour that cannot have it becomes black or white, whichever is nearer to it.
    """
    towards = max((BLACK, WHITE), key=lambda end: min(contrast(end, each) for each in grounds))
    for step in range(STEPS):
        shade = color.blend(towards, step / STEPS, 1.0)
        if all(contrast(shade, ground) >= least for ground in grounds):
            return shade
    return towards
