"""Answers of the terminal never become text, and what is typed is never lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.answers import Answers, is_light, said_light
from tui.core.keyboard import Keyboard

LIGHT = "\x1b]11;rgb:fafa/f8f8/f3f3\x1b\\"
DARK = "\x1b]11;rgb:16/16/1d\x07"
KIND = "\x1b[?62;4;22c"


def fed(pieces: list[str]) -> tuple[str, Answers]:
    """What was typed of these pieces, when there is nothing more to come."""
    answers = Answers()
    typed = "".join(answers.take(piece) for piece in pieces)
    return typed + answers.release(), answers


@given(st.lists(st.integers(0, 60)), st.sampled_from([LIGHT, DARK]))
def test_answers_that_are_cut_anywhere_are_taken_out_whole(cuts: list[int], told: str) -> None:
    text = f"be{told}fo\x1b[Are{KIND}after"
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    typed, answers = fed([text[a:b] for a, b in pairwise(places)])
    assert typed == "befo\x1b[Areafter"
    assert answers.is_light is (told is LIGHT)
    assert not answers.is_due


@given(st.lists(st.text("\x1b[]1?;cOA~ab\x07", max_size=6)))
def test_what_is_typed_is_never_lost(pieces: list[str]) -> None:
    typed, answers = fed(pieces)
    if answers.is_due and answers.is_light is None and "\x1b]11;" not in "".join(pieces):
        assert typed == "".join(pieces)


def test_nothing_is_held_back_once_all_was_answered() -> None:
    answers = Answers()
    assert answers.take(KIND) == ""
    assert answers.take("\x1b") == "\x1b"
    assert answers.take(LIGHT) == LIGHT


def test_a_silent_terminal_is_told_from_one_that_is_late() -> None:
    answers = Answers()
    answers.take(KIND)
    assert (answers.is_due, answers.is_light) == (False, None)


def test_other_reports_are_not_taken_for_answers() -> None:
    answers = Answers()
    assert answers.take("\x1b[?2026;2$y\x1b[?1u") == "\x1b[?2026;2$y\x1b[?1u"
    assert answers.is_due


def test_what_a_paste_holds_is_no_answer() -> None:
    keyboard = Keyboard(Answers())
    given = keyboard.feed(f"\x1b[200~{LIGHT}\x1b[201~".encode())
    assert given == f"\x1b[200~{LIGHT}\x1b[201~".replace("\x1b]", "␛]").replace("\x1b\\", "␛\\")


@pytest.mark.parametrize(
    ("said", "light"),
    [
        ("rgb:ffff/ffff/ffff", True),
        ("rgb:0000/2b2b/3636", False),
        ("rgba:ff/ff/ff/ff", True),
        ("rgb:f/f/f", True),
        ("RGB:FDFD/F6F6/E3E3", True),
        ("?", None),
        ("", None),
    ],
)
def test_a_colour_is_light_or_dark_as_the_eye_sees_it(said: str, light: bool | None) -> None:
    assert is_light(said) is light


@pytest.mark.parametrize(
    ("said", "light"),
    [("0;15", True), ("15;0", False), ("0;default;7", True), ("12;8", False), ("", None)],
)
def test_the_environment_may_say_it_too(said: str, light: bool | None) -> None:
    assert said_light({"COLORFGBG": said}) is light
