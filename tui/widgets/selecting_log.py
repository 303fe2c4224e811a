"""What is selected in the log, by the mouse or by keys.

Textual holds the selection, whoever made it. What keys began is a `Picking` as well, and while
there is one, keys that otherwise move the focus or the view move the selection's end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.selection import Selection

from tui.widgets.entry import Entry
from tui.widgets.focusing_log import FocusingLog
from tui.widgets.picking import Picking, touched
from tui.widgets.selecting import selected_text


class SelectingLog(FocusingLog):
    """A log of which rows can be selected."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._picking: Picking | None = None

    def show(self, entries: Iterable[Entry]) -> None:
        """Show these messages and nothing else; keys select nothing."""
        self._picking = None
        super().show(entries)

    def replace(self, first: int, entries: Iterable[Entry]) -> None:
        """Show others from this index on; keys select nothing any more."""
        self._picking = None
        super().replace(first, entries)

    def begin_selection(self) -> None:
        """Select from the focused message on: keys that move take more rows, or less."""
        self._picking = Picking(self._view, self._focused)
        self._select(self._picking.selection)

    def _select(self, selection: Selection) -> None:
        self.screen.selections = {self: selection}
        self._look()

    def step(self, by: int) -> None:
        """Take so many rows more while keys select; else move the focus."""
        if not self._is_picking(lambda picking: picking.move(by)):
            super().step(by)

    def _scroll(self, way: str) -> None:
        if not self._is_picking(lambda picking: picking.go(way)):
            super()._scroll(way)

    def _is_picking(self, move: Callable[[Picking], None]) -> bool:
        """Move the end of the selection; tells whether there is one that keys began."""
        if self._picking is None or self.text_selection is None:
            self._picking = None
            return False
        move(self._picking)
        self._select(self._picking.selection)
        return True

    def end_selection(self) -> bool:
        """Select nothing; tells whether anything was."""
        was, self._picking = self.text_selection is not None, None
        if was:
            self.screen.clear_selection()
        return was

    @property
    def touched(self) -> list[Entry]:
        """The messages that something is selected of, else the focused one."""
        selection, entry = self.text_selection, self.focused_entry
        if selection is not None:
            return touched(self._view, selection)
        return [entry] if entry else []

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text as it is seen, without the gutter."""
        text = selected_text(self._view, selection)
        self._view.settle()
        self._look()
        return text, "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Show the selection."""
        self.refresh()
