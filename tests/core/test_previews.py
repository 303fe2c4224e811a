"""Which way images are shown, by what the environment says, and how large."""

import pytest

from tui.core.image_size import Size
from tui.core.previews import AUTO, Room, Way, way_for

DEEP = {"COLORTERM": "truecolor"}


@pytest.mark.parametrize(
    ("environ", "way"),
    [
        ({}, Way.OFF),
        ({"TERM": "dumb"}, Way.OFF),
        ({"TERM": "linux"}, Way.OFF),
        ({"TERM": "vt220"}, Way.OFF),
        ({"TERM": "xterm-256color"}, Way.BLOCKS),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "vscode", **DEEP}, Way.BLOCKS),
        ({"TERM": "xterm-kitty", **DEEP}, Way.KITTY),
        ({"TERM": "xterm-kitty"}, Way.BLOCKS),  # the number of an image is a colour of 24 bits
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "3", **DEEP}, Way.KITTY),
        ({"TERM": "xterm-ghostty", **DEEP}, Way.KITTY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm", **DEEP}, Way.SIXEL),
        ({"TERM": "foot", **DEEP}, Way.SIXEL),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app", **DEEP}, Way.SIXEL),
        ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "3", **DEEP}, Way.BLOCKS),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux-1/default,1,0", **DEEP}, Way.BLOCKS),
        ({"TERM": "screen", "STY": "1.pts"}, Way.BLOCKS),
        ({"TERM": "xterm-kitty", "SSH_CONNECTION": "a 1 b 22", **DEEP}, Way.OFF),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1", **DEEP}, Way.OFF),
        ({"TERM": "xterm-kitty", "NO_COLOR": "", **DEEP}, Way.KITTY),
    ],
)
def test_the_environment_says_what_the_terminal_can(environ: dict[str, str], way: Way) -> None:
    assert way_for(AUTO, environ) is way


def test_a_wish_wins_over_all_but_no_color() -> None:
    over_ssh = {"TERM": "xterm-kitty", "SSH_TTY": "/dev/pts/1"}
    assert way_for("blocks", over_ssh) is Way.BLOCKS
    assert way_for("kitty", {}) is Way.KITTY
    assert way_for("kitty", {"NO_COLOR": "1"}) is Way.OFF


@pytest.mark.parametrize(
    ("size", "taken"),
    [
        (Size(800, 600), Room(21, 8)),
        (Size(600, 800), Room(12, 8)),
        (Size(10_000, 10), Room(24, 1)),
        (Size(10, 10_000), Room(1, 8)),
        (Size(1, 1), Room(1, 1)),
        (Size(10, 10), Room(10, 5)),
    ],
)
def test_an_image_keeps_its_shape_and_is_not_made_larger(size: Size, taken: Room) -> None:
    assert Room(24, 8).taken_by(size) == taken
