"""Rows for a scrollback: each is handed out once, and together they are those of the whole text."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.markdown.strategies import MODEST, cuts, documents, soups
from tui.ask.ink import LOOKS
from tui.ask.unrolling import Unrolling
from tui.core.sanitize import clean
from tui.markdown.pieces import STYLES, Row

OWN = {"target", "waiting"}
PLAIN = {"code-block", "code-name", "code-operator"}


def written(row: Row) -> str:
    return "".join(span.text for span in row)


def unrolled(deltas: list[str], width: int, height: int) -> list[str]:
    """The rows in the scrollback, with a look at the tail after every delta."""
    text, out = Unrolling(), list[str]()
    for delta in deltas:
        text.feed(delta)
        out += map(written, text.settled(width))
        tail = text.tail(width, height)
        assert len(tail) <= height
        assert all(cell_len(written(row)) <= width for row in tail)
    text.finish()
    out += map(written, text.settled(width))
    assert not text.tail(width, height)
    return out


@MODEST
@given(st.data())
def test_rows_are_the_same_however_the_text_is_cut(data: st.DataObject) -> None:
    text = clean(data.draw(st.one_of(documents(), soups())))
    width, height = data.draw(st.integers(1, 100)), data.draw(st.integers(1, 30))
    assert unrolled(data.draw(cuts(text)), width, height) == unrolled([text], width, height)


@MODEST
@given(st.data())
def test_a_change_of_the_width_loses_no_word(data: st.DataObject) -> None:
    words = [f"word{number}" for number in range(data.draw(st.integers(1, 120)))]
    ends = data.draw(st.lists(st.sampled_from([" ", "\n", "\n\n", "\n- "]), min_size=120))
    text, out = Unrolling(), list[str]()
    for word, end in zip(words, ends, strict=False):
        text.feed(word + end)
        width = data.draw(st.integers(20, 60))
        out += map(written, text.settled(width))
        text.tail(width, 10)
    text.finish()
    out += map(written, text.settled(30))
    assert " ".join(out).replace("• ", "").split() == words


def test_every_style_has_a_look_or_needs_none() -> None:
    assert set(LOOKS) - OWN == STYLES - PLAIN
