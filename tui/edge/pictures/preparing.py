"""A picture made ready to be sent: sound, upright, without metadata, and no larger than wished.

The bytes of a picture that needs no change stay as they are. Metadata is cut out of the file around
the pixels, which loses nothing. Only a picture that has to be turned upright, scaled down or taken
out of an animation is decoded and written anew: JPEG by its own tables where it is merely turned.

An animation is sent as its first picture: OpenAI and Mistral take no moving ones, and the others
look at the first. Colour profiles stay: without them a photo's colours are others, and they tell of
a screen or a camera's model, not of who was where.
"""

from __future__ import annotations

import base64

from tui.core.image_kinds import kind_of, why_not
from tui.core.image_size import Size, size_of
from tui.core.images import BadImage, Image
from tui.core.metadata import stripped
from tui.core.metadata.found import EXIF, Stripped
from tui.core.pictures import Facts, Picture, Wish
from tui.edge.pictures.decoding import Decoded, decoded
from tui.edge.pictures.encoding import encoded

MOST_PIXELS = 80_000_000
"""Pixels of a picture: decoded, they are a quarter of a gigabyte."""

MOST_SIDE = 65_500
"""Pixels of a side: a JPEG has no room for more."""


def prepared(content: bytes, wish: Wish) -> Picture:
    """A picture from the bytes of its file; takes up to seconds, so it wants a thread.

    Raises:
        BadImage: If they are no picture that can be sent; the text says why.
    """
    kind, size = _kind(content), _size(content)
    bare = stripped(content, kind)
    with decoded(bare, kind, size) as picture:
        upright = Size(size.height, size.width) if picture.is_sideways else size
        original = Facts(kind, len(content), upright)
        if _has_to_change(picture, wish, bare.frames):
            out = _cleaned(encoded(picture, wish, is_animated=bare.frames > 1), wish)
            facts = Facts(_kind(out), len(out), _size(out))
        else:
            out = content if wish.keeps_metadata else bare.content
            facts = Facts(kind, len(out), upright)
        removed = _named(bare, picture, wish)
    url = f"data:{facts.kind};base64,{base64.b64encode(out).decode()}"
    return Picture(Image(url, wish.detail), facts, original, removed)


def _has_to_change(picture: Decoded, wish: Wish, frames: int) -> bool:
    """Whether its pixels cannot go as they are in the file."""
    is_large = wish.longest is not None and max(picture.pixels.size) > wish.longest
    is_turned = picture.orientation != 1 and not wish.keeps_metadata
    return is_large or is_turned or frames > 1 or picture.kind not in wish.kinds


def _kind(content: bytes) -> str:
    kind = kind_of(content)
    if kind is None:
        raise BadImage(why_not(content))
    return kind


def _size(content: bytes) -> Size:
    """The size that the file's beginning says, before anything is decoded."""
    size = size_of(content)
    if size is None:
        raise BadImage("The picture does not say its size: it is damaged or cut off.")
    if size.width * size.height > MOST_PIXELS or max(size) > MOST_SIDE:
        raise BadImage(
            f"The picture has {size} pixels; {MOST_PIXELS // 1_000_000} million are the most."
        )
    return size


def _cleaned(content: bytes, wish: Wish) -> bytes:
    """What was written anew, without what its writer may have carried over."""
    return content if wish.keeps_metadata else stripped(content, _kind(content)).content


def _named(bare: Stripped, picture: Decoded, wish: Wish) -> tuple[str, ...]:
    """What went, with the place said where there was one."""
    found = () if wish.keeps_metadata else bare.removed
    said = [
        f"{EXIF} with the place" if each == EXIF and picture.has_place else each for each in found
    ]
    if bare.frames > 1:
        said.append(f"all but the first of {bare.frames} pictures")
    return tuple(said)
