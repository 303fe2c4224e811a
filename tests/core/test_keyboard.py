"""What a terminal sends, cut anywhere."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui.core.keyboard import END, START, Keyboard

TYPED = f"a\x1b[A{START}one \x1b[31mred\x1b[0m 日本\r\x1b{END}b\x1b{START}{END}\x1bc".encode()
MEANT = f"a\x1b[A{START}one ␛[31mred␛[0m 日本\r␛{END}b\x1b{START}{END}\x1bc"


def read(*pieces: bytes) -> str:
    keyboard = Keyboard()
    return "".join(keyboard.feed(piece) for piece in pieces)


def test_an_escape_inside_a_paste_is_a_sign_and_outside_a_key() -> None:
    assert read(TYPED) == MEANT


@given(st.lists(st.integers(0, len(TYPED)), max_size=6))
def test_no_cut_changes_what_is_meant(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(TYPED)]
    assert read(*(TYPED[start:end] for start, end in pairwise(places))) == MEANT


def test_a_lone_escape_is_not_held_back() -> None:
    assert Keyboard().feed(b"\x1b") == "\x1b"


def test_a_byte_that_is_no_text_is_replaced() -> None:
    assert read(b"draft \xff", b"\xe9t\xc3", b"\xa9") == "draft ��té"
