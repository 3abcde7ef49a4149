"""A setting tried on the last cases: the same functions, asked twice, and nothing written."""

from datetime import date

import pytest

from mediation.casefile.cases.models import Case
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.models import Clock
from mediation.casefile.clocks.rules import ClockLabel
from mediation.ground.db import session, transaction
from mediation.oversight.rehearsal import queries
from mediation.oversight.rehearsal.queries import Difference, Matter, Value
from mediation.registry.access.rules import Role
from mediation.registry.settings import operations as settings
from mediation.registry.settings import queries as known
from mediation.registry.settings.rules import Kind
from mediation.registry.units import queries as units
from mediation.stages.referrals.procedure import Why
from tests.makers import make_actor, make_case, make_centre, make_unit

DAY = date(2026, 3, 2)


@pytest.fixture
def engine_name():
    return "sqlite"


@pytest.fixture
def case(ground):
    centre = make_centre()
    clerk = make_actor(centre, Role.INTAKE_CLERK, make_unit(centre, "window", "受理窗口"))
    made = make_case(centre, clerk)
    with transaction():
        row = session.get_one(Case, made.id)
        row.amount_fen, row.people_count, row.law_on = 5_000_000, 11, date(2026, 3, 1)
        clocks.stop_all(row, on=DAY)
        clocks.start(row, "PM-18", DAY, label=ClockLabel.MEDIATION, by=clerk)
        clocks.stop(row, "PM-18", on=date(2026, 3, 30), by=clerk)
    return session.get_one(Case, made.id)


def rehearse(case, kind, key, value, **changes):
    return queries.rehearse(kind, key, value, centre_id=case.centre_id, **changes)


def test_a_shorter_period_moves_last_days_and_makes_acts_late(case):
    tried = rehearse(case, Kind.PERIOD, "PM-18", {"amount": 20, "unit": "days"})
    detail = "mediation/2026-03-02"
    assert tried.looked_at == 1
    assert list(tried.differences) == [
        Difference(case.register_no, Matter.LAST_DAY, date(2026, 4, 1), date(2026, 3, 23), detail),
        Difference(case.register_no, Matter.IN_TIME, Value.IN_TIME, Value.LATE, detail),
    ]
    with transaction():
        assert session.query(Clock).filter_by(basis="PM-18").one().due_on == date(2026, 4, 1), "nothing is written"
    assert known.days("PM-18", on=DAY, centre_id=case.centre_id).amount == 30


def test_the_limits_of_small_claims_and_of_numbers(case):
    tried = rehearse(case, Kind.WAGE, "QT-04", {"year": 2025, "amount_fen": 9_200_000})
    assert [(each.before, each.after) for each in tried.differences] == [(Value.UNSET, Why.NOT_AGREED)]
    tried = rehearse(case, Kind.NUMBER, "QT-02", 12)
    assert [(each.before, each.after) for each in tried.differences] == [(Value.NUMEROUS, Value.FEW)]
    tried = rehearse(case, Kind.AMOUNT, "JC-06", 5_000_000)
    assert [(each.before, each.after) for each in tried.differences] == [(Value.BASIC, Value.INTERMEDIATE)]
    assert rehearse(case, Kind.AMOUNT, "JC-06", 5_000_001).differences == []


def test_a_value_supposed_stands_before_one_that_is_set(case):
    admin = make_actor(units.centre(case.centre_id), Role.SYSTEM_ADMIN)
    with transaction():
        settings.set_value(
            Kind.PERIOD, "PM-18", {"amount": 25, "unit": "days"}, by=admin, valid_from=date(2026, 2, 1),
            source="县规定", reason="试点",
        )
    tried = rehearse(case, Kind.PERIOD, "PM-18", {"amount": 60, "unit": "days"})
    assert (tried.differences[0].before, tried.differences[0].after) == (date(2026, 3, 27), date(2026, 5, 6))


def test_what_nothing_recorded_depends_on_is_said(case):
    assert rehearse(case, Kind.TEXT, "PT-06.closes_at", "17:00").meant == ()
    assert rehearse(case, Kind.PERIOD, "PM-19", {"amount": 3, "unit": "working_days"}).meant
    assert rehearse(case, Kind.TABLE, "ST-02", {"difficult": {"people": 3}}).differences == [], "not screened yet"
