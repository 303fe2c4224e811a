"""The questions that wait for the reply under way: a row each above the prompt, changed by key.

It is there only while something waits; the screen holds what that is and is asked to change it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.core.attached import Attachment
from tui.core.commands import Place
from tui.core.images import Image
from tui.core.sanitize import one_line
from tui.widgets.bound import bindings

MOST_SHOWN = 4
"""Rows that are seen at once."""

MOST_OF_ROW = 500
"""Characters of a question that are looked at for its row; no terminal is so wide."""

Deed = Literal["edit", "remove", "up", "down"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that is sent when the reply is over."""

    text: str
    """Its words."""

    attached: tuple[Attachment, ...] = ()
    """The images that go with it."""

    @property
    def images(self) -> tuple[Image, ...]:
        """What of these is sent."""
        return tuple(each.image for each in self.attached)

    @property
    def line(self) -> str:
        """It in one line."""
        count = len(self.attached)
        images = f"▣ {count} image{'s' if count > 1 else ''} · " if count else ""
        return images + one_line(self.text[:MOST_OF_ROW])


class Queue(Widget, can_focus=True):
    """What waits, first to last."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.QUEUE)

    waiting: reactive[Sequence[Waiting]] = reactive((), layout=True)
    """The questions."""

    note: reactive[str] = reactive("")
    """When the first one is sent."""

    place: reactive[int] = reactive(0)
    """Which one keys act on, from 0."""

    @dataclass
    class Asked(Message):
        """A key was pressed on a question."""

        deed: Deed
        """What is to be done with it."""

        chosen: Waiting
        """Which one: where it stands can have changed until this is heard."""

    def validate_place(self, place: int) -> int:
        """There is always one in focus."""
        return max(0, min(place, len(self.waiting) - 1))

    def watch_waiting(self) -> None:
        """What waited behind the last one has moved up."""
        self.place = self.validate_place(self.place)

    def get_content_height(self, *_: object) -> int:
        """A row for each, up to a few."""
        return min(len(self.waiting), MOST_SHOWN)

    def render(self) -> Content:
        """The rows round the one in focus."""
        first = max(0, min(self.place - MOST_SHOWN + 1, len(self.waiting) - MOST_SHOWN))
        if not self.has_focus:
            first = 0
        shown = list(enumerate(self.waiting))[first : first + MOST_SHOWN]
        return Content("\n").join(self._row(place, each) for place, each in shown)

    def _row(self, place: int, each: Waiting) -> Content:
        is_here = self.has_focus and place == self.place
        mark = Content.styled(f"{'❯' if is_here else ' '} ▷ ", "bold $accent")
        note = Content.styled(f"  {self._told(place)} ", "$quiet")
        room = max(8, self.size.width - mark.cell_length - note.cell_length)
        words = Content(each.line).truncate(room, ellipsis=True)
        words = words.stylize("bold" if is_here else "$foreground 80%")
        return Content.assemble(mark, words, " " * (room - words.cell_length), note)

    def _told(self, place: int) -> str:
        """What stands at the end of a row: when the first leaves, and how many are not seen."""
        if place == 0:
            return self.note
        hidden = len(self.waiting) - MOST_SHOWN
        is_last_seen = place == MOST_SHOWN - 1 and not self.has_focus
        return f"and {hidden} more" if is_last_seen and hidden > 0 else ""

    async def action_step(self, by: int) -> None:
        """Go to another one; behind the last one the prompt begins."""
        if self.place + by >= len(self.waiting):
            await self.run_action("screen.leave_line")
        else:
            self.place += by

    def action_ask(self, deed: Deed) -> None:
        """Ask for something to be done with the one in focus."""
        self.post_message(self.Asked(deed, self.waiting[self.place]))
        self.place += {"up": -1, "down": 1}.get(deed, 0)
