"""Retry-After, by number and by date."""

from datetime import UTC, datetime

import httpx2
import pytest

from tui.edge.refusals import retry_after

NOW = datetime(2026, 1, 1, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("2", 2.0),
        ("1.5", 1.5),
        ("Thu, 01 Jan 2026 12:00:07 GMT", 7.0),
        ("Thu, 01 Jan 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("-1", None),
    ],
)
def test_retry_after_is_read_as_the_standard_says(said: str, seconds: float | None) -> None:
    assert retry_after(httpx2.Headers({"retry-after": said}), NOW) == seconds
