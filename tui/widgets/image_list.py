"""The images of the next prompt in two rows each, and the keys that change them.

1. holiday by …003.jpg high ≈765
   JPEG 4032x3024         1.2 MB
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.core.attached import Attachment
from tui.core.commands import Place
from tui.core.sanitize import one_line, shortened
from tui.widgets.bound import bindings

ROOM = 33
"""Columns of a row."""

BAR = 2
"""Columns that the scroll bar takes of them, where there is one."""

MOST_SHOWN = 4
"""Images that are seen at once; the style sheet gives them two rows each."""

LEAST_NAME = 12
"""Columns that a name has, whatever stands beside it."""

Deed = Literal["remove", "turn", "scale", "look", "up", "down"]


class ImageList(OptionList):
    """The images, one of them in focus."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.IMAGES)

    @dataclass
    class Asked(Message):
        """A key was pressed on an image."""

        deed: Deed
        """What is to be done with it."""

        place: int
        """Which one, from 0."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False, compact=True)

    def watch_show_vertical_scrollbar(self) -> None:
        """Its bar comes and goes without a change of its size: rows of another width are stale."""
        self._clear_caches()

    def action_ask(self, deed: Deed) -> None:
        """Ask for something to be done with the image in focus."""
        if self.highlighted is not None:
            self.post_message(self.Asked(deed, self.highlighted))

    def show(self, images: Sequence[Attachment], model: str, place: int | None) -> None:
        """List the images, with what they cost a model; one of them in focus."""
        self.clear_options()
        room = ROOM - BAR if len(images) > MOST_SHOWN else ROOM
        self.add_options(
            Option(rows(image, number, model, room)) for number, image in enumerate(images, 1)
        )
        self.highlighted = place
        self.display = bool(images)


def rows(image: Attachment, number: int, model: str, room: int = ROOM) -> Content:
    """An image in two rows: what the model makes of it, and what its file is."""
    mark = f"{number}. "
    cost = f"{image.image.detail} {image.tokens(model)}".rstrip()
    name = _cut(image.name, max(LEAST_NAME, room - len(mark) - len(cost) - 1))
    known = image.facts or _cut(image.image.url, room - len(mark))
    above = _spread(mark + name, cost, room)
    below = _spread(" " * len(mark) + known, image.weight, room)
    return Content.assemble(above, "\n", (below, "dim"))


def _spread(left: str, right: str, room: int) -> str:
    """One text at the left, another at the right."""
    gap = room - Content(left).cell_length - Content(right).cell_length
    return f"{left}{' ' * max(1, gap)}{right}" if right else left


def _cut(text: str, room: int) -> str:
    """A text in so many columns, its middle left out where there are more."""
    whole = one_line(text, 2000)
    most = room
    while Content(cut := shortened(whole, most)).cell_length > room:
        most -= 1  # wide letters take two columns
    return cut
