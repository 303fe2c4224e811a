"""A field in which a long text is one line: shown at once, moved over and deleted as one thing."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from textual import events
from textual.document._document import EditResult, Location, Selection
from textual.widgets.text_area import Edit

from tui.core.folds import Folds, is_long
from tui.widgets.area import Area, cleaned


class FoldingArea(Area):
    """An editor that folds what is long; its text is the whole of it all the same."""

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:
        self._folds = Folds()
        super().__init__(placeholder=placeholder, id=id)

    @property
    def text(self) -> str:
        """All that was typed and pasted, nothing of it folded."""
        return self._folds.whole(self.document.text)

    @text.setter
    def text(self, text: str) -> None:
        self.load_text(self._folds.folded(text))

    def replace_all(self, text: str) -> None:
        """What is typed is this now; undo brings back what it was."""
        shown, whole = self._folds.folded(text), (self.document.start, self.document.end)
        self.replace(shown, *whole, maintain_selection_offset=False)
        self.move_cursor(self.document.end)

    async def _on_paste(self, event: events.Paste) -> None:
        """Fold what is long; cleaning it takes a thread, and what is typed meanwhile waits."""
        if is_long(event.text):
            event.prevent_default()
            text = await asyncio.to_thread(cleaned, event.text)
            place = self.replace(self._folds.folded(text), *self.selection)
            self.move_cursor(place.end_location)

    def get_text_range(self, start: Location, end: Location) -> str:
        """What stands there, whole: where it is copied to, nobody knows what was folded."""
        return self._folds.whole(super().get_text_range(start, end))

    def action_cut(self) -> None:
        """Take away what is selected, else the line, and copy it whole."""
        start, end = self.selection
        cut = self._delete_via_keyboard(start, end) if start != end else self._delete_cursor_line()
        if cut is not None:
            self.app.copy_to_clipboard(self._folds.whole(cut.replaced_text))

    def action_paste(self) -> None:
        """Insert what was copied here, folded again."""
        if put := self._replace_via_keyboard(
            self._folds.folded(self.app.clipboard), *self.selection
        ):
            self.move_cursor(put.end_location)

    def edit(self, edit: Edit) -> EditResult:
        """Do it; what would take a part of a folded text takes all of it."""
        top, bottom = self._round(edit.top)[0], self._round(edit.bottom)[1]
        if (top, bottom) != (edit.top, edit.bottom) and edit.top != edit.bottom:
            edit = replace(edit, from_location=top, to_location=bottom)
        return super().edit(edit)

    def validate_selection(self, selection: Selection) -> Selection:
        """The cursor stands before a folded text or behind it."""
        before, (start, end) = self.selection.end, selection
        is_back = end < before
        return Selection(self._beside(start, is_back=is_back), self._beside(end, is_back=is_back))

    def _beside(self, place: Location, *, is_back: bool) -> Location:
        return self._round(place)[0 if is_back else 1]

    def _round(self, place: Location) -> tuple[Location, Location]:
        """Where the folded text that a place is in begins and ends; else the place."""
        row, column = place
        if row < self.document.line_count:
            for first, last in self._folds.spans(self.document.get_line(row)):
                if first < column < last:
                    return (row, first), (row, last)
        return place, place
