"""Rillet's own looks; every theme of Textual can be chosen too."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="rillet-dark",
    primary="#7fb4ca",
    secondary="#957fb8",
    accent="#e6c384",
    foreground="#dcd7ba",
    background="#16161d",
    surface="#1f1f28",
    panel="#2a2a37",
    success="#98bb6c",
    warning="#ffa066",
    error="#e46876",
    dark=True,
)

LIGHT = Theme(
    name="rillet-light",
    primary="#2f6f8f",
    secondary="#6b4f9e",
    accent="#9a5b00",
    foreground="#2b2b33",
    background="#faf8f3",
    surface="#f1eee6",
    panel="#e4e0d5",
    success="#3f7d20",
    warning="#b35900",
    error="#b3263a",
    dark=False,
)
