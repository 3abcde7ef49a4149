"""Correcting a registration: reason, before and after, and what follows."""

import json
from datetime import date

import pytest

from mediation.casefile.cases import progress
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Source, Turn
from mediation.casefile.clocks import queries as clocks
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, RuleBroken, Stale
from mediation.ground.trail import TrailEntry, TrailValues
from mediation.registry.access.rules import Role
from mediation.stages.intake import limitation, rules
from mediation.stages.intake import operations as intake
from mediation.stages.intake.corrections import Bar
from tests import makers

TODAY = date(2026, 11, 23)


@pytest.fixture
def centre(ground):
    return makers.make_centre()


@pytest.fixture
def clerk(centre):
    return makers.make_actor(centre, Role.INTAKE_CLERK)


@pytest.fixture
def case(centre, clerk):
    return makers.make_case(centre, clerk)


def correct(case, by, version=1, reason="听错了", **changes):
    with transaction():
        intake.correct(case.public_id, changes, version=version, reason=reason, by=by, on=TODAY)
    return session.get_one(Case, case.id)


def test_a_promise_to_pay_and_a_refusal_of_the_police_interrupt_the_limitation(case, clerk):
    """LM-03, LM-04: anew from the last of them, and a correction does not lose it."""
    def note(kind, day):
        with transaction():
            limitation.note_interruption(case.public_id, kind, happened_on=day, by=clerk, on=TODAY)
        return session.get_one(Case, case.id).limitation_interrupted_on

    applied = case.applied_on
    assert note("promise", date(2026, 3, 2)) == applied  # the request came later
    assert note("refused", TODAY) == TODAY
    assert note("demand", date(2026, 3, 16)) == TODAY
    assert [entry.params for entry in session.query(TrailEntry).filter_by(event="case.limitation_interrupted")] == [
        {"interruption": "promise", "day": "2026-03-02"}, {"interruption": "refused", "day": "2026-11-23"},
        {"interruption": "demand", "day": "2026-03-16"},
    ]
    row = correct(case, clerk, version=session.get_one(Case, case.id).version, amount_fen=360_000)
    assert row.limitation_interrupted_on == TODAY
    with pytest.raises(RuleBroken) as refused:
        note("demand", date(2026, 11, 24))
    assert refused.value.obstacles[0].reason == rules.Bar.INTERRUPTED_LATER


def test_before_and_after_lie_sealed_in_the_trail(case, clerk):
    correct(case, clerk, amount_fen=360_000)
    entry = session.query(TrailEntry).filter_by(event="case.corrected").one()
    values = session.query(TrailValues).filter_by(trail_id=entry.id).one()
    assert entry.params == {"fields": ["amount_fen"]}
    opened = case.box().open(values.sealed, "trail_values", entry.id)
    assert json.loads(opened) == {"amount_fen": [260_000, 360_000]}


def test_the_history_keeps_the_reason_and_the_turn_stays(case, clerk):
    corrected = correct(case, clerk, place="武阳镇前进村 3 组")
    last = progress.history(case.id)[-1]
    assert (last.step, last.reason, last.facts["fields"]) == ("case.correct", "听错了", ["place"])
    assert (corrected.turn, corrected.version) == (Turn.CLERK, 2)


def test_title_source_clock_and_limitation_follow(case, clerk):
    corrected = correct(case, clerk, type_code="medical", channel="petition", applied_on=date(2026, 11, 20))
    assert corrected.title == "万秋莲与涂国平医疗纠纷"
    assert (corrected.source, corrected.limitation_interrupted_on) == (Source.PETITION, date(2026, 11, 20))
    assert clocks.running(case.id, "PM-19").due_on == date(2026, 11, 25)
    patrolled = correct(case, clerk, version=2, channel="patrol")
    assert (patrolled.source, patrolled.limitation_interrupted_on) == (Source.OWN_MOTION, None)


@pytest.mark.parametrize(
    ("changes", "reason", "bar"),
    [
        ({"place": "别处"}, " ", Bar.NO_REASON),
        ({"amount_fen": 260_000}, "听错了", Bar.NOTHING),
        ({"story": ""}, "听错了", rules.Bar.NO_STORY),
        ({"applied_on": date(2026, 11, 24)}, "听错了", rules.Bar.APPLIED_LATER),
        ({"channel": "court_commission"}, "听错了", rules.Bar.NO_COURT),
    ],
)
def test_what_a_correction_may_not_be(case, clerk, changes, reason, bar):
    with pytest.raises(RuleBroken) as error:
        correct(case, clerk, reason=reason, **changes)
    assert bar in [obstacle.reason for obstacle in error.value.obstacles]
    assert session.get_one(Case, case.id).version == 1


def test_only_the_fields_of_the_form_are_changed(case, clerk):
    with pytest.raises(Invalid):
        correct(case, clerk, register_no="南矛调登〔2026〕9999号")


def test_the_later_of_two_is_told_what_changed_and_by_whom(case, clerk, centre):
    other = makers.make_actor(centre, Role.DISPATCHER, name="邹晓岚")
    correct(case, other, place="武阳镇前进村 3 组")
    with pytest.raises(Stale) as error:
        correct(case, clerk, place="武阳镇前进村 5 组")
    assert (error.value.theirs["place"], error.value.theirs["version"]) == ("武阳镇前进村 3 组", 2)
    assert error.value.by == "邹晓岚"
    assert session.get_one(Case, case.id).place == "武阳镇前进村 3 组"
    assert correct(case, clerk, version=2, place="武阳镇前进村 5 组").place == "武阳镇前进村 5 组"


def test_who_reads_a_case_and_does_not_work_on_it_corrects_nothing(case, centre):
    with pytest.raises(NotAllowed):
        correct(case, makers.make_actor(centre, Role.HEAD), place="别处")
