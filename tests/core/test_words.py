"""Pieces of text, put together as they were meant."""

import pytest

from tui.core.words import Halves, Words


def told(*pieces: str) -> str:
    words = Words()
    return "".join([*map(words.take, pieces), words.rest()])


@pytest.mark.parametrize(
    "pieces",
    [
        ("one", "two"),
        ("ha", "ha", "ha"),
        ("", "a", "", "b"),
        (" ", " a", " b"),
        ("1", "11", "x"),
        ("-", "--", "---", "----"),
        ("A", "And", "so on"),
        ("1", "10"),
        ("1", "10", "100"),
        ("ha", "haha", "hahaha"),
    ],
)
def test_pieces_that_only_look_alike_are_all_kept(pieces: tuple[str, ...]) -> None:
    assert told(*pieces) == "".join(pieces)


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (("A", "A b", "A bc", "A bc d"), "A bc d"),
        (("日", "日本", "日本語", "日本語"), "日本語"),
        (("Hi", "Hi there"), "Hi there"),
        (("1", "1 a", "1 ab", "1 abc", "1 abcd"), "1 abcd"),
        (("A", "A bc", "A bcd", "A bc"), "A bcd"),
        (("A", "A bc", "A bcd", "And more"), "A bcdAnd more"),
    ],
)
def test_pieces_that_hold_all_so_far_are_said_once(pieces: tuple[str, ...], text: str) -> None:
    assert told(*pieces) == text


def test_an_honest_piece_is_not_held() -> None:
    words = Words()
    assert [words.take(piece) for piece in ("A", " rillet", " is")] == ["A", " rillet", " is"]


def test_a_pair_is_joined_and_a_half_alone_is_replaced() -> None:
    halves = Halves()
    assert [halves.take(piece) for piece in ("a\ud83c", "\udf89", "\udf89")] == [
        "a",
        "🎉",
        "\ufffd",
    ]
