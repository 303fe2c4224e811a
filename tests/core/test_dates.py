"""Days as people say them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.dates import LATEST, Periods, day, moment, spoken

NOW = datetime(2026, 11, 22, 19, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("then", "said", "period"),
    [
        (datetime(2026, 11, 22, 14, 5), "14:05", "Today"),
        (datetime(2026, 11, 22, 0, 0), "00:00", "Today"),
        (datetime(2026, 11, 21, 23, 59), "Yesterday", "Yesterday"),
        (datetime(2026, 11, 20, 8, 0), "20 Nov", "Last 7 days"),
        (datetime(2026, 11, 16, 0, 0), "16 Nov", "Last 7 days"),
        (datetime(2026, 11, 15, 23, 59), "15 Nov", "November"),
        (datetime(2026, 10, 31, 12, 0), "31 Oct", "October"),
        (datetime(2026, 3, 3, 12, 0), "3 Mar", "March"),
        (datetime(2025, 12, 31, 23, 59), "31 Dec 2025", "December 2025"),
        (datetime(2026, 11, 23, 0, 30), "23 Nov", "Today"),
    ],
)
def test_a_day_has_a_name(then: datetime, said: str, period: str) -> None:
    at = then.replace(tzinfo=UTC).timestamp()
    assert day(at, NOW) == said
    assert Periods(NOW).name(at) == period


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (datetime(2026, 11, 22, 14, 5), "14:05"),
        (datetime(2026, 11, 21, 23, 59), "21 Nov, 23:59"),
        (datetime(2025, 12, 31, 8, 0), "31 Dec 2025, 08:00"),
    ],
)
def test_a_message_says_the_hour_and_another_day(then: datetime, said: str) -> None:
    assert spoken(then.replace(tzinfo=UTC).timestamp(), NOW) == said


@pytest.mark.parametrize("at", [0.0, -1.0, -1e300, 1e20, float("inf"), float("nan")])
def test_what_no_calendar_has_is_no_time(at: float) -> None:
    assert moment(at, UTC) is None
    assert spoken(at, NOW) == ""
    assert Periods(NOW).name(at)
    assert isinstance(day(at, NOW), str)


def test_what_has_no_time_has_no_day() -> None:
    assert day(0, NOW) == ""


@given(st.lists(st.floats(0, 1 << 40)))
def test_a_period_is_named_the_same_whatever_was_asked_before(times: list[float]) -> None:
    periods = Periods(NOW)
    for at in times:
        assert periods.name(at) == Periods(NOW).name(at)


@given(st.floats(0, LATEST), st.integers(0, 3000))
def test_the_newer_is_never_under_an_older_heading(at: float, days: int) -> None:
    """Going back in time, a heading that was left does not come again."""
    periods, seen = Periods(NOW), list[str]()
    for step in range(days % 90):
        name = periods.name((NOW - timedelta(days=days + step)).timestamp())
        if not seen or seen[-1] != name:
            assert name not in seen
            seen.append(name)
    assert periods.name(at)
