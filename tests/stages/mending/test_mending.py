"""Mending: who asks does not allow; the wrong person off a case; a misspelt name right everywhere; a routing undone."""

from datetime import date

import pytest

from mediation.casefile.cases import progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import Consent, MendingState, PartyRole, Stage, Turn
from mediation.casefile.notices.models import Notice
from mediation.casefile.papers import operations as papers
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken, Stale
from mediation.oversight.soundness import cases as soundness
from mediation.registry.access.rules import Depth, Role
from mediation.registry.people.operations import Identity
from mediation.stages.agreements import operations as agreements
from mediation.stages.intake import operations as intake
from mediation.stages.intake import parties
from mediation.stages.intake.corrections import Bar as CorrectBar
from mediation.stages.mending import operations as mending
from mediation.stages.mending import queries, rules
from mediation.stages.mending.rules import Bar, Deed
from mediation.stages.routing import operations as routing
from mediation.stages.routing import queries as hops
from tests import makers, road
from tests.road import do

TODAY = date(2026, 11, 23)
COUSIN = Identity("涂国兵", phone="13870810732", address="南昌县武阳镇前进村2组")


@pytest.fixture
def county(ground):
    county = road.make_county()
    county.more["supervisor"] = makers.make_actor(county.centre, Role.SUPERVISOR, name="傅督")
    county.more["second"] = makers.make_actor(county.centre, Role.HEAD, county.committee, name="余副")
    return county


def reasons(caught):
    return {obstacle.reason for obstacle in caught.value.obstacles}


def ask(county, case, by=None, **changes):
    row = session.query(Case).filter_by(public_id=case).one()
    return do(
        mending.ask_to_correct, case, changes or {"amount_fen": 26_000}, version=row.version, reason="多写了一个零",
        by=by or county.dispatcher, on=clock.today(),
    )


def decide(act, asked, by, words="核对过笔录"):
    return do(act, asked, version=1, words=words, by=by, on=clock.today())


def named(case_id, name):
    return next(party for party in cases.parties_of(case_id) if party.name == name)


# --- rules ---


def standing(**changes):
    return rules.Standing("涂国平", PartyRole.RESPONDENT, 2, **changes)


def test_what_keeps_a_party_in_a_case():
    def bars(party, **how):
        how = {"replaced": False, "is_approved": False} | how
        return [each.reason for each in rules.taking_off_obstacles(party, **how)]

    assert bars(standing()) == []
    assert bars(standing(consent=Consent.AGREED)) == [Bar.NEEDS_APPROVAL]
    assert bars(standing(consent=Consent.AGREED), is_approved=True) == []
    assert bars(standing(in_agreement=True), is_approved=True) == [Bar.IN_AGREEMENT]
    alone = rules.Standing("万秋莲", PartyRole.APPLICANT, 1)
    assert bars(alone) == [Bar.LAST_APPLICANT] and bars(alone, replaced=True) == []
    assert standing(informed_on=TODAY, has_met=True).deeds() == [Deed.INFORMED, Deed.MET]


def test_a_deputy_and_the_one_stood_in_for_are_one_to_decide():
    """A request is nobody's own twice: neither the account's, nor the post's, nor that of the post stood in for."""
    assert rules.decision_obstacles(asked_by=(1, 11), decides=(2, 12)) == []
    assert rules.decision_obstacles(asked_by=(1, None), decides=(2, None)) == []
    for asked_by, decides in (((1, 11), (1, 12)), ((1, 11), (2, 12, 11, 1)), ((3, 13, 11, 1), (1, 11))):
        found = rules.decision_obstacles(asked_by=asked_by, decides=decides)
        assert [each.reason for each in found] == [Bar.OWN_REQUEST]


# --- after acceptance ---


def test_nothing_changes_before_somebody_else_allows_it(county):
    case, _proceeding = road.accepted(county)
    row = session.query(Case).filter_by(public_id=case).one()
    with pytest.raises(RuleBroken) as caught:
        do(intake.correct, case, {"amount_fen": 1}, version=row.version, reason="错", by=county.head, on=TODAY)
    assert reasons(caught) == {CorrectBar.NEEDS_APPROVAL}
    asked = ask(county, case, county.head)
    assert session.get_one(Case, row.id).amount_fen == 260_000
    with pytest.raises(RuleBroken) as caught:
        decide(mending.approve, asked, county.head)
    assert reasons(caught) == {Bar.OWN_REQUEST}
    with pytest.raises(NotAllowed):
        decide(mending.approve, asked, county.dispatcher)
    with pytest.raises(RuleBroken) as caught:
        decide(mending.approve, asked, county.more["second"], words=" ")
    assert reasons(caught) == {Bar.NO_WORDS}
    decide(mending.approve, asked, county.more["second"])
    assert session.get_one(Case, row.id).amount_fen == 26_000
    step = [each for each in progress.history(row.id) if each.step == "case.correct"][-1]
    assert (step.account_id, step.reason) == (county.more["second"].account_id, "多写了一个零")
    with pytest.raises(Stale):
        decide(mending.refuse, asked, county.more["supervisor"])


def test_a_supervisor_allows_what_a_head_asked_for_and_sees_no_more_of_the_case(county):
    case, _proceeding = road.accepted(county)
    asked = ask(county, case, county.head)
    supervisor = county.more["supervisor"]
    assert [line.request.public_id for line in queries.waiting(for_=supervisor)[0]] == [asked]
    told = {(row.role, row.event) for row in session.query(Notice).filter_by(event="mending.asked")}
    assert told == {(Role.SUPERVISOR, "mending.asked")}
    decide(mending.approve, asked, supervisor)
    assert session.query(Case).filter_by(public_id=case).one().amount_fen == 26_000
    with pytest.raises(NotFound):
        cases.get(case, for_=supervisor, depth=Depth.CONTENTS)
    assert queries.waiting(for_=supervisor) == ([], None)
    assert all(finding.is_sound for finding in soundness.histories())


def test_last_days_follow_and_papers_that_are_out_are_named(county):
    case, proceeding = road.accepted(county)
    issued = {paper.kind: paper for paper in papers.of_case(session.query(Case).filter_by(public_id=case).one().id)}
    asked = ask(county, case, applied_on=date(2026, 11, 20), type_code="labour")
    decide(mending.approve, asked, county.head)
    request, row = queries.get(asked, for_=county.head)
    moved = {label: (before, after) for label, before, after in request.effect["clocks"]}
    assert ("2026-12-23", "2026-12-07") in moved.values(), moved
    assert "applied_on" in request.effect["papers"][issued["application"].public_id]
    assert issued["application"].id in [paper.id for paper, _fields in queries.papers_of(request)]
    assert row.applied_on == date(2026, 11, 20)


def test_a_request_that_was_overtaken_or_refused_or_taken_back_changes_nothing(county):
    case, _proceeding = road.accepted(county)
    asked = ask(county, case)
    with pytest.raises(RuleBroken) as caught:
        ask(county, case, story="别的经过")
    assert reasons(caught) == {Bar.ASKED_ALREADY}
    decide(mending.refuse, asked, county.head)
    second = ask(county, case)
    with pytest.raises(RuleBroken) as caught:
        do(mending.withdraw, second, by=county.head, on=TODAY)
    assert reasons(caught) == {Bar.NOT_OWN}
    do(mending.withdraw, second, by=county.dispatcher, on=TODAY)
    states = [each.state for each in queries.of_case(session.query(Case).filter_by(public_id=case).one().id)]
    assert states == [MendingState.REFUSED, MendingState.WITHDRAWN]
    with pytest.raises(RuleBroken) as caught:
        ask(county, case, outside_no="12345")
    assert reasons(caught) == {Bar.NOTHING_WEIGHTY}
    assert session.query(Case).filter_by(public_id=case).one().amount_fen == 260_000


# --- the wrong person ---


def test_the_right_person_takes_the_place_and_no_word_of_the_wrong_one(county):
    case = road.registered(county)
    row = session.query(Case).filter_by(public_id=case).one()
    wrong = named(row.id, "涂国平")
    new = do(mending.replace, wrong.public_id, identity=COUSIN, reason="堂兄弟弄混了", by=county.clerk, on=TODAY)
    right = session.query(Party).filter_by(public_id=new).one()
    assert (right.role, right.position, right.is_lead) == (PartyRole.RESPONDENT, 2, True)
    assert right.consent == Consent.PENDING
    assert session.get_one(Case, row.id).title.startswith("万秋莲与涂国兵")
    assert [party.name for party in cases.parties_of(row.id)] == ["万秋莲", "涂国兵"]
    (off, party), = queries.taken_off(row.id)
    assert (off.reason, party.name, party.case_id) == ("堂兄弟弄混了", "涂国平", None)
    with pytest.raises(NotFound):
        queries.of_party(wrong.public_id, by=county.clerk)
    with pytest.raises(RuleBroken) as caught:
        do(mending.put_back, off.public_id, reason="没弄混", by=county.clerk, on=TODAY)
    assert reasons(caught) == {Bar.REPLACED}
    last = progress.history(row.id)[-1]
    assert last.step == "case.take_off" and last.facts["outdated"], "the receipt names the wrong one"


def test_a_third_is_taken_off_and_put_back(county):
    case = road.registered(county, respondents=[road.TU, COUSIN])
    row = session.query(Case).filter_by(public_id=case).one()
    applicant = named(row.id, "万秋莲")
    with pytest.raises(RuleBroken) as caught:
        do(mending.take_off, applicant.public_id, reason="错了", by=county.clerk, on=TODAY)
    assert reasons(caught) == {Bar.LAST_APPLICANT}
    off = do(mending.take_off, named(row.id, "涂国平").public_id, reason="不是他", by=county.clerk, on=TODAY)
    left = cases.parties_of(row.id)
    assert [(party.name, party.is_lead) for party in left] == [("万秋莲", True), ("涂国兵", True)]
    do(mending.put_back, off, reason="是他", by=county.clerk, on=TODAY)
    assert [party.name for party in cases.parties_of(row.id)] == ["万秋莲", "涂国平", "涂国兵"]
    assert queries.taken_off(row.id) == []


def test_who_has_spoken_is_taken_off_by_two_and_who_signed_by_nobody(county):
    case, proceeding = road.mediating(county, respondents=[road.TU, COUSIN])
    row = session.query(Case).filter_by(public_id=case).one()
    wrong = named(row.id, "涂国兵").public_id
    with pytest.raises(RuleBroken) as caught:
        do(mending.take_off, wrong, reason="不是他", by=county.mediator, on=TODAY)
    assert reasons(caught) == {Bar.NEEDS_APPROVAL}
    asked = do(mending.ask_about_party, wrong, reason="不是他", by=county.mediator, on=TODAY)
    decide(mending.approve, asked, county.head)
    assert [party.name for party in cases.parties_of(row.id)] == ["万秋莲", "涂国平"]
    road.drafted(county, (case, proceeding))
    with pytest.raises(RuleBroken) as caught:
        do(mending.ask_about_party, named(row.id, "涂国平").public_id, identity=COUSIN, reason="错", by=county.mediator,
           on=TODAY)
    assert Bar.IN_AGREEMENT in reasons(caught)
    assert agreements.queries.current(row.id) is not None


def test_a_misspelt_name_is_put_right_in_every_open_case(county):
    first, second = road.registered(county), road.accepted(county)[0]
    ids = [session.query(Case).filter_by(public_id=each).one().id for each in (first, second)]
    party = named(ids[0], "万秋莲")
    assert [each.public_id for each in queries.reach(party, for_=county.clerk)] == [first, second]
    version = parties.version_of(party)
    do(
        mending.correct_identity, party.public_id, version=version, identity={"name": "万秋连"}, reason="看了身份证",
        by=county.clerk, on=TODAY,
    )
    for case_id in ids:
        assert session.get_one(Case, case_id).title.startswith("万秋连与")
        step = progress.history(case_id)[-1]
        assert (step.step, step.facts["what"]) == ("case.correct", "identity_put_right")
        receipt = papers.newest(case_id, "receipt")
        assert step.facts["outdated"][receipt.public_id] == ["name"]
    register = papers.newest(ids[1], "register")
    assert progress.history(ids[1])[-1].facts["outdated"][register.public_id] == ["name"]
    with pytest.raises(RuleBroken) as caught:
        do(
            mending.correct_identity, named(ids[0], "万秋连").public_id, version=version + 2, reason="看了身份证",
            identity={"id_number": road.TU.id_number}, by=county.clerk, on=TODAY,
        )
    assert reasons(caught) == {Bar.NUMBER_OF_ANOTHER}


def test_a_notice_says_what_papers_already_handed_out_say_wrong(county):
    case, _proceeding = road.accepted(county)
    case_id = session.query(Case).filter_by(public_id=case).one().id
    with pytest.raises(RuleBroken) as caught:
        do(mending.issue_notice, case, reason="无", by=county.head, on=TODAY)
    assert reasons(caught) == {Bar.NONE_OUTDATED}
    party = named(case_id, "万秋莲")
    do(
        mending.correct_identity, party.public_id, version=parties.version_of(party), identity={"name": "万秋连"},
        reason="看了身份证", by=county.head, on=TODAY,
    )
    lines = queries.notice_lines(session.get_one(Case, case_id))
    assert {(line.what, line.was, line.now) for line in lines} == {("姓名、名称", "万秋莲", "万秋连")}
    assert {line.paper for line in lines} == {"收件回执", "调解申请书", "受理登记表"}
    do(mending.issue_notice, case, reason="核对身份证，写错一个字", by=county.head, on=TODAY)
    assert papers.newest(case_id, "correction_notice").number == "南矛调登更〔2026〕1号"


# --- the wrong unit ---


def test_a_routing_is_taken_back_until_the_unit_has_received_it(county):
    case = road.registered(county)
    do(routing.route, case, by=county.dispatcher, on=TODAY, track="peoples", unit_public_id=county.committee.public_id)
    row = session.query(Case).filter_by(public_id=case).one()
    hop = hops.newest(row.id).public_id
    with pytest.raises(RuleBroken):
        do(routing.recall, hop, why=" ", by=county.dispatcher, on=TODAY)
    do(routing.recall, hop, why="选错了", by=county.dispatcher, on=TODAY)
    row = session.get_one(Case, row.id)
    assert (row.stage, row.turn, row.lead_unit_id, row.track) == (Stage.SCREENED, Turn.DISPATCHER, None, None)
    with pytest.raises(NotFound):
        cases.get(case, for_=county.head)
    told = session.query(Notice).filter_by(event="transfer.recalled").one()
    assert told.unit_id == county.committee.id
    road.accepted(county, case)
    assert hops.rejections(row.id) == 0
    with pytest.raises(RuleBroken):
        do(routing.recall, hops.newest(row.id).public_id, why="晚了", by=county.dispatcher, on=TODAY)
    assert all(finding.is_sound for finding in soundness.histories())
