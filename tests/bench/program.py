"""A program in a pty, watched from outside: when bytes appear, and what CPU they cost."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path
from typing import Self

from tests.console import Console

TICKS = os.sysconf("SC_CLK_TCK")


class Program(Console):
    """Runs a command at 160x48 and looks for words in what it writes."""

    def __init__(self, *command: str) -> None:
        super().__init__(command, 160, 48)
        self._output = bytearray()
        self.began = 0.0

    async def __aenter__(self) -> Self:
        self.began = time.perf_counter()
        return await super().__aenter__()

    def take(self, data: bytes) -> None:
        """Keep it."""
        self._output += data

    async def shows(self, words: bytes, patience: float = 300) -> float:
        """Wait until the words were written; gives the time (perf_counter's seconds)."""
        start = max(0, len(self._output) - 200_000)
        async with asyncio.timeout(patience):
            while words not in self._output[start:]:
                await asyncio.sleep(0.002)
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
