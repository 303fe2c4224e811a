"""The images of the next prompt: named by a URL or a file, listed, changed and put in order.

The panel reads no file and fetches nothing: it says what is wanted, and is told what came of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from tui.core.attached import Attachment, attached
from tui.core.dropped import files_named
from tui.core.images import BadImage, image_from
from tui.widgets.held_images import HeldImages
from tui.widgets.image_field import ImageField
from tui.widgets.image_list import ImageList
from tui.widgets.preview import Preview

MOST_NAMES = 12
"""Names that are shown where several begin as typed."""


class ImagePanel(HeldImages):
    """Where images for the next prompt are named, and changed by key."""

    TITLE = "Images"

    @dataclass
    class Named(Message):
        """Files were named, whose pictures are wanted."""

        paths: tuple[Path, ...]
        """They, as they were typed."""

        text: str = ""
        """What stands in the field, which is emptied once all of them are there."""

    @dataclass
    class Scaling(Message):
        """An image is to be scaled down."""

        attachment: Attachment
        """It."""

        longest: int
        """Pixels that its longer side may have."""

    @dataclass
    class Looking(Message):
        """The user wants to look at a URL."""

        attachment: Attachment
        """It."""

    def compose(self) -> ComposeResult:
        """The field, what is to be said of it, the list, what is wrong with that, and a look."""
        yield ImageField(id="image-url")
        yield Static("", id="image-check", markup=False)
        yield ImageList(id="image-list")
        yield Static("", id="image-trouble", markup=False)
        yield Preview(id="image-preview")

    def open(self) -> None:
        """Let the user type."""
        self.screen.set_focus(self.query_one(ImageField))  # now: what is typed on is for it

    # The field

    @on(Input.Changed, "#image-url")
    def check(self, event: Input.Changed) -> None:
        """Say whether the URL can be sent, as it is typed; of a file, what Enter does."""
        verdict = ""
        if event.value.strip():
            try:
                is_file = bool(files_named(event.value))
                named = "a file; Tab completes," if is_file else image_from(event.value).name
                verdict = f"{named} Enter adds it" if is_file else f"✓ {named} – Enter adds it"
            except BadImage as error:
                verdict = f"✗ {error}"
        self.say(verdict)

    @on(Input.Submitted, "#image-url")
    def take(self, event: Input.Submitted) -> None:
        """Add the URL, or ask for the files; what cannot be sent stays in the field."""
        try:
            if paths := files_named(event.value):
                self.say("Reading…")
                self.post_message(self.Named(tuple(paths), event.value))
                return
            image = image_from(event.value)
        except BadImage as error:
            self.say(f"✗ {error}")
            return
        event.input.value = ""
        self.add(attached(image))

    @on(ImageField.Given)
    def take_given(self, event: ImageField.Given) -> None:
        """Add the picture that a long data URL is."""
        try:
            self.add(attached(image_from(event.url)))
        except BadImage as error:
            self.say(f"✗ {error}")

    @on(ImageField.Dropped)
    def take_dropped(self, event: ImageField.Dropped) -> None:
        """Ask for the files."""
        self.post_message(self.Named(event.paths))

    @on(ImageField.Choice)
    def tell_names(self, event: ImageField.Choice) -> None:
        """Say which names begin as typed."""
        shown = " · ".join(event.names[:MOST_NAMES])
        more = len(event.names) - MOST_NAMES
        self.call_after_refresh(self.say, f"{shown} · and {more} more" if more > 0 else shown)

    def taken(self, text: str) -> None:
        """All that the field named is there, so that it can name something else."""
        field = self.query_one(ImageField)
        if text and field.value == text:
            with self.prevent(Input.Changed):
                field.value = ""

    # The list

    @on(OptionList.OptionHighlighted, "#image-list")
    def tell_note(self, event: OptionList.OptionHighlighted) -> None:
        """Say what was done to the image in focus, and show it."""
        self._show_preview(event.option_index)
        if event.option_list.has_focus and event.option_index < len(self.attached):
            self._place = event.option_index
            self.say(self.attached[event.option_index].note)

    @on(ImageList.Asked)
    def do(self, event: ImageList.Asked) -> None:
        """Do what a key asks for, or say who shall."""
        if event.place >= len(self.attached):
            return
        image = self.attached[event.place]
        match event.deed:
            case "remove":
                self._remove(event.place)
            case "turn":
                self.swap(image, image.turned)
            case "scale":
                self._scale(image)
            case "look":
                self._look(image)
            case "up":
                self._move(event.place, event.place - 1)
            case "down":
                self._move(event.place, event.place + 1)

    def _remove(self, place: int) -> None:
        self._place = place
        self.attached = (*self.attached[:place], *self.attached[place + 1 :])
        self.say("")
        if not self.attached:
            self.open()

    def _move(self, place: int, to: int) -> None:
        if 0 <= to < len(self.attached):
            order = list(self.attached)
            order.insert(to, order.pop(place))
            self._place = to
            self.attached = tuple(order)

    def _scale(self, image: Attachment) -> None:
        if image.next_side is not None:
            self.say("Scaling…")
            self.post_message(self.Scaling(image, image.next_side))
        elif image.whole is not None:
            self.swap(image, image.restored)
        elif image.is_here:
            self.say("It is small already, so it stays as it is.")
        else:
            self.say("The provider fetches this URL by itself; only files can be scaled down.")

    def _look(self, image: Attachment) -> None:
        if image.is_here:
            self.say("This image is here; only a URL is fetched for a look.")
        else:
            self.say("Fetching…")
            self.post_message(self.Looking(image))
