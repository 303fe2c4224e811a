"""Restarts hold for every continuation, in both vocabularies, whatever the characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.vocabularies import ends, often, texts
from tui.core.restarts import RESTARTS, Restart

ENCODINGS = ("o200k_base", "cl100k_base")

KINDS = (*"slaerqAELǅſ漢かʰ\u03011'/=- \t\u3000\n\r", "'s")
"""A few of every class of characters that the expressions tell apart."""

SHORT = texts(KINDS, parts=5, repeats=(1, 1, 2))

PLAIN, SIGNS, WORD = RESTARTS


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("restart", RESTARTS, ids=("plain", "in signs", "in a word"))
def test_behind_a_restart_pieces_end_as_they_do_anyway(encoding: str, restart: Restart) -> None:
    @often(60, long=25_000)
    @given(SHORT, SHORT, st.integers(0, 6))
    def holds(text: str, more: str, back: int) -> None:
        place = restart.last(text[: max(len(text) - back, 0)])
        if place:
            shift = place - len(restart.context)
            anew = ends(encoding, restart.context + text[place:] + more)
            whole = ends(encoding, text + more)
            assert [end for end in whole if end > place] == [
                end + shift for end in anew if end + shift > place
            ]

    holds()


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_beyond_three_bytes_only_letters_and_line_breaks_reach_back(encoding: str) -> None:
    @often(100, long=25_000)
    @given(SHORT, SHORT)
    def holds(text: str, more: str) -> None:
        far = len(text.encode()[:-3].decode(errors="ignore"))

        def left(whole: str) -> list[int]:
            return [end for end in ends(encoding, whole) if end < far]

        assert left(text + more) in [left(text + ahead) for ahead in ("", "a", "\n")]

    holds()


@pytest.mark.parametrize(
    ("restart", "text", "place"),
    [
        (PLAIN, "aaaaaa", 4),
        (PLAIN, "a'llamas", 6),
        (PLAIN, "a'll", 0),
        (PLAIN, "HaHaHa", 4),
        (PLAIN, "漢字漢字漢字", 4),
        (PLAIN, "a漢字漢字漢字", 0),
        (PLAIN, "，漢漢漢漢", 3),
        (PLAIN, "漢字，，，", 2),
        (PLAIN, "12345678", 6),
        (PLAIN, "=7=/=", 2),
        (PLAIN, "{\n    ", 4),
        (PLAIN, "a\n\n\n\n", 3),
        (PLAIN, "{\n\n\n\n", 0),
        (SIGNS, "{\n\n\n\n", 3),
        (SIGNS, "======", 4),
        (SIGNS, "//////", 4),
        (SIGNS, "=\n////", 0),
        (SIGNS, "x ❤️❤️❤️", 6),
        (WORD, "a漢字漢字漢字", 5),
        (WORD, "it's漢字漢字", 0),
    ],
)
def test_the_last_restart_is_found(restart: Restart, text: str, place: int) -> None:
    assert restart.last(text) == place


def test_a_text_without_restarts_has_none() -> None:
    assert [restart.last("'s's's's") for restart in RESTARTS] == [0, 0, 0]
    assert [restart.last("") for restart in RESTARTS] == [0, 0, 0]
