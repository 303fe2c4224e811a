"""The model: what answers, where it runs, and the list to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.core.models import matching
from tui.core.sanitize import one_line
from tui.widgets.panel import Panel

MOST_LISTED = 200
"""The most models shown at once; typing narrows the list."""


LONGEST_NAME = 29
"""Characters of a name in the list: a row, with a scroll bar beside it."""


class ModelPanel(Panel):
    """Shows the model; opened, it filters the endpoint's list and takes typed names too."""

    TITLE = "Model"

    model: var[str] = var("")
    """The model that is asked next; empty is the first that the endpoint lists."""

    note: var[str] = var("")
    """Where it runs, or what its start-up is doing."""

    system: var[str] = var("")
    """The name or the first words of the system prompt; empty is none."""

    @dataclass
    class Chosen(Message):
        """A model was chosen or typed."""

        model: str
        """Its name."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._listed: list[str] = []
        self._found: list[str] = []
        self._is_built = False

    def compose(self) -> ComposeResult:
        """The name and the place; what is for choosing comes when it is first opened."""
        yield Static("", id="model-name", markup=False)
        yield Static("", id="model-note", markup=False)
        yield Static("", id="model-system", markup=False)

    def list_models(self, names: Iterable[str]) -> None:
        """Take the endpoint's list."""
        self._listed = list(names)
        if self._is_built:
            self._narrow(self.query_one(Input).value)

    @property
    def listed(self) -> list[str]:
        """The endpoint's list."""
        return list(self._listed)

    async def open(self) -> None:
        """Show the list and let the user type."""
        if not self._is_built:
            self._is_built = True
            await self.mount(
                Input(placeholder="filter, or type a name", id="model-filter", compact=True),
                OptionList(id="model-list", markup=False, compact=True),
            )
            self._narrow("")
        self.add_class("-open")
        self.screen.set_focus(self.query_one(Input))  # now: what is typed meanwhile is for it

    def watch_model(self, model: str) -> None:
        """Show the name."""
        shown = one_line(model) if model else "first of the list"
        self.query_one("#model-name", Static).update(Content(shown))

    def watch_note(self, note: str) -> None:
        """Show the place."""
        self.query_one("#model-note", Static).update(Content(one_line(note)))

    def watch_system(self, system: str) -> None:
        """Show that there is a system prompt, so that nobody is surprised."""
        shown = self.query_one("#model-system", Static)
        shown.update(Content(f"system: {one_line(system)}"))
        shown.display = bool(system)

    def on_descendant_blur(self) -> None:
        """Chosen or not: fold the list."""
        self.set_class(self.has_focus_within, "-open")

    @on(Input.Changed, "#model-filter")
    def narrow(self, event: Input.Changed) -> None:
        """Show the names that match."""
        self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        listing = self.query_one(OptionList)
        self._found = matching(self._listed, typed)[:MOST_LISTED]
        listing.clear_options()
        listing.add_options(
            Option(Content(("● " if name == self.model else "  ") + one_line(name, LONGEST_NAME)))
            for name in self._found
        )

    @on(Input.Submitted, "#model-filter")
    def take_typed(self, event: Input.Submitted) -> None:
        """The typed name if the endpoint lists it or nothing matches it, else the best match."""
        typed = event.value.strip()
        if not typed and not self._found:
            return
        is_name = typed in self._listed or (typed and not self._found)
        self._choose(typed if is_name else self._found[0])

    @on(OptionList.OptionSelected, "#model-list")
    def take_listed(self, event: OptionList.OptionSelected) -> None:
        """The name under the cursor."""
        self._choose(self._found[event.option_index])

    def _choose(self, model: str) -> None:
        self.query_one(Input).value = ""
        self.post_message(self.Chosen(model))
