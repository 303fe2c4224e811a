"""The pictures of questions: drawn when they come into view, and forgotten at the end."""

from __future__ import annotations

from textual import on, work
from textual.theme import Theme

from tui.core.settings import Settings
from tui.screens.messages import MessagesScreen
from tui.screens.tools import Tools
from tui.widgets.entry import Entry
from tui.widgets.gallery import Gallery
from tui.widgets.log import Log


class PicturingScreen(MessagesScreen):
    """A screen whose questions show their images."""

    def __init__(self, settings: Settings, tools: Tools) -> None:
        super().__init__(settings, tools)
        self._gallery = Gallery(settings.previews, self._hand_over)
        self._draws = False

    def _hand_over(self, sequence: str) -> None:
        """Give the terminal what is no text, between two frames."""
        driver = self.app._driver
        if driver is not None:
            driver.write(sequence)

    def on_mount(self) -> None:
        """What is behind a picture is seen through it, and another theme has another ground."""
        self.app.theme_changed_signal.subscribe(self, self._draw_anew)

    def _draw_anew(self, _theme: Theme) -> None:
        self._gallery.begin_anew()
        if self._log.undrawn:
            self._draw_soon()

    @on(Log.Undrawn)
    def _draw_soon(self) -> None:
        if not self._draws:
            self._draws = True
            self._draw_pictures()

    @work(group="pictures")
    async def _draw_pictures(self) -> None:
        """The worker: one picture after the other, as long as there are some in view."""
        try:
            while undrawn := self._log.undrawn:
                red, green, blue = self._log.background_colors[1].rgb
                for changed in await self._gallery.draw(undrawn[0], (red, green, blue)):
                    self._show_picture(changed)
        finally:
            self._draws = False

    def _show_picture(self, entry: Entry) -> None:
        if self._log.entry(entry.message) is entry:
            self._log.grown(entry)
