"""A picture that is sent tells nothing of who took it, where, and with what."""

import base64
import io
import zlib
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from tests.edge.pictures.made import (
    GPS,
    SECRETS,
    chunk,
    corners,
    exif,
    moving,
    painted,
    photo,
    pixels,
    profile,
    remarked,
    saved,
    screenshot,
    web_photo,
)
from tui.core.image_kinds import kind_of
from tui.core.images import BadImage
from tui.core.metadata import stripped
from tui.core.pictures import Picture, Wish
from tui.edge.pictures.preparing import prepared

TALKING = {
    "JPEG": (photo(), ("EXIF with the place", "XMP", "comments")),
    "PNG": (screenshot(), ("EXIF with the place", "XMP", "a time", "comments")),
    "WebP": (web_photo(), ("EXIF with the place", "XMP")),
    "WebP, lossless": (web_photo(lossless=True), ("EXIF with the place", "XMP")),
    "GIF": (remarked(), ("comments",)),
}

SILENT = {
    "JPEG": saved(painted(), "JPEG", icc_profile=profile()),
    "JPEG, progressive": saved(painted(), "JPEG", progressive=True),
    "JPEG, CMYK": saved(painted(mode="CMYK"), "JPEG"),
    "PNG": saved(painted(), "PNG"),
    "PNG, palette": saved(painted(mode="P"), "PNG", transparency=0),
    "GIF": saved(painted(), "GIF"),
    "WebP": saved(painted(), "WEBP"),
    "WebP, alpha": saved(painted(mode="RGBA"), "WEBP", lossless=True),
}


def sent(picture: Picture) -> bytes:
    """The file in the data URL."""
    head, _, payload = picture.image.url.partition(",")
    content = base64.b64decode(payload, validate=True)
    assert head == f"data:{kind_of(content)};base64"
    assert len(content) == picture.facts.byte_count
    return content


@pytest.mark.parametrize("kind", TALKING)
def test_what_a_picture_says_beside_itself_is_gone_and_told(kind: str) -> None:
    content, told = TALKING[kind]
    picture = prepared(content, Wish())
    out = sent(picture)
    assert not [secret for secret in SECRETS if secret in out]
    assert Image.open(io.BytesIO(out)).getexif().get_ifd(GPS) == {}
    assert sorted(picture.removed) == sorted(told)
    assert picture.changes() == f"Removed: {', '.join(picture.removed)}."


@pytest.mark.parametrize("kind", TALKING)
def test_the_secrets_were_there_before(kind: str) -> None:
    content, _ = TALKING[kind]
    assert any(secret in content for secret in SECRETS)


@pytest.mark.parametrize("kind", TALKING)
def test_no_pixel_and_no_colour_is_lost_with_it(kind: str) -> None:
    content, _ = TALKING[kind]
    out = sent(prepared(content, Wish()))
    assert pixels(out) == pixels(content)
    before, after = (Image.open(io.BytesIO(each)).info for each in (content, out))
    assert after.get("icc_profile") == before.get("icc_profile")


@pytest.mark.parametrize("kind", SILENT)
def test_a_picture_that_says_nothing_is_sent_byte_for_byte(kind: str) -> None:
    picture = prepared(SILENT[kind], Wish(longest=60))
    assert sent(picture) == SILENT[kind]
    assert (picture.removed, picture.changes(), picture.saved_bytes) == ((), "", 0)
    assert picture.facts == picture.original


@pytest.mark.parametrize("kind", TALKING)
def test_metadata_stays_where_that_is_wished(kind: str) -> None:
    content, _ = TALKING[kind]
    picture = prepared(content, Wish(keeps_metadata=True))
    assert sent(picture) == content
    assert picture.changes() == ""


@pytest.mark.parametrize("make", [photo, web_photo])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_upright_without_the_tag_that_turned_it(
    make: Callable[[int], bytes], orientation: int
) -> None:
    content = make(orientation)
    shown = saved(ImageOps.exif_transpose(Image.open(io.BytesIO(content))), "PNG")
    picture = prepared(content, Wish())
    out = sent(picture)
    assert list(corners(out)) == list(corners(shown))
    assert Image.open(io.BytesIO(out)).getexif().get(0x0112, 1) == 1
    assert str(picture.facts.size) == ("40x60" if orientation > 4 else "60x40")
    assert picture.facts.size == picture.original.size
    assert not [secret for secret in SECRETS if secret in out]


def test_a_photo_that_is_merely_turned_keeps_its_quality() -> None:
    content = photo(6)
    before, after = (
        Image.open(io.BytesIO(each)) for each in (content, sent(prepared(content, Wish())))
    )
    assert vars(after)["quantization"] == vars(before)["quantization"]
    assert after.info["icc_profile"] == before.info["icc_profile"]


def test_a_webp_no_longer_promises_what_was_taken_out_of_it() -> None:
    content = web_photo()
    out = sent(prepared(content, Wish()))
    assert (content[20] & 0x0C, out[20] & 0x0C) == (0x0C, 0)
    assert int.from_bytes(out[4:8], "little") == len(out) - 8


def test_a_lossless_picture_that_is_turned_keeps_every_pixel() -> None:
    noise = Image.effect_noise((60, 40), 90).convert("RGB")
    for content in (
        saved(noise, "WEBP", lossless=True, exif=exif(3)),
        saved(noise, "PNG", exif=exif(3)),
    ):
        out = sent(prepared(content, Wish()))
        assert pixels(out) == noise.rotate(180).convert("RGBA").tobytes()


def test_what_hangs_behind_the_picture_is_cut_off() -> None:
    zipped = b"PK\x03\x04 a whole archive, hidden in XMP"
    for content in SILENT.values():
        picture = prepared(content + zipped, Wish())
        assert sent(picture) == content
        assert picture.removed == ("data behind the picture",)


def test_private_blocks_and_previews_go_too() -> None:
    jpeg = saved(painted(), "JPEG")
    maker = b"\xff\xe5\x00\x12MakerNote secret"
    preview = b"\xff\xe0\x00\x0aJFXX\0\x10\xff\xd8"
    picture = prepared(jpeg[:2] + jpeg[2:20] + maker + preview + jpeg[20:], Wish())
    assert sent(picture) == jpeg
    assert picture.removed == ("private data", "a preview")


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_an_animation_is_sent_as_its_first_picture(kind: str) -> None:
    content = moving(kind)
    picture = prepared(content, Wish())
    assert picture.facts.kind == "image/png"
    assert pixels(sent(picture)) == pixels(content)
    assert picture.removed == ("all but the first of 3 pictures",)


def test_an_animated_png_is_one_that_stands_still() -> None:
    content = moving("PNG")
    picture = prepared(content, Wish())
    assert picture.removed == ("the animation",)
    assert pixels(sent(picture)) == pixels(content)
    assert not getattr(Image.open(io.BytesIO(sent(picture))), "is_animated", False)


FILES = [*(content for content, _ in TALKING.values()), *SILENT.values(), moving("GIF")]


@given(st.sampled_from(FILES), st.data())
def test_a_file_that_is_cut_anywhere_is_told_and_never_walked_past(
    content: bytes, data: st.DataObject
) -> None:
    cut = content[: data.draw(st.integers(0, len(content) - 1))]
    kind = kind_of(content)
    assert kind
    with pytest.raises(BadImage, match="damaged or cut off"):
        stripped(cut, kind)


@given(st.sampled_from(FILES), st.data())
def test_damage_gives_a_sentence_or_a_picture(content: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(content) - 1))
    noise = data.draw(st.binary(min_size=1, max_size=30))
    damaged = content[:place] + noise + content[place + len(noise) :]
    with suppress(BadImage):
        picture = prepared(damaged, Wish())
        assert picture.facts.size == Image.open(io.BytesIO(sent(picture))).size


def test_a_picture_that_lies_on_its_side_is_told_as_it_is_seen() -> None:
    picture = prepared(photo(6), Wish(keeps_metadata=True))
    assert picture.facts.size == picture.original.size == (40, 60)


def test_a_flood_packed_into_a_text_is_never_unpacked() -> None:
    content = saved(painted(), "PNG")
    flood = chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(200_000_000)))
    assert sent(prepared(content[:33] + flood + content[33:], Wish())) == content


def test_damaged_exif_does_not_damage_the_picture() -> None:
    content = saved(painted(), "JPEG")
    for nonsense in (
        b"",
        b"MM\0*",
        b"II*\0\xff\xff\xff\xff",
        bytes(40),
        b"MM\0*\0\0\0\x08\xff\xff",
    ):
        said = b"Exif\0\0" + nonsense
        segment = b"\xff\xe1" + (len(said) + 2).to_bytes(2, "big") + said
        picture = prepared(content[:2] + segment + content[2:], Wish())
        assert sent(picture) == content
        assert picture.removed == ("EXIF",)
