"""The terminal's input, read so that no byte of it can end the app or break a paste.

A lone Esc and the beginning of an arrow key are the same byte: only time tells them apart. The
parser waits for `ESCAPE_DELAY`; the reader looks again right after it, so that Esc cancels at once.
"""

from __future__ import annotations

import os
import selectors
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from typing import Protocol, runtime_checkable

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.constants import ESCAPE_DELAY
from textual.drivers.linux_driver import LinuxDriver

from tui.core.answers import Answers
from tui.core.keyboard import Keyboard
from tui.edge.background import Asked
from tui.edge.job import stop

LOOK = 0.1
"""Seconds between two looks at whether the app has ended."""

SOON = ESCAPE_DELAY + 0.001
"""Seconds after a lone Esc until the parser can tell that it is one."""

MOMENT = 0.05
"""Seconds after which the beginning of an answer of the terminal was typed after all."""


@runtime_checkable
class Asking(Protocol):
    """An app whose terminal was asked for its background."""

    asked: Asked | None
    """How; None is not at all."""


class Patient(TextIOWrapper):
    """A terminal that may go away: what is written then is for nobody, and no reason to stop.

    Textual's writing thread would end, and whoever fills its queue wait for it for ever.
    """

    def write(self, text: str) -> int:
        """Write, if the terminal is still there."""
        with suppress(OSError, ValueError):
            return super().write(text)
        return len(text)

    def flush(self) -> None:
        """Hand it on, if the terminal is still there."""
        with suppress(OSError, ValueError):
            super().flush()


class SteadyDriver(LinuxDriver):
    """Textual's driver for POSIX terminals with `Keyboard` in front of its parser."""

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        if (file := self._file) is not None:
            terminal = os.fdopen(os.dup(file.fileno()), "wb")
            self._file = Patient(terminal, file.encoding, file.errors, newline="")
        self._asked = app.asked if isinstance(app, Asking) else None
        self._answers = Answers() if self._asked else None

    def start_application_mode(self) -> None:
        """Begin with a terminal that is as its owner left it, and is given back so."""
        if self._asked is not None:
            self._asked.restore()
        begin: Callable[[], None] = super().start_application_mode
        begin()

    def stop_job(self) -> None:
        """Give the terminal back and stop; returns when the shell goes on with us."""
        self.suspend_application_mode()
        self._must_signal_resume = True
        stop()

    def _sigcont_application(self, *_: object) -> None:
        """Go on after a stop. A hang-up sends this signal too: two readers would never end."""
        if self._must_signal_resume:
            super()._sigcont_application()

    def _run_input_thread(self) -> None:
        """Read; a fault ends the app as any other does, so that no key is lost in silence."""
        try:
            self.run_input_thread()
        except Exception as error:
            self._loop.call_soon_threadsafe(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Read until the app ends; the terminal's hang-up reads as nothing."""
        parser, keyboard = XTermParser(self._debug), Keyboard(self._answers)
        early, patience = self._early(), LOOK
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                data = early or self._read(selector, patience)
                text = keyboard.feed(data) if data else keyboard.release()
                early = b""
                patience = SOON if text.endswith("\x1b") else LOOK
                patience = MOMENT if keyboard.is_holding else patience
                if text:
                    for event in parser.feed(text):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def _early(self) -> bytes:
        """What came before there was a driver; once."""
        asked, self._asked = self._asked, None
        return asked.raw if asked else b""

    def _read(self, selector: selectors.BaseSelector, patience: float) -> bytes:
        return os.read(self.fileno, 4096) if selector.select(patience) else b""
