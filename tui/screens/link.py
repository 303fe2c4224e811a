"""Where a link leads, in full, before anything is opened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.core.errors import CannotOpen
from tui.core.links import link_from, names_another, says_the_same
from tui.core.sanitize import one_line, shortened
from tui.screens.dialog import Dialog

UNSURE = "Browsers may read this address in another way than it looks, so Rillet does not open it."


class LinkScreen(Dialog[None]):
    """Shows a link's target, and what is odd about it; opens or copies it when told to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,o", "open", "open", show=False),
        Binding("y", "copy", "copy", show=False),
        Binding("escape,q", "dismiss", "close", show=False),
    ]

    AUTO_FOCUS = "#link"

    def __init__(
        self, target: str, words: str, browse: Callable[[str], str], copy: Callable[[str], object]
    ) -> None:
        """Begin.

        Args:
            target: Where the link leads, as it was written.
            words: What it says.
            browse: Opens a URL; gives a sentence, or raises CannotOpen.
            copy: Copies a text.
        """
        super().__init__()
        self._target = target
        self._words = words
        self._link = link_from(target)
        self._browse = browse
        self._copy = copy

    def compose(self) -> ComposeResult:
        """The target, what the words say, what is odd, and the keys."""
        with VerticalScroll(id="link") as frame:
            frame.border_title = Content("Open this link?" if self._link else "A link")
            yield Static(self._shown(), id="link-target")
            if self._words and not (self._link and says_the_same(self._words, self._link)):
                said = shortened(one_line(self._words, 2000), 200)
                yield Static(Content.assemble(("Its words: ", "$quiet"), said))
            for warning in self._warnings():
                yield Static(Content(f"! {warning}"), classes="link-warning")
            yield Static("", id="link-trouble", classes="link-warning", markup=False)
            yield Static(self._keys(), id="link-keys")

    def _shown(self) -> Content:
        """All of the target, with the part that decides who answers in front of the eye."""
        link = self._link
        if link is None:
            return Content(one_line(self._target, 5000))
        end = link.at + len(link.host)
        return Content.assemble(
            (link.url[: link.at], "$quiet"),
            (link.host, "bold $accent"),
            (link.url[end:], "$foreground 80%"),
        )

    def _warnings(self) -> Iterator[str]:
        link = self._link
        if link is None:
            yield UNSURE
            return
        if named := names_another(self._words, link):
            yield f"Its words name {one_line(named, 80)}, but it leads to {link.host}."
        if link.user:
            yield f"{_cut(link.user)} is only a name to log in with: it leads to {link.host}."
        if link.reads:
            yield f"Its host has letters of other alphabets: {_cut(link.reads)} is {link.host}."

    def _keys(self) -> Content:
        keys = (("Enter", "opens it"), ("y", "copies it"), ("Esc", "closes"))
        told = keys if self._link else keys[1:]
        parts = [part for key, does in told for part in ((key, "$accent"), f" {does}   ")]
        return Content.assemble(*parts)

    @work(group="open", exclusive=True)
    async def action_open(self) -> None:
        """Open it; if that cannot be, say so and stay, so that it can be copied."""
        if self._link is None:
            return
        try:
            told = await asyncio.to_thread(self._browse, self._link.url)
        except CannotOpen as error:
            trouble = self.query_one("#link-trouble", Static)
            trouble.update(Content(f"{error} y copies it."))
            trouble.display = True
        else:
            self.notify(told, markup=False)
            self.dismiss()

    def action_copy(self) -> None:
        """Copy it as it would be opened."""
        self._copy(self._link.url if self._link else self._target)
        self.dismiss()


def _cut(text: str) -> str:
    return shortened(one_line(text, 2000), 60)
