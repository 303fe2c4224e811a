"""What an image file says beside its picture, taken out of it without touching the picture.

A file is walked by its own grammar, and only what draws the picture is handed on: pixels, palettes,
colour profiles, the header that says how to read them. Everything else goes: place, camera, author,
comments, previews, private blocks, and whatever stands behind the picture's end. A list of what
stays is safe where a list of what goes would miss the next vendor's block.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from tui.core.image_kinds import GIF, JPEG, PNG, WEBP
from tui.core.images import BadImage
from tui.core.metadata import gif, jpeg, png, webp
from tui.core.metadata.found import Stripped

STRIP: dict[str, Callable[[bytes], Stripped]] = {
    PNG: png.stripped,
    JPEG: jpeg.stripped,
    GIF: gif.stripped,
    WEBP: webp.stripped,
}

DAMAGED = "The picture is damaged or cut off."


def stripped(content: bytes, kind: str) -> Stripped:
    """The picture without what it says beside itself.

    Args:
        content: The whole file.
        kind: Its media type, as its first bytes say.

    Returns:
        The very same bytes where there is nothing to take out.

    Raises:
        BadImage: If the file does not hold together.
    """
    try:
        return STRIP[kind](content)
    except (struct.error, IndexError, ValueError):
        raise BadImage(DAMAGED) from None
