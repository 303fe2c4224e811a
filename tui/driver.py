"""The terminal's input, read so that no byte of it can end the app or break a paste.

A lone Esc and the beginning of an arrow key are the same byte: only time tells them apart. The
parser waits for `ESCAPE_DELAY`; the reader looks again right after it, so that Esc cancels at once.
"""

from __future__ import annotations

import os
import selectors

from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.drivers.linux_driver import LinuxDriver

from tui.core.keyboard import Keyboard

LOOK = 0.1
"""Seconds between two looks at whether the app has ended."""

SOON = ESCAPE_DELAY + 0.001
"""Seconds after a lone Esc until the parser can tell that it is one."""


class SteadyDriver(LinuxDriver):
    """Textual's driver for POSIX terminals with `Keyboard` in front of its parser."""

    def _run_input_thread(self) -> None:
        """Read; a fault ends the app as any other does, so that no key is lost in silence."""
        try:
            self.run_input_thread()
        except Exception as error:
            self._loop.call_soon_threadsafe(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Read until the app ends; the terminal's hang-up reads as nothing."""
        parser, keyboard = XTermParser(self._debug), Keyboard()
        patience = LOOK
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                data = os.read(self.fileno, 4096) if selector.select(patience) else b""
                patience = SOON if data.endswith(b"\x1b") else LOOK
                if text := keyboard.feed(data):
                    for event in parser.feed(text):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
