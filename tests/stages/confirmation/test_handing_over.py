"""Handing an agreement over to the liaison, each bar both ways."""

from datetime import date

import pytest

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import ConfirmationState, Stage, Turn
from mediation.casefile.clocks import queries as clocks
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken
from mediation.registry.access.rules import Depth
from mediation.registry.units.models import Unit
from mediation.stages.agreements import operations as agreements
from mediation.stages.confirmation import operations as confirmation
from mediation.stages.confirmation import preparing
from tests import packs, road
from tests.road import do
from tests.stages.confirmation.looking import TODAY, owns, pays, read, reasons, with_clauses


def test_handing_over_lets_the_liaison_see_the_case(county):
    case, _agreement, _refs = road.signed(county)
    with pytest.raises(NotFound):
        cases.get(case, for_=county.liaison)
    application = do(confirmation.hand_over, case, by=county.mediator, on=TODAY)
    row = cases.get(case, for_=county.liaison)
    assert (row.stage, row.turn) == (Stage.CONFIRMING, Turn.LIAISON)
    assert access.depth_of(county.liaison, row) == Depth.CONTENTS
    assert read(application, county).state == ConfirmationState.PREPARING


def test_the_only_competent_court_is_chosen_at_once(county):
    """JC-04, JC-05."""
    _case, application, _refs = packs.handed(county)
    assert (read(application, county).court_code, read(application, county).court_reason) == ("赣0121", "domicile")


def test_the_same_key_hands_over_once(county):
    case, _agreement, _refs = road.signed(county)
    first = do(confirmation.hand_over, case, by=county.mediator, on=TODAY, key="k1")
    assert do(confirmation.hand_over, case, by=county.mediator, on=TODAY, key="k1") == first
    with pytest.raises(RuleBroken) as error:
        do(confirmation.hand_over, case, by=county.mediator, on=TODAY, key="k2")
    assert reasons(error) == {"confirmation_in_hand"}


def test_nothing_is_handed_over_before_there_is_an_agreement(county):
    case, _proceeding = road.mediating(county)
    with pytest.raises(RuleBroken) as error:
        do(confirmation.hand_over, case, by=county.mediator, on=TODAY)
    assert reasons(error) == {"no_agreement"}


def test_a_clerk_hands_nothing_over(county):
    case, _agreement, _refs = road.signed(county)
    with pytest.raises(NotAllowed):
        do(confirmation.hand_over, case, by=county.clerk, on=TODAY)


def test_a_body_nobody_established_proves_nothing(county):
    """JC-03."""
    case, _agreement, _refs = road.signed(county)
    with transaction():
        unit = session.get_one(Unit, county.committee.id)
        unit.established_record, unit.is_court_listed = None, False
    with pytest.raises(RuleBroken) as error:
        do(confirmation.hand_over, case, by=county.mediator, on=TODAY)
    assert reasons(error) == {"body_not_established"}
    with transaction():
        session.get_one(Unit, county.committee.id).is_court_listed = True
    assert do(confirmation.hand_over, case, by=county.mediator, on=TODAY)


def test_a_centre_without_a_liaison_hands_to_nobody(county):
    case, _agreement, _refs = road.signed(county)
    with transaction():
        session.get_one(Unit, county.liaison_office.id).valid_to = date(2026, 11, 22)
    with pytest.raises(RuleBroken) as error:
        do(confirmation.hand_over, case, by=county.mediator, on=TODAY)
    assert reasons(error) == {"no_liaison"}


def test_what_no_court_confirms_is_not_handed_over(county):
    case, _agreement, _refs = with_clauses(county, owns)
    with pytest.raises(RuleBroken) as error:
        do(confirmation.hand_over, case, by=county.mediator, on=TODAY)
    assert reasons(error) == {"nothing_to_confirm"}


def test_only_what_a_court_confirms_is_asked_for(county):
    signed = with_clauses(county, pays, owns)
    _case, application, _refs = packs.handed(county, signed)
    with pytest.raises(RuleBroken) as error:
        do(preparing.keep_clauses, application, [1, 2], by=county.mediator, on=TODAY)
    assert reasons(error) == {"clause_not_taken_out"}
    with pytest.raises(RuleBroken) as error:
        do(preparing.keep_clauses, application, [], by=county.mediator, on=TODAY)
    assert reasons(error) == {"nothing_to_confirm"}
    do(preparing.keep_clauses, application, [1], by=county.mediator, on=TODAY)


def test_an_oral_agreement_starts_no_time_and_goes_to_no_court(county):
    case, proceeding = road.mediating(county)
    row = cases.get(case, for_=county.mediator)
    refs = [party.public_id for party in cases.parties_of(row.id)]
    do(
        agreements.agree_orally, case, by=county.mediator, on=TODAY, agreed_on=TODAY, facts="水沟垫高，厨房进水。",
        clauses=[pays(refs)], total_fen=260_000,
    )
    assert clocks.running(row.id, "JC-01") is None
    with pytest.raises(RuleBroken) as error:
        do(confirmation.hand_over, case, by=county.mediator, on=TODAY)
    assert reasons(error) == {"oral_agreement"}
