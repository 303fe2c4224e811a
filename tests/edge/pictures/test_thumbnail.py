"""Small pictures of large ones: right way up, on their ground, and never of a bomb."""

import base64

import pytest
from PIL import Image as Pillow

from tests.edge.pictures.made import bomb, painted, photo, saved
from tui.core.images import Image
from tui.core.previews import Room
from tui.edge.pictures.thumbnail import MOST_PIXELS, Thumbnail, sixels, thumbnail

ROOM, GROUND = Room(24, 8), (10, 20, 30)
RED, LIME, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def drawn(content: bytes, kind: str = "png") -> Thumbnail | None:
    url = f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
    return thumbnail(Image(url), ROOM, GROUND)


def corners(made: Thumbnail | None) -> list[tuple[int, int, int]]:
    assert made is not None
    rows = made.halves
    return [rows[0][0], rows[0][-1], rows[-1][0]]


def near(found: tuple[int, int, int], wanted: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(found, wanted, strict=True))


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_the_corners_are_where_they_were(mode: str) -> None:
    made = drawn(saved(painted(mode=mode), "PNG"))
    assert made is not None
    assert made.room == Room(24, 8)
    assert (len(made.halves), len(made.halves[0])) == (16, 24)
    assert all(map(near, corners(made), (RED, LIME, BLUE)))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_as_its_file_says(orientation: int) -> None:
    upright = drawn(photo(orientation, 800, 600), "jpeg")
    assert upright is not None
    assert (upright.room == Room(12, 8)) is (orientation >= 5)
    red = {1: (0, 0), 2: (0, -1), 3: (-1, -1), 4: (-1, 0), 5: (0, 0), 6: (0, -1), 7: (-1, -1)}
    row, column = red.get(orientation, (-1, 0))
    assert near(upright.halves[row][column], RED)


def test_what_is_transparent_shows_the_ground() -> None:
    clear = Pillow.new("RGBA", (40, 40), (255, 255, 255, 0))
    made = drawn(saved(clear, "PNG"))
    assert made is not None
    assert {colour for row in made.halves for colour in row} == {GROUND}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16", "CMYK"])
def test_every_kind_of_pixels_is_drawn(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    source = Pillow.new("I;16", (30, 30), 40_000) if mode == "I;16" else painted(mode=mode)
    assert drawn(saved(source, kind), kind.lower()) is not None


def test_a_bomb_is_not_decoded() -> None:
    assert MOST_PIXELS < 100_000_000
    assert drawn(bomb(30_000, 30_000)) is None
    assert drawn(bomb(100, 100)) is None


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", saved(painted(), "PNG")[:-30]])
def test_what_is_damaged_is_not_drawn(content: bytes) -> None:
    assert drawn(content) is None


@pytest.mark.parametrize("url", ["https://a.example/1.png", "rillet-image:x", "data:,x"])
def test_what_is_elsewhere_is_not_drawn(url: str) -> None:
    assert thumbnail(Image(url), ROOM, GROUND) is None


def test_sixels_are_no_larger_than_their_cells() -> None:
    made = drawn(saved(painted(600, 400), "PNG"))
    assert made is not None
    sequence = sixels(made, (5, 9))
    assert sequence.startswith("\x1bP")
    assert sequence.endswith("\x1b\\")
    assert "\x1b" not in sequence[2:-2]
