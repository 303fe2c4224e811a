"""One image, small: as half blocks, as Kitty's placeholders, or as Sixels over air."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import work
from textual.containers import ScrollableContainer
from textual.geometry import Region, Size
from textual.reactive import var
from textual.strip import Strip
from textual.widget import Widget

from tui.core.images import Image
from tui.core.previews import Room, Way
from tui.markdown.pieces import Piece
from tui.widgets.gallery import Gallery

if TYPE_CHECKING:
    from tui.edge.pictures.thumbnail import Thumbnail

ROOM = Room(32, 8)
"""Cells for the picture, at the most."""

REST = 0.15
"""Seconds for which the cursor rests on an image before it is drawn."""

LEAST = 4
"""Rows below which a picture is none."""


class Preview(Widget, can_focus=False):
    """What an image looks like; nothing where that cannot be seen."""

    DEFAULT_CSS = "Preview { height: auto; display: none; &.-seen { display: block; } }"

    image: var[Image | None] = var(None)
    """The image, if there is one."""

    gallery: Gallery | None = None
    """Makes the picture; without it there is none."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: list[Piece] = []
        self._sixels = ""
        self._is_late = False
        self._room = ROOM

    def on_mount(self) -> None:
        """What is round it can change with each layout, its ground with the theme."""
        self.screen.screen_layout_refresh_signal.subscribe(self, self._fit, immediate=True)
        self.app.theme_changed_signal.subscribe(self, self._draw_again)

    def watch_image(self) -> None:
        """Another image: what was seen goes at once, what is to be seen comes when it is made."""
        self._show([])
        self._draw_again()

    def _draw_again(self, _sender: object = None) -> None:
        if self.image is not None and self.gallery is not None:
            self._draw(self.image, self.gallery)

    def _fit(self, _sender: object) -> None:
        """Take other rows where others than before are free; too many go at once.

        The rows follow from what the others take, not from when that is known: so it does not
        matter which layout comes first.
        """
        room = Room(ROOM.columns, self._free)
        if room == self._room:
            return
        self._room = room
        if len(self._rows) > room.rows:
            self._show([])
        self._draw_again()

    @property
    def _free(self) -> int:
        """Rows for which there is place where it is, those that it has among them."""
        for around in self.ancestors:
            if isinstance(around, ScrollableContainer):
                ends = (child.virtual_region.bottom for child in around.displayed_children)
                others = max(ends, default=0) - self.region.height
                free = min(ROOM.rows, around.size.height - others)
                return free if free >= LEAST else 0
        return ROOM.rows

    @work(group="preview", exclusive=True)
    async def _draw(self, image: Image, gallery: Gallery) -> None:
        await asyncio.sleep(REST)
        room, ground = self._room, self.background_colors[1].rgb
        if not room.rows:
            return
        rows, sixels = await gallery.picture(image, room, ground), ""
        if rows and gallery.way is Way.SIXEL:
            sixels = await self._as_sixels(await gallery.thumbnail(image, room, ground))
        if image is self.image:
            self._show(rows, sixels)

    async def _as_sixels(self, made: Thumbnail | None) -> str:
        """The sequence; empty where nobody knows how large a cell is: half blocks always fit."""
        from tui.edge.cells import cell_pixels
        from tui.edge.pictures.thumbnail import sixels

        cell = cell_pixels()
        if made is None or cell is None:
            return ""
        return await asyncio.to_thread(partial(sixels, made, cell))

    def _show(self, rows: list[Piece], sixels: str = "") -> None:
        self._rows, self._sixels = rows, sixels
        self.set_class(bool(rows), "-seen")
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the picture has."""
        return len(self._rows)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The cells; what is drawn over them is drawn after them."""
        if self._sixels and not self._is_late:
            self._is_late = True
            self.call_after_refresh(self._draw_over)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """A row of the picture; below Sixels it is air."""
        spans = self._rows[y].spans if y < len(self._rows) and not self._sixels else ()
        base = self.rich_style
        segments = [Segment(span.text, base + Style.parse(span.styles[0])) for span in spans]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _draw_over(self) -> None:
        """Draw the Sixels, unless something else is there: they would lie over it."""
        self._is_late = False
        region = self.content_region
        if not (self._sixels and self._is_open(region)):
            return
        driver = self.app._driver
        if driver is not None:
            where = f"\x1b[{region.y + 1};{region.x + 1}H"
            driver.write(f"\x1b7{where}{self._sixels}\x1b8")

    def _is_open(self, region: Region) -> bool:
        """Whether all of it is in view, and nothing before it."""
        if not (self.is_attached and self.display and self.screen.is_active and region.area):
            return False
        corners = ((region.x, region.y), (region.right - 1, region.bottom - 1))
        screen = self.screen
        if not all(screen.region.contains(*corner) for corner in corners):
            return False
        return all(screen.get_widget_at(*corner)[0] is self for corner in corners)
