"""What Rillet says outside its own screen: in the window's title, by the bell, by a notification.

The sequences are xterm's (control sequences, 'Operating System Commands' and 'Window
manipulation'): OSC 2 sets the title, CSI 22 ; 2 t and CSI 23 ; 2 t put it aside and bring it
back. OSC 9 is a notification (iTerm2, WezTerm, kitty, foot, Ghostty); tmux passes none on, but
marks a window in which the bell rang.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tui.core.sanitize import one_line

ENDED = ("off", "bell", "notify")
"""How the end of a long reply that nobody saw can be told."""

LONGEST_TITLE = 120
"""Characters of a title; window managers cut them long before."""

PUT_ASIDE, BRING_BACK = "\x1b[22;2t", "\x1b[23;2t"
BELL = "\x07"

PLAIN = ("", "dumb", "linux")
"""Terminals without a title."""


@dataclass(frozen=True, slots=True)
class Notices:
    """What is said, and when."""

    title: bool = True
    """Whether the window's title tells of the conversation."""

    ended: str = "off"
    """How a reply that ended unseen is told."""

    after: float = 10.0
    """Seconds that a reply has to take so that its end is told."""


def has_title(environ: Mapping[str, str]) -> bool:
    """Whether the terminal has a title."""
    return environ.get("TERM", "") not in PLAIN


def entitled(words: str) -> str:
    """Makes these words the title; whatever they are, they cannot steer the terminal."""
    return f"\x1b]2;{one_line(words, LONGEST_TITLE)}{BELL}"


def told(words: str, ended: str, environ: Mapping[str, str]) -> str:
    """Tells that a reply has ended; empty where that is off."""
    if ended == "notify" and not (environ.get("TMUX") or environ.get("STY")):
        return f"\x1b]9;{one_line(words, LONGEST_TITLE)}{BELL}"
    return "" if ended == "off" else BELL
