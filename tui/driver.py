"""The terminal's input, read so that no byte of it can end the app or break a paste."""

from __future__ import annotations

import os
import selectors

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from tui.core.keyboard import Keyboard


class SteadyDriver(LinuxDriver):
    """Textual's driver for POSIX terminals with `Keyboard` in front of its parser."""

    def run_input_thread(self) -> None:
        """Read until the app ends; the terminal's hang-up reads as nothing."""
        parser, keyboard = XTermParser(self._debug), Keyboard()
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                data = os.read(self.fileno, 4096) if selector.select(0.1) else b""
                if text := keyboard.feed(data):
                    for event in parser.feed(text):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
