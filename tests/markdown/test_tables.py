"""Tables: how they fit, and how their columns grow while they stream."""

import pytest

from tests.markdown.sights import growing, lines, seen, styles
from tui.markdown.columns import WIDEST, Columns
from tui.markdown.pieces import Cell, Span

TABLE = "| Name | Size | Says |\n|:-----|-----:|:----:|\n| a | 1 | yes |\n| longer | 22 | *no* |\n"


def columns(*widths: int) -> Columns:
    made = Columns(["left"] * len(widths), [])
    made.widen([Cell((), width) for width in widths])
    return made


def test_columns_take_their_natural_widths_and_alignments() -> None:
    assert seen(TABLE) == [
        "Name   │ Size │ Says",
        "───────┼──────┼─────",
        "a      │    1 │ yes",
        "longer │   22 │  no",
    ]
    assert styles(TABLE, "Name") == ("table-header",)
    assert styles(TABLE, "│") == ("table-border",)


def test_cells_wrap_in_the_widest_columns() -> None:
    text = "|a|b|\n|-|-|\n|x|some words that are long|"
    assert seen(text, 14) == [
        "a │ b",
        "──┼───────────",
        "x │ some words",
        "  │ that are",
        "  │ long",
    ]


@pytest.mark.parametrize(
    ("natural", "width", "fitted"),
    [
        ((5, 5), 20, (5, 5)),
        ((5, 50), 28, (5, 20)),
        ((30, 50, 4), 40, (15, 15, 4)),
        ((30, 50), 14, (6, 5)),
        ((30, 50), 10, None),
        ((2, 2, 2), 11, None),
        ((2, 2, 2), 12, (2, 2, 2)),
    ],
)
def test_the_widest_columns_give_way(
    natural: tuple[int, ...], width: int, fitted: tuple[int, ...] | None
) -> None:
    assert columns(*natural).fit(width) == fitted


def test_rows_become_records_where_columns_do_not_fit() -> None:
    assert seen(TABLE, 8) == [
        *("Name ·", "Size ·", "Says", "────────"),
        *("Name: a", "Size: 1", "Says:", "yes", "────────"),
        *("Name:", "longer", "Size: 22", "Says: no", "────────"),
    ]


def test_no_cell_is_lost() -> None:
    assert seen("|a|b|\n|-|-|\n|1|\n|1|2|3|\n|`x\\|y`|z|") == [
        *("a   │ b", "────┼──────", "1   │", "1   │ 2 | 3", "x|y │ z"),
    ]


def test_a_table_needs_a_delimiter_row_that_fits_its_header() -> None:
    assert seen("|a|b|\n|-|\n|c|d|") == ["|a|b| |-| |c|d|"]


def test_the_first_rows_widen_a_streaming_table_without_wrapping_frozen_ones() -> None:
    made = growing(TABLE, "| a much longer name |")
    assert not made.frozen
    assert lines(made.live)[0] == "Name               │ Size │ Says"
    assert made.version == 0


def test_later_rows_are_frozen_line_by_line() -> None:
    made = growing("text\n\n", TABLE, "| row | 1 | x |\n" * 40)
    assert len(made.frozen) == 2 + 2 + 42
    assert lines(made.live) == []


def test_a_wider_row_tells_which_frozen_pieces_are_stale() -> None:
    made = growing("text\n\n", TABLE, "| row | 1 | x |\n" * 40)
    assert lines(made.live) == []
    version, count = made.version, len(made.frozen)
    assert made.stale_from == count
    made.feed("| a row that is wider |")
    assert (made.version, made.stale_from) == (version, count)
    made.feed("\n| short |\n| a row that is wider still |\n")
    assert made.version > version
    assert made.stale_from == 2
    assert lines(made.frozen)[2] == "Name                      │ Size │ Says"
    assert list(made.live) == []
    assert made.stale_from == len(made.frozen)


def test_a_second_table_leaves_the_first_one_alone() -> None:
    made = growing(TABLE, "| row |\n" * 20, "\n", TABLE, "| row |\n" * 20)
    start = 2 + 22 + 1
    assert not made.live
    made.feed("| a wider row |\n")
    assert made.stale_from == start


def test_columns_stop_growing_somewhere() -> None:
    made = columns(WIDEST)
    assert not made.widen([Cell((Span("x"),), WIDEST + 1)])


def test_all_rows_have_as_many_cells_as_the_header() -> None:
    made = growing(TABLE, "| 1 | 2 | 3 | 4 | 5 |\n|\n| |\n")
    assert {len(piece.cells) for piece in made.live if piece.kind == "row"} == {3}
