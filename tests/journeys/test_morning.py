"""(f) A clerk's morning at the window: twenty-five visitors by keyboard, five who were here before, two groups."""

import pytest

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import CaseState
from mediation.ground.db import session
from tests.journeys import morning
from tests.journeys.visitors import JOIN, MORNING

pytestmark = pytest.mark.journey


@pytest.fixture
def furnishing():
    return morning.furnish


def test_twenty_five_visitors_are_served_by_keyboard(stage):
    clerk = stage.enter("clerk")
    found = morning.walk(clerk)
    assert len(found) == len(MORNING) == 25
    assert clerk.cost.clicks == 0
    with stage.app.app_context():
        cases = {case.public_id: case for case in session.query(Case)}
        joined = [visit.name for visit in MORNING if cases[found[visit.name]].state == CaseState.MERGED]
    assert joined == [visit.name for visit in MORNING if visit.belongs == JOIN]
