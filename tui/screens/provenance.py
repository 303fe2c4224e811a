"""Where a message comes from: its record, and the request as JSON or as a command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.core.curl import URL, as_json, command, has_address
from tui.core.origin import Section, as_text
from tui.core.rebuilt import Rebuilt
from tui.screens.dialog import Dialog

NOTHING = "Nothing is kept of the request, so there is none to copy."


class ProvenanceScreen(Dialog[None]):
    """Shows the record of a message; copies it, or the request that it came by."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "close", show=False),
        Binding("i", "dismiss", "close", show=False, id="record"),
        Binding("j", "copy_json", "JSON", show=False),
        Binding("c", "copy_curl", "curl", show=False),
        Binding("y", "copy", "copy", show=False),
        Binding("left", "choose(-1)", "request before", show=False),
        Binding("right", "choose(1)", "next request", show=False),
    ]

    AUTO_FOCUS = "#record"

    def __init__(
        self,
        told: tuple[Section, ...],
        requests: Sequence[Rebuilt | None],
        copy: Callable[[str], object],
    ) -> None:
        """Begin.

        Args:
            told: What is shown.
            requests: The request of each section; none for a question.
            copy: Copies a text.
        """
        super().__init__()
        self._told = told
        self._requests = requests
        self._copy = copy
        self._chosen = len(requests) - 1

    def compose(self) -> ComposeResult:
        """The sections; the keys stand in the frame."""
        with VerticalScroll(id="record") as frame:
            frame.border_title = Content("Where this comes from")
            frame.border_subtitle = Content(self._keys())
            for section in self._told:
                yield Static(section.title, classes="record-title", markup=False)
                for name, value in section.lines:
                    with Horizontal(classes="record-line"):
                        yield Static(name, classes="record-name", markup=False)
                        yield Static(value, classes="record-value", markup=False)

    def on_mount(self) -> None:
        """With several requests, say which one is meant."""
        self._mark()

    def _keys(self) -> str:
        keys = ["j JSON", "c curl"] if self._requests else []
        if len(self._requests) > 1:
            keys.append("←→ request")
        return " · ".join([*keys, "y copies", "Esc closes"])

    def action_choose(self, by: int) -> None:
        """Mean the request before or after, of an answer that was continued."""
        if self._requests:
            self._chosen = (self._chosen + by) % len(self._requests)
            self._mark().scroll_visible(top=True, animate=False)

    def _mark(self) -> Static:
        """Show which request is meant, where there are several."""
        titles = list(self.query(".record-title").results(Static))
        for number, title in enumerate(titles):
            is_meant = len(self._requests) > 1 and number == self._chosen
            title.update(Content(("▸ " if is_meant else "") + self._told[number].title))
        return titles[max(self._chosen, 0)]

    def action_copy(self) -> None:
        """Copy what is shown."""
        self._copy(as_text(self._told))

    def action_copy_json(self) -> None:
        """Copy the body of the request."""
        if request := self._request():
            self._copy(as_json(request.body))

    def action_copy_curl(self) -> None:
        """Copy a command that sends the request."""
        request = self._request()
        if request is None:
            return
        self._copy(command(request.endpoint, request.body))
        if not has_address(request.endpoint):
            told = f"What answered has no address of its own: the command asks {URL}."
            self.notify(told, markup=False)

    def _request(self) -> Rebuilt | None:
        found = self._requests[self._chosen] if self._requests else None
        if found is None:
            told = NOTHING if self._requests else "A question's request is at its answer."
            self.notify(told, markup=False)
        return found
