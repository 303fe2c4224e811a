"""The block of code in focus, and looking at lines that are longer than the log is wide."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textual.message import Message

from tui.widgets.code import Block, Blocks, place_of, reveal
from tui.widgets.entry import Entry
from tui.widgets.selecting_log import SelectingLog
from tui.widgets.sideways import STEP, rows_in_view, shift
from tui.widgets.survey import PAUSE, SLICE


class CodeLog(SelectingLog):
    """A log with at most one block of code in focus, in the message that is in focus."""

    @dataclass
    class NoBlock(Message):
        """There is no further block of code that way."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks = Blocks(self._stack)
        self._walk: Iterator[Block | None] = iter(())
        self._block: Block | None = None

    def show(self, entries: Iterable[Entry]) -> None:
        """Show these messages and nothing else; no block is in focus."""
        super().show(entries)
        self._blocks, self._walk, self._block = Blocks(self._stack), iter(()), None

    def _forget(self, entry: Entry) -> None:
        super()._forget(entry)
        if self._block is not None and self._block.entry is entry:
            self.leave_block()

    # The focused block

    def _focus(self, entry: Entry | None) -> None:
        if self._block is not None and self._block.entry is not entry:
            self.leave_block()
        super()._focus(entry)

    @property
    def block(self) -> Block | None:
        """The block of code in focus, if one is."""
        return self._block

    def step_block(self, by: int) -> None:
        """Focus the next block of code, or the one before; its message may have to be read."""
        place = self._block.place if self._block else place_of(self._view, by)
        self._walk = self._blocks.near(place, by)
        self._walk_on()

    def _walk_on(self) -> None:
        end = time.perf_counter() + SLICE
        for block in self._walk:
            if block is not None:
                self._show_block(block)
                return
            if time.perf_counter() >= end:
                self.set_timer(PAUSE, self._walk_on)
                return
        self.post_message(self.NoBlock())

    def _show_block(self, block: Block) -> None:
        self._focus(block.entry)
        self.leave_block()
        self._block = block
        reveal(self._view, block)
        self._look()

    def leave_block(self) -> bool:
        """Only the message is focused again; tells whether a block was."""
        was, self._block = self._block, None
        self._stack.shift = None
        self.refresh()
        return was is not None

    # Lines that are wrapped or cut

    @property
    def wraps(self) -> bool:
        """Whether long lines of code go on in the next row."""
        return self._stack.fit.wraps

    def toggle_wrap(self) -> None:
        """Wrap long lines of code, or cut them; the row that is read stays in its place."""
        self.end_selection()
        lines = rows_in_view(self._view, self._block.fence) if self._block else []
        self._view.rewrap(lines[0] if lines else None, wraps=not self.wraps)
        self._look()
        self._measure_the_rest()

    def action_scroll_left(self) -> None:
        """Look at the code in focus further to the left."""
        self._scroll_sideways(-STEP)

    def action_scroll_right(self) -> None:
        """Look at the code in focus further to the right."""
        self._scroll_sideways(STEP)

    def _scroll_sideways(self, by: int) -> None:
        if self._block is not None:
            self.end_selection()
            shift(self._view, self._block.fence, by)
            self.refresh()
