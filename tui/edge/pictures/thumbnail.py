"""Small pictures of large ones, for a terminal.

Only what an image itself carries is looked at; nothing is fetched. A picture that would fill the
memory is not decoded: of a JPEG, the decoder gives an eighth and less, so that may be larger.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.core.exporting.pictures import picture
from tui.core.image_kinds import JPEG, kind_of
from tui.core.image_size import Size, size_of
from tui.core.images import Image
from tui.core.metadata import stripped
from tui.core.previews import Room
from tui.edge.pictures.decoding import decoded
from tui.edge.pictures.encoding import upright

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

MOST_PIXELS = 40_000_000
"""Pixels of a picture that is decoded whole: 160 megabytes."""

MOST_OF_JPEG = 200_000_000
"""Pixels of one of which a part is decoded."""

CELL = (10, 20)
"""Pixels of a cell, at the most, where the terminal draws pixels."""

Colour = tuple[int, int, int]
"""Red, green, blue, each up to 255."""


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A picture that fits into some cells."""

    room: Room
    """The cells that it takes."""

    halves: tuple[tuple[Colour, ...], ...]
    """Pixels for half blocks: two rows to a row of cells."""

    png: bytes
    """The same as a file, with more pixels."""


def thumbnail(image: Image, room: Room, ground: Colour) -> Thumbnail | None:
    """The image as it is shown in a room; takes up to a second, so it wants a thread.

    Args:
        image: The image.
        room: The cells that there are for it.
        ground: What is behind it where it is transparent.

    Returns:
        None where it is elsewhere, missing, damaged or too large.
    """
    found = picture(image)
    size = size_of(found.content) if found else None
    if found is None or size is None or not _is_bounded(size, found.kind):
        return None
    try:
        return _drawn(found.content, size, room, ground)
    except Exception:  # what one decoder makes of rubbish, the next step may stumble over
        return None


def sixels(drawn: Thumbnail, cell: tuple[int, int]) -> str:
    """The picture as the escape sequence that draws it, no larger than its room.

    textual-image draws only here: where it renders, it asks the terminal as soon as it is imported,
    and whatever is typed then is lost.

    Args:
        drawn: The picture.
        cell: Pixels of a cell, its width and its height.
    """
    from PIL import Image
    from textual_image._sixel import image_to_sixels

    with Image.open(io.BytesIO(drawn.png), formats=("PNG",)) as pixels:
        wide, high = drawn.room.columns * cell[0], drawn.room.rows * cell[1]
        share = min(wide / pixels.width, high / pixels.height)
        size = (max(1, int(pixels.width * share)), max(1, int(pixels.height * share)))
        return image_to_sixels(pixels.convert("RGB").resize(size))


def _is_bounded(size: Size, kind: str) -> bool:
    most = MOST_OF_JPEG if kind == JPEG else MOST_PIXELS
    return 0 < size.width * size.height <= most


def _drawn(content: bytes, size: Size, room: Room, ground: Colour) -> Thumbnail:
    kind = kind_of(content)
    assert kind is not None
    finest = Size(room.columns * CELL[0] * 2, room.rows * CELL[1] * 2)
    with decoded(stripped(content, kind), kind, size, finest) as found:
        turned = Size(size.height, size.width) if found.is_sideways else size
        taken = room.taken_by(turned)
        whole = _flat(upright(found), taken, turned, ground)
    halves = whole.resize((taken.columns, 2 * taken.rows))
    out = io.BytesIO()
    whole.save(out, "PNG")
    return Thumbnail(taken, _rows(halves), out.getvalue())


def _flat(pixels: Pixels, taken: Room, size: Size, ground: Colour) -> Pixels:
    """The picture on its ground, no finer than the cells can show."""
    from PIL import Image

    width = min(taken.columns * CELL[0], size.width)
    height = min(taken.rows * CELL[1], size.height)
    small = _shades(pixels).resize((max(width, 1), max(height, 1)), Image.Resampling.LANCZOS)
    under = Image.new("RGBA", small.size, (*ground, 255))
    under.alpha_composite(small)
    return under.convert("RGB")


def _shades(pixels: Pixels) -> Pixels:
    """With 8 bits for each colour and for how dense it is."""
    if pixels.mode.startswith("I"):
        pixels = pixels.convert("I").point(lambda shade: shade * (1 / 256)).convert("L")
    return pixels.convert("RGBA")


def _rows(pixels: Pixels) -> tuple[tuple[Colour, ...], ...]:
    data, width = pixels.tobytes(), pixels.width
    colours = [(data[at], data[at + 1], data[at + 2]) for at in range(0, len(data), 3)]
    return tuple(tuple(colours[at : at + width]) for at in range(0, len(colours), width))
