"""A long text is one line in the prompt, and whole everywhere else."""

from hypothesis import given
from hypothesis import strategies as st

from tui.core.folds import MOST_CHARACTERS, MOST_LINES, Folds, is_long

LONG = "One line of many.\n" * 200
OTHER = "x" * 10_000


def test_a_short_text_stays_as_it_is() -> None:
    text = "a" * MOST_CHARACTERS
    assert Folds().folded(text) == text
    assert not is_long("\n" * (MOST_LINES - 1))


def test_a_long_text_is_a_line_that_tells_how_long() -> None:
    folds = Folds()
    assert folds.folded(LONG) == "[long text 1: 201 lines, 4 kB]"
    assert folds.folded(OTHER) == "[long text 2: 1 line, 10 kB]"


def test_the_same_text_has_the_same_line() -> None:
    folds = Folds()
    assert folds.folded(LONG) == folds.folded(LONG)


def test_what_stands_round_it_stays_as_it_is() -> None:
    folds = Folds()
    shown = f"Look at {folds.folded(LONG)} and at {folds.folded(OTHER)}!"
    whole = folds.whole(shown)
    assert whole == f"Look at {LONG} and at {OTHER}!"
    assert folds.folded(whole) == shown


def test_a_line_that_somebody_typed_stands_for_nothing() -> None:
    typed = "[long text 7: 3 lines, 1 kB]"
    folds = Folds()
    folds.folded(LONG)
    assert folds.whole(typed) == typed
    assert not list(folds.spans(typed))


def test_a_text_that_quotes_a_line_is_no_other_text_for_it() -> None:
    folds = Folds()
    line = folds.folded(LONG)
    for quoting in (f"What is {line}?", LONG + line, line + OTHER):
        assert folds.whole(folds.folded(quoting)) == quoting


@given(st.lists(st.one_of(st.text(max_size=50), st.sampled_from([LONG, OTHER, LONG + OTHER]))))
def test_no_word_is_lost(parts: list[str]) -> None:
    folds = Folds()
    shown = "".join(folds.folded(part) for part in parts)
    assert folds.whole(shown) == "".join(parts)
