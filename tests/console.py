"""A program in a pty: started, typed to, ended. What it writes is for a subclass to take."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import signal
import struct
import termios
from abc import ABC, abstractmethod
from collections.abc import Mapping
from types import TracebackType
from typing import Self


class Console(ABC):
    """Runs a command in a terminal of a size; leaving the context kills it."""

    def __init__(
        self,
        command: tuple[str, ...],
        width: int,
        height: int,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self._command = command
        self._size = (height, width)
        self._environ = {**os.environ, "TERM": "xterm-256color", **(env or {})}
        self._code: int | None = None

    @abstractmethod
    def take(self, data: bytes) -> None:
        """The program wrote this."""

    async def __aenter__(self) -> Self:
        self._pid, self._master = pty.fork()
        if self._pid == 0:
            os.execvpe(self._command[0], self._command, self._environ)
        self.change_size(*reversed(self._size))
        os.set_blocking(self._master, False)
        asyncio.get_running_loop().add_reader(self._master, self._read)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._master >= 0:
            asyncio.get_running_loop().remove_reader(self._master)
        if not self.has_ended:
            os.kill(self._pid, signal.SIGKILL)
            await asyncio.to_thread(os.waitpid, self._pid, 0)
        if self._master >= 0:
            os.close(self._master)

    @property
    def pid(self) -> int:
        """The program's number."""
        return self._pid

    def change_size(self, width: int, height: int) -> None:
        """Tell the program, and whoever asks, how large the terminal is."""
        size = struct.pack("HHHH", height, width, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    @property
    def echoes(self) -> bool:
        """Whether the terminal shows what is typed."""
        modes = termios.tcgetattr(self._master)[3]
        return isinstance(modes, int) and bool(modes & termios.ECHO)

    def hang_up(self) -> None:
        """Close the terminal, as its window does."""
        asyncio.get_running_loop().remove_reader(self._master)
        os.close(self._master)
        self._master = -1

    def _read(self) -> None:
        try:
            data = os.read(self._master, 1 << 20)
        except OSError:
            asyncio.get_running_loop().remove_reader(self._master)
        else:
            self.take(data)

    def send(self, data: bytes) -> None:
        """Send bytes as a terminal might."""
        os.write(self._master, data)

    async def pour(self, text: str) -> None:
        """Send a text that is more than the terminal holds at a time."""
        data = text.encode()
        while data:
            try:
                data = data[os.write(self._master, data) :]
            except BlockingIOError:
                await asyncio.sleep(0.001)

    def type(self, text: str) -> None:
        """Type text."""
        self.send(text.encode())

    @property
    def has_ended(self) -> bool:
        """Whether the program has ended by itself."""
        if self._code is None:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            self._code = os.waitstatus_to_exitcode(status) if pid else None
        return self._code is not None
