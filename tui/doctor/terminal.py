"""What the terminal says of itself, by the environment alone: no question is put to it."""

from __future__ import annotations

import locale
import shutil
import sys
from collections.abc import Iterator, Mapping

from tui.core.findings import Finding, State
from tui.core.previews import Way
from tui.edge.clipboard import route

SECTION = "terminal"

SMALLEST = (60, 16)
"""Columns and rows that Rillet is made for, at the least."""


def terminal(environ: Mapping[str, str], previews: Way) -> Iterator[Finding]:
    """What matters to what is seen, typed and copied."""
    term = environ.get("TERM", "")
    advice = "" if term not in ("", "dumb", "unknown") else "The app needs a terminal that draws."
    program = environ.get("TERM_PROGRAM", "")
    yield _line("TERM", term or "not set", program, advice)
    size = shutil.get_terminal_size()
    is_small = size.columns < SMALLEST[0] or size.lines < SMALLEST[1]
    wide = f"Rillet wants {SMALLEST[0]}x{SMALLEST[1]} at the least." if is_small else ""
    yield _line("size", f"{size.columns}x{size.lines}", "", wide)
    yield _line("colours", *_colours(environ))
    coding = (sys.stdout.encoding or locale.getpreferredencoding()).lower()
    told = (
        "" if "utf" in coding else "Letters beyond ASCII will be wrong: set LC_ALL to a UTF-8 one."
    )
    yield _line("encoding", coding, "", told)
    yield _line("inside", *_inside(environ))
    yield _line("clipboard", route(environ))
    yield _line("images", previews.value)


def _line(name: str, value: str, source: str = "", advice: str = "") -> Finding:
    state = State.NOTE if advice else State.FINE
    return Finding(SECTION, name, value, source, state, advice)


def _colours(environ: Mapping[str, str]) -> tuple[str, str]:
    if environ.get("NO_COLOR"):
        return "none", "NO_COLOR"
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return "16 million", "COLORTERM"
    return ("256", "TERM") if "256" in environ.get("TERM", "") else ("16", "TERM")


def _inside(environ: Mapping[str, str]) -> tuple[str, str]:
    layers = {"tmux": "TMUX", "screen": "STY", "SSH": "SSH_CONNECTION"}
    there = {name: variable for name, variable in layers.items() if environ.get(variable)}
    return ", ".join(there) or "nothing else", ", ".join(there.values())
