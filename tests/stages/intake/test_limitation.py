"""The limitation of a claim on its case: which periods run, what interrupts them, who is told before they end."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from mediation.casefile.notices.models import Notice
from mediation.casefile.notices.rules import Event
from mediation.ground import clock, jobs
from mediation.ground.db import session, transaction
from mediation.ground.errors import RuleBroken
from mediation.stages.intake import limitation, limitationrules
from mediation.stages.intake.limitationrules import Caution, Right
from mediation.stages.intake.operations import Origin
from mediation.stages.intake.rules import Bar
from mediation.stages.proceedings import operations as proceedings
from tests import cast, makers

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
MARKS = (90, 30, 7)


@pytest.fixture
def county(ground):
    return cast.gather()


def running(case):
    return dict(limitation.running(case))


def ended(county, type_code="neighbour.water", **origin):
    case = cast.screened(
        county, matter=replace(makers.DRAIN, type_code=type_code), origin=Origin(**origin) if origin else Origin()
    )
    proceeding = cast.mediating(county, case, override_reason="parties")
    end(county, proceeding)
    return cast.again(case)


def end(county, proceeding):
    with transaction():
        proceedings.end(
            proceeding.public_id, by=county.mediator, on=clock.today(), ground="too_far_apart", course="谈不拢",
            notice_given=True, with_paper=False,
        )


def start(county, case, right, since, on=TODAY):
    with transaction():
        limitation.note_start(case.public_id, right, since=since, by=county.clerk, on=on)
    return cast.again(case)


@pytest.mark.parametrize(
    ("type_code", "applied_on", "last"),
    [
        ("neighbour.water", date(2026, 8, 30), {"LM-01": date(2029, 8, 30)}),
        ("labour", date(2026, 3, 2), {"AM-08": date(2027, 3, 2)}),
        ("forest_land.contracting", date(2026, 3, 2), {"AM-13.limit": date(2028, 3, 2), "LM-01": date(2029, 3, 2)}),
        ("marriage_family.elders", date(2026, 3, 2), {}),
    ],
)
def test_a_mediation_that_failed_shows_by_when_to_go_on(county, type_code, applied_on, last):
    """LM-01, LM-02, LM-05, AM-08, AM-13: from the request that interrupted it, in years to the same day."""
    assert running(ended(county, type_code, applied_on=applied_on)) == last


@pytest.mark.parametrize(
    ("applied_on", "last"),
    [(date(2026, 8, 31), date(2029, 8, 31)), (date(2026, 9, 1), date(2026, 8, 31))],
)
def test_a_request_interrupts_what_has_not_lapsed(county, applied_on, last):
    """LM-01, LM-02: known since 31 August 2023; asked on the last day it runs anew, on the day after no more."""
    case = cast.screened(county, origin=Origin(applied_on=applied_on))
    case = start(county, case, Right.CLAIM, date(2023, 8, 31))
    assert running(case) == {"LM-01": last}
    assert case.due_on != last, "it is nobody's day here"


def test_a_labour_dispute_has_a_year_from_knowing(county):
    """AM-08: known since 1 December 2025, interrupted by the request of 2 March 2026."""
    matter = replace(makers.DRAIN, type_code="labour")
    for source, last in ((Origin(applied_on=date(2026, 3, 2)), date(2027, 3, 2)), (None, date(2026, 12, 1))):
        found = {"origin": source} if source else {"origin": Origin(channel="grid", outside_no="G1")}
        case = start(county, cast.screened(county, matter=matter, **found), Right.CLAIM, date(2025, 12, 1))
        assert running(case) == {"AM-08": last}, "what the grid found interrupts nothing"


def test_a_fixed_period_is_not_interrupted(county):
    """LM-07: a year to revoke, whatever is asked of whom; beside it the claim runs anew."""
    case = cast.screened(county, origin=Origin(applied_on=date(2026, 11, 20)))
    case = start(county, case, Right.REVOCATION, date(2026, 3, 2))
    case = start(county, case, Right.HARM, date(2020, 2, 29))
    assert running(case) == {"LM-07.revocation": date(2027, 3, 2), "LM-01.longest": date(2040, 2, 29)}
    with transaction():
        limitation.note_interruption(case.public_id, "promise", happened_on=TODAY, by=county.clerk, on=TODAY)
    case = cast.again(case)
    assert running(case) == {
        "LM-07.revocation": date(2027, 3, 2), "LM-01.longest": date(2040, 2, 29), "LM-01": date(2029, 11, 23),
    }
    proceeding = cast.mediating(county, case)
    end(county, proceeding)
    assert running(case)["LM-07.revocation"] == date(2027, 3, 2)


def test_a_day_that_has_not_come_starts_nothing(county):
    case = cast.screened(county)
    with pytest.raises(RuleBroken) as refused, transaction():
        limitation.note_start(case.public_id, "claim", since=TODAY + DAY, by=county.clerk, on=TODAY)
    assert [each.reason for each in refused.value.obstacles] == [Bar.STARTS_LATER]


def test_what_has_lapsed_is_mediated_all_the_same(county):
    """LM-06: told, and never a bar."""
    case = cast.screened(county, origin=Origin(channel="grid", outside_no="G2"))
    case = start(county, case, Right.CLAIM, date(2020, 1, 6))
    [said] = limitation.cautions(case, on=TODAY)
    assert said.reason == Caution.LAPSED
    assert cast.informed(county, case).state == "mediating"


@pytest.mark.parametrize(
    ("basis", "on", "reasons"),
    [
        ("LM-01", date(2029, 8, 31) - 91 * DAY, []),
        ("LM-01", date(2029, 8, 31) - 90 * DAY, [Caution.NEAR]),
        ("LM-01", date(2029, 8, 31), [Caution.NEAR]),
        ("LM-01", date(2029, 9, 1), [Caution.LAPSED]),
        ("LM-07.revocation", date(2029, 9, 1), [Caution.LOST]),
    ],
)
def test_what_is_said_of_a_last_day(basis, on, reasons):
    """LM-01, LM-06, LM-07: the last day is still in time, on the day after it is over."""
    said = limitationrules.cautions([(basis, date(2029, 8, 31))], on=on, days=MARKS)
    assert [each.reason for each in said] == reasons


@pytest.mark.parametrize(
    ("left", "mark"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)]
)
def test_which_mark_is_reached(left, mark):
    """LM-01: told at 90, 30 and 7 days."""
    assert limitationrules.reached(TODAY + left * DAY, on=TODAY, days=MARKS) == mark


def test_who_mediates_is_told_once_at_each_mark(county):
    """LM-01."""
    case = ended(county, "labour", applied_on=date(2026, 3, 2))
    last = date(2027, 3, 2)
    told = []
    for left in (91, 90, 89, 30, 7, 0):
        clock.freeze(clock.now() + (last - left * DAY - clock.today()))
        with transaction():
            jobs.enqueue("limitation.sweep", f"limitation.sweep/{left}")
        while jobs.run_next():
            pass
        lapsing = select(Notice).where(Notice.event == Event.LAPSES, Notice.case_id == case.id)
        told.append(len({each.unique_key.rpartition("/")[0] for each in session.scalars(lapsing)}))
    assert told == [0, 1, 1, 2, 3, 3]
