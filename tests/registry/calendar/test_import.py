"""Importing the notice for 2027 for a centre."""

from datetime import date

import pytest

from mediation.ground import trail
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, RuleBroken
from mediation.registry.access.rules import Role, system_actor
from mediation.registry.calendar import operations, queries
from mediation.registry.calendar.models import CalendarDay
from mediation.registry.calendar.notice import Fault
from mediation.registry.calendar.operations import Change
from tests.registry.founding import acting, found

SPRING = [f"2027-02-{day:02},0,春节" for day in range(5, 12)]
OTHERS = ["2027-01-01,0,元旦", "2027-04-05,0,清明节", "2027-05-01,0,劳动节", "2027-05-02,0,劳动节",
          "2027-06-09,0,端午节", "2027-09-15,0,中秋节"]  # fmt: skip
NATIONAL = [f"2027-10-{day:02},0,国庆节" for day in range(1, 8)]
MADE_UP = ["2027-02-13,1,春节", "2027-10-09,1,国庆节"]
SOURCE = "国办发明电〔2026〕9号"


def file(*lines):
    return "\n".join(["date,is_workday,name", *lines]).encode()


NOTICE = file(*SPRING, *OTHERS, *NATIONAL, *MADE_UP)


def last_day(centre_id, start=date(2026, 12, 14), days=30):
    return queries.calendar_of(centre_id).end_of_period(start, days=days)


def test_an_import_makes_the_year_official_for_its_centre_only(ground):
    with transaction():
        admin = found()
        other = found("620725")
    assert last_day(admin.centre_id).provisional
    with transaction():
        preview = operations.import_year(2027, NOTICE, by=admin, source=SOURCE)
    assert preview.is_new
    assert Change(date(2027, 2, 13), True, "春节") in preview.changes
    assert Change(date(2027, 10, 4), False, "国庆节") in preview.changes
    assert not last_day(admin.centre_id).provisional
    assert last_day(other.centre_id).provisional


def test_the_installation_imports_for_every_centre(ground):
    with transaction():
        admin = found()
        operations.import_year(2027, NOTICE, by=system_actor(None), source=SOURCE)
    assert not last_day(admin.centre_id).provisional


def test_a_corrected_notice_counts_and_the_first_one_stays(ground):
    with transaction():
        admin = found()
        operations.import_year(2027, NOTICE, by=admin, source=SOURCE)
    corrected = file(*SPRING, *OTHERS, *NATIONAL, "2027-02-14,1,春节", "2027-10-09,1,国庆节")
    with transaction():
        preview = operations.import_year(2027, corrected, by=admin, source=SOURCE + "更正")
    assert not preview.is_new
    assert [(change.day.isoformat(), change.is_workday) for change in preview.changes] == [
        ("2027-02-13", False), ("2027-02-14", True)]  # fmt: skip
    calendar = queries.calendar_of(admin.centre_id)
    assert calendar.is_workday(date(2027, 2, 14)) and not calendar.is_workday(date(2027, 2, 13))
    assert session.query(CalendarDay).count() == 2 * len(preview.rows)


def test_a_notice_may_move_days_of_the_december_before(ground):
    with transaction():
        admin = found()
        operations.import_year(2027, NOTICE + b"\n2026-12-31,0,\xe5\x85\x83\xe6\x97\xa6", by=admin, source=SOURCE)
    last = last_day(admin.centre_id, date(2026, 12, 1))
    assert [rest.day for rest in last.rolled_over] == [date(2026, 12, 31), *(date(2027, 1, day) for day in (1, 2, 3))]


def test_a_correction_takes_moved_december_days_back(ground):
    with transaction():
        admin = found()
        operations.import_year(2027, NOTICE + b"\n2026-12-31,0,\xe5\x85\x83\xe6\x97\xa6", by=admin, source=SOURCE)
    with transaction():
        preview = operations.import_year(2027, NOTICE, by=admin, source=SOURCE + "更正")
    assert [(change.day, change.is_workday) for change in preview.changes] == [(date(2026, 12, 31), True)]
    assert last_day(admin.centre_id, date(2026, 12, 1)).day == date(2026, 12, 31)


def test_years_are_listed_with_their_source(ground):
    with transaction():
        admin = found()
        operations.import_year(2027, NOTICE, by=admin, source=SOURCE)
    newest, before = queries.years(admin.centre_id)[:2]
    assert (newest.year, newest.source, newest.rest_days, newest.make_up_days) == (2027, SOURCE, 20, 2)
    assert (before.year, before.source, before.make_up_days) == (2026, None, 6)
    assert queries.years()[-1].year == 2011


def test_half_a_year_is_refused_and_changes_nothing(ground):
    with transaction():
        admin = found()
    with pytest.raises(RuleBroken) as error, transaction():
        operations.import_year(2027, file(*SPRING, *OTHERS), by=admin, source=SOURCE)
    assert {obstacle.reason for obstacle in error.value.obstacles} == {Fault.NO_HOLIDAY}
    assert last_day(admin.centre_id).provisional


def test_a_preview_changes_nothing(ground):
    with transaction():
        admin = found()
    preview = operations.preview_year(2027, file(*SPRING, *OTHERS), centre_id=admin.centre_id)
    assert preview.faults and preview.doubts
    assert last_day(admin.centre_id).provisional


def test_who_may_import(ground):
    with transaction():
        admin = found()
    for role in (Role.INTAKE_CLERK, Role.HEAD, Role.AUDITOR):
        with pytest.raises(NotAllowed), transaction():
            operations.import_year(2027, NOTICE, by=acting(role, admin.centre_id), source=SOURCE)
    with pytest.raises(Invalid), transaction():
        operations.import_year(2027, NOTICE, by=admin, source=" ")


def test_an_import_is_in_the_trail(ground):
    with transaction():
        admin = found()
        operations.import_year(2027, NOTICE, by=admin, source=SOURCE)
    [entry] = session.query(trail.TrailEntry).all()
    assert (entry.event, entry.object_kind) == ("calendar.import", "calendar_years")
    assert entry.params == {"year": 2027, "days": 22}
