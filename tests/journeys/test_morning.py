"""(f) A clerk's morning: twenty-five visitors served by keyboard, two groups and one who cannot read among them."""

import pytest

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import CaseState
from mediation.ground.db import session
from mediation.stages.groups import queries as groups
from tests.journeys import morning
from tests.journeys.visitors import JOIN, MORNING

pytestmark = pytest.mark.journey


@pytest.fixture
def furnishing():
    return morning.furnish


def test_twenty_five_visitors_are_served_by_keyboard(stage):
    clerk = stage.enter("clerk", on_phone_too=True)
    found = morning.walk(clerk)
    assert len(found) == len(MORNING) == 25
    assert clerk.cost.clicks == 0
    with stage.app.app_context():
        cases = {case.public_id: case for case in session.query(Case)}
        listed = {visit.name: groups.of_case(cases[found[visit.name]].id) for visit in MORNING if visit.people}
        assert [groups.figures(group).listed for group in listed.values()] == [12, 6]
        joined = [visit.name for visit in MORNING if cases[found[visit.name]].state == CaseState.MERGED]
    assert joined == [visit.name for visit in MORNING if visit.belongs == JOIN]
