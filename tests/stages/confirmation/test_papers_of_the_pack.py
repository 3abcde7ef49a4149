"""Issuing the papers of a pack, and packs that go back and come again."""

from datetime import date

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import ConfirmationState, Stage, Turn
from mediation.casefile.clocks import queries as clocks
from mediation.casefile.papers import operations as papers
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import Invalid, NotAllowed, RuleBroken
from mediation.stages.agreements import queries as agreement_queries
from mediation.stages.confirmation import operations as confirmation
from mediation.stages.confirmation import preparing
from tests import makers, packs, road
from tests.road import do
from tests.stages.confirmation.looking import LAST_DAY, TODAY, read, reasons

# --- papers ---


def test_a_pack_is_issued_in_one_act_and_not_twice(county):
    case, application, _refs = packs.handed(county)
    assert len(do(preparing.issue_pack, application, by=county.liaison, on=TODAY)) == 2
    assert do(preparing.issue_pack, application, by=county.liaison, on=TODAY) == []
    row = cases.get(case, for_=county.liaison)
    issued = papers.newest(row.id, "confirmation_application"), papers.newest(row.id, "mediation_proof")
    assert [paper.number for paper in issued] == ["南矛调确〔2026〕1号", "武民调证〔2026〕1号"]


def test_filing_waits_for_the_papers(county):
    _case, application, refs = packs.handed(county)
    for ref in refs:
        packs.address(county, ref)
        do(preparing.sign_application, application, ref, by=county.mediator, on=TODAY, signed_on=TODAY)
    do(preparing.seal_proof, application, by=county.mediator, on=TODAY, sealed_on=TODAY)
    do(preparing.answer, application, by=county.mediator, on=TODAY, grounds=packs.NO_GROUND)
    with pytest.raises(RuleBroken) as error:
        do(confirmation.file, application, by=county.liaison, on=TODAY)
    assert reasons(error) == {"paper_not_issued"}


def test_an_oral_application_needs_no_paper_and_no_signature_of_ours(county):
    """JC-08."""
    _case, application, refs = packs.handed(county)
    for ref in refs:
        packs.address(county, ref)
    do(preparing.seal_proof, application, by=county.mediator, on=TODAY, sealed_on=TODAY)
    do(preparing.answer, application, by=county.mediator, on=TODAY, grounds=packs.NO_GROUND)
    do(confirmation.file, application, by=county.liaison, on=TODAY, form="oral")
    assert read(application, county).state == ConfirmationState.FILED


def test_a_change_after_printing_asks_for_new_papers_and_new_signatures(county):
    other = makers.changed(road.TU, area_code="360124")
    signed = road.signed(county, respondents=[other])
    case, application, refs = packs.handed(county, signed)
    do(preparing.choose_court, application, "赣0121", by=county.liaison, on=TODAY)
    packs.whole(county, packs.printed(county, (case, application, refs)))
    do(preparing.choose_court, application, "赣0124", by=county.liaison, on=TODAY)
    with pytest.raises(RuleBroken) as error:
        do(confirmation.file, application, by=county.liaison, on=TODAY)
    assert reasons(error) == {"paper_outdated"}
    assert len(do(preparing.issue_pack, application, by=county.liaison, on=TODAY)) == 2
    row = read(application, county)
    assert (row.signatures, row.proof_sealed_on) == ([], None)


def test_after_the_last_day_only_marked_drafts_are_printed(county):
    case, application, _refs = packs.handed(county)
    road.later(date(2026, 12, 24))
    on = clock.today()
    with pytest.raises(RuleBroken) as error:
        do(preparing.issue_pack, application, by=county.liaison, on=on)
    assert reasons(error) == {"too_late"}
    drafts = do(preparing.issue_pack, application, by=county.liaison, on=on, late=True)
    row = cases.get(case, for_=county.liaison)
    found = [paper for paper in papers.of_case(row.id) if paper.public_id in drafts]
    assert [(paper.is_draft, paper.number) for paper in found] == [(True, "逾期草稿")] * 2
    assert papers.newest(row.id, "confirmation_application") is None


def test_an_amount_that_departs_from_the_agreement_is_found(county):
    """DC-02."""
    case, application, _refs = packs.handed(county)
    agreement = agreement_queries.effective(cases.get(case, for_=county.liaison).id)
    with transaction():
        agreement_queries.load(agreement.id).duties[0].amount_fen = 1_000
    with pytest.raises(RuleBroken) as error:
        do(preparing.issue_pack, application, by=county.liaison, on=TODAY)
    assert reasons(error) == {"paper_differs"}


# --- back and forth ---


def test_a_pack_goes_back_and_comes_again(county):
    case, application, _refs = packs.handed(county)
    with pytest.raises(Invalid):
        do(confirmation.return_pack, application, by=county.liaison, on=TODAY, reason=" ")
    do(confirmation.return_pack, application, by=county.liaison, on=TODAY, reason="送达地址缺邮编")
    assert cases.get(case, for_=county.mediator).turn == Turn.MEDIATOR
    do(confirmation.hand_again, application, by=county.mediator, on=TODAY)
    assert read(application, county).state == ConfirmationState.PREPARING


def test_what_was_given_up_may_be_handed_over_again_in_time(county):
    case, application, _refs = packs.handed(county)
    with pytest.raises(Invalid):
        do(confirmation.drop, application, by=county.mediator, on=TODAY, why="other")
    do(confirmation.drop, application, by=county.mediator, on=TODAY, why="unwilling")
    row = cases.get(case, for_=county.mediator)
    assert (row.stage, clocks.running(row.id, "JC-01")) == (Stage.EFFECTIVE, None)
    do(confirmation.hand_over, case, by=county.mediator, on=TODAY)
    assert clocks.running(row.id, "JC-01").due_on == LAST_DAY


def test_a_mediator_files_nothing(county):
    _case, application, _refs = packs.whole(county)
    with pytest.raises(NotAllowed):
        do(confirmation.file, application, by=county.mediator, on=TODAY)
