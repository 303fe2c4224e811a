"""However a text is cut into deltas, its rows are those of the whole text parsed at once."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.markdown.oracle import drawn, pieces_by_markdown_it
from tests.markdown.strategies import MODEST, cuts, documents, soups
from tui.markdown.growing import GrowingMarkdown, whole
from tui.markdown.layout import STYLES
from tui.markdown.pieces import Piece

WIDTHS = (20, 60, 100)


def grown(deltas: list[str]) -> list[Piece]:
    """The pieces of a text that came in deltas; each look must find what was frozen unchanged."""
    growing = GrowingMarkdown()
    before: list[Piece] = []
    for delta in deltas:
        growing.feed(delta)
        assert list(growing.frozen[: len(before)]) == before
        before = list(growing.frozen)
        assert isinstance(growing.live, Sequence)
    growing.finish()
    assert not growing.live
    assert list(growing.frozen[: len(before)]) == before
    return list(growing.frozen)


@MODEST
@given(st.data())
def test_blocks_cut_anywhere_have_the_rows_of_one_parse(data: st.DataObject) -> None:
    text = data.draw(documents())
    expected = pieces_by_markdown_it(text)
    pieces = grown(data.draw(cuts(text)))
    for width in WIDTHS:
        assert drawn(pieces, width) == drawn(expected, width)


@MODEST
@given(st.data())
def test_a_soup_of_marks_has_the_rows_of_one_parse(data: st.DataObject) -> None:
    text = data.draw(soups())
    expected = pieces_by_markdown_it(text)
    pieces = grown(data.draw(cuts(text)))
    for width in WIDTHS:
        assert drawn(pieces, width) == drawn(expected, width)


@MODEST
@given(st.one_of(documents(), soups()))
def test_every_single_cut_gives_the_same_pieces(text: str) -> None:
    expected = drawn(whole(text), 60)
    for place in range(0, len(text), max(1, len(text) // 20)):
        assert drawn(grown([text[:place], text[place:]]), 60) == expected


@MODEST
@given(st.text(max_size=200), st.integers(1, 30))
def test_any_text_fits_any_width(text: str, width: int) -> None:
    for row, fill in drawn(whole(text), width):
        assert sum(cell_len(span.text) for span in row) <= width
        assert cell_len("".join(span.text for span in row)) <= width
        assert {style for span in row for style in span.styles} <= STYLES
        assert not fill or fill in STYLES


@MODEST
@given(documents(), st.integers(1, 40))
def test_any_blocks_fit_any_width(text: str, width: int) -> None:
    for row, _ in drawn(whole(text), width):
        assert cell_len("".join(span.text for span in row)) <= width
        assert not any(char in span.text for span in row for char in "\n\t\r")
