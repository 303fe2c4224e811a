"""An image takes two rows of the panel, whatever it is called and however large it is."""

import base64
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.edge.pictures.made import painted, saved
from tui.core.attached import attached
from tui.core.image_size import Size
from tui.core.images import Image
from tui.widgets.image_list import ROOM, rows

DATA = f"data:image/png;base64,{base64.b64encode(saved(painted(), 'PNG')).decode()}"


def test_what_the_model_makes_of_it_stands_above_what_its_file_is() -> None:
    above, below = rows(attached(Image(DATA, "high"), "flag.png"), 1, "gpt-4o").plain.split("\n")
    assert above == "1. flag.png             high ≈255"
    assert below == "   PNG 60x40            139 bytes"


@given(
    st.text(st.characters(codec="utf-8"), max_size=60),
    st.integers(1, 999),
    st.integers(1, 65_500),
    st.integers(1, 50_000_000),
    st.sampled_from(["gpt-4o", "gpt-4o-mini", "m"]),
)
def test_no_row_is_wider_than_the_panel(
    name: str, number: int, side: int, count: int, model: str
) -> None:
    image = attached(Image(DATA, "high"), name or "image")
    image = replace(image, size=Size(side, side), byte_count=count)
    lines = rows(image, number, model).split("\n")
    assert [line.cell_length <= ROOM for line in lines] == [True, True]


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_a_url_fits_too(path: str) -> None:
    image = attached(Image(f"https://a.example/{path}"))
    lines = rows(image, 1, "gpt-4o").split("\n")
    assert [line.cell_length <= ROOM for line in lines] == [True, True]
