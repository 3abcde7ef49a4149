"""Every figure equals the number of cases behind it, for every reader, and obeys the same scope (P3)."""

import random
from datetime import date

import pytest
from sqlalchemy import select, update

from mediation.casefile.cases import access, counting
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.linking import LinkKind
from mediation.casefile.cases.models import Case, CaseLink
from mediation.casefile.cases.rules import Track
from mediation.ground import jobs
from mediation.ground.db import session, transaction
from mediation.oversight.soundness import cases as soundness
from mediation.oversight.statistics import queries as statistics
from mediation.oversight.statistics import rules
from mediation.oversight.statistics.rules import RESULTS, Measure
from mediation.registry.access.rules import Depth, Relation, Role
from mediation.registry.units.rules import UnitKind
from tests import makers, road

YEAR = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}


@pytest.fixture
def county(ground):
    county = road.make_county()
    road.mediating(county)
    road.accepted(county)
    road.signed(county)
    road.registered(county)
    return county


def readers(county):
    yield from (county.clerk, county.dispatcher, county.head, county.mediator, county.liaison)
    yield from (makers.make_actor(county.centre, role) for role in (Role.SUPERVISOR, Role.LEADER))
    other = makers.make_unit(county.centre, UnitKind.COMMITTEE, "向塘镇人民调解委员会")
    yield makers.make_actor(county.centre, Role.HEAD, other)
    away = makers.make_centre(name="进贤县矛盾纠纷调解中心", register_word="进矛调登", area_code="360124")
    yield from (makers.make_actor(away, role) for role in (Role.LEADER, Role.HEAD))


def test_a_figure_is_the_length_of_its_list(county):
    for by in readers(county):
        found = statistics.figures(for_=by, **YEAR)
        for measure in Measure:
            page = statistics.cases_behind(measure, for_=by, **YEAR)
            assert getattr(found.whole, measure.value) == page.total == len(page.rows), (by.role, measure)
            for line in found.by_track:
                behind = statistics.cases_behind(measure, for_=by, track=line.key, **YEAR)
                assert getattr(line.counts, measure.value) == behind.total
            for line in found.by_unit:
                behind = statistics.cases_behind(measure, for_=by, unit=line.key, **YEAR)
                assert getattr(line.counts, measure.value) == behind.total


def test_repeats_are_counted_in_visits_and_persons_and_open_their_cases(county):
    """Row 21: the link decides, only accepted cases count, and the rate is over what was accepted."""
    first, second = session.scalars(select(Case).where(Case.accepted_on.is_not(None)).order_by(Case.id).limit(2))
    waiting = session.scalars(select(Case).where(Case.accepted_on.is_(None)).limit(1)).one()
    with transaction():
        for case in (second, waiting):
            session.add(CaseLink(
                centre_id=first.centre_id, case_id=case.id, other_id=first.id, kind=LinkKind.REPEAT,
                since=case.applied_on, moved={},
            ))
    for by in readers(county):
        accepted = statistics.figures(for_=by, **YEAR).whole.accepted
        found = statistics.repeats(for_=by, accepted=accepted, **YEAR)
        page = statistics.cases_behind(rules.Beside.REPEATED, for_=by, **YEAR)
        sees = cases.sees(second, by, Depth.PROGRESS)
        assert (found.visits, found.people, page.total) == ((1, 1, 1) if sees else (0, 0, 0)), by.role
        assert found.percent == (round(100 * found.visits / accepted, 1) if accepted else None)


def test_the_months_add_up_to_the_whole_and_each_opens_its_cases(county):
    for by in readers(county):
        whole = statistics.figures(for_=by, **YEAR).whole
        months = statistics.by_month(for_=by, **YEAR)
        for what in Measure:
            assert sum(month.counts.of(what) for month in months) == whole.of(what), (by.role, what)
        for month in months:
            for what in RESULTS:
                page = statistics.cases_behind(what, for_=by, since=month.since, until=month.until)
                assert month.counts.of(what) == page.total, (by.role, month.first, what)


def test_a_case_that_the_session_let_go_of_is_counted_all_the_same(county):
    with transaction():
        case = session.scalar(select(Case).where(Case.accepted_on.is_not(None)).limit(1))
        case.result = "failed"
        counting.moved(case)
        session.flush()
        session.expunge_all()
    assert counting.counted() == counting.counted_from_cases()
    assert session.scalar(select(Case.counted_as).where(Case.id == case.id)).endswith("/failed")


def test_whole_is_what_the_reader_sees(county):
    sums = {}
    for by in readers(county):
        accepted = [row for row in cases.listing(for_=by).rows if row.body_no]
        whole = statistics.figures(for_=by, **YEAR).whole.accepted
        assert whole == len(accepted), by.role
        sums.setdefault(by.role, []).append(whole)
    assert sums[Role.HEAD] == [3, 0, 0] and sums[Role.LEADER] == [3, 0]
    assert sums[Role.MEDIATOR] == [2] and sums[Role.LIAISON] == [0]


def test_another_year_counts_nothing(county):
    assert statistics.figures(for_=county.head, since=date(2025, 1, 1), until=date(2025, 12, 31)).whole.accepted == 0


@pytest.mark.parametrize("seed", range(3))
def test_random_cases_count_the_same_in_figures_lists_and_by_hand(ground, seed):
    """Whatever mixture of tracks, units, results and days: figure, list and a count by hand agree for each reader."""
    chance = random.Random(seed)
    county = road.make_county()
    other = makers.make_unit(county.centre, UnitKind.COMMITTEE, "向塘镇人民调解委员会")
    heads = {county.committee.id: county.head, other.id: makers.make_actor(county.centre, Role.HEAD, other)}
    results = [measure.value for measure in Measure if measure != Measure.ACCEPTED]
    made = []
    for _number in range(9):
        row = makers.make_case(county.centre, county.clerk)
        with transaction():
            case = session.get_one(Case, row.id)
            case.track, case.lead_unit_id = chance.choice(list(Track)), chance.choice(list(heads))
            case.result = chance.choice(results)
            case.accepted_on = date(2026, chance.randint(1, 12), chance.randint(1, 28))
            access.grant(case, Relation.LEAD, unit_id=case.lead_unit_id)
            counting.moved(case)
            made.append((case.track, case.lead_unit_id, case.result, case.accepted_on))
    leader = makers.make_actor(county.centre, Role.LEADER)
    period = {"since": date(2026, 3, 1), "until": date(2026, 10, 31)}
    inside = [each for each in made if period["since"] <= each[3] <= period["until"]]
    readers = [(leader, inside)]
    readers += [(head, [each for each in inside if each[1] == unit]) for unit, head in heads.items()]
    for by, mine in readers:
        found = statistics.figures(for_=by, **period)
        for what, counted in RESULTS.items():
            by_hand = sum(each[2] in {result.value for result in counted} for each in mine)
            page = statistics.cases_behind(what, for_=by, **period)
            assert found.whole.of(what) == page.total == len(page.rows) == by_hand, (seed, by.role, what)
        assert sum(line.counts.accepted for line in found.by_unit) == found.whole.accepted == len(mine)
        assert sum(line.counts.accepted for line in found.by_track) == len(mine)
        for line in found.by_track:
            page = statistics.cases_behind(Measure.MEDIATED, for_=by, track=line.key, **period)
            by_hand = sum((each[0], each[2]) == (line.key, "mediated") for each in mine)
            assert page.total == line.counts.mediated == by_hand


def test_what_was_counted_as_it_arose_is_what_counting_comes_to(county):
    assert counting.counted() == counting.counted_from_cases() != {}
    kept, head = counting.counted(), counting.scope_of(Role.HEAD)
    ours = {(scope, n) for (unit_id, scope, _as), n in kept.items() if unit_id == county.committee.id}
    assert ours == {(head, 1), (head, 2)}
    with transaction():
        counting.count_anew()
    assert counting.counted() == kept


def test_a_wrong_count_is_found_and_mended_at_night(county):
    with transaction():
        session.execute(update(counting.CaseCount).values(n=counting.CaseCount.n + 1))
    assert not soundness.counts().is_sound
    with transaction():
        jobs.enqueue("cases.count", "cases.count/night")
    while jobs.run_next():
        pass
    assert soundness.counts().is_sound


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 11, 23), date(2026, 1, 1), date(2026, 11, 30)),  # up to today: the month is whole
        (date(2026, 1, 2), date(2026, 3, 31), date(2026, 2, 1), date(2026, 3, 31)),
        (date(2026, 1, 1), date(2026, 3, 30), date(2026, 1, 1), date(2026, 2, 28)),
        (date(2025, 12, 31), date(2026, 12, 31), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_whole_months(since, until, first, last):
    assert rules.whole_months(since, until, today=date(2026, 11, 23)) == rules.Months(first, last)


def test_a_period_without_a_whole_month():
    assert rules.whole_months(date(2026, 3, 2), date(2026, 3, 31), today=date(2026, 11, 23)) is None
    assert rules.whole_months(date(2026, 11, 2), date(2026, 11, 23), today=date(2026, 11, 23)) is None


def test_days_beside_whole_months_are_counted_one_by_one(county):
    today = date(2026, 11, 23)
    for since, until in ((date(2026, 10, 20), today), (today, today), (date(2026, 9, 15), date(2026, 11, 22))):
        whole = statistics.figures(for_=county.head, since=since, until=until).whole
        behind = statistics.cases_behind(Measure.ACCEPTED, for_=county.head, since=since, until=until)
        assert whole.accepted == behind.total
