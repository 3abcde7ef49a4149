"""Bulk cases: written directly, and everything that must hold holds all the same."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case, CaseAccess, Party
from mediation.casefile.cases.rules import Stage
from mediation.demonstration import bulk
from mediation.demonstration.bulk.shapes import SHAPES
from mediation.ground import clock, counters
from mediation.ground.db import session
from mediation.oversight.soundness import queries as soundness
from mediation.registry.access.rules import Actor, Role
from mediation.registry.people import queries as people
from mediation.registry.people.models import Person
from mediation.registry.people.rules import IdKind
from mediation.registry.staff.models import Post

CASES = 1200  # more than one batch, and with the second filling more than are counted to


def test_bulk_cases_are_sound_and_stand_everywhere(ground):
    said = []
    bulk.fill(CASES, say=said.append)
    bulk.fill(300, seed="more", say=said.append)

    assert session.scalar(select(func.count()).select_from(Case)) == CASES + 300
    for finding in soundness.everything():
        assert finding.is_sound, (finding.title, finding.told)
    _numbers_go_on()
    _stages_are_spread()
    _people_are_found_by_their_number()
    _desks_see_what_is_theirs()


def _numbers_go_on():
    by_year = Counter(session.scalars(select(Case.register_year)))
    centre_id = session.scalar(select(Case.centre_id).limit(1))
    assert {year: counters.last("register", centre_id, year) for year in by_year} == by_year


def _stages_are_spread():
    stages = Counter(session.scalars(select(Case.stage)))
    assert stages[Stage.ARCHIVED] > CASES / 3
    wanted = {Stage.SCREENED, Stage.ROUTED, Stage.ACCEPTED, Stage.MEDIATING, Stage.EFFECTIVE, Stage.REFERRED}
    assert set(stages) >= wanted
    late = select(func.count()).where(Case.is_open, Case.due_on < clock.today())
    assert 0 < session.scalar(late) < CASES / 2


def _people_are_found_by_their_number():
    person = session.scalars(select(Person).order_by(Person.id).limit(1)).one()
    found = people.by_number(person.centre_id, IdKind.RESIDENT_ID, person.id_number)
    assert found.id == person.id
    assert session.scalar(select(func.count()).where(Party.person_id == person.id)) >= 1


def _desks_see_what_is_theirs():
    window = _actor(Post.role == Role.INTAKE_CLERK)
    assert cases.count(for_=window) > cases.COUNT_UP_TO
    account_id = session.scalar(select(CaseAccess.account_id).where(CaseAccess.account_id.is_not(None)).limit(1))
    own = cases.count(for_=_actor(Post.account_id == account_id))
    assert 0 < own < CASES / 4


def _actor(condition):
    post = session.scalars(select(Post).where(condition).order_by(Post.id).limit(1)).one()
    return Actor(post.account_id, post.id, post.unit_id, session.scalar(select(Case.centre_id).limit(1)), post.role)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.road.rsplit(" ", 1)[1])
def test_a_shape_follows_the_table_of_steps(shape):
    days = [step.day for step in shape.steps]
    assert days == sorted(days)
    for step in shape.steps:
        allowed = STEPS[step.name].from_
        assert step.from_state in allowed if allowed else step.from_state is None, step.name
    assert bool(shape.outcome) == (shape.derived.stage in (Stage.CLOSED, Stage.ARCHIVED))
