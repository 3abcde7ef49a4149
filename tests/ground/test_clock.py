"""Days are days in Shanghai, wherever the machine stands (PT-09)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mediation.ground import clock


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 2, 16, 0, tzinfo=UTC), date(2026, 3, 3)),
        (datetime(2026, 3, 2, 16, 30, tzinfo=UTC), date(2026, 3, 3)),
        (datetime(2026, 7, 2, 16, 0, tzinfo=UTC), date(2026, 7, 3)),  # no daylight saving
    ],
)
def test_a_day_begins_at_sixteen_hours_of_universal_time(instant, day):
    """PT-09."""
    assert clock.day_of(instant) == day
    assert clock.local(instant).utcoffset() == timedelta(hours=8)
