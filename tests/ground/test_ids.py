"""Keys of rows never run backwards, however many arise in one moment."""

from datetime import UTC, datetime, timedelta

from mediation.ground import clock
from mediation.ground.ids import first_id_of, new_id


def test_many_in_one_moment_keep_their_order():
    made = [new_id() for _ in range(20_000)]  # enough to run past what one millisecond can hold
    assert made == sorted(set(made))


def test_a_clock_set_back_starts_anew():
    clock.freeze(datetime(2026, 6, 1, tzinfo=UTC))
    new_id()
    earlier = datetime(2026, 1, 1, tzinfo=UTC)
    clock.freeze(earlier)
    assert first_id_of(earlier) <= new_id() < first_id_of(earlier + timedelta(seconds=1))
