"""The commands that what is typed may mean, as a list that lies over the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.core.sanitize import one_line
from tui.core.slash import Offer

MOST_SHOWN = 8
"""Rows that are seen at once, where there is room."""

MOST_OF_NAME = 24
"""Columns of a name; one that is longer pushes the rest of its row."""

MOST_OF_NOTE = 7
"""Columns of a key."""


class SlashList(Widget):
    """A row for each: name, key, help."""

    @dataclass
    class Clicked(Message):
        """A row was clicked."""

        place: int
        """Which one, from 0."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._offers: Sequence[Offer] = ()
        self._place = 0
        self._first = 0
        self.display = False

    def show(self, offers: Sequence[Offer], place: int, below: int, room: int) -> None:
        """Show these.

        Args:
            offers: They; none is no list.
            place: The one that Enter runs, from 0.
            below: Rows between the list and the end of the screen.
            room: Rows that it can have.
        """
        rows = max(1, min(len(offers), MOST_SHOWN, room - 2))
        self._offers, self._place = offers, place
        self._first = max(place - rows + 1, min(self._first, place, max(0, len(offers) - rows)))
        self.display = bool(offers)
        self.border_subtitle = Content(_told(len(offers), rows))
        self.styles.height = rows + 2
        self.styles.margin = (0, 1, below, 1)
        self.refresh()

    def render(self) -> Content:
        """The rows round the one that Enter runs."""
        shown = list(enumerate(self._offers))[self._first : self._first + self.size.height]
        names = [len(offer.name) for _, offer in shown]
        wide = min(MOST_OF_NAME, max(names, default=0))
        return Content("\n").join(self._row(place, offer, wide) for place, offer in shown)

    def _row(self, place: int, offer: Offer, wide: int) -> Content:
        is_here = place == self._place
        name = one_line(offer.name, 200)
        row = Content.assemble(
            ("❯ " if is_here else "  ", "bold $accent"),
            (f"{name:{wide}}", "bold $primary" if is_here else "$primary"),
            (f"  {offer.note:{MOST_OF_NOTE}}  ", "$accent"),
            (_help(offer), "$foreground" if is_here else "$quiet"),
        )
        return row.truncate(self.size.width, ellipsis=True)

    def on_click(self, event: events.Click) -> None:
        """Run what was clicked."""
        place = self._first + event.y - 1
        if 0 <= place < len(self._offers):
            self.post_message(self.Clicked(place))


def _help(offer: Offer) -> str:
    if offer.is_choice:
        return ""
    if offer.argument:
        return offer.command.help
    takes = offer.command.takes
    return f"{takes}: {offer.command.help}" if takes else offer.command.help


def _told(count: int, rows: int) -> str:
    """The keys of the list, and how long it is where not all of it is seen."""
    more = f"{count} · " if count > rows else ""
    return f"{more}Enter runs · Tab completes · Esc closes"
