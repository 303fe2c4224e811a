"""The images that wait for the next prompt, in their order, and what is to be said of them."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Static

from tui.core.attached import Attachment, attached
from tui.core.images import Image
from tui.core.sanitize import one_line
from tui.widgets.gallery import Gallery
from tui.widgets.image_list import ImageList
from tui.widgets.panel import Panel
from tui.widgets.preview import Preview

MOST_KNOWN = 256
"""Images whose names are remembered after they were taken away: an edit brings them back."""


class HeldImages(Panel):
    """Holds the images that go with the next prompt, and shows them."""

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

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._place: int | None = None
        self._known: dict[int, tuple[str, str]] = {}  # by hash: the images have megabytes

    @property
    def images(self) -> tuple[Image, ...]:
        """What is sent next."""
        return tuple(each.image for each in self.attached)

    @images.setter
    def images(self, images: tuple[Image, ...]) -> None:
        self._place = len(images) - 1
        known = ((image, self._known.get(hash(image), ("", ""))) for image in images)
        self.attached = tuple(attached(image, *name_and_note) for image, name_and_note in known)
        self.say("")  # what was said is of others

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
            self._known.pop(hash(each.image), None)
            self._known[hash(each.image)] = each.name, each.note
        for oldest in list(self._known)[:-MOST_KNOWN]:
            del self._known[oldest]
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
