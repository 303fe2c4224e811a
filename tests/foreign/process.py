"""A server of somebody else's, as a process."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60.0
"""Seconds in which a server has to say where it listens."""


@contextmanager
def serving(command: Sequence[str], log: Path, says: str) -> Iterator[str]:
    """Run a server; gives what the group of the pattern `says` finds in what it writes.

    Raises:
        AssertionError: If it ends, or does not say it in time.
    """
    with log.open("wb") as written:
        process = subprocess.Popen(
            command, stdout=written, stderr=subprocess.STDOUT, env=dict(os.environ)
        )
    try:
        yield _said(process, log, says)
    finally:
        process.kill()
        process.wait()


def _said(process: subprocess.Popen[bytes], log: Path, says: str) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(says, log.read_text("utf-8", "replace")):
            return found[1]
        time.sleep(0.02)
    raise AssertionError(f"the server did not start:\n{log.read_text('utf-8', 'replace')}")
