"""Copying, and the truth about where the text went.

Three routes, in this order. The desktop's clipboard (by pyperclip) where there is a desktop and
we are not on the far side of an SSH connection. Else the terminal's own (OSC 52), which works
through SSH and tmux where the terminal allows it, but never answers, so it is only said to have
been asked. Else, for texts too long for a terminal to take, a file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tui.edge.paths import state_folder

LONGEST_OSC52 = 55_000
"""Bytes of text; in base64 that fits the 74,994 that xterm and tmux take."""


def copy(text: str, to_terminal: Callable[[str], None], environ: Mapping[str, str]) -> str:
    """Copy the text by the best route there is; gives a sentence that names the route."""
    if _has_desktop(environ) and _by_desktop(text):
        return "Copied to the clipboard."
    if len(text.encode("utf-8", "replace")) <= LONGEST_OSC52:
        to_terminal(text)
        return "Sent to the terminal's clipboard (OSC 52)."
    return f"Too long for the terminal's clipboard: written to {_to_file(text)}"


def route(environ: Mapping[str, str]) -> str:
    """The route that a short text would take, in words."""
    if _has_desktop(environ):
        return "the desktop's, else the terminal's (OSC 52)"
    return "the terminal's (OSC 52)"


def _has_desktop(environ: Mapping[str, str]) -> bool:
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def _by_desktop(text: str) -> bool:
    import pyperclip

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError):
        return False
    return True


def _to_file(text: str) -> Path:
    path = state_folder() / "copied.md"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
        file.write(text)
    return path
