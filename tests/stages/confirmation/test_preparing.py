"""Getting the pack together: what it lacks, who signs, which court, filing."""

from datetime import date

import pytest

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import ConfirmationState, Turn
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import Invalid, NotFound, RuleBroken, Stale
from mediation.registry.access.rules import Depth, Role
from mediation.registry.settings import operations as settings
from mediation.stages.agreements.operations import ClauseValues
from mediation.stages.agreements.rules import ClauseKind, Manner
from mediation.stages.confirmation import operations as confirmation
from mediation.stages.confirmation import preparing, queries
from mediation.stages.confirmation.pack import CheckKey
from mediation.stages.confirmation.rules import DismissalGround
from tests import makers, packs, road
from tests.road import do
from tests.stages.confirmation.looking import LAST_DAY, TODAY, lacks, read, reasons, with_clauses


def test_before_an_agreement_the_page_says_what_can_be_got_together(county):
    case, _proceeding = road.mediating(county)
    found = queries.readiness(cases.get(case, for_=county.mediator), on=TODAY)
    assert [check.key for check in found.checks] == [CheckKey.IDENTITY, CheckKey.ADDRESSES, CheckKey.AGENTS]
    assert (found.ready, found.last_day) == (2, None)


def test_what_a_fresh_pack_lacks(county):
    case, _application, _refs = packs.handed(county)
    assert lacks(case, county) == {
        CheckKey.APPLICATION_SIGNED: ["not_applied", "not_applied"],
        CheckKey.ADDRESSES: ["no_address", "no_address"],
        CheckKey.PROOF: ["proof_not_sealed"],
        CheckKey.SOUND: ["grounds_unseen"],
    }


def test_a_whole_pack_lacks_nothing_and_is_filed(county):
    case, application, _refs = packs.whole(county)
    assert lacks(case, county) == {}
    do(confirmation.file, application, by=county.liaison, on=TODAY)
    row = read(application, county)
    assert (row.state, row.filed_on) == (ConfirmationState.FILED, TODAY)
    assert cases.get(case, for_=county.liaison).turn == Turn.COURT


def test_the_court_sees_how_a_filed_case_stands_and_nothing_more(county):
    case, _application, _refs = packs.filed(county)
    row = cases.get(case, for_=county.court, depth=Depth.PROGRESS)
    assert access.depth_of(county.court, row) == Depth.PROGRESS
    with pytest.raises(NotFound):
        cases.get(case, for_=county.court)


def test_one_party_alone_cannot_apply(county):
    """JC-02."""
    case, application, refs = packs.printed(county)
    do(preparing.sign_application, application, refs[0], by=county.mediator, on=TODAY, signed_on=TODAY)
    assert lacks(case, county)[CheckKey.APPLICATION_SIGNED] == ["not_applied"]
    with pytest.raises(RuleBroken) as error:
        do(confirmation.file, application, by=county.liaison, on=TODAY)
    assert "not_applied" in reasons(error)


def test_nobody_signs_before_the_agreement_or_after_today(county):
    _case, application, refs = packs.printed(county)
    for day, reason in ((date(2026, 11, 22), "before_agreed"), (date(2026, 11, 24), "signed_later")):
        with pytest.raises(RuleBroken) as error:
            do(preparing.sign_application, application, refs[0], by=county.mediator, on=TODAY, signed_on=day)
        assert reasons(error) == {reason}
    with pytest.raises(NotFound):
        do(preparing.sign_application, application, "x" * 22, by=county.mediator, on=TODAY, signed_on=TODAY)


def test_a_wrong_day_of_signing_is_written_over(county):
    _case, application, refs = packs.whole(county)
    road.later(date(2026, 11, 25))
    on = clock.today()
    do(preparing.sign_application, application, refs[0], by=county.mediator, on=on, signed_on=date(2026, 11, 24))
    signatures = read(application, county).signatures
    assert len(signatures) == 2
    assert {row.signed_on for row in signatures} == {TODAY, date(2026, 11, 24)}


def test_a_court_that_is_not_competent_is_not_taken(county):
    _case, application, _refs = packs.handed(county)
    with pytest.raises(RuleBroken) as error:
        do(preparing.choose_court, application, "赣0124", by=county.liaison, on=TODAY)
    assert reasons(error) == {"not_competent"}
    do(preparing.choose_court, application, "赣0121", by=county.liaison, on=TODAY)


def test_the_domicile_of_a_party_opens_its_court(county):
    """JC-05."""
    other = makers.changed(road.TU, area_code="360124")
    case, _agreement, _refs = road.signed(county, respondents=[other])
    application = do(confirmation.hand_over, case, by=county.mediator, on=TODAY)
    assert lacks(case, county)[CheckKey.COURT] == ["no_court"]
    do(preparing.choose_court, application, "赣0124", by=county.liaison, on=TODAY)
    row = read(application, county)
    assert (row.court_name, row.court_reason) == ("进贤县人民法院", "domicile")


def test_a_court_that_takes_only_what_it_invited_is_warned_of(county):
    case, _application, _refs = packs.handed(county)

    def cautions():
        bundle = queries.bundle(cases.get(case, for_=county.liaison))
        return [str(each.reason) for each in queries.cautions(bundle, on=TODAY)]

    assert cautions() == []
    admin = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
    do(
        settings.set_value, "flag", "JC-24:赣0121", False, by=admin, valid_from=TODAY, source="法院来函",
        reason="该院来函",
    )
    assert cautions() == ["not_self_run"]


def test_the_proof_is_sealed_after_the_agreement_binds_and_not_later_than_today(county):
    case, application, _refs = packs.printed(county)
    for day in (date(2026, 11, 22), date(2026, 11, 24)):
        with pytest.raises(Invalid):
            do(preparing.seal_proof, application, by=county.mediator, on=TODAY, sealed_on=day)
    do(preparing.seal_proof, application, by=county.mediator, on=TODAY, sealed_on=TODAY)
    assert CheckKey.PROOF not in lacks(case, county)


def test_property_needs_its_papers(county):
    """JC-09."""
    def house(refs):
        return ClauseValues(
            ClauseKind.DO, "把房屋交还万秋莲", (refs[1],), (refs[0],), due_on=LAST_DAY, manner=Manner.GOODS
        )

    case, application, _refs = packs.handed(county, with_clauses(county, house))
    assert lacks(case, county)[CheckKey.PROPERTY] == ["no_property_papers"]
    do(preparing.note_property, application, "shown", by=county.mediator, on=TODAY)
    assert CheckKey.PROPERTY not in lacks(case, county)


def test_a_ground_of_dismissal_bars_filing(county):
    """JC-13."""
    case, application, _refs = packs.whole(county)
    grounds = packs.NO_GROUND | {DismissalGround.UNCLEAR: True}
    do(preparing.answer, application, by=county.mediator, on=TODAY, grounds=grounds)
    assert lacks(case, county)[CheckKey.SOUND] == ["ground_present"]
    with pytest.raises(RuleBroken) as error:
        do(confirmation.file, application, by=county.liaison, on=TODAY)
    assert reasons(error) == {"ground_present"}
    do(preparing.answer, application, by=county.mediator, on=TODAY, grounds=packs.NO_GROUND)
    do(confirmation.file, application, by=county.liaison, on=TODAY)


def test_a_suspicion_of_sham_stops_the_printing_until_somebody_says_why_it_is_cleared(county):
    """JC-19."""
    _case, application, _refs = packs.handed(county)
    no = {"grounds": packs.NO_GROUND, "by": county.mediator, "on": TODAY}
    do(preparing.answer, application, sham_suspected=True, signs=["relatives"], **no)
    with pytest.raises(RuleBroken) as error:
        do(preparing.issue_pack, application, by=county.liaison, on=TODAY)
    assert reasons(error) == {"sham_suspected"}
    with pytest.raises(Invalid):
        do(preparing.answer, application, **no)
    do(preparing.answer, application, cleared_because="查了银行流水，借款是真的", **no)
    assert do(preparing.issue_pack, application, by=county.liaison, on=TODAY)


def test_the_identity_of_a_party_is_checked_once(county):
    case, application, refs = packs.handed(county)
    with transaction():
        for party in cases.parties_of(cases.get(case, for_=county.mediator).id):
            party.identity_checked_on = None if party.public_id == refs[1] else date(2026, 11, 20)
    assert lacks(case, county)[CheckKey.IDENTITY] == ["identity_unchecked"]
    do(preparing.check_identity, application, refs, by=county.mediator, on=TODAY)
    assert CheckKey.IDENTITY not in lacks(case, county)
    days = [row.identity_checked_on for row in cases.parties_of(cases.get(case, for_=county.mediator).id)]
    assert days == [date(2026, 11, 20), TODAY]


def test_somebody_who_was_slower_is_told(county):
    _case, application, _refs = packs.handed(county)
    old = read(application, county).version
    do(preparing.note_property, application, "not_needed", by=county.mediator, on=TODAY)
    with pytest.raises(Stale):
        do(preparing.expect, application, by=county.liaison, version=old)
    do(preparing.expect, application, by=county.liaison, version=read(application, county).version)
