"""Return visits: what is asked, what the record says, what the archive wants (1.8, PM-15)."""

from dataclasses import replace
from datetime import date

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.clocks import queries as clocks
from mediation.casefile.notices.rules import Event, of_clock
from mediation.casefile.papers import operations as papers
from mediation.ground import clock
from mediation.ground.errors import NotFound
from mediation.stages.performance import operations, queries, rules, visits
from mediation.stages.performance.rules import Satisfaction, VisitBar, VisitManner
from mediation.stages.performance.visits import Visit
from tests import road
from tests.road import do

SINCE, DAY = date(2026, 3, 2), date(2026, 4, 2)


@pytest.mark.parametrize(
    ("visited", "reason", "told", "happened_on", "found"),
    [
        (["甲"], "到期", "在履行", DAY, []),
        (["甲"], "到期", "在履行", SINCE, []),
        (["甲"], "到期", "在履行", date(2026, 3, 1), [VisitBar.BEFORE_AGREED]),
        (["甲"], "到期", "在履行", date(2026, 4, 3), [VisitBar.IN_FUTURE]),
        ([], " ", "", DAY, [VisitBar.NO_ONE, VisitBar.NO_REASON, VisitBar.NOTHING_TOLD]),
    ],
)
def test_what_a_visit_wants(visited, reason, told, happened_on, found):
    said = rules.visit_obstacles(visited, reason, told, happened_on=happened_on, effective_on=SINCE, on=DAY)
    assert [each.reason for each in said] == found


def paid(refs, **changes):
    values = {
        "happened_on": clock.today(), "manner": VisitManner.PHONE, "visited": refs, "reason": "到期回访",
        "told": "在铲了", "satisfaction": Satisfaction.SATISFIED,
    }
    return Visit(**(values | changes))


def test_a_visit_is_recorded_and_counts_for_the_archive(ground):
    county = road.make_county()
    case, _agreement, refs = road.signed(county)
    row = cases.get(case, for_=county.mediator)
    assert not visits.was_paid(row.id)
    do(visits.visit, case, paid(refs), by=county.mediator, on=clock.today())
    assert visits.was_paid(row.id) and papers.newest(row.id, "return_visit").number.startswith("武民调访〔2026〕")


def test_the_visit_has_a_last_day_until_it_is_paid(ground):
    """PM-15: thirty days after an agreement that is not performed at once; on the day after it is late."""
    county = road.make_county()
    case, _agreement, refs = road.signed(county)
    row = cases.get(case, for_=county.mediator)
    period = clocks.running(row.id, "PM-15.visit")
    assert (period.due_on, period.counts_for_case) == (date(2026, 12, 23), True)
    assert [of_clock(period.due_on, on=date(2026, 12, day)) for day in (23, 24)] == [Event.DUE_TODAY, Event.LATE]
    do(visits.visit, case, paid(refs), by=county.mediator, on=clock.today())
    assert clocks.running(row.id, "PM-15.visit") is None


def test_what_is_performed_at_once_wants_no_visit(ground):
    county = road.make_county()
    case, agreement, refs = road.drafted(county)
    today = clock.today()
    road.save(county, agreement, refs, clauses=[replace(each, due_on=today) for each in road.three_instalments(
        refs, date(2026, 12, 20))])
    road.signed(county, (case, agreement, refs))
    assert clocks.running(cases.get(case, for_=county.mediator).id, "PM-15.visit") is None


def test_nobody_is_visited_without_an_agreement(ground):
    county = road.make_county()
    case, _agreement, refs = road.drafted(county)
    with pytest.raises(NotFound):
        do(visits.visit, case, paid(refs), by=county.mediator, on=clock.today())


def test_a_broken_agreement_that_no_court_confirmed_can_be_sued_on(ground):
    """LM-01, PM-16: three years from the last day of the last duty, as instalments of one debt run."""
    county = road.make_county()
    case, _agreement, _refs = road.signed(county)
    row = cases.get(case, for_=county.mediator)
    road.later(date(2026, 12, 21))
    first = queries.of_case(row.id)[0]
    assert clocks.running(row.id, "LM-01") is None
    do(
        operations.record, first.public_id, by=county.mediator, on=clock.today(), kind="breach",
        happened_on=clock.today(),
    )
    period = clocks.running(row.id, "LM-01")
    assert (period.started_on, period.due_on) == (date(2027, 2, 20), date(2030, 2, 20))
    assert not period.counts_for_case
