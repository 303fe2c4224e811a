"""A picture written anew: upright, no larger than wished, in a format that models take."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.core.image_kinds import GIF, JPEG, PNG, WEBP
from tui.core.images import BadImage
from tui.core.pictures import Wish
from tui.edge.pictures.decoding import ORIENTATION, Decoded

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

QUALITY = 90
"""Of JPEG and WebP, where they cannot stay as they were."""


@dataclass(frozen=True, slots=True)
class Format:
    """What is written."""

    name: str
    """Pillow's name of it."""

    modes: tuple[str, ...]
    """Kinds of pixels that it can hold."""


FORMATS = {
    PNG: Format("PNG", ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")),
    JPEG: Format("JPEG", ("L", "RGB", "CMYK")),
    WEBP: Format("WEBP", ("RGB", "RGBA")),
}

LOSSY: dict[str, object] = {"quality": QUALITY, "qtables": None, "subsampling": -1}
"""How a JPEG is written that has other pixels than before."""

SCALED = ("L", "LA", "RGB", "RGBA", "CMYK")
"""Kinds of pixels that can be mixed with their neighbours."""


def encoded(picture: Decoded, wish: Wish, *, is_animated: bool) -> bytes:
    """The file of a picture, made anew.

    Raises:
        BadImage: If it cannot be written.
    """
    kind = _kind(picture, wish, is_animated=is_animated)
    options = _options(picture, kind)
    pixels = upright(picture)
    if wish.longest is not None and max(pixels.size) > wish.longest:
        pixels = _scaled(pixels, wish.longest)
        options |= LOSSY if kind == JPEG else {}
    if wish.keeps_metadata:
        options["exif"] = _exif(picture)
    return _written(pixels, FORMATS[kind], options)


def _kind(picture: Decoded, wish: Wish, *, is_animated: bool) -> str:
    """The type to write: its own, if that holds one picture and the endpoint takes it."""
    if is_animated or picture.kind == GIF:
        return PNG
    if picture.kind in wish.kinds:
        return picture.kind
    is_photo = JPEG in wish.kinds and not _has_alpha(picture.pixels)
    return JPEG if picture.kind == WEBP and is_photo else PNG


def _written(pixels: Pixels, form: Format, options: dict[str, object]) -> bytes:
    if pixels.mode not in form.modes:
        pixels = pixels.convert("RGBA" if _has_alpha(pixels) and "RGBA" in form.modes else "RGB")
    out = io.BytesIO()
    try:
        pixels.save(out, form.name, **options)
    except (OSError, ValueError) as error:
        raise BadImage(f"The picture cannot be written anew: {error}.") from None
    return out.getvalue()


def _options(picture: Decoded, kind: str) -> dict[str, object]:
    """How to write it so that it loses nothing, or next to nothing."""
    from PIL import JpegImagePlugin

    options: dict[str, object] = {}
    if profile := picture.pixels.info.get("icc_profile"):
        options["icc_profile"] = profile
    if kind == WEBP:
        options |= {"quality": QUALITY, "lossless": picture.is_lossless}
    if kind == JPEG and isinstance(picture.pixels, JpegImagePlugin.JpegImageFile):
        options["qtables"] = picture.pixels.quantization
        options["subsampling"] = JpegImagePlugin.get_sampling(picture.pixels)
    elif kind == JPEG:
        options |= LOSSY
    return options


def upright(picture: Decoded) -> Pixels:
    """The pixels, turned and mirrored as its file says."""
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    turn = turns.get(picture.orientation)
    return picture.pixels if turn is None else picture.pixels.transpose(turn)


def _scaled(pixels: Pixels, longest: int) -> Pixels:
    from PIL.Image import Resampling

    shrink = longest / max(pixels.size)
    width, height = (max(1, round(side * shrink)) for side in pixels.size)
    return _mixable(pixels).resize((width, height), Resampling.LANCZOS)


def _mixable(pixels: Pixels) -> Pixels:
    """The same pixels as shades; those of a palette, and of 16 bits, cannot be mixed."""
    if pixels.mode in SCALED:
        return pixels
    if pixels.mode.startswith("I"):
        return pixels.convert("I").point(lambda shade: shade * (1 / 256)).convert("L")
    return pixels.convert("RGBA" if _has_alpha(pixels) else "L" if pixels.mode == "1" else "RGB")


def _has_alpha(pixels: Pixels) -> bool:
    return pixels.mode in ("LA", "PA", "RGBA", "RGBa", "La") or "transparency" in pixels.info


def _exif(picture: Decoded) -> bytes:
    """What the file says beside the picture, which is upright now."""
    picture.exif[ORIENTATION] = 1
    return picture.exif.tobytes()
