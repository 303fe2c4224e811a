"""Which choices are the answer's."""

from tui.core.choices import Choices
from tui.core.lenient import JSON


def kept(*chunks: list[int | None]) -> str:
    """The letters of the choices that are kept, of chunks with choices of these indexes."""
    letters, choices = iter("abcdefghijkl"), Choices()
    mine: list[JSON] = []
    for chunk in chunks:
        made: list[JSON] = [{"index": index, "say": next(letters)} for index in chunk]
        mine += choices.take(made)
    return "".join(str(choice["say"]) for choice in [*mine, *choices.rest()])


def test_one_choice_is_the_answer_whatever_its_index() -> None:
    assert kept([0], [0], [0]) == kept([1], [1], [1]) == kept([None], [None], [0]) == "abc"


def test_of_two_the_first_is_the_answer() -> None:
    assert kept([0], [1], [0], [1], [0]) == "ace"
    assert kept([0, 1], [0], [1], [2], [0]) == "acf"
    assert kept([0], [2], [0], [2]) == "ac"


def test_indexes_that_count_the_chunks_are_all_the_answer() -> None:
    assert kept([0], [1], [2], [3]) == kept([1], [2], [3], [4]) == "abcd"
    assert kept([0], [1]) == "ab"


def test_a_choice_without_an_index_says_nothing_of_the_others() -> None:
    assert kept([0], [None], [1], [0]) == "abd"
    assert kept([1], [None], [2], [3], [None]) == "abcde"
