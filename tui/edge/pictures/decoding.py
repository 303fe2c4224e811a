"""Pixels out of a file, by Pillow, which hostile files may break in any way that they like.

It is given the file without what does not draw it: texts that unpack to a flood, a thousand
previews and the like never reach it. EXIF is read by itself, and may be as damaged as it likes.

Pillow is imported when the first picture comes: it takes a tenth of a second.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.core.image_kinds import GIF, NAMES, PNG
from tui.core.image_size import Size
from tui.core.images import BadImage
from tui.core.metadata import DAMAGED
from tui.core.metadata.found import Stripped

if TYPE_CHECKING:
    from PIL.Image import Exif
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

    exif: Exif
    """What the file says beside the picture; empty where it says nothing, or cannot be read."""

    is_lossless: bool
    """Whether its file holds every pixel as it was."""

    @property
    def has_place(self) -> bool:
        """Whether the file says where it was taken."""
        return GPS in self.exif

    @property
    def is_sideways(self) -> bool:
        """Whether it is stored lying on its side."""
        return self.orientation >= 5


@contextmanager
def decoded(bare: Stripped, kind: str, size: Size, finest: Size | None = None) -> Iterator[Decoded]:
    """Decode a picture; its pixels are let go at the end.

    Args:
        bare: The file, and the EXIF that was in it.
        kind: Its media type, as its first bytes say: no other decoder is tried.
        size: The size that its first bytes say; a file that then has another is damaged.
        finest: Pixels that are enough: of a JPEG, no more than a few times as many are decoded.

    Raises:
        BadImage: If it cannot be decoded.
    """
    pixels = _decoded(bare.content, kind, size, finest)
    try:
        exif = _exif(bare.exif)
        is_lossless = kind in (PNG, GIF) or b"VP8L" in bare.content  # RFC 9649, 2.6
        yield Decoded(pixels, kind, _orientation(exif), exif, is_lossless)
    finally:
        pixels.close()


def _decoded(content: bytes, kind: str, size: Size, finest: Size | None) -> Pixels:
    from PIL import Image

    _silence(Image.DecompressionBombWarning)
    try:
        pixels = Image.open(io.BytesIO(content), formats=(NAMES[kind].upper(),))
        if pixels.size != size:
            raise BadImage(DAMAGED)
        if finest is not None:
            pixels.draft(None, finest)
        pixels.load()
    except BadImage:
        raise
    except Exception:  # a decoder that is fed rubbish stumbles in more ways than it tells of
        raise BadImage(DAMAGED) from None
    return pixels


def _exif(content: bytes) -> Exif:
    from PIL import Image

    exif = Image.Exif()
    try:
        exif.load(content)
        exif.tobytes()
    except Exception:  # the picture is sound: what is said beside it need not be
        return Image.Exif()
    return exif


def _orientation(exif: Exif) -> int:
    """How the picture has to be turned; what is no number from 1 to 8 is 1."""
    said = exif.get(ORIENTATION, 1)
    return said if isinstance(said, int) and 1 <= said <= 8 else 1


def _silence(bomb: type[Warning]) -> None:
    """Keep Pillow's remarks off the screen; too many pixels are an error."""
    warnings.filterwarnings("ignore", module=r"PIL\.")
    warnings.filterwarnings("error", category=bomb)
