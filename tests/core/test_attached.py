"""What is told of an image that waits: its kind, size, bytes and cost, and what comes next."""

import base64

from tests.edge.pictures.made import painted, saved
from tui.core.attached import attached, name_of
from tui.core.image_size import Size
from tui.core.images import MISSING, Image

PNG = saved(painted(2000, 1000), "PNG")
HERE = Image(f"data:image/png;base64,{base64.b64encode(PNG).decode()}")
THERE = Image("https://a.example/my%20cats/1.png?size=big")


def test_a_data_url_tells_kind_size_and_bytes() -> None:
    image = attached(HERE, "flag.png")
    assert (image.facts, image.byte_count) == ("PNG 2000x1000", len(PNG))
    assert (image.is_here, image.size) == (True, Size(2000, 1000))


def test_of_a_url_nothing_is_known_but_its_name() -> None:
    image = attached(THERE)
    assert (image.name, image.facts, image.weight) == ("1.png", "", "")
    assert name_of("https://a.example") == "a.example"
    assert name_of("https://[") == "https://["


def test_tokens_are_those_of_the_model_and_the_detail() -> None:
    image = attached(HERE)
    assert image.tokens("gpt-4o") == "≈1,105"
    assert image.turned.tokens("gpt-4o") == "≈85"
    assert image.tokens("a-model-that-nobody-knows") == ""
    assert attached(THERE).turned.tokens("gpt-4o") == "≈85"


def test_detail_goes_round() -> None:
    image = attached(HERE)
    details = [image.image.detail]
    for _ in range(3):
        image = image.turned
        details.append(image.image.detail)
    assert details == ["auto", "low", "high", "auto"]


def test_it_is_scaled_to_the_next_smaller_side_only_where_it_is_here() -> None:
    assert attached(HERE).next_side == 1024
    assert attached(THERE).next_side is None


def test_an_image_whose_bytes_are_missing_says_so() -> None:
    assert attached(Image(f"{MISSING}ab;image/png")).name == "image/png, which is missing"


def test_a_kind_that_nobody_knows_is_told_in_its_own_word() -> None:
    assert attached(Image("data:image/tiff;base64,AAAA")).facts == "tiff"
