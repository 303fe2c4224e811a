"""Words that could go nowhere else are written to a file of their own."""

from __future__ import annotations

import os
from datetime import datetime
from itertools import count
from pathlib import Path

from tui.edge.paths import state_folder


def keep(words: str, now: datetime) -> Path:
    """Write the words where only their owner reads them; gives the file.

    Raises:
        OSError: If they cannot be written.
    """
    folder = state_folder()
    for number in count(1):
        name = f"crash-{now:%Y%m%d-%H%M%S}{f'-{number}' if number > 1 else ''}.md"
        try:
            file = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(file, "w", encoding="utf-8", errors="replace") as opened:
            opened.write(words)
        return folder / name
    raise AssertionError("there is always another number")
