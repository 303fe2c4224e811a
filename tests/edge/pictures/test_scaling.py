"""A picture that is larger than wished is scaled down, and what that saves is told."""

import base64
import io

import pytest
from PIL import Image

from tests.edge.pictures.made import corners, moving, painted, photo, saved
from tui.core.pictures import Wish, in_bytes
from tui.edge.pictures.preparing import prepared


def sent(url: str) -> bytes:
    return base64.b64decode(url.partition(",")[2])


def seen_through() -> Image.Image:
    image = painted(mode="RGBA")
    image.putalpha(200)
    return image


MODES = [
    *(("JPEG", mode) for mode in ("RGB", "L", "CMYK")),
    *(("PNG", mode) for mode in ("RGB", "RGBA", "L", "LA", "P", "1", "I;16")),
    *(("WEBP", mode) for mode in ("RGB", "RGBA")),
    *(("GIF", mode) for mode in ("P", "L")),
]


@pytest.mark.parametrize(("kind", "mode"), MODES)
def test_a_picture_of_any_kind_is_scaled_down(kind: str, mode: str) -> None:
    picture = prepared(saved(painted(300, 200, mode), kind), Wish(longest=120))
    out = Image.open(io.BytesIO(sent(picture.image.url)))
    assert out.size == picture.facts.size == (120, 80)
    assert out.format == ("PNG" if kind == "GIF" else kind)
    assert picture.original.size == (300, 200)


@pytest.mark.parametrize(("kind", "mode"), [(kind, "RGB") for kind in ("JPEG", "PNG", "WEBP")])
def test_it_still_shows_what_it_showed(kind: str, mode: str) -> None:
    picture = prepared(saved(painted(300, 200, mode), kind), Wish(longest=120))
    assert list(corners(sent(picture.image.url))) == ["R", "G", "B", "RGB"]


def test_sixteen_bits_of_grey_keep_their_shades() -> None:
    grey = Image.new("I;16", (300, 200), 0x8000)
    picture = prepared(saved(grey, "PNG"), Wish(longest=30))
    shade = Image.open(io.BytesIO(sent(picture.image.url))).getpixel((9, 9))
    assert shade == 0x80


def test_what_is_see_through_stays_so() -> None:
    image = painted(300, 200, "RGBA")
    image.putalpha(0)
    for content in (saved(image, "PNG"), saved(image.convert("P"), "PNG", transparency=0)):
        out = Image.open(io.BytesIO(sent(prepared(content, Wish(longest=30)).image.url)))
        assert out.mode == "RGBA"


def test_the_saving_is_told_in_bytes_and_in_the_models_tokens() -> None:
    picture = prepared(photo(6, 4000, 3000), Wish(longest=512, detail="high"))
    assert picture.image.detail == "high"
    assert picture.facts.size == (384, 512)
    assert picture.saved_bytes > 0
    assert picture.saved_tokens("gpt-4o") == 765 - 255
    assert picture.saved_tokens("llama3.2") is None
    saved_bytes = in_bytes(picture.saved_bytes)
    told = f"Scaled from 3000x4000 to 384x512: {saved_bytes} less to send"
    assert picture.changes("gpt-4o").endswith(f"{told}, 510 tokens saved.")
    assert picture.changes("llama3.2").endswith(f"{told}.")
    assert picture.changes().startswith("Removed: EXIF with the place, ")


def test_a_picture_is_never_made_larger() -> None:
    content = saved(painted(), "PNG")
    picture = prepared(content, Wish(longest=4000))
    assert sent(picture.image.url) == content


def test_a_side_has_a_pixel_at_least() -> None:
    picture = prepared(saved(painted(3000, 2), "PNG"), Wish(longest=100))
    assert picture.facts.size == (100, 1)


def test_an_animation_is_scaled_as_its_first_picture() -> None:
    picture = prepared(moving("WEBP"), Wish(longest=30))
    assert (picture.facts.kind, picture.facts.size) == ("image/png", (30, 20))


def test_metadata_that_stays_no_longer_turns_what_is_upright() -> None:
    picture = prepared(photo(6, 400, 300), Wish(longest=100, keeps_metadata=True))
    out = Image.open(io.BytesIO(sent(picture.image.url)))
    assert out.size == (75, 100)
    assert out.getexif()[0x0110] == "Secret Camera 5"
    assert out.getexif()[0x0112] == 1


def test_bytes_are_written_as_people_do() -> None:
    assert [in_bytes(count) for count in (0, 999, 1000, 999_499, 3_140_000)] == [
        *("0 bytes", "999 bytes", "1 kB", "999 kB", "3.1 MB"),
    ]


@pytest.mark.parametrize(
    ("content", "kinds", "written"),
    [
        (saved(painted(), "GIF"), {"image/png", "image/jpeg"}, "PNG"),
        (saved(painted(), "WEBP"), {"image/png", "image/jpeg"}, "JPEG"),
        (saved(seen_through(), "WEBP"), {"image/png", "image/jpeg"}, "PNG"),
        (saved(painted(), "WEBP"), {"image/png"}, "PNG"),
    ],
)
def test_what_the_endpoint_does_not_take_is_written_as_what_it_takes(
    content: bytes, kinds: set[str], written: str
) -> None:
    picture = prepared(content, Wish(kinds=frozenset(kinds)))
    out = sent(picture.image.url)
    assert Image.open(io.BytesIO(out)).format == written
    assert list(corners(out)) == ["R", "G", "B", "RGB"]
    assert picture.changes() == f"Written as {written}."
