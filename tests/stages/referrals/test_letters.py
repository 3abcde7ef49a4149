"""Letters of commission and entrustment: the court's period runs from the signature (row 7, JM-02)."""

from dataclasses import replace
from datetime import date

import pytest

from mediation.ground.errors import NotAllowed, NotFound, RuleBroken, Stale
from mediation.registry.access.rules import Role
from mediation.stages.intake.operations import Origin
from mediation.stages.referrals import letters
from mediation.stages.referrals.letters import Bar, Letter
from tests import makers, road
from tests.road import do

ON = date(2026, 11, 23)
COMMISSION = Letter(
    "court_commission", "南昌县人民法院", "（2026）南法委派31号", date(2026, 11, 20), applicants="万秋莲"
)
ENTRUSTED = replace(COMMISSION, channel="court_entrustment", procedure="ordinary", court_no="（2026）赣0121民初208号")


@pytest.fixture
def county(ground):
    return road.make_county()


@pytest.mark.parametrize(
    ("letter", "due_on"),
    [
        (COMMISSION, None),
        (replace(COMMISSION, signed_on=date(2026, 11, 20)), date(2026, 12, 21)),  # day 30 is a Sunday
        (replace(ENTRUSTED, signed_on=date(2026, 11, 20)), date(2026, 12, 7)),  # 15 days, a Saturday
        (replace(ENTRUSTED, procedure="simple", signed_on=date(2026, 11, 20)), date(2026, 11, 27)),
    ],
)
def test_the_last_day_follows_the_signature_and_the_procedure(county, letter, due_on):
    row = do(letters.take_in, letter, by=county.liaison, on=ON)
    assert letters.get(row, for_=county.liaison).due_on == due_on


def test_what_a_letter_lacks(county):
    wrong = replace(ENTRUSTED, procedure="", court_no="", signed_on=date(2026, 11, 19), received_on=date(2026, 11, 24))
    with pytest.raises(RuleBroken) as error:
        do(letters.take_in, wrong, by=county.liaison, on=ON)
    found = {obstacle.reason for obstacle in error.value.obstacles}
    assert found == {Bar.NO_PROCEDURE, Bar.NO_COURT_NO, Bar.LATER, Bar.SIGNED_EARLY}
    with pytest.raises(NotAllowed):
        do(letters.take_in, COMMISSION, by=county.clerk, on=ON)


def test_a_letter_is_signed_for_registered_once_or_sent_back(county):
    first, second = (do(letters.take_in, COMMISSION, by=county.liaison, on=ON, key=key) for key in "ab")
    do(letters.change, first, replace(COMMISSION, signed_on=ON), version=1, by=county.liaison, on=ON)
    with pytest.raises(Stale):
        do(letters.change, first, COMMISSION, version=1, by=county.liaison, on=ON)
    assert [row.public_id for row in letters.waiting(for_=county.liaison)] == [first, second]
    origin = Origin("court_commission", outside_no=COMMISSION.letter_no, court_name=COMMISSION.court_name)
    case = makers.make_case(county.centre, county.liaison, origin=origin)
    other = makers.make_case(county.centre, county.liaison, origin=replace(origin, outside_no="别的号"))
    with pytest.raises(RuleBroken):
        do(letters.registered, first, other.public_id, by=county.liaison)
    do(letters.registered, first, case.public_id, by=county.liaison)
    with pytest.raises(Stale):
        do(letters.registered, first, case.public_id, by=county.liaison)
    do(letters.send_back, second, reason="一方不同意", by=county.liaison)
    assert not letters.waiting(for_=county.liaison)
    assert [(row.public_id, found.id) for row, found in letters.running(for_=county.liaison)] == [(first, case.id)]
    away = makers.make_actor(county.centre, Role.LIAISON, county.committee)
    with pytest.raises(NotFound):
        letters.get(first, for_=away)
