"""Bars and lines stand where the numbers say."""

from datetime import date

import pytest

from mediation.doors.desk import charts
from mediation.oversight.statistics.queries import Month
from mediation.oversight.statistics.rules import Counts, months_between


def months(*counts):
    firsts = months_between(date(2026, 1, 1), date(2026, len(counts), 1))
    return [Month(first, first, first, each) for first, each in zip(firsts, counts, strict=True)]


def test_a_bar_is_as_high_as_its_parts_and_stands_on_the_axis():
    drawn = charts.bars(months(Counts(accepted=40, mediated=20, ruled=10, open=10), Counts(accepted=10, failed=10)))
    first, second = drawn.bars
    assert [piece.kind for piece in first.pieces] == ["mediated", "ruled", "rest"]
    assert first.pieces[0].height == pytest.approx(2 * first.pieces[1].height, abs=0.2)
    assert first.pieces[0].y + first.pieces[0].height == charts.BASE and first.pieces[-1].y == first.top
    assert charts.BASE - second.top == pytest.approx((charts.BASE - first.top) / 4, abs=0.2)
    assert [tick.value for tick in drawn.ticks] == [0, 10, 20, 30, 40]


def test_a_month_that_is_mostly_open_has_no_rate_and_breaks_the_line():
    done, going_on = Counts(accepted=20, mediated=12, failed=8), Counts(accepted=20, mediated=9, open=11)
    drawn = charts.lines(months(done, done, going_on, done, going_on))
    mediated, _resolved = drawn.lines
    assert len(mediated.points) == 3 and len(mediated.paths) == 1
    assert drawn.open_from > mediated.points[-1].x
    assert drawn.begins_at == 50


def test_a_low_rate_lets_the_axis_begin_at_nothing():
    assert charts.lines(months(Counts(accepted=20, mediated=2, failed=18))).begins_at == 0


def test_nothing_and_too_much_are_not_drawn():
    assert charts.bars([]) is charts.lines([]) is None
    assert charts.bars(months(Counts(accepted=1, open=1)) * (charts.MOST + 1)) is None
    assert charts.lines(months(Counts(accepted=3, open=2, mediated=1))) is None


@pytest.mark.parametrize(("most", "step"), [(1, 1), (5, 1), (6, 2), (19, 5), (421, 100), (600, 200)])
def test_the_scale_has_at_most_five_round_steps(most, step):
    assert charts._step(most) == step
