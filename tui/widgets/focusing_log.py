"""The message in focus: the one that keys act on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.widgets.entry import Entry
from tui.widgets.links import links
from tui.widgets.scrolling_log import ScrollingLog


class FocusingLog(ScrollingLog):
    """A log with at most one of its messages in focus."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._focused: Entry | None = None

    def show(self, entries: Iterable[Entry]) -> None:
        """Show these messages and nothing else; none is in focus."""
        self._focused = None
        super().show(entries)

    def _forget(self, entry: Entry) -> None:
        super()._forget(entry)
        if self._focused is entry:
            self._focused = None

    @property
    def focused_entry(self) -> Entry | None:
        """The message that keys act on: the focused one, else the last."""
        entries = self._stack.entries
        return self._focused or (entries[-1] if entries else None)

    def focus_entry(self, entry: Entry | None) -> None:
        """Move the focus to a message and bring it into view."""
        self._focus(entry)
        if entry is not None:
            self._view.reveal(entry)
        self._look()

    def _focus(self, entry: Entry | None) -> None:
        for changed in (self._focused, entry):
            if changed is not None:
                changed.is_focused = changed is entry
        self._focused = entry

    def step(self, by: int) -> None:
        """Move the focus by so many messages; the first step only shows where it is."""
        entry = self.focused_entry
        if entry is not None:
            self.focus_entry(self._stack.near(entry, by) if self._focused else entry)

    def links(self) -> Iterator[dict[str, str]]:
        """The links of the focused message, more and more of them."""
        entry = self.focused_entry
        return links(self._stack, entry) if entry else iter(())

    def on_blur(self) -> None:
        """Keys go elsewhere: no message is focused."""
        if self._focused is not None:
            self.focus_entry(None)

    def on_focus(self) -> None:
        """Keys come here: show which message they act on, the last one in view; nothing moves."""
        if self._focused is None:
            self._focus(self._last_in_view)
            self._look()

    @property
    def _last_in_view(self) -> Entry | None:
        found = self._stack.at(min(self._view.top + self._view.height, self._stack.height) - 1)
        return found[0] if found else None
