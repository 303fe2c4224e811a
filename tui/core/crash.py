"""What is told of a fault of Rillet's own: what it was and where, never what was in memory.

Local variables hold keys and prompts, so none is shown; and what the exception itself says is
redacted and cleaned like everything foreign.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

from tui.core.redactor import Redactor
from tui.core.sanitize import one_line

PACKAGE = Path(__file__).resolve().parent.parent
"""Where our code is."""

MOST_FRAMES = 8
"""Frames of ours that are told of one exception."""


def report(fault: BaseException, *keys: str) -> str:
    """The fault in lines: its kind and words, and the places in our code that led to it."""
    lines = ["Something in Rillet went wrong, and it had to end."]
    for error in _chain(fault):
        said = one_line(Redactor(*keys).text(_words(error)), 300)
        lines.append(f"  {type(error).__name__}{f': {said}' if said else ''}")
        lines += [f"    at {place}" for place in _places(error)]
    return "\n".join(lines) + "\n"


def _chain(fault: BaseException) -> Iterator[BaseException]:
    """The fault and what led to it; a worker's failure is that of what it ran."""
    seen: list[BaseException] = []
    error: BaseException | None = fault
    while error is not None and error not in seen:
        seen.append(error)
        inner = getattr(error, "error", None)
        if isinstance(inner, BaseException):
            seen.pop()
            error = inner
        else:
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return iter(seen)


def _words(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # an exception of a package may fail to say what it is
        return ""


def _places(error: BaseException) -> list[str]:
    """Our frames, and the one in which it happened, whoever's that is."""
    frames = traceback.extract_tb(error.__traceback__)
    told = [frame for frame in frames[:-1] if Path(frame.filename).is_relative_to(PACKAGE)]
    return [
        f"{_short(frame.filename)}:{frame.lineno}, in {frame.name}"
        for frame in [*told[-MOST_FRAMES:], *frames[-1:]]
    ]


def _short(filename: str) -> str:
    path = Path(filename)
    if path.is_relative_to(PACKAGE):
        return path.relative_to(PACKAGE.parent).as_posix()
    return "/".join(path.parts[-2:])
