"""Acceptance, mediators, consent, notice, more time and the end, through the desk."""

from datetime import date, timedelta

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import Consent, ProceedingState, Stage
from mediation.casefile.papers import operations as papers
from mediation.ground import clock
from mediation.registry.access.rules import Role
from mediation.registry.units.rules import UnitKind
from mediation.stages.proceedings import queries
from tests import cast, makers
from tests.doors.desk.county import desks
from tests.doors.visitor import Visitor

NO = dict.fromkeys(("relative", "interest", "relation", "earlier_role"), "no")
TOLD = {"course": "谈了两次，赔多少差得远", "notice_given": "y"}


def kinds(found):
    return found.of(lambda case, _proceeding: [paper.kind for paper in papers.of_case(case.id)])


def commissioned(county):
    case = cast.screened(county, origin=makers.changed(cast.COURT, court_received_on=None))
    return cast.received(county, case, track="judicial")


# --- the unit ---


def test_acceptance_shows_the_last_day_and_goes_on_to_the_mediators(app):
    found = desks(app, cast.received)
    address = f"/cases/{found.case}/accept"
    assert "调解到 12月23日" in found.head.get(address).text
    answer = found.head.submit(address)
    assert found.state == ProceedingState.ACCEPTED
    assert answer.headers["Location"].endswith("/assign")
    assert "南武民调字第1号" in found.head.follow(answer).text


def test_acceptance_of_a_commission_names_who_has_not_agreed_and_takes_the_courts_day(app):
    found = desks(app, commissioned)
    address = f"/cases/{found.case}/accept"
    page = found.head.submit(address, status=200, court_received_on="2026-11-20")
    assert "万秋莲还没表态，沉默不算同意" in page.text and "涂国平还没表态" in page.text
    found.clerk.submit(f"/cases/{found.case}/consent", **consents(a="agreed", b="agreed"))
    found.head.submit(address, court_received_on="2026-11-20")
    assert found.of(lambda _case, proceeding: queries.last_clock(proceeding).due_on) == date(2026, 12, 21)


def test_refusing_needs_the_ground_and_the_notice(app):
    found = desks(app, cast.received)
    address = f"/cases/{found.case}/refuse"
    page = found.head.submit(address, status=200, ground="not_competent")
    assert "还没有告知当事人可以仲裁、找行政机关或者起诉" in page.text
    found.head.submit(address, ground="not_competent", notice_given="y")
    assert found.state == ProceedingState.REFUSED


def test_an_entry_of_days_ago_says_why(app):
    def bring(county):
        case = cast.received(county)
        clock.freeze(clock.now() + timedelta(days=9))
        return case

    found = desks(app, bring)
    page = found.head.submit(f"/cases/{found.case}/accept", status=200, on="2026-11-23")
    assert "补登 7 天以前的事要写理由" in page.text
    found.head.submit(f"/cases/{found.case}/accept", on="2026-11-23", why_late="网络不通，补登")
    assert found.of(lambda _case, proceeding: proceeding.accepted_on) == date(2026, 11, 23)


def more_mediators(county):
    actor = makers.make_actor(county.centre, Role.MEDIATOR, county.committee, name="揭爱兰")
    second = makers.make_mediator(
        county.centre, county.committee, actor, name="揭爱兰", trained_on=date(2025, 9, 1),
        specialities={"types": ["neighbour"]},
    )
    makers.make_mediator(county.centre, county.committee, name="没账号的人")
    return {"second": second.public_id}


def test_the_list_of_mediators_shows_load_speciality_and_what_to_mind(app):
    found = desks(app, cast.accepted, more=more_mediators)
    page = found.head.get(f"/proceedings/{found.proceeding}/assign")
    for words in ("揭爱兰上次培训是2025年9月1日，该在9月1日以前再培训", "没账号的人没有账号", "擅长邻里"):
        assert words in page.text


def test_two_mediators_need_who_presides(app):
    found = desks(app, cast.accepted, more=more_mediators)
    address, both = f"/proceedings/{found.proceeding}/assign", [found.pool, found.more["second"]]
    page = found.head.submit(address, status=200, mediators=both, mode="appointed")
    assert "要指定一名主持" in page.text
    found.head.submit(address, mediators=both, presider=found.pool, mode="chosen")
    assert found.state == ProceedingState.ASSIGNED
    address, alone = f"/proceedings/{found.proceeding}/reassign", {"mediators": [found.pool], "mode": "chosen"}
    assert "现在是熊桂生、揭爱兰" in found.head.get(address).text
    assert "要写理由" in found.head.submit(address, status=200, **alone).text
    found.head.submit(address, why="揭爱兰生病", **alone)


# --- the mediator ---


def test_four_answers_take_the_case_on(app):
    found = desks(app, cast.assigned)
    address = f"/proceedings/{found.proceeding}/take-on"
    page = found.mediator.submit(address, status=200, **(NO | {"relative": ""}))
    assert "答是或者否" in page.text
    page = found.mediator.submit(address, status=200, **(NO | {"relative": "yes"}), words="是表弟")
    assert "应当回避；万秋莲、涂国平还没有书面同意" in page.text
    answer = found.mediator.submit(address, **NO)
    assert found.state == ProceedingState.MEDIATING
    assert answer.headers["Location"].endswith(f"/cases/{found.case}/consent")


def test_a_conflict_that_all_waive_is_no_bar(app):
    found = desks(app, cast.assigned)
    waivers = list(found.parties.values())
    found.mediator.submit(
        f"/proceedings/{found.proceeding}/take-on", **(NO | {"relation": "yes"}), words="同村", waivers=waivers
    )
    assert found.of(lambda _case, proceeding: queries.mediators_on(proceeding.id)[0].recusal_answers["words"]) == {
        "relation": "同村"
    }


def test_stepping_back_gives_the_case_to_the_head_again(app):
    found = desks(app, cast.assigned)
    address = f"/proceedings/{found.proceeding}/step-back"
    found.mediator.submit(address, why="万秋莲是我表姐", conflicts=["relative"])
    assert found.state == ProceedingState.ACCEPTED
    assert found.mediator.status(f"/cases/{found.case}") == 404


def consents(**by_place):
    """``consents(a="agreed", b="refused")``: the form's fields for two parties."""
    found = {}
    for place, said in enumerate(by_place.values()):
        found |= {f"parties-{place}-consent": said, f"parties-{place}-form": "" if said == "pending" else "oral"}
    return found


def test_consent_is_recorded_party_by_party(app):
    found = desks(app, cast.mediating)
    found.mediator.submit(f"/cases/{found.case}/consent", **consents(a="agreed", b="pending"))
    said = found.of(lambda case, _proceeding: {party.name: party.consent for party in cases.parties_of(case.id)})
    assert said == {"万秋莲": Consent.AGREED, "涂国平": Consent.PENDING}


def test_a_refusal_leads_straight_to_the_end(app):
    found = desks(app, cast.mediating)
    answer = found.mediator.submit(f"/cases/{found.case}/consent", **consents(a="agreed", b="refused"))
    page = found.mediator.follow(answer)
    assert page.title.startswith("终止并引导")
    assert page.forms[-1]["fields"]["ground"] == "party_refuses"
    end = f"/proceedings/{found.proceeding}/end"
    assert found.mediator.submit(end, status=200, ground="party_refuses").title  # course and notice are missing
    found.mediator.submit(end, ground="party_refuses", requested_by=found.parties["涂国平"], **TOLD)
    assert found.stage == Stage.ENDED
    assert "termination" in kinds(found)


def test_a_clerk_records_a_refusal_and_leaves_the_end_to_the_unit(app):
    found = desks(app, cast.mediating)
    answer = found.clerk.submit(f"/cases/{found.case}/consent", **consents(a="agreed", b="refused"))
    assert "请承办单位终止" in found.clerk.follow(answer).text


def test_an_answer_without_its_form_is_asked_again(app):
    found = desks(app, cast.mediating)
    values = consents(a="agreed", b="pending") | {"parties-0-form": ""}
    page = found.mediator.submit(f"/cases/{found.case}/consent", status=200, **values)
    assert "没有选是口头、书面还是在线" in page.text


def test_the_notice_is_printed_and_ticked(app):
    found = desks(app, cast.mediating)
    address = f"/proceedings/{found.proceeding}/inform"
    answer = found.mediator.submit(address, do="print")
    assert answer.headers["Location"].endswith(".pdf")
    assert "没有勾选告知了谁" in found.mediator.submit(address, status=200).text
    found.mediator.submit(address, **{"parties-0-form": "written", "parties-1-form": "oral"})
    assert len(found.of(lambda case, proceeding: queries.informed(proceeding, case))) == 2


def test_more_time_by_consent_of_all(app):
    found = desks(app, cast.mediating)
    address = f"/proceedings/{found.proceeding}/extend"
    values = {"until": "2027-01-08", "reason": "等检测意见", "paper": "延期同意书"}
    page = found.mediator.submit(address, status=200, consenting=[found.parties["万秋莲"]], **values)
    assert "涂国平没有同意延期" in page.text
    found.mediator.submit(address, consenting=list(found.parties.values()), **values)
    assert found.of(lambda case, _proceeding: case.due_on) == date(2027, 1, 8)


def test_an_appraisal_lets_the_period_stand_still(app):
    found = desks(app, cast.mediating)
    address = f"/proceedings/{found.proceeding}"
    before = found.of(lambda case, _proceeding: case.due_on)
    early = found.mediator.submit(f"{address}/pause", status=200, on="2026-11-20", paper="鉴定委托书")
    assert "中止的日期在期限起算（11月23日）以前" in early.text
    found.mediator.submit(f"{address}/pause", paper="鉴定委托书")
    page = found.mediator.get(found.of(lambda case, _proceeding: f"/cases/{case.public_id}"))
    assert "起中止（鉴定委托书）" in page.text and "鉴定完了，期限恢复" in page.text
    assert "期限已经中止" in found.mediator.submit(f"{address}/pause", status=200, paper="鉴定委托书").text
    found.mediator.submit(f"{address}/run-on")
    page = found.mediator.get(found.of(lambda case, _proceeding: f"/cases/{case.public_id}"))
    assert "起中止（" not in page.text and found.of(lambda case, _proceeding: case.due_on) == before


@pytest.mark.parametrize(("type_code", "words"), [
    ("labour.dismissal", "本案要先申请仲裁，不能直接起诉"), ("forest_land.title", "本案先由政府处理"),
    ("contract.loan", "可以依法仲裁、找行政机关、起诉"),
])
def test_the_end_says_what_else_is_open(app, type_code, words):
    def bring(county):
        case = cast.screened(county, matter=makers.changed(makers.DRAIN, type_code=type_code))
        return cast.mediating(county, case, override_reason="parties")

    found = desks(app, bring)
    assert words in found.mediator.get(f"/proceedings/{found.proceeding}/end").text


# --- papers, and who may what ---


def test_the_papers_page_issues_what_is_ready_and_says_what_lacks(app):
    found = desks(app, cast.mediating)
    address = f"/proceedings/{found.proceeding}/papers"
    page = found.mediator.get(address)
    assert "还没有填：万秋莲的住址" in page.text
    found.mediator.submit(address, kind=["rights_notice"])
    assert kinds(found).count("rights_notice") == 1
    assert found.mediator.submit(address, status=404, kind=["termination"])  # nothing has ended
    assert found.mediator.submit(address, status=409, kind=["application"])


def test_the_case_page_shows_the_attempt(app):
    found = desks(app, cast.informed)
    page = found.mediator.get(f"/cases/{found.case}")
    assert "熊桂生" in page.text and "我的私下记录" in page.text and "南武民调字第1号" in page.text


@pytest.mark.parametrize("place", ["take-on", "inform", "extend", "end", "assign", "reassign", "papers"])
def test_no_page_opens_for_a_strangers_case(app, place):
    found = desks(app, cast.mediating)
    with app.app_context():
        centre = makers.session.query(makers.Centre).one()
        unit = makers.make_unit(centre, UnitKind.COMMITTEE, "向塘镇人民调解委员会")
        stranger = makers.make_actor(centre, Role.HEAD if "assign" in place else Role.MEDIATOR, unit)
    assert Visitor(app, stranger).status(f"/proceedings/{found.proceeding}/{place}") == 404
