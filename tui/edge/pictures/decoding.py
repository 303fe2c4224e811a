"""Pixels out of a file, by Pillow, which hostile files may break in any way that they like.

Pillow is imported when the first picture comes: it takes a tenth of a second.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.core.image_kinds import NAMES
from tui.core.image_size import Size
from tui.core.images import BadImage
from tui.core.metadata import DAMAGED

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

ORIENTATION, GPS = 0x0112, 0x8825
"""Tags of EXIF (CIPA DC-008, 4.6.3 and 4.6.4)."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture as pixels."""

    pixels: Pixels
    """The picture, the first of an animation, as it is stored."""

    kind: str
    """The media type of its file."""

    orientation: int
    """How it has to be turned and mirrored to be upright, from 1 to 8; 1 is not at all."""

    has_place: bool
    """Whether the file says where it was taken."""

    @property
    def is_sideways(self) -> bool:
        """Whether it is stored lying on its side."""
        return self.orientation >= 5


@contextmanager
def decoded(content: bytes, kind: str, size: Size) -> Iterator[Decoded]:
    """Decode a picture; its pixels are let go at the end.

    Args:
        content: The whole file.
        kind: Its media type, as its first bytes say: no other decoder is tried.
        size: The size that its first bytes say; a file that then has another is damaged.

    Raises:
        BadImage: If it cannot be decoded.
    """
    pixels = _decoded(content, kind, size)
    try:
        orientation, has_place = _said(pixels)
        yield Decoded(pixels, kind, orientation, has_place)
    finally:
        pixels.close()


def _decoded(content: bytes, kind: str, size: Size) -> Pixels:
    from PIL import Image

    _silence(Image.DecompressionBombWarning)
    try:
        pixels = Image.open(io.BytesIO(content), formats=(NAMES[kind].upper(),))
        if pixels.size != size:
            raise BadImage(DAMAGED)
        pixels.load()
    except BadImage:
        raise
    except Exception:  # a decoder that is fed rubbish stumbles in more ways than it tells of
        raise BadImage(DAMAGED) from None
    return pixels


def _said(pixels: Pixels) -> tuple[int, bool]:
    """The orientation, and whether there is a place; damaged EXIF says neither."""
    try:
        exif = pixels.getexif()
        orientation = exif.get(ORIENTATION, 1)
        has_place = bool(exif.get_ifd(GPS))
    except Exception:  # the picture is sound: what is said beside it need not be
        return 1, False
    is_known = isinstance(orientation, int) and 1 <= orientation <= 8
    return (orientation if is_known else 1), has_place


def _silence(bomb: type[Warning]) -> None:
    """Keep Pillow's remarks off the screen; too many pixels are an error."""
    warnings.filterwarnings("ignore", module=r"PIL\.")
    warnings.filterwarnings("error", category=bomb)
