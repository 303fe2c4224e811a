"""What a walk through an image file gives."""

from __future__ import annotations

from dataclasses import dataclass

EXIF, XMP, IPTC = "EXIF", "XMP", "IPTC"
COMMENT, TIME, PRIVATE = "comments", "a time", "private data"
PREVIEW, AFTER, ANIMATION = "a preview", "data behind the picture", "the animation"


@dataclass(frozen=True, slots=True)
class Stripped:
    """An image file without what does not draw its picture."""

    content: bytes
    """The file."""

    removed: tuple[str, ...]
    """What was taken out, in words, each once."""

    frames: int = 1
    """How many pictures it shows, one after another."""

    exif: bytes = b""
    """The first EXIF that was taken out."""


def put_together(
    whole: bytes, parts: list[bytes], removed: list[str], frames: int = 1, exif: bytes = b""
) -> Stripped:
    """The parts that stay as a file; the whole one where nothing went."""
    once = tuple(dict.fromkeys(removed))
    return Stripped(b"".join(parts) if once else whole, once, frames, exif)
