"""What cannot reach a terminal."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.sanitize import Cleaner, clean, one_line, redact, shortened

STEERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@given(st.text())
def test_nothing_that_steers_a_terminal_gets_through(text: str) -> None:
    assert not STEERS.search(clean(text))


@pytest.mark.parametrize(
    "text", ["Hello, world", "Zeile\nzwei\tdrei", "日本語 🎉 👩‍👩‍👧 🇨🇭", "नमस्ते", "é"]
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_an_escape_sequence_is_seen_and_not_obeyed() -> None:
    assert clean("\x1b]52;c;aGk=\x07") == "␛]52;c;aGk=␇"


def test_a_return_cannot_overwrite_its_own_line() -> None:
    assert clean("secret\rharmless") == "secret␍harmless"
    assert clean("one\r\ntwo") == "one\ntwo"


def test_a_line_break_cut_in_two_pieces_is_one() -> None:
    cleaner = Cleaner()
    assert [cleaner.feed("one\r"), cleaner.feed("\ntwo\r"), cleaner.feed("x")] == [
        "one",
        "\ntwo",
        "␍x",
    ]


@pytest.mark.parametrize("most", [5, 10, 27])
def test_what_is_shortened_keeps_both_its_ends(most: int) -> None:
    short = shortened("https://a.example/a/long/path/cat.png", most)
    assert len(short) == most
    assert short.startswith("ht")
    assert short.endswith("g")


def test_a_bidi_override_is_seen() -> None:
    assert clean("a\u202eb") == "a⟨RLO⟩b"


def test_a_pile_of_marks_is_cut() -> None:
    assert clean("a" + "\u0301" * 100) == "a" + "\u0301" * 4


def test_one_line_is_one_line_and_cut() -> None:
    assert one_line("a\r\n\x1b b" + "c" * 300, 10) == "a ␛ bcccc…"


def test_keys_are_redacted_also_where_a_provider_shows_a_part() -> None:
    assert (
        redact("key tok-12345678 and sk-proj-ab**************yz", "tok-12345678")
        == "key ••• and sk-•••"
    )
