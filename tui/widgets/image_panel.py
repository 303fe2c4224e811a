"""The images of the next prompt: named by a URL or a file, listed, changed and put in order.

The panel reads no file and fetches nothing: it says what is wanted, and is told what came of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Input, OptionList, Static

from tui.core.attached import Attachment, attached
from tui.core.dropped import files_named
from tui.core.images import BadImage, Image, image_from
from tui.core.sanitize import one_line
from tui.widgets.gallery import Gallery
from tui.widgets.image_field import ImageField
from tui.widgets.image_list import ImageList
from tui.widgets.panel import Panel
from tui.widgets.preview import Preview

MOST_KNOWN = 64
"""Images whose names are remembered after they were taken away: an edit brings them back."""

MOST_NAMES = 12
"""Names that are shown where several begin as typed."""


class ImagePanel(Panel):
    """The images that go with the next prompt."""

    TITLE = "Images"

    attached: var[tuple[Attachment, ...]] = var(())
    """What is sent next, in order."""

    model: var[str] = var("")
    """The model that is asked next, whose tokens are told."""

    trouble: var[str] = var("")
    """Why these images cannot be sent as they are; empty where they can."""

    gallery: Gallery | None = None
    """Makes pictures of them; without it they are named only."""

    @dataclass
    class Changed(Message):
        """An image was added, removed, moved or changed."""

        images: tuple[Image, ...]
        """What is sent next."""

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

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._place: int | None = None
        self._known: dict[Image, Attachment] = {}

    def compose(self) -> ComposeResult:
        """The field, what is to be said of it, the list, what is wrong with that, and a look."""
        yield ImageField(id="image-url")
        yield Static("", id="image-check", markup=False)
        yield ImageList(id="image-list")
        yield Static("", id="image-trouble", markup=False)
        yield Preview(id="image-preview")

    def open(self) -> None:
        """Let the user type."""
        self.query_one(ImageField).focus()

    # What there is

    @property
    def images(self) -> tuple[Image, ...]:
        """What is sent next."""
        return tuple(each.image for each in self.attached)

    @images.setter
    def images(self, images: tuple[Image, ...]) -> None:
        self._place = len(images) - 1
        self.attached = tuple(self._known.get(image) or attached(image) for image in images)

    def add(self, *more: Attachment) -> None:
        """Let these go with the next prompt too."""
        self._place = len(self.attached) + len(more) - 1
        self.attached = (*self.attached, *more)
        self.say(" ".join(f"{each.name}: {each.note}" for each in more if each.note))

    def swap(self, old: Attachment, new: Attachment) -> bool:
        """Put an image into the place of another; tells whether that was still there."""
        if old not in self.attached:
            return False
        place = self._place = self.attached.index(old)
        self.attached = (*self.attached[:place], new, *self.attached[place + 1 :])
        self.say(new.note)
        return True

    def drop(self, *gone: Attachment) -> None:
        """Take these away again."""
        self._place = None
        self.attached = tuple(each for each in self.attached if each not in gone)

    def watch_attached(self, images: tuple[Attachment, ...]) -> None:
        """List them, and remember what they are called."""
        for each in images:
            self._known.pop(each.image, None)
            self._known[each.image] = each
        for image in list(self._known)[: -MOST_KNOWN or None]:
            del self._known[image]
        self._show()
        self.post_message(self.Changed(self.images))

    def watch_model(self) -> None:
        """Another model counts otherwise."""
        self._show()

    def _show(self) -> None:
        last = len(self.attached) - 1
        place = last if self._place is None else min(max(self._place, 0), last)
        self.query_one(ImageList).show(self.attached, self.model, place if place >= 0 else None)
        self._show_preview(place)

    def _show_preview(self, place: int) -> None:
        """Show what an image looks like; of a URL, what was found there on request."""
        preview = self.query_one(Preview)
        preview.gallery = self.gallery
        there = self.attached[place] if 0 <= place < len(self.attached) else None
        preview.image = (there.seen or there.image) if there else None

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

    def say(self, verdict: str) -> None:
        """Say something about the field, or about what was just done."""
        check = self.query_one("#image-check", Static)
        check.update(Content(one_line(verdict, 600)))
        check.display = bool(verdict)

    def watch_trouble(self, trouble: str) -> None:
        """Say what is wrong, for as long as it is."""
        shown = self.query_one("#image-trouble", Static)
        shown.update(Content(f"✗ {one_line(trouble, 300)}"))
        shown.display = bool(trouble)

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
