"""The app: themes, style sheets, the first screen. It is given everything that it works with."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.console import RenderableType
from textual import on
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.events import DescendantFocus, Event, Key, Paste
from textual.filter import LineFilter
from textual.notifications import SeverityLevel
from textual.theme import BUILTIN_THEMES
from textual.widgets import Input

from tui.core.commands import COMMANDS, use
from tui.core.errors import UsageError
from tui.core.sanitize import clean
from tui.core.settings import Settings
from tui.edge.background import Asked
from tui.guard import LastGuard
from tui.screens.chat import ChatScreen
from tui.screens.tools import Tools
from tui.themes import DARK, OURS, variables
from tui.widgets.command_prompt import CommandPrompt
from tui.widgets.signs import AsciiSigns

if TYPE_CHECKING:
    from tui.edge.recent import Recent

SIGNALLED = 128
"""The exit code of a program that a signal ended is this and the signal's number."""

QUIET = 2.0
"""Seconds after the start by which what lives as long as the app is there."""


class RilletApp(App[None]):
    """Rillet, full screen."""

    TITLE = "Rillet"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "quit", show=False, id="quit"),
        Binding("ctrl+p", "command_palette", "palette", show=False, priority=True, id="palette"),
        Binding("ctrl+z", "suspend_process", "suspend", show=False, priority=True, id="suspend"),
    ]

    def __init__(
        self,
        settings: Settings,
        tools: Tools,
        styles: Path,
        theme: str = DARK.name,
        asked: Asked | None = None,
    ) -> None:
        self.asked = asked
        # Where there are to be no colours, none are mixed: signs and attributes have to do.
        plain = True if "NO_COLOR" in os.environ else None
        super().__init__(css_path=sorted(styles.glob("*.tcss")), ansi_color=plain)
        self._settings = settings
        self._take_keys(settings.keys)
        self._filters_last: list[LineFilter] = [LastGuard()]
        if settings.manner.ascii:
            self._filters_last.append(AsciiSigns())
        if settings.manner.still:
            self.animation_level = "none"
        self.set_class(settings.manner.still, "-still")
        self._keeps = tools.store is not None
        self._recent: Recent | None = None
        self._early: list[Event] | None = []
        self._chat = ChatScreen(settings, tools)
        self.fault: Exception | None = None
        """What went wrong, if something did; then the app has ended."""
        for own in OURS:
            self.register_theme(own)
        self.theme = theme
        self.stylesheet.set_variables(self.get_css_variables())

    def _take_keys(self, chosen: Mapping[str, str]) -> None:
        """Let keys be those that the user chose, where they are pressed and where they are told."""
        use(COMMANDS)
        if chosen:
            from tui.core.keymap import changed, for_textual

            use(changed(chosen))
            self.set_keymap(for_textual(chosen))

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables, readable, and our own."""
        made = variables(self.current_theme, super().get_css_variables())
        self.theme_variables = made
        return made

    def refresh_css(self, animate: bool = True) -> None:
        """Parse the sheets anew, with the theme's variables.

        Until the chat is there they are parsed with those from the first: Textual would parse
        all of them once more, and the first paint would wait for it.
        """
        if self._chat.is_mounted:
            super().refresh_css(animate)

    def get_default_screen(self) -> ChatScreen:
        """The chat: there is nothing below it."""
        return self._chat

    def on_mount(self) -> None:
        """Look after memory once the chat is on the screen; say so where all is recorded."""
        self.set_timer(QUIET, settle_memory)
        self.app_resume_signal.subscribe(self, lambda _: self.refresh(layout=True))
        self._heed_signals()
        if self._settings.record is not None:
            self.notify(f"All that is said is recorded to {self._settings.record}.", markup=False)
        if self._settings.keys:
            from tui.core.keymap import remarks

            for remark in remarks(self._settings.keys):
                self.notify(remark, severity="warning", markup=False)

    def _heed_signals(self) -> None:
        """End as by Ctrl+Q when the terminal closes or the system asks for it."""
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                leave = partial(self.exit, return_code=SIGNALLED + number)
                # Windows has no such handlers, and outside the main thread nobody has
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    asyncio.get_running_loop().add_signal_handler(number, leave)

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver; where it reads a POSIX terminal, ours."""
        from textual.drivers.linux_driver import LinuxDriver

        from tui.driver import SteadyDriver

        usual = super().get_driver_class()
        return SteadyDriver if usual is LinuxDriver else usual

    def last_words(self) -> str:
        """Everything that was said and typed, for when Rillet cannot go on."""
        return self._chat.last_words()

    def _handle_exception(self, error: Exception) -> None:
        self.fault = self.fault or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End. Textual would print local variables; whoever runs the app tells of the fault."""
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """End; the fault is known already."""
        self._close_messages_no_wait()

    def action_suspend_process(self) -> None:
        """Go back to the shell, with all that is under way; a reply goes on when we do."""
        from tui.driver import SteadyDriver
        from tui.edge.job import can_stop

        driver = self._driver
        if isinstance(driver, SteadyDriver) and can_stop():
            self.app_suspend_signal.publish(self)
            driver.stop_job()
        else:
            self.notify("No shell waits here, so there is nothing to go back to.", markup=False)

    async def on_event(self, event: Event) -> None:
        """Keep what is typed while the screen is built: it is meant for the prompt."""
        if self._early is not None and isinstance(event, Key | Paste):
            self._early.append(event)
        else:
            await super().on_event(event)

    async def on_descendant_focus(self, focus: DescendantFocus) -> None:
        """The prompt is there: hand it what was typed before, ahead of what waits behind this.

        In no field the cursor blinks: that would draw for nothing, for ever.
        """
        if isinstance(focus.widget, Input):
            focus.widget.cursor_blink = False
        early, self._early = self._early, None
        for event in early or ():
            await super().on_event(event)

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's own filters, then the guard, then the signs if there are to be others."""
        return [*super().get_line_filters(), *self._filters_last]

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a toast; its words may be foreign."""
        super().notify(
            clean(message), title=clean(title), severity=severity, timeout=timeout, markup=markup
        )

    def copy_to_clipboard(self, text: str) -> None:
        """Hand a text to the terminal's clipboard, unless no terminal takes so much."""
        from tui.edge.clipboard import LONGEST_OSC52

        if len(text.encode("utf-8", "replace")) <= LONGEST_OSC52:
            super().copy_to_clipboard(text)
        else:
            self._clipboard = text
            self.notify("Too long for the terminal's clipboard: Ctrl+V here has it.", markup=False)

    def action_command_palette(self) -> None:
        """Find a command by words."""
        from textual.command import CommandPalette

        from tui.edge.recent import Recent
        from tui.screens.palette import palette

        if not isinstance(self.screen, CommandPalette):
            self._recent = self._recent or Recent(keeps=self._keeps)
            found = palette(self._recent, self._note)
            self.push_screen(CommandPalette([found], placeholder="Find a command"))

    @on(CommandPrompt.Ran)
    def note_typed(self, event: CommandPrompt.Ran) -> None:
        """A command was typed: it is among those used last."""
        self._note(event.offer.command.id)

    def _note(self, command: str) -> None:
        from tui.edge.recent import Recent

        self._recent = self._recent or Recent(keeps=self._keeps)
        self._recent.used(command)
        self.run_worker(self._recent.keep, thread=True, group="recent", exit_on_error=False)


def settle_memory() -> None:
    """Spare the garbage collector what lives as long as the app.

    A full collection walks every object that start-up made, which stops the screen for 30 ms
    and more; frozen, they are not walked again. What a flood brings is walked in portions that
    take a few milliseconds: one of 400,000 objects would stop the screen for 100 ms.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 5, 1_000)
    gc.enable()


def known_theme(name: str, source: str = "--theme") -> str:
    """The name, if a theme bears it.

    Args:
        name: What the user chose.
        source: Where, for the sentence.

    Raises:
        UsageError: If none does; the text lists those there are.
    """
    names = {*(own.name for own in OURS), *BUILTIN_THEMES}
    if name not in names:
        raise UsageError(f"{source} knows no {name!r}. There are: {', '.join(sorted(names))}")
    return name
