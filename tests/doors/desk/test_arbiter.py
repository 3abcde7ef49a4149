"""The arbiter, precedents, the duty list and batches, through the desk."""

import io
import re

import pytest

from mediation.casefile.cases.rules import Stage
from mediation.ground import jobs, sheets
from mediation.ground.db import session, transaction
from mediation.registry.access.rules import Role
from mediation.registry.staff.models import Post
from mediation.stages.routing import operations as routing
from mediation.stages.routing.arbiter import operations as arbiter
from tests import cast, makers
from tests.doors.desk.county import desks
from tests.doors.visitor import Visitor

ROWS = [
    ["邻里", "相邻用水、排水、通行纠纷的调解", "武阳镇人民调解委员会", "民法典"], ["物业", "停车位争议", "住建局", ""],
]


def bounced(county):
    case = cast.routed(county)
    for number in range(2):
        with transaction():
            routing.reject(
                cast.waiting(case).public_id, by=county.head, on=cast.clock.today(), reason="not_our_area",
                note=f"第{number + 1}家说不归它管",
            )
        if not number:
            cast.routed(county, case)
    return cast.again(case)


def people(county):
    supervisor = makers.make_actor(county.centre, Role.SUPERVISOR, name="胡建平")
    admin = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
    post = session.get_one(Post, supervisor.post_id).public_id
    with transaction():
        arbiter.name(post, by=admin, on=cast.clock.today(), valid_from=cast.clock.today())
    return {"supervisor": supervisor, "admin": admin, "post": post}


@pytest.fixture
def found(app):
    return desks(app, bounced, more=people)


def by(app, found, who):
    return Visitor(app, found.more[who])


def test_the_arbiter_sees_both_reasons_rules_and_the_next_case_is_told(app, found):
    supervisor = by(app, found, "supervisor")
    assert "请您裁定去处 1 件" in supervisor.get("/").text
    address = f"/cases/{found.case}/designate"
    page = supervisor.get(address)
    assert "第1家说不归它管" in page.text and "第2家说不归它管" in page.text
    page = supervisor.submit(address, status=200, unit=found.unit, why="沟在村里", is_precedent="y")
    assert "作为先例要写明以后怎么认" in page.text
    supervisor.submit(address, unit=found.unit, why="沟在村里", signs="共用排水沟", is_precedent="y")
    assert found.stage == Stage.ROUTED
    transfer = found.of(lambda case, _proceeding: cast.waiting(case).public_id)
    assert "不能退" in found.head.get(f"/transfers/{transfer}/receive").text
    page = found.head.submit(f"/transfers/{transfer}/reject", status=200, reason="papers")
    assert "裁定由本单位办，不能退" in page.text
    page = supervisor.get("/precedents")
    assert "共用排水沟" in page.text
    ending = re.search(r"/precedents/[\w-]{22}/end", page.response.text)[0]
    supervisor.submit(ending, reason="沟归镇里管了")
    assert "恢复" in supervisor.get("/precedents").text


def test_the_dispatcher_waits_for_the_arbiter(app, found):
    address = f"/cases/{found.case}/route"
    page = found.dispatcher.submit(address, status=200, way=f"peoples:{found.unit}")
    assert "等胡建平裁定送到哪里" in page.text


def test_who_gives_back_is_counted_with_the_cases(app, found):
    page = found.dispatcher.get("/settings/returns")
    assert "100%" in page.text
    page = found.dispatcher.get(f"/settings/returns?unit={found.unit}")
    assert page.text.count("不在本单位辖区") == 2


def test_the_arbiter_is_named_by_the_administrator(app, found):
    admin = by(app, found, "admin")
    assert "现在是 胡建平" in admin.get("/settings/arbiter").text
    admin.submit("/settings/arbiter", post="")
    assert "没有人，由分流员自己定" in admin.get("/settings/arbiter").text
    assert found.dispatcher.status("/settings/arbiter") == 403


def test_a_duty_list_is_shown_before_it_is_taken_over_and_cited_when_routing(app, found):
    supervisor = by(app, found, "supervisor")
    data = sheets.write("清单", ["类别", "事项", "牵头单位", "依据"], ROWS)
    given = {"source": "南府办〔2026〕1号", "file": (io.BytesIO(data), "清单.xlsx")}
    page = supervisor.submit("/duty-list/import", status=200, **given)
    assert "职责 2 类 2 项" in page.text and "住建局" in page.text
    carried = next(form["fields"]["carried"] for form in page.forms if "carried" in form["fields"])
    supervisor.submit("/duty-list/import", source="南府办〔2026〕1号", carried=carried, do="import")
    assert "停车位争议" not in found.head.get("/duty-list?q=排水").text
    assert "相邻用水" in found.head.get("/duty-list?q=排水").text
    assert "相邻用水" in supervisor.get(f"/cases/{found.case}/designate").text
    assert found.head.status("/duty-list/import") == 403


def test_many_cases_are_routed_after_a_dry_run(app):
    found = desks(app, cast.screened)
    page = found.dispatcher.get("/triage")
    assert "看看会怎样" in page.text
    answer = found.dispatcher.submit("/triage", case=[found.case])
    batch = answer.headers["Location"]
    page = found.dispatcher.get(batch)
    assert "办这 1 件" in page.text and "武阳镇人民调解委员会" in page.text
    found.dispatcher.submit(f"{batch}/run", at=batch)
    assert found.dispatcher.client.get(f"{batch}/progress").json["over"] is False
    while found.dispatcher.ask(jobs.run_next):
        pass
    assert found.dispatcher.client.get(f"{batch}/progress").json["over"] is True
    assert found.stage == Stage.ROUTED
    assert found.head.status(batch) == 404


def test_heads_assign_many_at_once(app):
    found = desks(app, cast.accepted)
    answer = found.head.submit("/triage/assign", case=[found.case], mediator=found.pool, override="knows")
    batch = answer.headers["Location"]
    found.head.submit(f"{batch}/run", at=batch)
    while found.head.ask(jobs.run_next):
        pass
    assert found.state == "assigned"
    assert found.dispatcher.status(batch) == 404
