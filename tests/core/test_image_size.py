"""Sizes are read from what stands at the beginning of image files, and never guessed."""

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.image_size import Size, size_in_url, size_of

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIB", 13, b"IHDR", 800, 600, 8)
GIF = b"GIF89a" + struct.pack("<HH", 320, 200) + b"\xf7\0\0"


def segment(marker: int, content: bytes) -> bytes:
    """A segment of a JPEG file."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def frame(width: int, height: int, marker: int = 0xC0) -> bytes:
    return segment(marker, struct.pack(">BHHB", 8, height, width, 3) + bytes(9))


PREVIEW = segment(0xE1, b"Exif\0\0" + b"\xff\xd8" + frame(160, 120) + b"\xff\xd9")
"""A small picture within the file, whose size is not that of the picture."""

JPEG = b"\xff\xd8" + PREVIEW + segment(0xDB, bytes(65)) + frame(4032, 3024)


def webp(kind: bytes, content: bytes) -> bytes:
    body = b"WEBP" + kind + struct.pack("<I", len(content)) + content
    return b"RIFF" + struct.pack("<I", len(body)) + body


LOSSY = webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 640 | 1 << 14, 480))
LOSSLESS = webp(b"VP8L", b"\x2f" + struct.pack("<I", 1023 | 767 << 14))
EXTENDED = webp(b"VP8X", bytes(4) + (1919).to_bytes(3, "little") + (70_000).to_bytes(3, "little"))

FILES = {
    "PNG": (PNG, (800, 600)),
    "GIF": (GIF, (320, 200)),
    "JPEG": (JPEG, (4032, 3024)),
    "JPEG, progressive": (b"\xff\xd8" + frame(50, 40, 0xC2), (50, 40)),
    "JPEG with fill bytes": (b"\xff\xd8\xff\xff\xff" + frame(7, 9)[1:], (7, 9)),
    "JPEG with a restart marker": (b"\xff\xd8\xff\xd0" + frame(3, 4), (3, 4)),
    "JPEG, Huffman table first": (b"\xff\xd8" + segment(0xC4, bytes(30)) + frame(5, 6), (5, 6)),
    "WebP, lossy": (LOSSY, (640, 480)),
    "WebP, lossless": (LOSSLESS, (1024, 768)),
    "WebP, extended": (EXTENDED, (1920, 70_001)),
}


@pytest.mark.parametrize("kind", FILES)
def test_each_format_says_its_size(kind: str) -> None:
    content, size = FILES[kind]
    assert size_of(content + bytes(100)) == size


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_cut_off_before_its_size_has_none(kind: str) -> None:
    content, size = FILES[kind]
    for end in range(len(content)):
        assert size_of(content[:end]) in (None, size)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x89PNG", b"%PDF-1.7", b"<svg width='9'/>", b"BM6\0\0\0",
        PNG.replace(b"IHDR", b"IDAT"),
        b"\xff\xd8\xff\xda\0\x08picture", b"\xff\xd8\xff" + b"\xff" * 5000,
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 0, 600), webp(b"ALPH", bytes(30)),
    ],
)  # fmt: skip
def test_what_does_not_say_a_size_has_none(content: bytes) -> None:
    assert size_of(content) is None


@given(st.sampled_from([content for content, _ in FILES.values()]), st.binary(), st.integers(0, 60))
def test_damage_never_raises(content: bytes, damage: bytes, place: int) -> None:
    size_of(content[:place] + damage + content[place + len(damage) :])


def data_url(content: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def test_a_data_url_has_the_size_of_its_image() -> None:
    assert size_in_url(data_url(PNG)) == Size(800, 600)
    assert size_in_url(data_url(JPEG + bytes(3_000_000), "jpeg")) == (4032, 3024)


@pytest.mark.parametrize(
    "url",
    ["https://a.example/800x600.png", "data:image/png;base64,", "data:image/png;base64,é", ""],
)
def test_an_image_that_is_elsewhere_or_nowhere_has_no_size(url: str) -> None:
    assert size_in_url(url) is None


def test_a_size_is_written_as_people_do() -> None:
    assert str(Size(800, 600)) == "800x600"
