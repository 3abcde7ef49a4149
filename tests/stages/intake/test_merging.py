"""Two cases made one and two again: what moves, what stays, what forbids it; undoing puts everything back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from mediation.casefile.cases import access, progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.linking import Bar
from mediation.casefile.cases.models import Case, CaseAccess, CaseLink, Party, Representative
from mediation.casefile.cases.rules import CaseState, PartyRole, Stage
from mediation.casefile.clocks.models import Clock
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotFound, RuleBroken
from mediation.ground.once import new_key
from mediation.registry.access.rules import Depth, Relation, Role
from mediation.registry.people.operations import Identity
from mediation.registry.units.rules import UnitKind
from mediation.stages.intake import merging
from mediation.stages.intake.operations import Origin
from tests import makers, road

TODAY = date(2026, 11, 23)
BROTHER = Identity("万建国", phone="13970812799", id_number="360121197001012216")
WHY = "同一条水沟，两兄妹分头来登记"


@pytest.fixture
def county(ground):
    return road.make_county()


def case_of(public_id):
    return session.scalar(select(Case).where(Case.public_id == public_id))


def merge(county, case, into, *, by=None, on=TODAY, reason=WHY, **values):
    return road.do(merging.merge, case, into, by=by or county.clerk, on=on, reason=reason, **values)


def unmerge(county, case, *, by=None, on=TODAY, reason="其实是两条沟"):
    return road.do(merging.unmerge, case, by=by or county.clerk, on=on, reason=reason)


def reasons(caught):
    return [bar.reason for bar in caught.value.obstacles]


@pytest.fixture
def two(county):
    """An earlier case and a later one by the brother, who asked first."""
    leading = road.registered(county)
    asked = Origin(applied_on=date(2026, 11, 20))
    return leading, road.registered(county, applicants=[BROTHER], respondents=[road.TU], origin=asked)


def test_two_become_one(county, two):
    leading, merged = two
    numbers = [case_of(each).register_no for each in two]
    link = merge(county, merged, leading)
    here, there = case_of(leading), case_of(merged)
    assert (there.state, there.stage, there.is_open, there.merged_into_id) == (
        CaseState.MERGED, Stage.CLOSED, False, here.id)
    assert [here.register_no, there.register_no] == numbers
    assert [(party.name, party.role) for party in cases.parties_of(here.id)] == [
        ("万秋莲", PartyRole.APPLICANT), ("涂国平", PartyRole.RESPONDENT), ("万建国", PartyRole.APPLICANT)]
    assert here.title == "万秋莲等2人与涂国平用水、排水纠纷" and here.people_count == 2
    assert here.applied_on == date(2026, 11, 20) and there.due_on is None
    assert here.due_on == date(2026, 11, 25)  # three working days from the earlier request (PM-19)
    assert [step.step for step in progress.history(here.id)][-1] == "case.absorb"
    assert session.scalar(select(CaseLink).where(CaseLink.public_id == link)).reason == WHY
