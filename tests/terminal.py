"""The real program in a real terminal: a pty on one side, a terminal emulator on the other."""

from __future__ import annotations

from collections.abc import Mapping

import pyte

from tests.console import Console
from tests.waiting import until

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "pageup": "\x1b[5~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "ctrl+j": "\n",
    "ctrl+n": "\x0e",
    "ctrl+q": "\x11",
    "ctrl+r": "\x12",
}


class Terminal(Console):
    """Runs a command full screen; `press` and `type` are its keyboard, `sees` its eyes."""

    def __init__(
        self,
        *command: str,
        width: int = 120,
        height: int = 40,
        env: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(command, width, height, env)
        self._screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self._screen)
        self.output = bytearray()
        """Every byte that reached the terminal."""
        self._seen = ""

    def take(self, data: bytes) -> None:
        """Show it."""
        self.output += data
        self._stream.feed(data)
        self._seen = ""

    @property
    def sight(self) -> str:
        """What the screen shows, line by line; pyte's own `display` stumbles over some emoji."""
        if not self._seen:
            rows, columns = range(self._screen.lines), range(self._screen.columns)
            buffer = self._screen.buffer
            lines = ("".join(buffer[row][column].data for column in columns) for row in rows)
            self._seen = "\n".join(lines)
        return self._seen

    async def sees(self, *words: str) -> None:
        """Wait until the screen shows all of these."""
        try:
            await until(lambda: all(word in self.sight for word in words), patience=40)
        except TimeoutError:
            raise AssertionError(f"never saw {words!r}; saw:\n{self.sight}") from None

    def press(self, *keys: str) -> None:
        """Press keys by their names."""
        for key in keys:
            self.type(KEYS.get(key, key))

    def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        self._screen.resize(height, width)
        self._seen = ""
        self.change_size(width, height)

    async def ends(self) -> int:
        """Wait until the program has ended; gives its exit code."""
        await until(lambda: self.has_ended)
        assert self._code is not None
        return self._code


class Scrollback(Terminal):
    """A terminal that keeps what has left its screen, and whose window can be drawn wider."""

    def __init__(
        self,
        *command: str,
        width: int = 80,
        height: int = 24,
        env: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(*command, width=width, height=height, env=env)
        self._kept = pyte.HistoryScreen(width, height, history=100_000, ratio=0.5)
        self._screen, self._stream = self._kept, pyte.ByteStream(self._kept)

    @property
    def lines(self) -> list[str]:
        """All lines from the first one on, without blanks at their ends and empty ones below."""
        above = [
            "".join(line[column].data for column in sorted(line)).rstrip()
            for line in self._kept.history.top
        ]
        shown = [line.rstrip() for line in self.sight.split("\n")]
        return "\n".join([*above, *shown]).rstrip().split("\n")
