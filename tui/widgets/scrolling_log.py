"""Moving in the log: by the wheel, by the bar and by keys."""

from __future__ import annotations

from textual.scrollbar import ScrollDown, ScrollTo, ScrollUp

from tui.widgets.viewing_log import ViewingLog

NEAR = 3
"""Views that Textual may scroll by for rows to be counted; beyond, it is a leap to some place."""


class ScrollingLog(ViewingLog):
    """A log whose view goes where whoever reads it wants to go."""

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Textual has scrolled: by the wheel, or by the bar."""
        if self.size.height != self._view.height:
            return
        self._go_by_hand()
        by = round(new_value) - self._view.top
        if abs(by) <= NEAR * self._view.height:
            self._view.move(by)
        else:
            self._view.go(self._view.top + by)
        self._look()

    def move(self, way: str) -> None:
        """Scroll by a page, or to the start or the end."""
        self._go_by_hand()
        match way:
            case "page_up":
                self._view.move(-self._view.height)
            case "page_down":
                self._view.move(self._view.height)
            case "home":
                self._view.go(0)
            case "end":
                self._view.end()
        self._look()

    def on_scroll_to(self, message: ScrollTo) -> None:
        """The bar was dragged; a row that becomes known on the way would make a glide stagger."""
        message.prevent_default().stop()
        self.scroll_to(y=message.y, animate=False)

    def on_scroll_up(self, message: ScrollUp) -> None:
        """The bar was clicked above its thumb."""
        message.prevent_default().stop()
        self.move("page_up")

    def on_scroll_down(self, message: ScrollDown) -> None:
        """The bar was clicked below its thumb."""
        message.prevent_default().stop()
        self.move("page_down")

    def action_page_up(self) -> None:
        """Scroll up by a page."""
        self._scroll("page_up")

    def action_page_down(self) -> None:
        """Scroll down by a page."""
        self._scroll("page_down")

    def action_scroll_home(self) -> None:
        """Scroll to the start."""
        self._scroll("home")

    def action_scroll_end(self) -> None:
        """Scroll to the end and follow it."""
        self._scroll("end")

    def _scroll(self, way: str) -> None:
        """A key asks for that."""
        self.move(way)

    def _go_by_hand(self) -> None:
        """Whoever reads moves: nothing else moves the view from now on."""
