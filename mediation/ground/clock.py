"""The program's time. Nothing else reads the wall clock.

Instants are aware UTC datetimes, days are dates in Asia/Shanghai (PT-09).
"""

from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_shift = timedelta(0)
_frozen: datetime | None = None


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return _frozen or datetime.now(UTC) + _shift


def today() -> date:
    """Return the present day in Asia/Shanghai."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """Return the day in Asia/Shanghai on which an aware instant falls (PT-09)."""
    return instant.astimezone(SHANGHAI).date()


def local(instant: datetime) -> datetime:
    """Return an aware instant in Asia/Shanghai."""
    return instant.astimezone(SHANGHAI)


def begin_of(day: date) -> datetime:
    """Return the first instant of a day in Shanghai."""
    return datetime.combine(day, time(), tzinfo=SHANGHAI)


def travel(to: datetime | None) -> None:
    """Move the program's time to ``to`` and let it run on; None returns to the present.

    Only the test configuration and the demonstration loader may call this.
    """
    global _shift
    _shift = timedelta(0) if to is None else to - datetime.now(UTC)


def freeze(at: datetime | None) -> None:
    """Stop the program's time at ``at``; None lets it run again."""
    global _frozen
    _frozen = at


@contextmanager
def elsewhere():
    """Let the program's time be moved about in the block; after it the time is as it was."""
    global _shift, _frozen
    before = _shift, _frozen
    try:
        yield
    finally:
        _shift, _frozen = before
