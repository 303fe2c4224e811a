"""A row of code that is wider than the log is cut at cells, never through a character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.markdown.strategies import MODEST
from tui.markdown.pieces import Row, Span
from tui.widgets.window import Window, window

SIGNS = st.text(alphabet="ab c\u00e4\u4e16\u754c\U0001f600e\u0301", max_size=60)


def text(row: Row) -> str:
    return "".join(span.text for span in row)


def looked(row: str, width: int, columns: int = 0, lead: int = 0) -> str:
    """What is seen of a row."""
    found = window(row, lead, width, columns)
    return text(found.through((Span(row),))) if found else row


def test_a_row_for_which_there_is_room_is_not_cut() -> None:
    assert window("0123456789", 0, 10, 0) is None


@pytest.mark.parametrize(
    ("row", "columns", "seen"),
    [
        ("0123456789abc", 0, "012345678›"),
        ("0123456789abc", 2, "‹3456789a›"),
        ("0123456789abc", 3, "‹456789abc"),
        ("0123456789abc", 8, "‹9abc"),
        ("0123456789abc", 13, "‹"),
        ("short", 8, "‹"),
        ("", 8, ""),
        ("世界世界世界世界", 0, "世界世界 ›"),
        ("世界世界世界世界", 1, "‹界世界世›"),
        ("世界世界世界世界", 2, "‹ 世界世 ›"),
        ("a😀b😀c😀d😀e", 0, "a😀b😀c😀›"),
        ("a😀b😀c😀d😀e", 1, "‹ b😀c😀d›"),
    ],
)
def test_signs_stand_for_what_is_cut_off(row: str, columns: int, seen: str) -> None:
    assert looked(row, 10, columns) == seen


def test_what_stands_before_the_code_stays() -> None:
    assert looked("▌ 0123456789abc", 12, 2, lead=2) == "▌ ‹3456789a›"


@MODEST
@given(SIGNS, SIGNS, st.integers(0, 4), st.integers(1, 30), st.integers(0, 70))
def test_no_cut_makes_a_row_too_wide_or_takes_a_character_apart(
    first: str, second: str, lead: int, width: int, columns: int
) -> None:
    row = (Span("▌" * lead), Span(first), Span(second))
    width += lead
    found = window(text(row), lead, width, columns)
    if found is None:
        cells = cell_len(text(row)[lead:])
        assert not cells or (columns == 0 and cells <= width - lead)
        return
    seen = found.through(row)
    assert cell_len(text(seen)) <= width
    if found.after:
        assert cell_len(text(seen)) == width
    kept = text(row)[found.start : found.end]
    assert text(seen) == "▌" * lead + found.before + kept + found.after
    skipped = cell_len(text(row)[lead : found.start])
    if kept:
        assert skipped == columns + cell_len(found.before)


@MODEST
@given(SIGNS, st.integers(3, 30), st.integers(0, 70), st.integers(0, 59))
def test_a_character_in_sight_is_found_both_ways(
    row: str, width: int, columns: int, place: int
) -> None:
    found = window(row, 0, width, columns)
    if found is None or not found.start <= place < found.end:
        return
    first, last = found.seen(place, place + 1)
    assert text(found.through((Span(row),)))[first:last] == row[place]
    assert (found.meant(first), found.meant(last)) == (place, place + 1)


def test_what_is_cut_off_is_found_at_its_sign() -> None:
    found = window("0123456789abcdefghij", 0, 10, 5)
    assert found == Window(0, 6, 14, "‹", "›", 10)
    assert found.seen(0, 3) == (0, 1)
    assert found.seen(16, 18) == (9, 10)
    assert found.seen(3, 8) == (1, 3)
    assert "0123456789abcdefghij"[found.meant(0) : found.meant(10)] == "0123456789abcdefghij"
    assert "0123456789abcdefghij"[found.meant(1) : found.meant(9)] == "6789abcd"
