"""What a person does with what was said: search it, take code out of it, follow its links."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from textual import on, work
from textual.screen import Screen
from textual.widget import Widget

from tui.core.sanitize import clean, one_line
from tui.core.snippets import suffix
from tui.widgets.code import Block, source
from tui.widgets.log import Log
from tui.widgets.search import SearchField
from tui.widgets.survey import PAUSE, SLICE


class ReadingScreen(Screen[None]):
    """A screen with a log, and the commands for reading in it."""

    _left: Widget | None = None

    @property
    def _search(self) -> SearchField:
        return self.query_one(SearchField)

    def leave(self) -> bool:
        """Close what is open where the keys go; tells whether there was anything."""
        log = self.query_one(Log)
        if log.has_focus and (log.end_selection() or log.leave_block()):
            return True
        is_here = self._search.is_open and self._search.has_focus_within
        if is_here or (self._search.is_open and self.query_one(Log).has_focus):
            self._close_search()
            return True
        return False

    @property
    def _is_busy(self) -> bool:
        """Whether a reply is under way."""
        raise NotImplementedError

    # Code

    def action_next_block(self) -> None:
        """Focus the next block of code."""
        self.query_one(Log).step_block(1)

    def action_previous_block(self) -> None:
        """Focus the block of code before."""
        self.query_one(Log).step_block(-1)

    @on(Log.NoBlock)
    def tell_of_no_block(self) -> None:
        """There is none that way."""
        self.notify("There is no further block of code that way.", markup=False)

    @property
    def _code(self) -> str:
        """The code in focus as it was written; nothing where no block is."""
        block = self.query_one(Log).block
        return clean(source(block)) if block else ""

    def _block_in_focus(self) -> Block | None:
        block = self.query_one(Log).block
        if block is None:
            self.notify("No block of code is in focus. ] goes to the next one.", markup=False)
        return block

    def action_write_block(self) -> None:
        """Write the code in focus to a file."""
        from tui.screens.name import NameScreen

        if block := self._block_in_focus():
            name = f"snippet{suffix(block.fence.language)}"
            self.app.push_screen(NameScreen(self._code, name), self._tell_written)

    def _tell_written(self, path: Path | None) -> None:
        if path is not None:
            self.notify(f"Written to {one_line(str(path), 300)}.", markup=False)

    def action_wrap(self) -> None:
        """Wrap long lines of code, or cut them."""
        log = self.query_one(Log)
        log.toggle_wrap()
        told = "wrapped." if log.wraps else "cut: Left and Right move the code in focus."
        self.notify(f"Long lines of code are {told}", markup=False)

    # Selecting

    def action_select(self) -> None:
        """Begin to select rows."""
        self.query_one(Log).begin_selection()

    # Links

    def action_links(self) -> None:
        """List the links of the focused message."""
        self._list_links()

    @work(group="links", exclusive=True)
    async def _list_links(self) -> None:
        """Read the message for them, and give way every few milliseconds."""
        from tui.screens.links import LinksScreen

        found: dict[str, str] = {}
        end = time.perf_counter() + SLICE
        for links in self.query_one(Log).links():
            found = links
            if time.perf_counter() >= end:
                await asyncio.sleep(PAUSE)
                end = time.perf_counter() + SLICE
        if found:
            self.app.push_screen(LinksScreen(found), partial(self._lead_to, found))
        else:
            self.notify("There is no link in this message.", markup=False)

    def _lead_to(self, links: Mapping[str, str], target: str | None) -> None:
        if target:
            self.query_one(Log).post_message(Log.LinkClicked(target, links[target]))

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
