"""Last days that rest on no official calendar follow the notice when it comes."""

from datetime import date

import pytest

from mediation.casefile.cases.models import Case
from mediation.casefile.clocks import jobs as clock_jobs
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks import queries
from mediation.casefile.clocks.rules import ClockLabel
from mediation.ground import clock, jobs
from mediation.ground.db import session, transaction
from mediation.ground.trail import TrailEntry
from mediation.oversight.soundness import queries as soundness
from mediation.registry.access.rules import Role, system_actor
from mediation.registry.calendar import operations as calendar
from mediation.registry.units import queries as units
from tests.makers import make_actor, make_case, make_centre, make_unit

ACCEPTED = date(2026, 12, 10)  # thirty days later is Saturday 9 January 2027
HOLIDAYS = {
    "元旦": ("2027-01-01",), "春节": tuple(f"2027-02-{day:02}" for day in range(5, 13)), "清明节": ("2027-04-05",),
    "劳动节": ("2027-05-01", "2027-05-02"), "端午节": ("2027-06-09",), "中秋节": ("2027-09-15",),
    "国庆节": ("2027-10-01", "2027-10-02", "2027-10-03"),
}
NOTICE = "日期,是否上班,名称\n2027-01-09,1,元旦\n" + "".join(
    f"{day},0,{name}\n" for name, days in HOLIDAYS.items() for day in days
)


@pytest.fixture
def case(ground):
    centre = make_centre()
    clerk = make_actor(centre, Role.INTAKE_CLERK, make_unit(centre, "window", "受理窗口"))
    case = make_case(centre, clerk)
    with transaction():
        row = session.get_one(Case, case.id)
        clocks.stop_all(row, on=row.applied_on)
        clocks.start(row, "PM-18", ACCEPTED, label=ClockLabel.MEDIATION, by=clerk)
    return session.get_one(Case, case.id)


def take_over_the_notice(case):
    admin = make_actor(units.centre(case.centre_id), Role.SYSTEM_ADMIN)
    with transaction():
        calendar.import_year(2027, NOTICE.encode(), by=admin, source="国办发明电〔2026〕7号")


def known(case):
    session.expire_all()
    row = session.get_one(Case, case.id)
    return row.due_on, row.due_is_provisional


def test_a_provisional_last_day_becomes_the_real_one(case):
    assert known(case) == (date(2027, 1, 11), True)
    take_over_the_notice(case)
    clock_jobs.recompute_provisional()
    assert known(case) == (date(2027, 1, 9), False)
    told = session.query(TrailEntry).filter_by(event="clock.recomputed").one().params
    assert (told["before"], told["due"]) == ("2027-01-11", "2027-01-09")
    assert queries.cases_to_recompute(provisional=True) == []


def test_the_job_does_it_for_one_centre(case):
    take_over_the_notice(case)
    with transaction():
        jobs.enqueue("clocks.recompute", "other", centre_id=1)
    while jobs.run_next():
        pass
    assert known(case) == (date(2027, 1, 11), True)
    assert not {finding.title: finding for finding in soundness.everything()}["期限"].is_sound
    with transaction():
        jobs.enqueue("clocks.recompute", "own", centre_id=case.centre_id)
    while jobs.run_next():
        pass
    assert known(case) == (date(2027, 1, 9), False)
    assert {finding.title: finding for finding in soundness.everything()}["期限"].is_sound


def test_the_changes_are_listed_before_and_after(case):
    """What an import will move is shown first; what it moved is listed afterwards, by the number of the case alone."""
    before = calendar.preview_year(2027, NOTICE.encode(), centre_id=case.centre_id)
    moves, looked_at = queries.would_move(case.centre_id, 2027, before.calendar)
    expected = queries.MovedDay(case.register_no, "mediation", date(2027, 1, 11), date(2027, 1, 9))
    assert (moves, looked_at) == ([expected], 1)
    since = clock.now()
    take_over_the_notice(case)
    [(number, moved)] = clock_jobs.recompute_year(2027)
    assert (number, moved.before, moved.after) == (case.register_no, date(2027, 1, 11), date(2027, 1, 9))
    assert queries.moved_between(case.centre_id, since, None) == [expected]
    assert queries.moved_between(case.centre_id, since, since) == []
    assert queries.would_move(case.centre_id, 2027, before.calendar)[0] == []


def test_nothing_moves_while_nothing_new_is_known(case):
    with transaction():
        assert clocks.recompute(case.id, by=system_actor(case.centre_id)) == []
    assert not session.query(TrailEntry).filter_by(event="clock.recomputed").count()
