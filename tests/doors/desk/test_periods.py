"""Pages on which a period begins: limitations, restored time, a court's platform; and the register of leaks."""

from datetime import date

from mediation.casefile.clocks import queries as clocks
from mediation.registry.access.rules import Role
from mediation.registry.breaches import queries as breaches
from tests import cast, exits, makers, road
from tests.doors.visitor import Visitor


def test_since_when_a_period_runs_is_noted_and_shown(app):
    """LM-01, LM-06, LM-07."""
    with app.app_context():
        county = road.make_county()
        case = exits.failed(county)[0]
    mediator = Visitor(app, county.mediator)
    there = f"/cases/{case}/limitation"
    mediator.submit(there, kind="revocation", happened_on="2025-11-24")
    page = mediator.get(there)
    assert "还有1天届满" in page.text and "行使撤销权" in page.text and "诉讼时效" in page.text
    mediator.submit(there, kind="claim", happened_on="2020-01-06")
    assert "期限起算（2020-01-06）" in mediator.get(f"/cases/{case}/history").text


def test_time_that_was_missed_is_asked_back(app):
    """PT-08."""
    with app.app_context():
        county = road.make_county()
        case, agreement, _refs = road.signed(county)
        road.later(date(2027, 1, 4))
    mediator = Visitor(app, county.mediator)
    there = f"/agreements/{agreement}/restore"
    assert there in mediator.get(f"/cases/{case}").html
    wrong = mediator.submit(there, status=200, ended_on="2027-01-05", why="住院")
    assert "障碍消除的日期在今天之后" in wrong.text
    mediator.submit(there, ended_on="2027-01-03", why="住院，出院小结为凭")
    mediator.submit(f"/cases/{case}/confirmation")


def test_a_case_is_taken_on_the_court_s_platform(app):
    """JM-15."""
    with app.app_context():
        county = cast.gather()
        case = cast.received(county, cast.commissioned(county), track="judicial")
        public_id, case_id = case.public_id, case.id
    head = Visitor(app, county.head)
    head.submit(f"/cases/{public_id}/accept", on="2026-11-23", court_received_on="2026-11-20", by_platform="y")
    found = head.ask(lambda: {each.basis for each in clocks.of_case(case_id) if each.stopped_on is None})
    assert {"JM-15.choose", "JM-15.appoint"} <= found


def test_a_leak_is_noted_answered_and_closed(app):
    """DP-06."""
    with app.app_context():
        centre = makers.make_centre()
        guard, head = makers.make_actor(centre, Role.SECURITY_ADMIN), makers.make_actor(centre, Role.HEAD)
    keeper = Visitor(app, guard)
    assert "没有记过泄露" in keeper.get("/breaches").text
    keeper.submit("/breaches", what="一份名册发错了群", found_on="2026-11-22", people="31")
    [row] = keeper.ask(lambda: breaches.newest(for_=guard))
    there = f"/breaches/{row.public_id}"
    assert "超期" in keeper.get("/breaches").text and "31" in keeper.get(there).text
    done = {"remedy": "群里撤回", "mended_on": "2026-11-22", "authority_told_on": "2026-11-23"}
    assert "还没有通知本人" in keeper.submit(there, status=200, do="close", **done).text
    keeper.submit(there, do="close", persons_told_on="2026-11-23", **done)
    assert "办结" in keeper.get("/breaches").text
    assert Visitor(app, head).status("/breaches") == 403
