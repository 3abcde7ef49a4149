"""What runs on a case and what the calculator answers are one and the same."""

import ast
from datetime import date
from pathlib import Path

import pytest

from mediation.casefile.cases.models import Case
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks import queries
from mediation.casefile.clocks.rules import ClockLabel as L
from mediation.ground.db import session, transaction
from mediation.registry.access.rules import Role
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.settings import operations as settings
from mediation.registry.settings.rules import Kind
from tests.makers import make_actor, make_case, make_centre, make_unit

# Each thing that a clock measures, with every basis under which the program starts one.
BASES = {
    L.ACCEPTANCE: ("PM-19", "AM-11.accept", "AM-12.act", "AM-17.accept"),
    L.ANSWER_TRANSFER: ("transfer.answer", "transfer.answer.urgent", "transfer.answer.immediate"),
    L.DESIGNATION: ("transfer.designation",),
    L.MEDIATION: (
        "PM-18", "JM-02.commissioned", "JM-02.entrusted_ordinary", "JM-02.entrusted_simple", "AM-05.mediate", "AM-06",
        "AM-10", "AM-11.finish", "AM-12.finish", "AM-17", "AM-19",
    ),
    L.PROPOSAL: ("JM-14",),
    L.ANSWER_OFFER: ("delegation.answer",),
    L.ANSWER_TASK: ("assisting.answer",),
    L.ASSIST: ("assisting.due",),
    L.APPLY_CONFIRMATION: ("JC-01",),
    L.COURT_ACCEPTANCE: ("JC-16.accept",),
    L.COURT_RULING: ("JC-16.decide", "JC-16.statutory"),
    L.OBJECTION: ("JC-15.party", "JC-15.third_person"),
    L.FILING: ("QT-08",),
    L.ENFORCEMENT: ("JC-18",),
    L.REPORT: ("JM-10",),
    L.LABOUR_ARBITRATION: ("AM-08",),
    L.LAND_ARBITRATION: ("AM-13.limit",),
    L.LIMITATION: ("LM-01",),
    L.LONGEST_LIMITATION: ("LM-01.longest",),
    L.FIXED_PERIOD: ("LM-07.revocation",),
    L.CHOOSE_MEDIATOR: ("JM-15.choose",),
    L.APPOINT_MEDIATOR: ("JM-15.appoint",),
    L.CONFIRM_MEDIATOR: ("JM-15.confirm",),
    L.ASK_OTHER_SIDE: ("JM-15.ask",),
    L.RESTORE_TIME: ("PT-08",),
    L.RETURN_VISIT: ("PM-15.visit",),
}
FIXED_FROM_OUTSIDE = {L.MORE_PAPERS, L.SUMMONS, L.PERFORMANCE}  # the court or the parties name the day
STARTS = (date(2026, 2, 5), date(2026, 8, 21), date(2026, 9, 17), date(2026, 9, 24), date(2026, 12, 20))


@pytest.fixture
def centre(ground):
    return make_centre()


@pytest.fixture
def case(centre):
    clerk = make_actor(centre, Role.INTAKE_CLERK, make_unit(centre, "window", "受理窗口"))
    return make_case(centre, clerk), clerk


def test_every_clock_agrees_with_the_calculator(case, centre):
    made, clerk = case
    assert set(BASES) | FIXED_FROM_OUTSIDE == set(L)
    wrong = []
    with transaction():
        row = session.get_one(Case, made.id)
        row.law_on = date(2026, 1, 1)
        for label, bases in BASES.items():
            for basis in bases:
                for start in STARTS:
                    clock = clocks.start(row, basis, start, label=label, by=clerk)
                    rule, given = deadlines.question(basis)
                    asked = deadlines.answer(rule, start, given, centre_id=centre.id)
                    if (clock.due_on, clock.is_provisional) != (asked.day, asked.last.provisional):
                        wrong.append((basis, start, clock.due_on, asked.day))
                    assert queries.last_day(clock, centre.id) == asked.last
    assert not wrong


def test_a_pause_counts_alike(case, centre):
    made, clerk = case
    with transaction():
        row = session.get_one(Case, made.id)
        clock = clocks.start(row, "JM-02.commissioned", date(2026, 3, 2), label=L.MEDIATION, by=clerk)
        clocks.suspend(clock, row, from_=date(2026, 3, 10), reason="鉴定", by=clerk)
        clocks.resume(clock, row, on=date(2026, 3, 20), by=clerk)
        asked = deadlines.answer("JM-03", date(2026, 3, 2), {"pause": "2026-03-10..2026-03-20"}, centre_id=centre.id)
    assert clock.due_on == asked.day == date(2026, 4, 13)


def test_a_figure_in_hours_runs_from_the_beginning_of_its_day(case, centre):
    """A centre may ask for an answer within hours; then the clock has a last day too, the earliest that can be."""
    made, clerk = case
    admin = make_actor(centre, Role.SYSTEM_ADMIN)
    with transaction():
        settings.set_value(
            Kind.PERIOD, "transfer.answer", {"amount": 30, "unit": "hours"}, by=admin, valid_from=date(2026, 1, 1),
            source="中心规定", reason="答复要快",
        )
    with transaction():
        row = session.get_one(Case, made.id)
        row.law_on = date(2026, 3, 1)
        clock = clocks.start(row, "transfer.answer", date(2026, 3, 2), label=L.ANSWER_TRANSFER, by=clerk)
        asked = deadlines.answer("transfer.answer", date(2026, 3, 2), centre_id=centre.id)
    assert clock.due_on == asked.day == date(2026, 3, 3)


def test_no_other_place_reckons_periods():
    """Last days come from the table of deadlines; beside it only what the court does and what is not a deadline."""
    house = Path(__file__).parents[3] / "mediation"
    may = {
        "registry/calendar/rules.py", "registry/deadlines/rules.py", "registry/mediators/rules.py",
        "stages/confirmation/rules.py", "stages/confirmation/court_steps.py", "doors/desk/settingdrafts.py",
        "demonstration/bulk/office.py",
    }
    found = {
        str(path.relative_to(house))
        for path in house.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "end_of_period"
    }
    assert found <= may
