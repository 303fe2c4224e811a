"""Pictures as rows of the log and of the panel, made beside the event loop and remembered.

What shows a picture is text with colours, so it scrolls, is cut and is covered like any other text.
For half blocks each cell has two colours. For Kitty each is a placeholder, U+10EEEE: its colour
is the number of the image, which was handed to the terminal before, and two marks say which row
and column of the image it stands for (Kitty's graphics protocol, 'Unicode placeholders').
Sixels are drawn over cells and would stay behind when these move, so the log has half blocks there.
"""

from __future__ import annotations

import asyncio
import base64
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Sequence
from random import randrange
from typing import TYPE_CHECKING

from tui.core.image_size import size_in_url
from tui.core.images import Image
from tui.core.previews import Room, Way
from tui.markdown.pieces import Piece, Span, joined
from tui.widgets.entry import Entry

if TYPE_CHECKING:
    from tui.edge.pictures.thumbnail import Colour, Thumbnail

IN_LOG = Room(24, 8)
"""Cells for a picture in the log."""

BESIDE = 3
"""Pictures of a question that stand beside each other; the others are named only."""

GAP = 2
"""Cells between them."""

MOST = 64
"""Pictures that are remembered."""

MOST_DRAWN = 100
"""Messages whose pictures are drawn; of older ones the rows are air again, until they are seen."""

UPPER = "▀"

PLACEHOLDER = "\U0010eeee"

MARKS = tuple(
    map(
        chr,
        (
            *(0x305, 0x30D, 0x30E, 0x310, 0x312, 0x33D, 0x33E, 0x33F, 0x346, 0x34A, 0x34B, 0x34C),
            *(0x350, 0x351, 0x352, 0x357, 0x35B, 0x363, 0x364, 0x365, 0x366, 0x367, 0x368, 0x369),
            *(0x36A, 0x36B, 0x36C, 0x36D, 0x36E, 0x36F, 0x483, 0x484, 0x485, 0x486, 0x487, 0x592),
            *(0x593, 0x594, 0x595, 0x597),
        ),
    )
)
"""The marks that count from 0 (Kitty's `rowcolumn-diacritics.txt`), enough for our columns."""

CHUNK = 4096
"""Bytes of an image's data in one escape sequence of Kitty's protocol."""

Key = tuple[int, int, Room]
"""Stands for an image in a room."""


class Gallery:
    """Makes pictures, one at a time."""

    def __init__(self, way: Way, write: Callable[[str], None]) -> None:
        """Nothing is made.

        Args:
            way: How pictures are shown.
            write: Hands an escape sequence to the terminal, between two frames.
        """
        self.way = way
        """How pictures are shown."""
        self._write = write
        self._lock = asyncio.Lock()
        self._made = OrderedDict[tuple[Key, "Colour"], "Thumbnail | None"]()
        self._numbers = dict[tuple[Key, "Colour"], int]()
        self._next = randrange(1 << 20, 1 << 23)
        self._drawn = deque[tuple[Entry, tuple[Image, ...]]]()

    # In the log

    def hang(self, entry: Entry, images: Sequence[Image]) -> None:
        """Keep rows free in a message's heading for its pictures."""
        shown = tuple(image for image in images if size_in_url(image.url))[:BESIDE]
        if self.way is not Way.OFF and shown:
            entry.undrawn = shown
            entry.heading = [*entry.heading, *self._air(shown)]

    def _air(self, images: Sequence[Image]) -> list[Piece]:
        sizes = (size_in_url(image.url) for image in images)
        return [Piece("picture")] * max(IN_LOG.taken_by(size).rows for size in sizes if size)

    async def draw(self, entry: Entry, ground: Colour) -> list[Entry]:
        """Draw what is undrawn; gives the messages that look otherwise now."""
        images, entry.undrawn = entry.undrawn, ()
        if not images:
            return []
        pictures = [await self.picture(image, IN_LOG, ground) for image in images]
        words = [piece for piece in entry.heading if piece.kind != "picture"]
        entry.heading = [*words, *_side_by_side([each for each in pictures if each])]
        self._drawn.append((entry, images))
        return [entry, *self._let_go()]

    def _let_go(self) -> Iterator[Entry]:
        while len(self._drawn) > MOST_DRAWN:
            entry, images = self._drawn.popleft()
            entry.undrawn = images
            rows = (piece for piece in entry.heading if piece.kind == "picture")
            words = [piece for piece in entry.heading if piece.kind != "picture"]
            entry.heading = [*words, *(Piece("picture") for _ in rows)]
            yield entry

    def begin_anew(self) -> None:
        """The ground has another colour: what is drawn is drawn again, once it is seen."""
        for entry, images in self._drawn:
            entry.undrawn = images
        self._drawn.clear()

    def begin(self) -> None:
        """Another conversation: what was drawn before is not in the log any more."""
        self._drawn.clear()

    # One picture

    async def picture(self, image: Image, room: Room, ground: Colour) -> list[Piece]:
        """The rows of a picture; none where there is nothing to be seen of it."""
        made = await self.thumbnail(image, room, ground)
        if made is None:
            return []
        if self.way is not Way.KITTY:
            return _blocks(made)
        number = self._numbers.get(key := (_key(image, room), ground))
        if number is None:
            self._next += 1
            number = self._numbers[key] = self._next
            self._write("".join(_handed_over(made, number)))
        return _placeholders(made.room, number)

    async def thumbnail(self, image: Image, room: Room, ground: Colour) -> Thumbnail | None:
        """The picture in pixels; one at a time is made, since a large one takes much memory."""
        from tui.edge.pictures.thumbnail import thumbnail

        if self.way is Way.OFF:
            return None
        key = (_key(image, room), ground)
        async with self._lock:
            if key not in self._made:
                self._made[key] = await asyncio.to_thread(thumbnail, image, room, ground)
            self._made.move_to_end(key)
            while len(self._made) > MOST:
                self._made.popitem(last=False)
            return self._made[key]

    def close(self) -> None:
        """Have the terminal forget what was handed to it."""
        gone = (f"\x1b_Ga=d,d=I,i={number},q=2\x1b\\" for number in self._numbers.values())
        if sequence := "".join(gone):
            self._write(sequence)
        self._numbers.clear()


def _key(image: Image, room: Room) -> Key:
    """What is remembered of an image instead of its bytes."""
    return hash(image.url), len(image.url), room


def _blocks(made: Thumbnail) -> list[Piece]:
    pairs = zip(made.halves[::2], made.halves[1::2], strict=True)
    return [_row(upper, lower) for upper, lower in pairs]


def _row(upper: Sequence[Colour], lower: Sequence[Colour]) -> Piece:
    cells = (
        Span(UPPER, (f"#{r:02x}{g:02x}{b:02x} on #{x:02x}{y:02x}{z:02x}",))
        for (r, g, b), (x, y, z) in zip(upper, lower, strict=True)
    )
    return Piece("picture", joined(list(cells)))


def _placeholders(room: Room, number: int) -> list[Piece]:
    columns, styles = MARKS[: room.columns], (f"#{number:06x}",)
    return [
        Piece("picture", (Span("".join(f"{PLACEHOLDER}{row}{mark}" for mark in columns), styles),))
        for row in MARKS[: room.rows]
    ]


def _handed_over(made: Thumbnail, number: int) -> Iterator[str]:
    """The image, and that its cells are placeholders; the terminal is asked to say nothing."""
    data = base64.b64encode(made.png).decode()
    for at in range(0, len(data), CHUNK):
        head = f"a=t,f=100,i={number},q=2," if at == 0 else ""
        more = int(at + CHUNK < len(data))
        yield f"\x1b_G{head}m={more};{data[at : at + CHUNK]}\x1b\\"
    yield f"\x1b_Ga=p,U=1,i={number},c={made.room.columns},r={made.room.rows},q=2\x1b\\"


def _side_by_side(pictures: Sequence[Sequence[Piece]]) -> list[Piece]:
    """The rows of several pictures as rows of one."""
    rows = list[Piece]()
    for at in range(max(map(len, pictures), default=0)):
        spans = list[Span]()
        for index, picture in enumerate(pictures):
            width = _width(picture[0])
            spans += [Span(" " * GAP)] if index else []
            spans += picture[at].spans if at < len(picture) else (Span(" " * width),)
        rows.append(Piece("picture", tuple(spans)))
    return rows


def _width(row: Piece) -> int:
    """Cells of a row: its marks take none."""
    text = "".join(span.text for span in row.spans)
    return text.count(PLACEHOLDER) or len(text)
