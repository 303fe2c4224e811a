"""What is told of a fault, and what is not."""

import pytest

from tui.core.crash import report
from tui.core.images import BadImage, image_from
from tui.core.settings import Endpoint

KEY = "tok/very-secret"


def caught(fault: Exception) -> str:
    local = KEY
    try:
        raise fault
    except Exception as error:
        return report(error, local)


class Mute(Exception):
    """Cannot even say what it is."""

    def __str__(self) -> str:
        raise ValueError(KEY)


def test_a_fault_is_told_by_its_kind_its_words_and_its_place() -> None:
    told = caught(ValueError("no such thing"))
    assert "ValueError: no such thing" in told
    assert "at core/test_crash.py:" in told
    assert "in caught" in told


def test_neither_the_key_nor_what_steers_is_told() -> None:
    told = caught(ValueError(f"{KEY} tok%2Fvery-secret sk-abcdefghij \x1b]0;t\x07 \u202e"))
    assert "very-secret" not in told
    assert "sk-abc" not in told
    assert "\x1b" not in told
    assert "\u202e" not in told


def test_an_exception_that_cannot_say_what_it_is_is_told_by_its_name() -> None:
    assert "  Mute\n" in caught(Mute())


def test_what_led_to_it_is_told_too_and_long_words_are_cut() -> None:
    fault = ValueError("last")
    fault.__cause__ = KeyError("first" * 1000)
    told = caught(fault)
    assert told.index("ValueError") < told.index("KeyError: 'firstfirst")
    assert len(told) < 1000


def test_of_a_chain_without_end_each_is_told_once() -> None:
    first, second = ValueError("first"), ValueError("second")
    first.__cause__, second.__cause__ = second, first
    assert report(first).count("ValueError") == 2


def test_our_own_frames_are_told_by_their_place_in_the_package() -> None:
    with pytest.raises(BadImage) as caught:
        image_from("nonsense")
    assert "at tui/core/images.py:" in report(caught.value)


def test_an_endpoint_does_not_show_its_key() -> None:
    assert KEY not in repr(Endpoint("https://a.example/v1", KEY))
