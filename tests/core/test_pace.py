"""How fast a reply came, and how its pace is drawn."""

from hypothesis import given
from hypothesis import strategies as st

from tui.core.pace import BARS, BEATS, Pulse, Timings


def test_the_pace_is_that_of_the_time_in_which_words_came() -> None:
    times = Timings(asked=0.0, first=10.0, last=12.0, ended=20.0)
    assert times.tokens_per_s(101) == 50


def test_a_burst_has_no_pace() -> None:
    assert Timings(asked=0.0, first=10.0, last=10.1).tokens_per_s(500) is None


def pulse(*beats: tuple[float, int]) -> Pulse:
    made = Pulse()
    for now, size in beats:
        made.beat(now, size)
    return made


def test_each_half_second_that_is_over_has_a_bar() -> None:
    made = pulse((10.0, 1), (10.4, 6), (10.6, 14), (11.7, 3))
    assert made.bars(10.4) == ""
    assert made.bars(10.5) == "█"
    assert made.bars(12.0) == "▅█▁▃"


def test_silence_goes_on_in_low_bars() -> None:
    assert pulse((0.0, 5)).bars(2.0) == "█▁▁▁"
    assert Pulse().bars(5.0) == ""


def test_only_the_last_seconds_are_drawn() -> None:
    made = pulse(*((number / 10, 1) for number in range(1000)))
    assert made.bars(100.0) == "█" * BEATS


@given(st.lists(st.tuples(st.floats(0, 2), st.integers(0, 10**9)), max_size=60), st.floats(0, 99))
def test_whatever_comes_the_bars_are_bars(beats: list[tuple[float, int]], wait: float) -> None:
    made, now = Pulse(), 5.0
    for gap, size in beats:
        now += gap
        made.beat(now, size)
    bars = made.bars(now + wait)
    assert len(bars) <= BEATS
    assert set(bars) <= set(BARS)
