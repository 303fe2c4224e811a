"""Copying, and the truth about where the text went.

Routes, the first that can be taken: the desktop's clipboard (by pyperclip) where there is a
desktop and we are not on the far side of an SSH connection; tmux's buffer, which tmux hands on to
its terminal, and which takes what programs in it send by OSC 52 only where it is set up so; the
terminal's own clipboard (OSC 52), which works through SSH where the terminal allows it, but never
answers, so that it is only said to have been asked; a file, for texts that no terminal takes.

What can be read back is read back, and said to have been.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tui.core.sanitize import one_line
from tui.edge.paths import state_folder

LONGEST_OSC52 = 55_000
"""Bytes of text; in base64 that fits the 74,994 that xterm and tmux take."""

PATIENCE = 5.0
"""Seconds for tmux."""

DESKTOP = "Copied to the clipboard, which gives it back as it is."
DOUBTED = "Sent to the clipboard, which gives something else back: look before you paste."
TMUX = "Copied to tmux's buffer (prefix ] pastes it), which hands it to the terminal."
TERMINAL = "Sent to the terminal's clipboard (OSC 52), which does not say whether it took it."


def copy(text: str, to_terminal: Callable[[str], None], environ: Mapping[str, str]) -> str:
    """Copy the text by the best route there is; gives a sentence that names the route."""
    if _has_desktop(environ) and (said := _by_desktop(text)):
        return said
    if environ.get("TMUX") and _by_tmux(text, environ):
        return TMUX
    if len(text.encode("utf-8", "replace")) <= LONGEST_OSC52:
        to_terminal(text)
        return TERMINAL
    try:
        return f"Too long for the terminal's clipboard: written to {_to_file(text)}"
    except OSError as error:
        why = one_line(error.strerror or type(error).__name__)
        return f"It was not copied: too long for the terminal's clipboard, and no file: {why}."


def route(environ: Mapping[str, str]) -> str:
    """The route that a short text would take, in words."""
    beyond = "tmux's buffer" if environ.get("TMUX") else "the terminal's (OSC 52)"
    return f"the desktop's, else {beyond}" if _has_desktop(environ) else beyond


def _has_desktop(environ: Mapping[str, str]) -> bool:
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def _by_desktop(text: str) -> str:
    """What happened, in a sentence; empty where there is no way to the clipboard."""
    import pyperclip

    try:
        pyperclip.copy(text)
    except (pyperclip.PyperclipException, OSError):
        return ""
    try:
        held = pyperclip.paste()
    except (pyperclip.PyperclipException, OSError, UnicodeError):
        return "Sent to the clipboard; it could not be read back."
    return DESKTOP if _same(held) == _same(text) else DOUBTED


def _same(text: str) -> str:
    """The text without what clipboards change: line ends."""
    return text.replace("\r\n", "\n").rstrip("\n")


def _by_tmux(text: str, environ: Mapping[str, str]) -> bool:
    """Fill tmux's newest buffer, and see whether it is in there."""
    data = text.encode("utf-8", "replace")
    try:
        for hands_on in (["-w"], []):  # tmux before 3.2 cannot hand it to the terminal
            done = _tmux(environ, "load-buffer", *hands_on, "-", data=data)
            if done.returncode == 0:
                return _tmux(environ, "show-buffer").stdout == data
    except (OSError, subprocess.SubprocessError):
        pass
    return False


def _tmux(
    environ: Mapping[str, str], *words: str, data: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ("tmux", *words),
        input=data,
        capture_output=True,
        timeout=PATIENCE,
        env=dict(environ),
        check=False,
    )


def _to_file(text: str) -> Path:
    path = state_folder() / "copied.md"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
        file.write(text)
    return path
