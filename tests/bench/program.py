"""A program in a pty, watched from outside: when bytes appear, and what CPU they cost."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from tests.console import Console

TICKS = os.sysconf("SC_CLK_TCK")

RECENT = 200_000
"""Bytes of what was written before that are looked at too."""

LOOK = 0.002
"""Seconds between two looks, each at what came since: whoever watches must not be what is slow."""


class Program(Console):
    """Runs a command at 160x48 and looks for words in what it writes.

    It finds nothing of the one before: a notice of what that left would cover words.
    """

    def __init__(self, *command: str, data: Path | None = None) -> None:
        self._home = TemporaryDirectory(prefix="rillet-bench-", ignore_cleanup_errors=True)
        super().__init__(command, 160, 48, {"XDG_DATA_HOME": str(data or self._home.name)})
        self._output = bytearray()
        self.began = 0.0

    async def __aenter__(self) -> Self:
        self.began = time.perf_counter()
        return await super().__aenter__()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await super().__aexit__(kind, error, trace)
        self._home.cleanup()

    def take(self, data: bytes) -> None:
        """Keep it."""
        self._output += data

    async def shows(self, words: bytes, patience: float = 300) -> float:
        """Wait until the words were written; gives the time (perf_counter's seconds)."""
        start = max(0, len(self._output) - RECENT)
        async with asyncio.timeout(patience):
            while self._output.find(words, start) < 0:
                start = max(start, len(self._output) - len(words) + 1)
                await asyncio.sleep(LOOK)
        return time.perf_counter()

    @property
    def cpu(self) -> float:
        """Seconds of CPU so far, user and system, of all its threads."""
        fields = Path(f"/proc/{self._pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def starved(self) -> float:
        """Seconds in which its main thread, or ours, could have run and had no core to run on.

        Zero where the system does not tell (https://docs.kernel.org/scheduler/sched-stats.html).
        """
        return sum(map(_run_delay, (self._pid, os.getpid())))


def _run_delay(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0
