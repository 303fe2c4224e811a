"""GIF (GIF89a, 'The Grammar'): a screen, then pictures and extensions in blocks, then a trailer."""

from __future__ import annotations

from tui.core.metadata.found import AFTER, COMMENT, PRIVATE, XMP, Stripped, put_together

TRAILER, PICTURE, EXTENSION = 0x3B, 0x2C, 0x21
CONTROL, TEXT, REMARK, APPLICATION = 0xF9, 0x01, 0xFE, 0xFF

DRAWING = frozenset((b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"))
"""The applications whose blocks say how often it is shown, and in which colours."""


def stripped(content: bytes) -> Stripped:
    """The file with the blocks that draw it."""
    place = 13 + _table(content[10])
    parts, removed, frames = [content[:place]], list[str](), 0
    while (mark := content[place]) != TRAILER:
        start = place
        if mark == PICTURE:
            frames += 1
            place = _behind(content, start + 11 + _table(content[start + 9]))
        elif mark == EXTENSION:
            place = _behind(content, start + 2)
        else:
            raise ValueError("no block where one has to be")
        if name := _unneeded(content, start):
            removed.append(name)
        else:
            parts.append(content[start:place])
    parts.append(b";")
    if place + 1 < len(content):
        removed.append(AFTER)
    return put_together(content, parts, removed, frames)


def _table(flags: int) -> int:
    """Bytes of the palette that the flags tell of."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _behind(content: bytes, place: int) -> int:
    """The place behind a run of blocks, which ends with an empty one."""
    while size := content[place]:
        place += size + 1
    return place + 1


def _unneeded(content: bytes, start: int) -> str:
    """What a block is for people if it draws nothing, else nothing."""
    if content[start] == PICTURE or content[start + 1] in (CONTROL, TEXT):
        return ""
    if content[start + 1] == REMARK:
        return COMMENT
    application = content[start + 3 : start + 14]
    if content[start + 1] == APPLICATION and application in DRAWING:
        return ""
    return XMP if application == b"XMP DataXMP" else PRIVATE
