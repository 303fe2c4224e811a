"""Markdown in a terminal's scrollback, drawn while it streams.

Strategy. Rows that are final are written once, and the terminal keeps them. Below them is the
tail, which is drawn anew for every frame. Between two frames the cursor, hidden, stands at the
tail's beginning: a terminal that wraps its rows again after a change of its width takes the
cursor along with the row that it is in, so the next frame begins in the right place without
knowing what the terminal did. For the same reason rows of the tail are cut at the edge by the
terminal and never wrapped, should it find a character wider than we do; a line that is typed
meanwhile is not shown; and the tail is never as high as the screen.

A frame is one write between the marks of a synchronised update, so a terminal that knows them
never shows half of one.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TextIO

from tui.ask.forms import Form
from tui.ask.ink import Ink
from tui.ask.unrolling import Unrolling
from tui.core.deltas import Delta, Reasoning, Refusal, Text
from tui.core.reply import Reply
from tui.core.sanitize import Cleaner
from tui.edge.tty import Hush, is_ours, size_of
from tui.markdown.pieces import Row, Span

FRAME = 1 / 30
"""Seconds between two frames, at the least."""

BEGIN, END = "\x1b[?2026h", "\x1b[?2026l"  # a synchronised update
HIDE, SHOW = "\x1b[?25l", "\x1b[?25h"  # the cursor
CUT, WRAP = "\x1b[?7l", "\x1b[?7h"  # what is wider than the screen
ERASE = "\r\x1b[J"  # from the cursor's row on

LONG = 1.0
"""Seconds after which somebody wants to know that nothing has come yet."""

WAITING: Sequence[Row] = ((Span("waiting …", ("waiting",)),),)
THINKING: Sequence[Row] = ((Span("thinking …", ("waiting",)),),)
"""The tail while nothing has come, and while there is reasoning and no answer."""


class Rendered(Form):
    """The answer as it is read, and not as it is written."""

    def __init__(self, words: TextIO, *, has_colours: bool) -> None:
        super().__init__(words)
        self._text, self._cleaner = Unrolling(), Cleaner()
        self._ink = Ink(has_colours=has_colours)
        self._hush = Hush(words)
        self._is_open = self._is_over = False
        self._instead: Sequence[Row] = WAITING  # of the tail, while there is none
        self._drawn = 0.0
        self._next: asyncio.TimerHandle | None = None
        self._broken: OSError | None = None

    def open(self) -> None:
        """Take the terminal, and watch its size."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGWINCH, self._draw_again)
        loop.add_signal_handler(signal.SIGTSTP, self._suspend)
        self._begin()
        self._next = loop.call_later(LONG, self._draw_again)

    def take(self, delta: Delta) -> None:
        """Words are drawn with the next frame, which may be now.

        Raises:
            OSError: If the terminal is gone.
        """
        if self._broken is not None:
            raise self._broken
        match delta:
            case Text(text) | Refusal(text):
                self._turn_to(())
                self._text.feed(self._cleaner.feed(text))
            case Reasoning():
                self._turn_to(THINKING)
            case _:
                return
        self._draw_soon()

    async def end(self, reply: Reply) -> str:
        """All of it is final now."""
        self._finish()
        return ""

    def close(self) -> None:
        """Give the terminal back."""
        if not self._is_open:
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGWINCH, signal.SIGTSTP):
            loop.remove_signal_handler(number)
        with suppress(OSError):
            self._finish()
        with suppress(OSError):
            self._end()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """The tail makes room for lines that are not its own, and is drawn below them."""
        if not self._is_open:
            yield
            return
        self.say(ERASE)
        yield
        self._draw()

    def _finish(self) -> None:
        """Write the rest, once."""
        if self._is_over:
            return
        self._is_over, self._instead = True, ()
        self._text.feed(self._cleaner.flush())
        self._text.finish()
        self._draw()

    def _begin(self) -> None:
        self._is_open = True
        self._hush.begin()

    def _end(self) -> None:
        self._is_open = False
        self._forget_frame()
        try:
            self.say(ERASE + SHOW)
        finally:
            self._hush.end()

    def _suspend(self) -> None:
        """Ctrl-Z: leave the terminal to the shell until we go on."""
        self._end()
        os.kill(os.getpid(), signal.SIGSTOP)
        self._begin()
        self._draw_again()

    # Frames

    def _turn_to(self, instead: Sequence[Row]) -> None:
        """Another tail, as soon as a frame may be drawn."""
        if self._instead is WAITING:
            self._forget_frame()
        self._instead = instead

    def _draw_soon(self) -> None:
        loop = asyncio.get_running_loop()
        if self._next is None:
            self._next = loop.call_at(max(self._drawn + FRAME, loop.time()), self._draw_again)

    def _forget_frame(self) -> None:
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _draw_again(self) -> None:
        """A frame, unless we were sent to the background: it comes with later words, or the end."""
        self._forget_frame()
        if not is_ours(self._words):
            return
        try:
            self._draw()
        except OSError as error:
            self._broken = error

    def _draw(self) -> None:
        self._forget_frame()
        width, height = size_of(self._words)
        settled = self._text.settled(width)
        above = "".join(f"{self._ink.line(row)}\n" for row in settled)
        tail = self._instead or self._text.tail(width, max(height - 1, 1))
        below = "\n".join(map(self._ink.line, tail))
        back = f"\x1b[{len(tail) - 1}A\r" if len(tail) > 1 else "\r"
        self.say(f"{BEGIN}{HIDE}{ERASE}{above}{CUT}{below}{WRAP}{back}{END}")
        self._drawn = asyncio.get_running_loop().time()
