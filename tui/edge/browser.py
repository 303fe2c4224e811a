"""Opening a link in the browser, and the truth about whether that went well.

The browser is a program of its own: nothing of it may reach our terminal, so it gets none of our
streams (the `webbrowser` module would hand them on, and start browsers that need a terminal). It
is told the link as its only argument, which begins with the link's scheme and never with a dash.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping

from tui.core.errors import CannotOpen
from tui.core.links import link_from
from tui.edge.environment import without_secrets

OPENERS = ("xdg-open", "gio open", "wslview", "x-www-browser")
"""Programs that find the browser on a desktop, the best first."""

LONGEST = 4.0
"""Seconds within which an opener fails, if it does; one that is still there is the browser."""

_RUNNING: list[subprocess.Popen[bytes]] = []  # browsers that are still there: none is waited for


def browse(url: str, environ: Mapping[str, str]) -> str:
    """Open a link; gives a sentence that names the way.

    Raises:
        CannotOpen: If it is no link or no browser could be started; the text says why.
    """
    link = link_from(url)
    if link is None:
        raise CannotOpen("This is no link that a browser should be given.")
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        raise CannotOpen("This is an SSH connection: a browser would open at its other end.")
    for program in _programs(environ):
        if _runs([*program, link.url], environ):
            return f"Handed to the browser ({program[0]})."
    raise CannotOpen("No browser could be started here.")


def _programs(environ: Mapping[str, str]) -> Iterator[list[str]]:
    """What there is to try: the user's own choice, then what the desktop offers."""
    chosen = [part for part in environ.get("BROWSER", "").split(os.pathsep) if part.strip()]
    is_desktop = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")
    found = ("open",) if sys.platform == "darwin" else OPENERS if is_desktop else ()
    for command in (*chosen, *found):
        program = [part for part in shlex.split(command) if part not in ("%s", "&")]
        if program and shutil.which(program[0], path=environ.get("PATH")):
            yield program


def _runs(command: list[str], environ: Mapping[str, str]) -> bool:
    """Whether the program started, and did not say soon that it failed."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=without_secrets(environ),
        )
    except OSError:
        return False
    try:
        return process.wait(LONGEST) == 0
    except subprocess.TimeoutExpired:
        _RUNNING.append(process)
        return True
