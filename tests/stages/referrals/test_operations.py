"""Referrals by operations: sent from failed or unsuitable, taken, returned, decided; each bar both ways."""

from datetime import date

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import Exit, ReferralState, Stage, Turn
from mediation.casefile.clocks import queries as clocks
from mediation.casefile.papers import operations as papers
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken
from mediation.oversight.statistics import courts
from mediation.registry.access.rules import Depth, Role
from mediation.registry.units.rules import UnitKind
from mediation.stages.confirmation import at_court
from mediation.stages.performance import operations as performance
from mediation.stages.performance import queries as duties
from mediation.stages.proceedings import sessions
from mediation.stages.proceedings.periods import Procedure
from mediation.stages.referrals import circumstances, lists, queries, rules
from mediation.stages.referrals import operations as referrals
from mediation.stages.referrals.confidential import MAY_LEAVE
from mediation.stages.referrals.operations import ReferralValues
from mediation.stages.referrals.procedure import Exclusion, SmallClaimsExclusion
from tests import exits, makers, packs, road
from tests.road import do

TODAY = date(2026, 11, 23)
COURT_NO = "（2026）赣0121民初3456号"


@pytest.fixture
def county(ground):
    return road.make_county()


def reasons(error) -> set[str]:
    return {str(obstacle.reason) for obstacle in error.value.obstacles}


def read(referral, county):
    return queries.get(referral, for_=county.liaison)[0]


def send(county, case, values, by=None):
    return do(referrals.send, case, by=by or county.mediator, on=TODAY, values=values)


def to_court(**values):
    basis = rules.DataBasis.COURT_FILING
    return ReferralValues(Exit.SUIT, to_name="南昌县人民法院", data_basis=basis, **values)


def leaving(case, county):
    return queries.leaving(cases.get(case, for_=county.mediator), on=TODAY)


# --- sending to the tribunal ---


def test_a_failed_case_goes_to_the_tribunal_with_its_letter(county):
    case, referral = exits.sent(county)
    row, found = cases.get(case, for_=county.liaison), read(referral, county)
    assert (row.stage, row.turn) == (Stage.REFERRED, Turn.COURT)
    assert (found.number, found.to_name, found.origin) == ("南矛调函〔2026〕1号", "南昌县人民法院速裁法庭", "failed")
    assert found.procedure == Procedure.SMALL_CLAIMS
    assert "46000元" in found.procedure_reason and "92000元" in found.procedure_reason
    kinds = [paper.kind for paper in queries.submitted_papers(found)]
    assert kinds[0] == "quick_trial_referral"
    assert set(kinds[1:]) == {"application", "termination", "service_address"}


def test_the_court_files_within_seven_days(county):
    case, referral = exits.sent(county)
    row = cases.get(case, for_=county.liaison)
    assert clocks.running(row.id, "QT-08").due_on == date(2026, 11, 30)
    assert row.due_on == date(2026, 11, 30)
    do(referrals.take, referral, by=county.court, on=TODAY, court_no=COURT_NO)
    assert clocks.running(row.id, "QT-08") is None


def test_the_same_key_sends_once(county):
    exits.set_wage(county)
    case, _proceeding, _refs = exits.ready(county)
    values = exits.to_tribunal(county)
    first = do(referrals.send, case, by=county.mediator, on=TODAY, values=values, key="k")
    assert do(referrals.send, case, by=county.mediator, on=TODAY, values=values, key="k") == first
    with pytest.raises(RuleBroken) as error:
        send(county, case, values)
    assert reasons(error) == {"already_sent"}


def test_nothing_leaves_while_mediation_goes_on(county):
    case, _proceeding = road.mediating(county, matter=exits.LOAN)
    with pytest.raises(RuleBroken) as error:
        send(county, case, exits.to_tribunal(county))
    assert "not_failed" in reasons(error)


def test_without_the_wage_small_claims_are_not_proposed_but_asked_about(county):
    case, _proceeding, _refs = exits.ready(county)
    with pytest.raises(RuleBroken) as error:
        send(county, case, exits.to_tribunal(county))
    assert {"wage", "no_procedure"} <= reasons(error)
    with pytest.raises(RuleBroken) as error:
        send(county, case, exits.to_tribunal(county, procedure=Procedure.SMALL_CLAIMS, procedure_reason="金额小"))
    assert reasons(error) == {"not_small"}
    chosen = exits.to_tribunal(county, procedure=Procedure.SIMPLE, procedure_reason="事实清楚，争议不大")
    assert send(county, case, chosen)


@pytest.mark.parametrize(
    ("changes", "procedure"),
    [
        ({}, Procedure.SMALL_CLAIMS),
        ({"amount_fen": 4_600_001}, Procedure.SIMPLE),
        ({"amount_fen": 4_600_001, "agreed_small": True}, Procedure.SMALL_CLAIMS),
        ({"small_exclusions": [SmallClaimsExclusion.COUNTERCLAIM]}, Procedure.SIMPLE),
        ({"is_money_claim": False}, Procedure.SIMPLE),
        ({"is_money_claim": False, "is_clear": False}, Procedure.ORDINARY),
    ],
)
def test_the_procedure_that_is_proposed(county, changes, procedure):
    exits.set_wage(county)
    case, _proceeding, _refs = exits.ready(county)
    values = exits.to_tribunal(county, **changes)
    if values.agreed_small:
        values = exits.to_tribunal(
            county, **changes, checklist=values.checklist | {rules.Item.PROCEDURE_CONSENTS: True}
        )
    referral = send(county, case, values)
    assert read(referral, county).procedure == procedure


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"claims": " "}, "no_claims"),
        ({"exclusions": [Exclusion.RETRIAL]}, "excluded"),
        ({"data_basis": None}, "no_data_basis"),
        ({"to_unit": None}, "no_receiver"),
        ({"agreed_simple": True}, "item_missing"),
    ],
)
def test_what_a_referral_may_not_lack(county, changes, reason):
    exits.set_wage(county)
    case, _proceeding, _refs = exits.ready(county)
    with pytest.raises(RuleBroken) as error:
        send(county, case, exits.to_tribunal(county, **changes))
    assert reason in reasons(error)
    assert send(county, case, exits.to_tribunal(county))


@pytest.mark.parametrize("item", [rules.Item.EVIDENCE, rules.Item.IDENTITY, rules.Item.COMPLAINT])
def test_a_file_without_what_it_must_hold_is_not_sent(county, item):
    exits.set_wage(county)
    case, _proceeding, _refs = exits.ready(county)
    values = exits.to_tribunal(county)
    with pytest.raises(RuleBroken) as error:
        send(county, case, exits.to_tribunal(county, checklist=values.checklist | {item: False}))
    assert reasons(error) == {"item_missing"}


def test_a_tick_makes_no_address_be_there(county):
    exits.set_wage(county)
    case, _proceeding = exits.failed(county)
    exits.with_file(county, case)
    with pytest.raises(RuleBroken) as error:
        send(county, case, exits.to_tribunal(county))
    assert [str(each.params["item"]) for each in error.value.obstacles] == ["addresses"]


def test_an_item_of_which_nobody_spoke_is_asked_about(county):
    exits.set_wage(county)
    case, _proceeding, _refs = exits.ready(county)
    checklist = dict(exits.to_tribunal(county).checklist)
    checklist.pop(rules.Item.RISKS)
    with pytest.raises(RuleBroken) as error:
        send(county, case, exits.to_tribunal(county, checklist=checklist))
    assert reasons(error) == {"item_unanswered"}


def test_what_is_in_the_file_is_known_without_typing(county):
    case, _proceeding, _refs = exits.ready(county)
    found = queries.checklist(leaving(case, county))
    assert {item for item, there in found.items() if there} == {
        rules.Item.LETTER, rules.Item.COMPLAINT, rules.Item.IDENTITY, rules.Item.ADDRESSES, rules.Item.EVIDENCE,
        rules.Item.TERMINATION, rules.Item.ISSUES, rules.Item.LIMITATION,
    }


def test_a_defendant_who_cannot_be_found_keeps_a_case_out_of_quick_trial(county):
    exits.set_wage(county)
    case, _proceeding, refs = exits.ready(county)
    with road.transaction():
        row = cases.get(case, for_=county.mediator)
        next(party for party in cases.parties_of(row.id) if party.public_id == refs[1]).whereabouts_unknown = True
    with pytest.raises(RuleBroken) as error:
        send(county, case, exits.to_tribunal(county))
    assert "excluded" in reasons(error)


# --- other ways out ---


def labour(county):
    return exits.failed(county, matter=exits.WAGES)


def test_a_labour_dispute_goes_to_arbitration_and_not_to_the_tribunal(county):
    exits.set_wage(county)
    case, _proceeding = labour(county)
    exits.with_file(county, case, exits.parties(county, case))
    with pytest.raises(RuleBroken) as error:
        send(county, case, exits.to_tribunal(county, claims=exits.WAGES.claims, amount_fen=exits.WAGES.amount_fen))
    assert reasons(error) == {"arbitration_first"}
    values = ReferralValues(
        Exit.ARBITRATION, to_name="南昌县劳动人事争议仲裁委员会", data_basis=rules.DataBasis.CONSENT,
        data_consents=exits.parties(county, case),
    )
    referral = send(county, case, values)
    assert (read(referral, county).number, read(referral, county).notice_given_on) == (None, TODAY)
    assert cases.get(case, for_=county.mediator).turn == Turn.OUTSIDE


def test_with_an_award_the_way_to_court_is_open(county):
    exits.set_wage(county)
    case, _proceeding = labour(county)
    exits.with_file(county, case, exits.parties(county, case))
    values = exits.to_tribunal(
        county, claims=exits.WAGES.claims, amount_fen=exits.WAGES.amount_fen, labour=rules.LabourPrecondition.AWARD
    )
    assert send(county, case, values)


def test_the_usual_way_out_stands_first(county):
    case, _proceeding = labour(county)
    ways = queries.ways(leaving(case, county), on=TODAY)
    assert ways[0].exit == Exit.ARBITRATION
    assert {way.exit for way in ways if way.bars} == {Exit.QUICK_TRIAL, Exit.SUIT}


def test_personal_data_leave_with_consent_or_a_law(county):
    case, _proceeding = labour(county)
    values = ReferralValues(Exit.ARBITRATION, to_name="仲裁委员会", data_basis=rules.DataBasis.CONSENT)
    with pytest.raises(RuleBroken) as error:
        send(county, case, values)
    assert reasons(error) == {"no_data_consent"}


def test_what_does_not_suit_leaves_with_a_reason_and_the_notice(county):
    exits.set_wage(county)
    case = road.registered(county, matter=exits.LOAN)
    with pytest.raises(RuleBroken) as error:
        send(county, case, to_court(claims=exits.LOAN.claims), by=county.dispatcher)
    assert reasons(error) == {"no_unsuitable_reason", "no_notice"}
    values = to_court(claims=exits.LOAN.claims, unsuitable_reason="对方下落不明", notice_given=True)
    referral = send(county, case, values, by=county.dispatcher)
    assert read(referral, county).origin == rules.Origin.UNSUITABLE


def test_an_agreement_that_is_kept_is_no_reason_to_leave(county):
    case, _agreement, _refs = road.signed(county)
    values = to_court(claims="履行协议", notice_given=True)
    with pytest.raises(RuleBroken) as error:
        send(county, case, values)
    assert reasons(error) == {"not_breached"}
    road.later(date(2026, 12, 21))
    due = duties.of_case(cases.get(case, for_=county.mediator).id)[0]
    on = date(2026, 12, 21)
    do(performance.record, due.public_id, by=county.mediator, on=on, kind="breach", happened_on=on)
    referral = do(referrals.send, case, by=county.mediator, on=on, values=values)
    assert read(referral, county).origin == rules.Origin.BREACHED


def test_a_text_that_the_court_dismissed_may_be_sued_on(county):
    case, application, _refs = packs.taken_in(county)
    do(at_court.rules_on, application, "dismissed", by=county.liaison, on=TODAY, ground="unclear")
    values = to_court(claims="履行协议", notice_given=True)
    referral = send(county, case, values)
    assert read(referral, county).origin == rules.Origin.NOT_CONFIRMED


# --- what must not leave (JM-12) ---


def test_what_was_conceded_in_confidence_gets_onto_nothing_that_leaves(county):
    exits.set_wage(county)
    case, _proceeding, _refs = exits.ready(county)
    do(sessions.add_note, case, by=county.mediator, text="涂国平愿意只还两万五。", is_concession=True)
    told = exits.to_tribunal(county, issues="涂国平愿意，只还两万五")
    with pytest.raises(RuleBroken) as error:
        send(county, case, told)
    assert reasons(error) == {"concession"}
    referral = send(county, case, exits.to_tribunal(county))
    for paper in queries.submitted_papers(read(referral, county)):
        assert "两万五" not in snapshot(paper)


def snapshot(paper):
    case = papers.session.get_one(cases.Case, paper.case_id)
    return case.box().open(paper.snapshot_sealed, "papers", "snapshot", paper.id).decode()


def test_only_papers_on_the_list_go_along(county):
    case, referral = exits.sent(county)
    row = cases.get(case, for_=county.mediator)
    issued = {paper.kind for paper in papers.of_case(row.id)}
    going = {paper.kind for paper in queries.submitted_papers(read(referral, county))}
    assert {"session_record", "register"} & issued
    assert going <= MAY_LEAVE[Exit.QUICK_TRIAL]
    assert not going & {"session_record", "register", "rights_notice", "receipt"}


def test_the_tribunal_s_clerk_opens_what_was_submitted_and_nothing_else(county):
    case, referral = exits.sent(county)
    found, _case = queries.submission(referral, for_=county.court)
    assert found.public_id == referral
    other = next(paper for paper in papers.of_case(_case.id) if paper.kind == "receipt")
    with pytest.raises(NotFound):
        referrals.paper(referral, other.public_id, by=county.court)
    with pytest.raises(NotFound):
        cases.get(case, for_=county.court)


def test_who_sees_only_how_a_case_stands_opens_no_submission(county):
    _case, referral = exits.sent(county)
    supervisor = makers.make_actor(county.centre, Role.SUPERVISOR)
    assert queries.get(referral, for_=supervisor)
    with pytest.raises(NotFound):
        queries.submission(referral, for_=supervisor)
    other_court = makers.make_unit(county.centre, UnitKind.TRIBUNAL, "向塘人民法庭", court_code="赣0121")
    stranger = makers.make_actor(county.centre, Role.COURT_CLERK, other_court)
    with pytest.raises(NotFound):
        queries.get(referral, for_=stranger)


# --- the answer ---


@pytest.mark.parametrize("number", ["", "〔2026〕赣0121民初1号", "12"])
def test_a_court_takes_a_case_in_under_its_own_number(county, number):
    _case, referral = exits.sent(county)
    with pytest.raises(RuleBroken) as error:
        do(referrals.take, referral, by=county.court, on=TODAY, court_no=number)
    assert reasons(error) == {"court_number_form"}
    do(referrals.take, referral, by=county.court, on=TODAY, court_no="(2026)赣0121民初3456号")
    assert (read(referral, county).court_no, read(referral, county).state) == (COURT_NO, ReferralState.TAKEN)


def test_what_comes_back_may_be_sent_elsewhere_and_is_out_of_the_court_s_sight(county):
    case, referral = exits.sent(county)
    with pytest.raises(RuleBroken) as error:
        do(referrals.return_, referral, by=county.court, on=TODAY, why=None)
    assert reasons(error) == {"no_return_reason"}
    do(referrals.return_, referral, by=county.court, on=TODAY, why="not_suitable", note="要鉴定")
    row = cases.get(case, for_=county.mediator)
    assert (row.stage, clocks.running(row.id, "QT-08")) == (Stage.ENDED, None)
    with pytest.raises(NotFound):
        cases.get(case, for_=county.court, depth=Depth.PROGRESS)
    assert send(county, case, to_court(claims=exits.LOAN.claims))


def test_a_judgment_is_counted_as_a_ruling(county):
    case, referral = exits.sent(county)
    do(referrals.take, referral, by=county.court, on=TODAY, court_no=COURT_NO)
    with pytest.raises(RuleBroken) as error:
        do(referrals.decide, referral, by=county.court, on=TODAY, outcome=None)
    assert reasons(error) == {"no_outcome"}
    with pytest.raises(Invalid):
        do(referrals.decide, referral, by=county.court, on=TODAY, outcome="won")
    do(referrals.decide, referral, by=county.court, on=TODAY, outcome="judgment")
    assert cases.get(case, for_=county.mediator).result == "ruled"


def test_nothing_is_decided_before_it_is_taken_in(county):
    _case, referral = exits.sent(county)
    with pytest.raises(RuleBroken) as error:
        do(referrals.decide, referral, by=county.court, on=TODAY, outcome="judgment")
    assert "wrong_state" in reasons(error)


def test_a_mediator_takes_nothing_in(county):
    _case, referral = exits.sent(county)
    with pytest.raises(NotAllowed):
        do(referrals.take, referral, by=county.mediator, on=TODAY, court_no=COURT_NO)


def test_the_lists_of_liaison_and_court(county):
    case, referral = exits.sent(county)
    line = queries.out(for_=county.liaison)[0]
    assert (line.public_id, line.row.public_id, line.due_on) == (referral, case, date(2026, 11, 30))
    for state, found in ((ReferralState.SENT, [referral]), (ReferralState.DECIDED, [])):
        page = lists.listing(lists.Part((state,)), for_=county.court, own=True)
        assert [line.public_id for line in page.rows] == found
    do(referrals.take, referral, by=county.court, on=TODAY, court_no="（2026）赣0121民初12号")
    wanted = {"12": [referral], "(2026)赣0121民初12号": [referral], "2": [], "南矛调函〔2026〕1号": [referral]}
    for text, found in wanted.items():
        for by, own in ((county.court, True), (county.liaison, False)):
            assert [line.public_id for line in lists.find(text, for_=by, own=own)] == found, text
    do(referrals.decide, referral, by=county.court, on=TODAY, outcome="judgment")
    for by, own in ((county.court, True), (county.liaison, False)):
        counted = courts.at_court(for_=by, own=own, since=TODAY, until=TODAY)
        assert (counted.sent, counted.taken, counted.decided, counted.days) == (1, 1, [("judgment", 1)], 0)


def test_the_limitation_is_counted_from_the_request(county):
    case, _proceeding, _refs = exits.ready(county)
    assert circumstances.limitation(leaving(case, county)).day == date(2029, 11, 23)


# --- what runs while a case is away ---


def running(case, county):
    rows = clocks.of_case(cases.get(case, for_=county.mediator).id)
    return {each.basis: each.due_on for each in rows if each.stopped_on is None}


def test_the_limitation_stands_still_while_a_court_has_the_case(county):
    """LM-02: filed by the court it stops; given back, the parties have to know by when to go elsewhere again."""
    case, referral = exits.sent(county)
    assert running(case, county)["LM-01"] == date(2029, 11, 23)
    do(referrals.take, referral, by=county.court, on=TODAY, court_no=COURT_NO)
    assert "LM-01" not in running(case, county)


@pytest.mark.parametrize(("answered", "is_over"), [(2, False), (3, True)])
def test_a_petition_is_answered_reviewed_and_reviewed_again(county, answered, is_over):
    """MH-09: after the re-review the petition office takes nothing more on the same facts."""
    case, _proceeding = exits.failed(county)
    values = ReferralValues(
        Exit.PETITION, to_name="县信访局", data_basis=rules.DataBasis.CONSENT,
        data_consents=exits.parties(county, case), notice_given=True,
    )
    for _each in range(answered):
        referral = send(county, case, values)
        do(referrals.take, referral, by=county.liaison, on=TODAY)
        do(referrals.decide, referral, by=county.liaison, on=TODAY, outcome="petition_answered")
    if is_over:
        with pytest.raises(RuleBroken) as error:
            send(county, case, values)
        assert reasons(error) == {"petition_exhausted"}
    else:
        assert send(county, case, values)
