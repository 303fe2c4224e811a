"""How large an image is, read from the first bytes of its file: nothing is decoded.

PNG (W3C PNG 3, 11.2.1 IHDR), GIF (GIF89a, 18 Logical Screen Descriptor), JPEG (ITU-T T.81, B.2.2
frame header) and WebP (RFC 9649, 2.5 to 2.7) say it near their beginning. Whatever is damaged, cut
off or of another kind has no size: None, never an error.
"""

from __future__ import annotations

import base64
import binascii
import struct
from typing import NamedTuple

from tui.core.images import DATA_URL

ENOUGH = 524_288
"""Bytes of a file that are looked at: in a JPEG, previews and profiles stand before the size."""

FIRST = 8_192
"""Bytes that are looked at first: nearly all say it there, and nobody has to decode the rest."""

FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of JPEG's frame headers; the three others in their range are tables."""

ALONE = frozenset((0x01, *range(0xD0, 0xD9)))
"""The markers of JPEG that nothing belongs to."""


class Size(NamedTuple):
    """The size of an image in pixels."""

    width: int
    """From left to right."""

    height: int
    """From top to bottom."""

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


def size_in_url(url: str) -> Size | None:
    """The size of the image that a data URL carries; of others nothing is known.

    A URL has megabytes: none is kept here, and of each only the beginning is looked at.
    """
    found = DATA_URL.match(url)
    if not found:
        return None
    start, end = found.span(2)
    return _size_within(url, start, end, FIRST) or _size_within(url, start, end, ENOUGH)


def _size_within(url: str, start: int, end: int, most: int) -> Size | None:
    encoded = url[start : min(end, start + most * 4 // 3)].encode("ascii", "replace")
    try:
        return size_of(base64.b64decode(encoded[: len(encoded) // 4 * 4]))
    except binascii.Error:
        return None


def size_of(content: bytes) -> Size | None:
    """The size of the image whose file begins with these bytes."""
    try:
        size = _read(content)
    except (struct.error, IndexError):
        return None
    return size if size and size.width and size.height else None


def _read(content: bytes) -> Size | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return Size(*struct.unpack_from(">II", content, 16))
    if content.startswith((b"GIF87a", b"GIF89a")):
        return Size(*struct.unpack_from("<HH", content, 6))
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _webp(content)
    return _jpeg(content) if content.startswith(b"\xff\xd8\xff") else None


def _jpeg(content: bytes) -> Size | None:
    place = 2
    while True:
        while content[place + 1] == 0xFF:  # a marker may have fill bytes before it
            place += 1
        start, marker, length = struct.unpack_from(">BBH", content, place)
        if start != 0xFF or marker == 0xDA:  # no marker, or the picture itself
            return None
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", content, place + 5)
            return Size(width, height)
        place += 2 if marker in ALONE else 2 + length


def _webp(content: bytes) -> Size | None:
    kind = content[12:16]
    if kind == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", content, 26)
        return Size(width & 0x3FFF, height & 0x3FFF)
    if kind == b"VP8L" and content[20] == 0x2F:
        (bits,) = struct.unpack_from("<I", content, 21)
        return Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8X":
        low_width, high_width, low_height, high_height = struct.unpack_from("<HBHB", content, 24)
        return Size(low_width + (high_width << 16) + 1, low_height + (high_height << 16) + 1)
    return None
