"""The images of the next prompt: typed as URLs, checked as they are typed, listed, removable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.core.images import BadImage, Image, image_from
from tui.core.sanitize import one_line, shortened
from tui.widgets.gallery import Gallery
from tui.widgets.panel import Panel
from tui.widgets.preview import Preview

LONGEST_NAME = 27
"""Characters of an image's name in the list: with its number and a scroll bar, one row."""


class ImagePanel(Panel):
    """The images that go with the next prompt."""

    TITLE = "Images"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete,backspace", "remove", "remove", show=False)
    ]

    images: var[tuple[Image, ...]] = var(())
    """What is sent next, in order."""

    gallery: Gallery | None = None
    """Makes pictures of them; without it they are named only."""

    @dataclass
    class Changed(Message):
        """An image was added or removed."""

        images: tuple[Image, ...]
        """What is sent next."""

    def compose(self) -> ComposeResult:
        """The field, the verdict on what it holds, and the list."""
        yield Input(placeholder="https://…  data:image/…", id="image-url", compact=True)
        yield Static("", id="image-check", markup=False)
        yield OptionList(id="image-list", markup=False, compact=True)
        yield Preview(id="image-preview")

    def open(self) -> None:
        """Let the user type."""
        self.query_one(Input).focus()

    def clear(self) -> None:
        """The images went with a prompt."""
        self.images = ()

    def watch_images(self, images: tuple[Image, ...]) -> None:
        """List them."""
        listing = self.query_one(OptionList)
        listing.clear_options()
        listing.add_options(
            Option(Content(f"{place}. {shortened(one_line(image.name, 2000), LONGEST_NAME)}"))
            for place, image in enumerate(images, 1)
        )
        listing.highlighted = len(images) - 1 if images else None
        listing.display = bool(images)
        self._show_preview(listing.highlighted)
        self.post_message(self.Changed(images))

    @on(OptionList.OptionHighlighted, "#image-list")
    def _preview(self, event: OptionList.OptionHighlighted) -> None:
        """Show what the image under the cursor looks like."""
        self._show_preview(event.option_index)

    def _show_preview(self, place: int | None) -> None:
        preview = self.query_one(Preview)
        preview.gallery = self.gallery
        is_there = place is not None and place < len(self.images)
        preview.image = self.images[place] if place is not None and is_there else None

    @on(Input.Changed, "#image-url")
    def check(self, event: Input.Changed) -> None:
        """Say whether the URL can be sent, as it is typed."""
        verdict = ""
        if event.value.strip():
            try:
                verdict = f"✓ {image_from(event.value).name} – Enter adds it"
            except BadImage as error:
                verdict = f"✗ {error}"
        self._say(verdict)

    @on(Input.Submitted, "#image-url")
    def add(self, event: Input.Submitted) -> None:
        """Add the image; a URL that cannot be sent stays in the field."""
        try:
            image = image_from(event.value)
        except BadImage as error:
            self._say(f"✗ {error}")
            return
        event.input.value = ""
        self.images = (*self.images, image)

    def action_remove(self) -> None:
        """Remove the image under the cursor."""
        listing = self.query_one(OptionList)
        place = listing.highlighted
        if listing.has_focus and place is not None:
            self.images = (*self.images[:place], *self.images[place + 1 :])
            if not self.images:
                self.open()

    def _say(self, verdict: str) -> None:
        check = self.query_one("#image-check", Static)
        check.update(Content(one_line(verdict, 300)))
        check.display = bool(verdict)
