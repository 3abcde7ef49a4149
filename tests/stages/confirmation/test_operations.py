"""Confirmation by operations: handing over, getting the pack together, filing, each bar both ways."""

from datetime import date

import pytest
from sqlalchemy import event, func, select

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import ConfirmationState, Stage, Turn
from mediation.casefile.clocks import queries as clocks
from mediation.casefile.papers import operations as papers
from mediation.ground import clock, jobs
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken, Stale
from mediation.registry.access.rules import Depth, Role
from mediation.registry.settings import operations as settings
from mediation.registry.units.models import Unit
from mediation.registry.units.rules import UnitKind
from mediation.stages.agreements import operations as agreements
from mediation.stages.agreements import queries as agreement_queries
from mediation.stages.agreements.operations import ClauseValues
from mediation.stages.agreements.rules import ClauseKind, Manner
from mediation.stages.confirmation import boards, preparing, queries
from mediation.stages.confirmation import operations as confirmation
from mediation.stages.confirmation.jobs import lapse
from mediation.stages.confirmation.models import Confirmation
from mediation.stages.confirmation.pack import CheckKey
from mediation.stages.confirmation.rules import DismissalGround
from tests import makers, packs, road
from tests.road import do

TODAY = date(2026, 11, 23)
LAST_DAY = date(2026, 12, 23)


@pytest.fixture
def county(ground):
    return road.make_county()


def reasons(error) -> set[str]:
    return {str(obstacle.reason) for obstacle in error.value.obstacles}


def read(application, county):
    return queries.get(application, for_=county.liaison)[0]


def lacks(case, county, on=TODAY) -> dict:
    found = queries.readiness(cases.get(case, for_=county.mediator), on=on)
    return {check.key: [str(each.reason) for each in check.obstacles] for check in found.checks if not check.ok}


# --- the time to apply ---


def test_an_agreement_in_effect_starts_the_thirty_days(county):
    case, _agreement, _refs = road.signed(county)
    row = cases.get(case, for_=county.mediator)
    assert clocks.running(row.id, "JC-01").due_on == LAST_DAY


@pytest.mark.parametrize(("on", "is_late"), [(LAST_DAY, False), (date(2026, 12, 24), True)])
def test_the_last_day_to_hand_over_and_the_day_after(county, on, is_late):
    case, _agreement, _refs = road.signed(county)
    road.later(on)
    if is_late:
        with pytest.raises(RuleBroken) as error:
            do(confirmation.hand_over, case, by=county.mediator, on=on)
        assert reasons(error) == {"too_late"}
    else:
        assert do(confirmation.hand_over, case, by=county.mediator, on=on)


@pytest.mark.parametrize(("on", "is_late"), [(LAST_DAY, False), (date(2026, 12, 24), True)])
def test_the_last_day_to_file_and_the_day_after(county, on, is_late):
    _case, application, _refs = packs.whole(county)
    road.later(on)
    if is_late:
        with pytest.raises(RuleBroken) as error:
            do(confirmation.file, application, by=county.liaison, on=on)
        assert reasons(error) == {"too_late"}
    else:
        do(confirmation.file, application, by=county.liaison, on=on)


def test_what_was_posted_on_the_last_day_is_in_time(county):
    case, application, _refs = packs.whole(county)
    arrived = date(2026, 12, 25)
    road.later(arrived)
    with pytest.raises(Invalid):
        do(confirmation.file, application, by=county.liaison, on=arrived, posted_on=date(2026, 12, 26))
    do(confirmation.file, application, by=county.liaison, on=arrived, posted_on=LAST_DAY)
    assert read(application, county).state == ConfirmationState.FILED
    assert clocks.running(cases.get(case, for_=county.liaison).id, "JC-01") is None


def test_a_day_that_passed_makes_no_case_late(county):
    case, _agreement, _refs = road.signed(county)
    case_id = cases.get(case, for_=county.mediator).id
    road.later(LAST_DAY)
    lapse()
    assert clocks.running(case_id, "JC-01") is not None
    road.later(date(2026, 12, 24))
    with transaction():
        jobs.enqueue("confirmation.lapse", "confirmation.lapse/test")
    while jobs.run_next():
        pass
    assert clocks.running(case_id, "JC-01") is None


def test_one_that_is_being_prepared_stays_late_until_it_is_given_up(county):
    case, application, _refs = packs.handed(county)
    case_id = cases.get(case, for_=county.liaison).id
    road.later(date(2026, 12, 24))
    lapse()
    assert clocks.running(case_id, "JC-01") is not None
    do(confirmation.drop, application, by=county.liaison, on=clock.today(), why="too_late")
    assert clocks.running(case_id, "JC-01") is None
    assert boards.missed(for_=county.liaison, year=2026) == 1
    assert [row.public_id for row in boards.missed_cases(for_=county.liaison, year=2026)] == [case]


# --- handing over ---


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


def with_clauses(county, *clauses):
    """An agreement in effect with these clauses instead of the instalments."""
    case, agreement, refs = road.drafted(county)
    made = [clause(refs) for clause in clauses]
    road.save(county, agreement, refs, total_fen=sum(clause.amount_fen or 0 for clause in made) or None, clauses=made)
    return road.signed(county, (case, agreement, refs))


def pays(refs):
    return ClauseValues(
        ClauseKind.PAY, "支付赔偿款", (refs[1],), (refs[0],), amount_fen=260_000, due_on=LAST_DAY, manner=Manner.CASH
    )


def owns(refs):
    return ClauseValues(ClauseKind.TERM, "东侧滴水地的所有权归万秋莲", tuple(refs), (), subject="title")


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


# --- the pack ---


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


# --- the liaison's lists ---


def test_the_board_tells_who_owes_what(county):
    packs.handed(county)
    found = boards.board(for_=county.liaison, on=TODAY)
    assert (found.ready, len(found.lacking)) == ([], 1)
    debtors = found.lacking[0].debtors
    assert debtors == ["万秋莲", "涂国平", boards.Debtor.BODY, boards.Debtor.MEDIATOR, boards.Debtor.LIAISON]


def test_a_whole_pack_stands_among_the_ready_ones(county):
    case, _application, _refs = packs.whole(county)
    found = boards.board(for_=county.liaison, on=TODAY)
    assert [pack.row.public_id for pack in found.ready] == [case]
    assert found.lacking == []


def test_the_board_asks_as_often_for_many_packs_as_for_one(county, ground):
    packs.handed(county)

    def asked():
        with transaction():
            pass  # as a request begins: nothing is remembered
        said = []

        def hear(_connection, _cursor, statement, *_more):
            said.append(statement)

        event.listen(ground, "before_cursor_execute", hear)
        boards.board(for_=county.liaison, on=TODAY)
        event.remove(ground, "before_cursor_execute", hear)
        return len(said)

    boards.board(for_=county.liaison, on=TODAY)  # fills what the process keeps
    one = asked()
    for _ in range(2):
        packs.handed(county)
    assert asked() == one


def test_another_centre_s_liaison_sees_nothing(county):
    packs.handed(county)
    elsewhere = makers.make_centre(area_code="360124", register_word="进矛调登")
    office = makers.make_unit(elsewhere, UnitKind.LIAISON_OFFICE, "进贤诉调对接中心")
    stranger = makers.make_actor(elsewhere, Role.LIAISON, office)
    assert boards.board(for_=stranger, on=TODAY).lacking == []


def test_every_row_belongs_to_a_case(county):
    packs.handed(county)
    orphan = select(func.count()).select_from(Confirmation).where(Confirmation.case_id.not_in(select(Case.id)))
    assert session.scalar(orphan) == 0
