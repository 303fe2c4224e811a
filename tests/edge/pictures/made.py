"""Pictures made by Pillow, as cameras, phones and browsers make them."""

import io
import struct
import zlib
from collections.abc import Iterator
from functools import cache

from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

MAKE, MODEL, ORIENTATION, GPS = 0x010F, 0x0110, 0x0112, 0x8825
PLACE = {1: "N", 2: (48.0, 51.0, 29.5), 3: "E", 4: (2.0, 17.0, 40.2)}
"""Where a photo was taken."""

SECRETS = (b"Secret Camera", b"a remark of mine", b"GPSLatitude", b"hidden in XMP")
"""What must not be in a picture that is sent."""

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">GPSLatitude, hidden in XMP</x:xmpmeta>'


def painted(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """A picture that tells its corners apart: red above left, green right, blue below left."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), "red")
    draw.rectangle((width // 2, 0, width, height // 2 - 1), "lime")
    draw.rectangle((0, height // 2, width // 2 - 1, height), "blue")
    return image.convert(mode)


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone says of a photo."""
    said = Image.Exif()
    said[MAKE], said[MODEL], said[ORIENTATION] = "Secret Camera", "Secret Camera 5", orientation
    said.get_ifd(GPS).update(PLACE)
    return said


@cache
def profile() -> bytes:
    """A colour profile; the hour of its making is in it, so it is made once."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def photo(orientation: int = 1, width: int = 60, height: int = 40) -> bytes:
    """A JPEG with all that a phone puts into it."""
    return saved(
        painted(width, height), "JPEG", quality=92, exif=exif(orientation), xmp=XMP,
        comment=b"a remark of mine", icc_profile=profile(),
    )  # fmt: skip


def screenshot() -> bytes:
    """A PNG with texts, a time and EXIF."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "a remark of mine", zip=False)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    texts.add(b"tIME", struct.pack(">H5B", 2026, 11, 22, 20, 0, 0))
    return saved(painted(), "PNG", pnginfo=texts, exif=exif(), icc_profile=profile())


def web_photo(orientation: int = 1, **more: object) -> bytes:
    """A WebP with all that it has room for."""
    return saved(
        painted(), "WEBP", exif=exif(orientation), xmp=XMP, icc_profile=profile(), **more
    )  # fmt: skip


def remarked() -> bytes:
    """A GIF with a comment."""
    return saved(painted(), "GIF", comment=b"a remark of mine")


def moving(kind: str, count: int = 3) -> bytes:
    """An animation."""
    first = painted()
    more = [first.rotate(90 * each, expand=False) for each in range(1, count)]
    return saved(first, kind, save_all=True, append_images=more, duration=50, loop=0)


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(width: int, height: int) -> bytes:
    """A PNG that promises many pixels, and has very few."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    begins = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    return begins + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def corners(content: bytes) -> Iterator[str]:
    """The colours of the corners: above left and right, below left and right."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    right, below = image.width - 4, image.height - 4
    for place in ((3, 3), (right, 3), (3, below), (right, below)):
        shade = image.getpixel(place)
        assert isinstance(shade, tuple)
        yield "".join("RGB"[each] for each in range(3) if shade[each] > 127)


def pixels(content: bytes) -> bytes:
    """What a picture shows, without its being turned."""
    return Image.open(io.BytesIO(content)).convert("RGBA").tobytes()
