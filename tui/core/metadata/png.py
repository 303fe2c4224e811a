"""PNG (W3C PNG 3, 4.7 'Chunks'): a signature, then chunks of length, name, data and checksum."""

from __future__ import annotations

import struct

from tui.core.metadata.found import (
    AFTER,
    ANIMATION,
    COMMENT,
    EXIF,
    PRIVATE,
    TIME,
    XMP,
    Stripped,
    put_together,
)

DRAWING = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP mDCV cLLI".split()
)
"""The chunks that pixels and colours are read from."""

MOVING = frozenset((b"acTL", b"fcTL", b"fdAT"))
"""The chunks of an animation; without them the picture that IDAT holds is shown."""

TEXTS = frozenset((b"tEXt", b"zTXt", b"iTXt"))


def stripped(content: bytes) -> Stripped:
    """The file with the chunks that draw it."""
    parts, removed = [content[:8]], list[str]()
    place, name, exif = 8, b"", b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", content, place)
        end = place + 12 + length
        if end > len(content):
            raise ValueError("a chunk that is cut off")
        if name in DRAWING:
            parts.append(content[place:end])
        else:
            removed.append(_called(name, content[place + 8 : place + 48]))
            exif = exif or (content[place + 8 : end - 4] if name == b"eXIf" else b"")
        place = end
    if place < len(content):
        removed.append(AFTER)
    return put_together(content, parts, removed, exif=exif)


def _called(name: bytes, begins: bytes) -> str:
    """What a chunk that goes is for people."""
    if name in MOVING:
        return ANIMATION
    if name == b"tIME":
        return TIME
    if name == b"eXIf" or (name in TEXTS and begins.startswith(b"Raw profile type")):
        return EXIF
    if name in TEXTS:
        return XMP if begins.startswith(b"XML:com.adobe.xmp") else COMMENT
    return PRIVATE
