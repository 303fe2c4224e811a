"""A program in a pty, watched from outside: when bytes appear, and what CPU they cost."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import struct
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Self

TICKS = os.sysconf("SC_CLK_TCK")


class Program:
    """Runs a command at 160x48 and looks for words in what it writes."""

    def __init__(self, *command: str) -> None:
        self._command = command
        self._output = bytearray()

    async def __aenter__(self) -> Self:
        self.began = time.perf_counter()
        self._pid, self._master = pty.fork()
        if self._pid == 0:
            os.execvpe(self._command[0], self._command, {**os.environ, "TERM": "xterm-256color"})
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", 48, 160, 0, 0))
        os.set_blocking(self._master, False)
        asyncio.get_running_loop().add_reader(self._master, self._read)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asyncio.get_running_loop().remove_reader(self._master)
        os.kill(self._pid, 9)
        await asyncio.to_thread(os.waitpid, self._pid, 0)
        os.close(self._master)

    def _read(self) -> None:
        self._output += os.read(self._master, 1 << 20)

    async def shows(self, words: bytes, patience: float = 300) -> float:
        """Wait until the words were written; gives the time (perf_counter's seconds)."""
        start = max(0, len(self._output) - 200_000)
        async with asyncio.timeout(patience):
            while words not in self._output[start:]:
                await asyncio.sleep(0.002)
        return time.perf_counter()

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    @property
    def cpu(self) -> float:
        """Seconds of CPU so far, user and system, of all its threads."""
        fields = Path(f"/proc/{self._pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
