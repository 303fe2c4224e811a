"""JPEG (ITU-T T.81, B.1 and B.2): segments behind markers, and coded pixels behind each scan's.

Pixels hold no marker but the restarts: a 0xFF among them is followed by a zero (B.1.1.5).
"""

from __future__ import annotations

import re
import struct

from tui.core.metadata.found import (
    AFTER,
    COMMENT,
    EXIF,
    IPTC,
    PREVIEW,
    PRIVATE,
    XMP,
    Stripped,
    put_together,
)

SCAN, END, COM = 0xDA, 0xD9, 0xFE

DRAWING = frozenset((*range(0xC0, 0xC8), *range(0xC9, 0xD0), 0xDB, 0xDC, 0xDD))
"""Frame headers, tables, the number of lines, the restart interval."""

NEXT = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
"""The end of a scan's pixels: any marker but a restart."""

JFIF, ADOBE, ICC = (0xE0, b"JFIF\0"), (0xEE, b"Adobe"), (0xE2, b"ICC_PROFILE\0")
"""The application's segments that colours are read from."""

APPLICATIONS = (
    ((0xE1, b"Exif\0"), EXIF),
    ((0xE1, b"http://ns.adobe.com/"), XMP),
    ((0xED, b"Photoshop 3.0\0"), IPTC),
    ((0xE0, b"JFXX\0"), PREVIEW),
    ((0xE2, b"MPF\0"), PREVIEW),
    ((COM, b""), COMMENT),
)


def stripped(content: bytes) -> Stripped:
    """The file with the segments that draw it."""
    parts, removed = [content[:2]], list[str]()
    place, exif = 2, b""
    while True:
        marker, place = _marker(content, place)
        if marker == END:
            break
        (length,) = struct.unpack_from(">H", content, place)
        body, place = content[place + 2 : place + length], place + length
        if marker == SCAN:
            start, place = place, _end_of_scan(content, place)
            parts.append(_segment(marker, body) + content[start:place])
        elif _is_drawing(marker, body):
            parts.append(_segment(marker, _without_thumbnail(marker, body, removed)))
        else:
            removed.append(name := _called(marker, body))
            exif = exif or (body if name == EXIF else b"")
    parts.append(b"\xff\xd9")
    if place < len(content):
        removed.append(AFTER)
    return put_together(content, parts, removed, exif=exif)


def _marker(content: bytes, place: int) -> tuple[int, int]:
    """The marker at a place, and what comes behind it; fill bytes may stand before it."""
    if content[place] != 0xFF:
        raise ValueError("no marker where one has to be")
    while content[place] == 0xFF:
        place += 1
    return content[place], place + 1


def _end_of_scan(content: bytes, place: int) -> int:
    found = NEXT.search(content, place)
    if not found:
        raise ValueError("pixels without an end")
    return found.start()


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _is_drawing(marker: int, body: bytes) -> bool:
    return marker in DRAWING or any(
        marker == number and body.startswith(begins) for number, begins in (JFIF, ADOBE, ICC)
    )


def _without_thumbnail(marker: int, body: bytes, removed: list[str]) -> bytes:
    """A JFIF header may carry a small picture of its own, or more bytes than it has fields."""
    if marker != JFIF[0] or len(body) <= 14:
        return body
    removed.append(PREVIEW)
    return body[:12] + b"\0\0"


def _called(marker: int, body: bytes) -> str:
    """What a segment that goes is for people."""
    for (number, begins), name in APPLICATIONS:
        if marker == number and body.startswith(begins):
            return name
    return PRIVATE
