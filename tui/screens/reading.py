"""What a person does with what was said: search it."""

from __future__ import annotations

from textual import on
from textual.screen import Screen
from textual.widget import Widget

from tui.widgets.log import Log
from tui.widgets.search import SearchField


class ReadingScreen(Screen[None]):
    """A screen with a log, and the commands for reading in it."""

    _left: Widget | None = None

    @property
    def _search(self) -> SearchField:
        return self.query_one(SearchField)

    def leave(self) -> bool:
        """Close what is open where the keys go; tells whether there was anything."""
        is_here = self._search.is_open and self._search.has_focus_within
        if is_here or (self._search.is_open and self.query_one(Log).has_focus):
            self._close_search()
            return True
        return False

    # Searching

    def action_find(self) -> None:
        """Search the conversation."""
        if not self._search.is_open:
            self._left = self.focused
            self._search.open()
        self._search.take_focus()

    def _close_search(self) -> None:
        was_here, left = self._search.has_focus_within, self._left
        self._search.close()
        if was_here:
            self.set_focus(left if left is not None and left.focusable else self.query_one(Log))

    def action_next_hit(self) -> None:
        """Go to the next hit."""
        self._step_hit(1)

    def action_previous_hit(self) -> None:
        """Go to the hit before."""
        self._step_hit(-1)

    def _step_hit(self, by: int) -> None:
        if not self._search.words.strip():
            self.notify("Nothing is searched for yet. / begins a search.", markup=False)
            return
        if not self._search.is_open:
            self._search.open()
        self._search.action_step(by)

    @on(SearchField.Changed)
    def seek(self, event: SearchField.Changed) -> None:
        """Mark other words."""
        self.query_one(Log).seek(event.words)

    @on(SearchField.Step)
    def show_hit(self, event: SearchField.Step) -> None:
        """Bring another hit into view."""
        self.query_one(Log).step_hit(event.by)

    @on(Log.Counted)
    def count_hits(self, event: Log.Counted) -> None:
        """Show how many hits there are."""
        self._search.count(event.words)
