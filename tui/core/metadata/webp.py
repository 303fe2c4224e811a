"""WebP (RFC 9649, 2.3 to 2.7): a RIFF file, whose chunks are padded to even lengths."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tui.core.metadata.found import AFTER, EXIF, PRIVATE, XMP, Stripped, put_together

DRAWING = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
"""The chunks that pixels and colours are read from."""

CALLED = {b"EXIF": EXIF, b"XMP ": XMP}

HAS_METADATA = 0x0C
"""The flags of the first chunk that promise EXIF and XMP."""

FRAME_HEADER = 16
"""Bytes before the chunks of one picture of an animation."""


def stripped(content: bytes) -> Stripped:
    """The file with the chunks that draw it."""
    end = 8 + struct.unpack_from("<I", content, 4)[0]
    if end > len(content):
        raise ValueError("a file that is cut off")
    removed, frames = list[str](), 0
    body, exif = list[bytes](), b""
    for name, data in _chunks(content, 12, end):
        if name not in DRAWING:
            removed.append(CALLED.get(name, PRIVATE))
            exif = exif or (data if name == b"EXIF" else b"")
            continue
        frames += name == b"ANMF"
        body.append(_chunk(name, _cleaned(name, data, removed)))
    if end < len(content):
        removed.append(AFTER)
    head = struct.pack("<4sI4s", b"RIFF", sum(map(len, body)) + 4, b"WEBP")
    return put_together(content, [head, *body], removed, max(1, frames), exif)


def _chunks(content: bytes, place: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    while place < end:
        name, length = struct.unpack_from("<4sI", content, place)
        if place + 8 + length > end:
            raise ValueError("a chunk that is cut off")
        yield name, content[place + 8 : place + 8 + length]
        place += 8 + length + length % 2


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _cleaned(name: bytes, data: bytes, removed: list[str]) -> bytes:
    """A chunk that stays, without what is said in it."""
    if name == b"VP8X":
        return bytes((data[0] & ~HAS_METADATA, *data[1:]))
    if name != b"ANMF":
        return data
    inner = list(_chunks(data, FRAME_HEADER, len(data)))
    kept = [_chunk(*each) for each in inner if each[0] in DRAWING]
    if len(kept) < len(inner):
        removed.append(PRIVATE)
    return data[:FRAME_HEADER] + b"".join(kept)
