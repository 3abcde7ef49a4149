"""Inviting somebody with the consent of all, on both databases, without Flask."""

import pytest

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotFound, RuleBroken
from mediation.registry.access.rules import Depth
from mediation.stages.proceedings import (
    guests,
)
from mediation.stages.proceedings.meeting.rules import SessionBar
from tests import cast
from tests.stages.proceedings.hands import TODAY, reasons, second_mediator


@pytest.fixture
def county(ground):
    return cast.gather()


def test_an_expert_is_invited_with_everybodys_consent_and_sees_their_own_part(county):
    """PM-05, row 43: without one party's consent nobody is invited; the guest reads the progress and what is asked."""
    expert, row = second_mediator(county, name="揭工")
    proceeding = cast.mediating(county)
    case = session.get_one(Case, proceeding.case_id)
    parties = {party.name: party.public_id for party in cases.parties_of(case.id)}
    asked = {"by": county.mediator, "on": TODAY, "role": "expert", "task": "看渗水"}
    asked["mediator_public_id"] = row.public_id
    with pytest.raises(RuleBroken) as error, transaction():
        guests.invite(proceeding.public_id, consenting=[parties["万秋莲"]], **asked)
    assert reasons(error) == [SessionBar.NO_CONSENT_TO_INVITE]
    with transaction():
        public_id = guests.invite(proceeding.public_id, consenting=list(parties.values()), **asked)
    assert access.depth_of(expert, case) == Depth.PROGRESS and not access.acts_on(expert, case)
    with transaction():
        guests.write_opinion(public_id, by=expert, text="是沟面垫高引起的")
    with pytest.raises(NotFound):
        guests.own(public_id, for_=county.mediator)
    assert [guest.opinion for guest in guests.of_case(case.id)] == ["是沟面垫高引起的"]
    with transaction():
        guests.end(public_id, by=county.mediator, on=TODAY)
    assert access.depth_of(expert, session.get_one(Case, case.id)) is None
