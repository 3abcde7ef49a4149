"""Days are days in Shanghai, wherever the machine stands (PT-09)."""

import random
import time
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


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC", "America/Los_Angeles", "Pacific/Kiritimati", "Europe/Berlin"])
def test_the_servers_own_zone_changes_no_day(zone, monkeypatch):
    """Two thousand instants within two minutes of a midnight, in each of five zones (P35)."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    chance = random.Random(zone)
    try:
        for _ in range(2_000):
            midnight = datetime(2020, 1, 1, 16, tzinfo=UTC) + timedelta(days=chance.randrange(4_000))
            instant = midnight + timedelta(microseconds=chance.randrange(-120_000_000, 120_000_000))
            clock.freeze(instant)
            whole_days = (instant - datetime(1970, 1, 1, tzinfo=UTC) + timedelta(hours=8)) // timedelta(days=1)
            assert clock.today() == date(1970, 1, 1) + timedelta(days=whole_days)
    finally:
        monkeypatch.undo()
        time.tzset()
