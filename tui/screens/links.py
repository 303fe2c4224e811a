"""The links of a message as a list: one is chosen by key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.core.sanitize import one_line, shortened
from tui.screens.dialog import Dialog


class LinksScreen(Dialog[str | None]):
    """Shows where each link leads; gives the target of the one that is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", "close", show=False)]

    AUTO_FOCUS = "#links"

    def __init__(self, links: Mapping[str, str]) -> None:
        super().__init__()
        self._links = links
        self._targets = list(links)

    def compose(self) -> ComposeResult:
        """The words of each link, and its target below."""
        options = [Option(_told(words, target)) for target, words in self._links.items()]
        links = OptionList(*options, id="links")
        links.border_title = Content("Links")
        links.border_subtitle = Content("Enter chooses · Esc closes")
        yield links

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """This one."""
        event.stop()
        self.dismiss(self._targets[event.option_index])


def _told(words: str, target: str) -> Content:
    said = shortened(one_line(words, 500), 100)
    return Content.assemble(said, "\n", (one_line(target, 500), "$quiet"))
