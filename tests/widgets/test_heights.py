"""Sums of heights, against a list that adds them up each time."""

from hypothesis import given
from hypothesis import strategies as st

from tests.markdown.strategies import MODEST
from tui.widgets.heights import Heights

STEPS = st.lists(
    st.tuples(st.sampled_from(["append", "set", "delete"]), st.integers(0, 99), st.integers(0, 5)),
    max_size=60,
)


def found(items: list[int], row: int) -> tuple[int, int]:
    for index, height in enumerate(items):
        if row < height:
            return index, row
        row -= height
    return len(items), row


@MODEST
@given(st.lists(st.integers(0, 5), max_size=20), STEPS)
def test_sums_and_places_are_those_of_a_plain_list(
    items: list[int], steps: list[tuple[str, int, int]]
) -> None:
    heights = Heights(items)
    for what, place, height in steps:
        match what:
            case "append":
                heights.append(height)
                items.append(height)
            case "set" if items:
                heights[place % len(items)] = items[place % len(items)] = height
            case "delete" if items:
                del heights[place % len(items)], items[place % len(items)]
        assert list(heights) == items
        assert heights.total == sum(items)
        assert [heights.before(i) for i in range(len(items) + 1)] == [
            sum(items[:i]) for i in range(len(items) + 1)
        ]
        assert [heights.find(row) for row in range(sum(items) + 2)] == [
            found(items, row) for row in range(sum(items) + 2)
        ]
