"""The table's machinery: both sides complete, and who read an older state moves nothing (P33)."""

import pytest

from mediation.casefile.cases.lifecycle import KINDS, fact_keys
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import CaseState
from mediation.ground import steps
from mediation.ground.db import session, transaction
from mediation.ground.errors import Stale
from mediation.registry.access.rules import Role
from tests import makers

KINDS_LISTED = set(KINDS) - {"case"}


@pytest.fixture
def case_id(ground):
    centre = makers.make_centre()
    return makers.make_case(centre, makers.make_actor(centre, Role.INTAKE_CLERK)).id


def test_the_table_and_the_rooms_name_the_same_facts(ground):
    makers.make_centre()
    steps.require_complete(fact_keys(), KINDS_LISTED)


def test_a_fact_or_a_kind_on_one_side_only_stops_the_start(ground):
    makers.make_centre()
    with pytest.raises(RuntimeError, match="no function for fact 'moon.is_full'"):
        steps.require_complete(fact_keys() | {"moon.is_full"}, KINDS_LISTED)
    unused = sorted(fact_keys())[0]
    with pytest.raises(RuntimeError, match=f"fact '{unused}' is used by no step"):
        steps.require_complete(fact_keys() - {unused}, KINDS_LISTED)
    with pytest.raises(RuntimeError, match="nothing lists objects of kind 'moon'"):
        steps.require_complete(fact_keys(), KINDS_LISTED | {"moon"})


def test_a_move_counts_the_version(case_id):
    with transaction():
        case = session.get_one(Case, case_id)
        before = case.version
        steps.move(case, to=CaseState.SCREENED)
        assert (case.state, case.version) == (CaseState.SCREENED, before + 1)


def test_who_read_an_older_state_is_told(case_id):
    with transaction():
        case = session.get_one(Case, case_id)
        session.expunge(case)
        steps.move(session.get_one(Case, case_id), to=CaseState.SCREENED)
    with pytest.raises(Stale), transaction():
        steps.move(case, to=CaseState.CLOSED)
    assert session.get_one(Case, case_id).state is CaseState.SCREENED
