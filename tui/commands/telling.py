"""What a command has to tell, on standard output: lines, or one JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterable

from tui.core.sanitize import clean
from tui.edge.stdout import words


def say(lines: Iterable[str]) -> None:
    """Lines; they are clean already."""
    out = words()
    out.writelines(f"{line}\n" for line in lines)
    out.flush()


def say_json(what: object) -> None:
    """One object; a terminal gets it clean."""
    out = words()
    said = json.dumps(what, indent=1)
    out.write(f"{clean(said) if out.isatty() else said}\n")
    out.flush()
