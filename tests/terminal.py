"""The real program in a real terminal: a pty on one side, a terminal emulator on the other."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import signal
import struct
import termios
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import pyte

from tests.waiting import until

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "pageup": "\x1b[5~",
    "end": "\x1b[F",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "ctrl+j": "\n",
    "ctrl+n": "\x0e",
    "ctrl+q": "\x11",
    "ctrl+r": "\x12",
}


class Terminal:
    """Runs a command full screen; `press` and `type` are its keyboard, `sees` its eyes."""

    def __init__(
        self,
        *command: str,
        width: int = 120,
        height: int = 40,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self._command = command
        self._size = (height, width)
        self._environ = {**os.environ, "TERM": "xterm-256color", **(env or {})}
        self._screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self._screen)
        self.output = bytearray()
        """Every byte that reached the terminal."""

    async def __aenter__(self) -> Self:
        self._pid, self._master = pty.fork()
        if self._pid == 0:
            os.execvpe(self._command[0], self._command, self._environ)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", *self._size, 0, 0))
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
        if not self._has_ended():
            os.kill(self._pid, signal.SIGKILL)
            await asyncio.to_thread(os.waitpid, self._pid, 0)
        os.close(self._master)

    def _read(self) -> None:
        try:
            data = os.read(self._master, 65536)
        except OSError:
            asyncio.get_running_loop().remove_reader(self._master)
            return
        self.output += data
        self._stream.feed(data)

    @property
    def sight(self) -> str:
        """What the screen shows, line by line."""
        return "\n".join(self._screen.display)

    async def sees(self, *words: str) -> None:
        """Wait until the screen shows all of these."""
        try:
            await until(lambda: all(word in self.sight for word in words), patience=40)
        except TimeoutError:
            raise AssertionError(f"never saw {words!r}; saw:\n{self.sight}") from None

    def type(self, text: str) -> None:
        """Type text."""
        self.send(text.encode())

    def send(self, data: bytes) -> None:
        """Send bytes as a terminal might."""
        os.write(self._master, data)

    def press(self, *keys: str) -> None:
        """Press keys by their names."""
        for key in keys:
            self.type(KEYS.get(key, key))

    async def ends(self) -> int:
        """Wait until the program has ended; gives its exit code."""
        await until(self._has_ended)
        return self._code

    def _has_ended(self) -> bool:
        if not hasattr(self, "_code"):
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid == 0:
                return False
            self._code = os.waitstatus_to_exitcode(status)
        return True
