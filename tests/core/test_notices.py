"""What is written beside the screen cannot steer the terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emitted import SEQUENCE, STEERS
from tui.core.notices import LONGEST_TITLE, entitled, has_title, told


@given(st.text())
def test_a_title_is_one_sequence_whatever_it_says(words: str) -> None:
    match = SEQUENCE.fullmatch(entitled(words))
    assert match
    assert not STEERS.search(match["words"])
    assert len(match["words"]) <= LONGEST_TITLE


def test_a_title_cannot_end_its_sequence() -> None:
    assert entitled("a\x07b\x1b]52;c;aGk=\x07c\x9cd").count("\x07") == 1


@pytest.mark.parametrize(
    ("ended", "environ", "sequence"),
    [
        ("off", {}, ""),
        ("bell", {}, "\x07"),
        ("notify", {}, "\x1b]9;complete: Rivers\x07"),
        ("notify", {"TMUX": "/tmp/tmux,1,0"}, "\x07"),
        ("notify", {"STY": "1.pts-0"}, "\x07"),
    ],
)
def test_how_an_ending_is_told(ended: str, environ: dict[str, str], sequence: str) -> None:
    assert told("complete: Rivers", ended, environ) == sequence


def test_terminals_without_a_title_get_none() -> None:
    assert not has_title({"TERM": "linux"})
    assert not has_title({})
    assert has_title({"TERM": "tmux-256color"})
