"""Times in Unix seconds as people say them, also those that no calendar has.

An imported file may claim any number; nothing that is shown may stumble over it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

WEEK = 7
"""Days of which a list says only that they are the last ones."""


LATEST = 250_000_000_000.0
"""Unix seconds; no calendar has what is much later. What is before 1970 is no time at all."""


def moment(at: float, zone: tzinfo | None) -> datetime | None:
    """A time in Unix seconds; None where it says nothing that could be shown."""
    return datetime.fromtimestamp(at, zone) if 0 < at <= LATEST else None


def spoken(at: float, now: datetime) -> str:
    """When something was said: the hour, and the day before it where that is not today's."""
    then = moment(at, now.tzinfo)
    if then is None:
        return ""
    hour = f"{then:%H:%M}"
    return hour if then.date() == now.date() else f"{_date(then, now)}, {hour}"


def day(at: float, now: datetime) -> str:
    """A time in Unix seconds: the hour of today, else the day; the year only of another year."""
    if not at:
        return ""
    then, today = _moment(at, now), now.date()
    if then.date() == today:
        return f"{then:%H:%M}"
    if then.date() == today - timedelta(days=1):
        return "Yesterday"
    return _date(then, now)


def _date(then: datetime, now: datetime) -> str:
    return f"{then.day} {then:%b}" + (f" {then.year}" if then.year != now.year else "")


def _moment(at: float, now: datetime) -> datetime:
    """The same for what a list is sorted by: there, nonsense is the beginning or the end."""
    return datetime.fromtimestamp(min(at, LATEST) if at > 0 else 0.0, now.tzinfo)


class Periods:
    """Names the stretch of time in which a moment lies; mostly the next one lies there too."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._name = ""
        self._reach = (0.0, 0.0)

    def name(self, at: float) -> str:
        """Today, Yesterday, Last 7 days, or the month; what is to come is of today."""
        first, last = self._reach
        if not (self._name and first <= at < last):
            self._name, first_day, last_day = self._period(at)
            self._reach = self._begin(first_day), self._begin(last_day)
        return self._name

    def _begin(self, day: date) -> float:
        """The first second of a day."""
        return datetime.combine(day, time(), self._now.tzinfo).timestamp()

    def _period(self, at: float) -> tuple[str, date, date]:
        """Its name, its first day, and the day after its last."""
        then, today = _moment(at, self._now).date(), self._now.date()
        for name, first, last in _recent(today):
            if first <= then < last:
                return name, first, last
        if then >= today:
            return "Today", today, then + timedelta(days=1)
        first = then.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1)
        year = f" {then.year}" if then.year != today.year else ""
        return f"{then:%B}{year}", first, min(last, today - timedelta(days=WEEK - 1))


def _recent(today: date) -> Iterator[tuple[str, date, date]]:
    yield "Today", today, today + timedelta(days=1)
    yield "Yesterday", today - timedelta(days=1), today
    yield f"Last {WEEK} days", today - timedelta(days=WEEK - 1), today - timedelta(days=1)
