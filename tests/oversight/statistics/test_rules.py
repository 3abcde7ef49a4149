"""The metric dictionary: what stands above and below each rate (ST-03, ST-04, idea 11)."""

import pytest

from mediation.oversight.statistics import rules
from mediation.oversight.statistics.rules import Counts, Measure, Sum

# The county of the source article: 7629 accepted, 6669 resolved, 1436 of them by the quick-trial tribunal.
NANCHANG = Counts(accepted=7629, mediated=5233, ruled=1436, failed=800, never_reached=60, open=100)


@pytest.mark.parametrize(
    ("rate", "percent"),
    [
        (rules.with_rulings, 87.4),
        (rules.by_mediation, 68.6),
        (rules.without_rulings_below, 84.5),
        (rules.without_never_reached_below, 69.1),
        (rules.of_finished, 70.1),
    ],
)
def test_the_rates_of_the_source(rate, percent):
    """ST-04: the same county, by the definition chosen."""
    assert rate(NANCHANG).percent == percent


def test_a_ruled_case_was_not_reconciled_and_one_never_reached_is_no_failure():
    """ST-03: success over success plus failure; leaving the ruled out would make a county of suits look like peace."""
    found = rules.of_finished(Counts(accepted=10, mediated=3, ruled=3, failed=2, never_reached=1, open=1))
    assert (found.numerator, found.denominator) == (3, 8)


def test_every_part_of_a_rate_is_a_count_that_opens():
    for rate in (rules.with_rulings, rules.by_mediation, rules.without_rulings_below, rules.of_finished):
        found = rate(NANCHANG)
        assert (found.numerator, found.denominator) == (NANCHANG.of(found.above), NANCHANG.of(found.below))
        assert {found.above, found.below} <= set(rules.RESULTS)


def test_accepted_is_the_sum_of_all_results():
    assert NANCHANG.of(Measure.ACCEPTED) == NANCHANG.accepted
    assert NANCHANG.of(Sum.NOT_RULED) + NANCHANG.ruled == NANCHANG.accepted
    assert NANCHANG.of(Sum.REACHED) + NANCHANG.never_reached == NANCHANG.accepted


def test_of_nothing_there_is_no_rate():
    assert rules.by_mediation(Counts()).percent is None
