"""The tribunal's board: what is done in its rows, several at once, what came back, and figures that never mix."""

from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import ReferralState
from mediation.casefile.papers import printing
from mediation.oversight.statistics import courts, rules
from mediation.oversight.statistics import queries as statistics
from mediation.registry.access.rules import Role
from mediation.stages.referrals import lists, queries
from mediation.stages.referrals import operations as referrals
from tests import exits, makers, packs, road
from tests.doors.visitor import Visitor
from tests.road import do

TODAY, DAY = date(2026, 11, 23), "2026-11-23"
FIRST, SECOND, THIRD = (f"（2026）赣0121民初{serial}号" for serial in (3456, 3457, 456))
YEAR = {"since": date(2026, 1, 1), "until": TODAY}


class Tribunal:
    """A county that sent some cases to its tribunal, and the two desks."""

    def __init__(self, app, cases_, more=lambda county: None):
        with app.app_context():
            self.county = road.make_county()
            exits.set_wage(self.county)
            self.sent = [self.send() for _ in range(cases_)]
            self.more, self.tribunal = more(self.county), self.county.tribunal.public_id
            people = self.county.court, self.county.liaison
        self.court, self.liaison = (Visitor(app, by) for by in people)

    def send(self):
        case, _proceeding, _refs = exits.ready(self.county)
        values = exits.to_tribunal(self.county, preservation="要保全涂国平的车")
        return case, do(referrals.send, case, by=self.county.mediator, on=TODAY, values=values)

    def act(self, address, at="/referrals", **fields):
        """Fill cells of the board and press the button beside them."""
        return self.court.submit(f"{address}?from=board", at=at, **fields)

    def state(self, n):
        return self.liaison.ask(lambda: queries.get(self.sent[n][1], for_=self.county.liaison)[0])


def test_number_reason_and_outcome_are_written_in_the_row(app):
    desk = Tribunal(app, 2)
    (_case, first), (_other, second) = desk.sent
    answer = desk.act(f"/referrals/{first}/take", court_no="(2026)赣0121民初3456号", on=DAY)
    assert answer.headers["Location"].endswith("/referrals#sent")
    page = desk.court.get("/referrals")
    assert FIRST in page.text and "2027-01-25" in page.text  # two months of small claims, past a Saturday (QT-06)
    page = desk.court.submit(f"/referrals/{second}/return?from=board", at="/referrals", status=200, why="", on=DAY)
    assert "选一项" in page.text
    desk.act(f"/referrals/{second}/return", why="papers", on=DAY)
    desk.act(f"/referrals/{first}/decide", outcome="judgment", on=DAY)
    assert (desk.state(0).state, desk.state(0).court_no, desk.state(1).return_reason) == ("decided", FIRST, "papers")
    page = desk.court.get("/referrals")
    for words in ("材料不全", "南矛调函〔2026〕2号", "熊桂生", "还没有再送", "判决"):
        assert words in page.text, words
    assert second not in page.html, "what went back is not opened"


def test_several_are_taken_in_with_pasted_numbers_and_one_wrong_holds_no_other_up(app):
    desk = Tribunal(app, 3)
    ids = [referral for _case, referral in desk.sent]
    there = "/referrals/take-in?" + "&".join(f"id={each}" for each in ids)
    pasted = f"南矛调函〔2026〕3号\t{THIRD}\n(2026)赣0121民初3456号\n南矛调函〔2026〕9号 {SECOND}\n没有号"
    page = desk.court.submit(there, status=200, do="fill", pasted=pasted, id=ids)
    fields = page.forms[-1]["fields"]
    assert [fields[f"no-{each}"] for each in ids] == [FIRST, "", THIRD]
    assert "没有用上" in page.text and "没有号" in page.text
    numbers = {f"no-{ids[0]}": FIRST, f"no-{ids[1]}": "民初12号", f"no-{ids[2]}": THIRD}
    page = desk.court.submit(there, status=200, do="take", id=ids, on=DAY, **numbers)
    assert "已收案 2 件" in page.text and "法院案号不对" in page.text and f"no-{ids[0]}" not in page.html
    desk.court.submit(there, do="take", id=ids[1:2], on=DAY, **{f"no-{ids[1]}": SECOND})
    assert [desk.state(n).court_no for n in range(3)] == [FIRST, SECOND, THIRD]
    for text, found in (("3456", 1), ("456", 1), (SECOND, 1), ("南矛调函〔2026〕2号", 1), ("99", 0)):
        assert len(desk.court.ask(lists.find, text, for_=desk.county.court, own=True)) == found, text
    assert "查到 1 件" in desk.court.get("/referrals?q=456").text
    assert desk.court.client.get(f"/search?q={FIRST}").status_code == 302


def test_nothing_ticked_and_what_is_not_the_court_s(app):
    def neighbour(county):
        other = makers.make_unit(county.centre, kind=county.tribunal.kind, name="别的法庭")
        return makers.make_actor(county.centre, Role.COURT_CLERK, other, name="邻")

    desk = Tribunal(app, 1, neighbour)
    stranger = Visitor(app, desk.more)
    assert desk.court.status("/referrals/take-in") == 302
    assert stranger.status(f"/referrals/take-in?id={desk.sent[0][1]}") == 302
    assert "万秋莲" not in stranger.get("/referrals").text
    assert "送来 0 件" in stranger.get("/referrals/figures").text


def test_a_list_goes_on_page_after_page(app, monkeypatch):
    desk = Tribunal(app, 3)

    def page(**marks):
        return desk.court.ask(
            lists.listing, lists.Part((ReferralState.SENT,), 2), for_=desk.county.court, own=True, **marks
        )

    ids = [referral for _case, referral in desk.sent]
    first = page()
    assert ([line.public_id for line in first.rows], first.total, first.previous) == (ids[:2], 3, None)
    second = page(after=first.next)
    assert ([line.public_id for line in second.rows], second.next) == (ids[2:], None)
    assert [line.public_id for line in page(before=second.previous).rows] == ids[:2]
    assert "after=" not in desk.court.get("/referrals?part=sent").html
    monkeypatch.setattr(lists.Part.__init__, "__defaults__", (2,))
    assert "after=" in desk.court.get("/referrals?part=sent").html


def test_a_longer_list_asks_no_more(app, monkeypatch):
    desk, counted = Tribunal(app, 3), []
    for size in (1, 50):
        monkeypatch.setattr(lists, "PAGE", size)
        desk.court.get("/referrals")  # what the process keeps of small tables is there now
        with asked() as statements:
            desk.court.get("/referrals")
        counted.append(len(statements))
    assert counted[1] < counted[0] <= 15, counted  # the short list is counted besides


@contextmanager
def asked():
    statements = []

    def note(_connection, _cursor, statement, *_more):
        if not statement.startswith(("BEGIN", "PRAGMA")):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)


def test_the_papers_are_read_one_after_the_other(app, monkeypatch):
    monkeypatch.setattr(printing, "pdf", lambda *given: packs.blank_pdf())
    desk = Tribunal(app, 1)
    there = f"/referrals/{desk.sent[0][1]}"
    papers = desk.court.ask(lambda: [each.public_id for each in queries.submitted_papers(desk.state(0))])
    page = desk.court.get(f"{there}?paper={papers[0]}")
    assert f"{there}/papers/{papers[0]}.pdf" in page.html and f"paper={papers[1]}" in page.html
    assert "frame-src 'self'" in page.response.headers["Content-Security-Policy"]
    assert "iframe" not in desk.court.get(f"{there}?paper={'x' * 22}").html
    answer = desk.court.client.get(f"{there}/papers/{papers[0]}.pdf")
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_what_came_back_is_mended_and_sent_without_typing_it_again(app):
    desk = Tribunal(app, 1)
    case, first = desk.sent[0]
    desk.act(f"/referrals/{first}/return", why="papers", note="缺借条原件", on=DAY)
    page = desk.liaison.get("/referrals")
    for words in ("退回来的 1 件", "今年退回：材料不全 1", "缺借条原件", "改好再送"):
        assert words in page.text, words
    refer = f"/cases/{case}/refer"
    page = desk.liaison.get(refer)
    assert "11月23日 被退回：材料不全，缺借条原件" in page.text
    fields = page.forms[-1]["fields"]
    assert (fields["preservation"], fields["amount_fen"]) == ("要保全涂国平的车", "30,000.00")
    ticked = [each["value"] for each in page.controls if each["name"] == "checklist" and "checked" in each]
    desk.liaison.submit(refer, checklist=ticked, to_unit=desk.tribunal, claims=exits.LOAN.claims,
                        issues="1.是不是还过8000元\n2.利息怎么算")
    assert "又移送了" in desk.liaison.get("/referrals").text
    page = desk.court.get("/referrals")
    assert "又送来了" in page.text and "待收案 1 件" in page.text
    again = desk.liaison.ask(lambda: queries.of_case(cases.get(case, for_=desk.county.liaison).id)[-1])
    assert again.flags["said"]["preservation"] == "要保全涂国平的车"
    letters = desk.liaison.ask(lambda: [p.number for p in queries.submitted_papers(again) if "函" in p.number])
    assert letters == [again.number], "the letter that came back does not go along"


def test_a_mediation_and_a_ruling_are_never_one_figure(app):
    """Row 70, ST-04: one case settled by the house, one judged, one that the court itself mediated."""
    desk = Tribunal(app, 2, road.signed)
    for (_case, referral), no, outcome in zip(desk.sent, (FIRST, SECOND), ("judgment", "court_mediation"), strict=True):
        desk.act(f"/referrals/{referral}/take", court_no=no, on=DAY)
        desk.act(f"/referrals/{referral}/decide", outcome=outcome, on=DAY)
    for by in (desk.county.liaison, desk.county.head):
        whole = desk.liaison.ask(lambda by=by: statistics.figures(for_=by, **YEAR)).whole
        if not whole.accepted:
            continue
        assert whole.ruled == 2 and whole.mediated == (1 if whole.accepted == 3 else 0), by
        rates = [rate(whole) for rate in (rules.by_mediation, rules.with_rulings, rules.without_rulings_below)]
        assert [each.numerator for each in rates] == [whole.mediated, whole.mediated + 2, whole.mediated]
    settled = desk.liaison.ask(lambda: statistics.cases_behind("mediated", for_=desk.county.head, **YEAR))
    judged = desk.liaison.ask(lambda: statistics.cases_behind("ruled", for_=desk.county.head, **YEAR))
    assert not {row.public_id for row in settled.rows} & {case for case, _referral in desk.sent}
    assert {row.public_id for row in judged.rows} == {case for case, _referral in desk.sent}
    for by, own in ((desk.county.court, True), (desk.county.liaison, False)):
        found = desk.court.ask(lambda by=by, own=own: courts.at_court(for_=by, own=own, **YEAR))
        assert (found.sent, found.taken, found.small, found.small_percent, found.days) == (2, 2, 2, 100.0, 0)
        assert sorted(found.decided) == [("court_mediation", 1), ("judgment", 1)] and not found.returned
    page = desk.court.get("/referrals/figures")
    for words in ("了结 2 件", "占 100.0%", "中位数 0 天", "不算调解成功"):
        assert words in page.text, words


@pytest.mark.parametrize("day, counted", [("2026-11-23", 1), ("2026-11-24", 0)])
def test_what_was_given_back_counts_on_its_day_and_no_other(app, day, counted):
    desk = Tribunal(app, 1)
    desk.act(f"/referrals/{desk.sent[0][1]}/return", why="jurisdiction", on=DAY)
    period = {"since": date.fromisoformat(day), "until": date(2026, 12, 31)}
    for by, own in ((desk.county.court, True), (desk.county.liaison, False)):
        found = desk.court.ask(lambda by=by, own=own: courts.at_court(for_=by, own=own, **period))
        assert found.returned == ([("jurisdiction", 1)] if counted else []) and found.taken == 0
