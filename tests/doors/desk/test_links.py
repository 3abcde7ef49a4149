"""Linking, merging and parting cases at the desk: what follows stands there before it is done; both numbers open."""

import pytest

from mediation.casefile.cases.models import Case
from mediation.ground import clock
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from mediation.registry.people.operations import Identity
from mediation.stages.intake import merging
from tests import makers, road
from tests.doors.visitor import Visitor

BROTHER = Identity("万建国", phone="13970812799", id_number="360121197001012216")
WHY = "兄妹两人为同一条水沟分头来登记"


@pytest.fixture
def county(app):
    with app.app_context():
        county = road.make_county()
        county.more["leading"] = road.registered(county)
        county.more["merged"] = road.registered(county, applicants=[BROTHER])
        county.more["running"] = road.mediating(county)[0]
        county.more["supervisor"] = makers.make_actor(county.centre, Role.SUPERVISOR)
        county.more["numbers"] = [case.register_no for case in session.query(Case).order_by(Case.id)]
    return county


@pytest.fixture
def clerk(app, county):
    return Visitor(app, county.clerk)


def test_a_case_is_linked_by_its_number_and_let_go_with_a_reason(county, clerk):
    leading, merged = county.more["leading"], county.more["merged"]
    number, here = county.more["numbers"][0], f"/cases/{merged}/links"
    assert "还没有关联的案件" in clerk.get(here).text
    assert "没有找到另外的案件" in clerk.get(f"{here}?q=999").text
    page = clerk.get(f"{here}?q={number}")
    assert "万秋莲与涂国平" in page.text and "此前来访" in page.text
    clerk.submit(here, at=f"{here}?q={number}", kind="repeat.back", reason="又来了")
    for case, words in ((leading, "此前来访"), (merged, "再次来访")):
        page = clerk.get(f"/cases/{case}")
        assert words in page.text and "关联案件" in page.text
    page = clerk.get(here)
    end = page.html.split('href="/links/')[1].split('"')[0].replace("&amp;", "&")
    assert "没有写为什么" in clerk.submit(f"/links/{end}", status=200, reason=" ").text
    clerk.submit(f"/links/{end}", reason="不是一回事")
    assert "还没有关联的案件" in clerk.get(here).text
    history = clerk.get(f"/cases/{merged}/history").text
    assert "关联案件：重复来访" in history and "解除关联：重复来访" in history


def test_two_cases_are_merged_and_parted(county, clerk):
    leading, merged, numbers = county.more["leading"], county.more["merged"], county.more["numbers"]
    here = f"/cases/{merged}/merge"
    page = clerk.get(f"{here}?q={numbers[0]}")
    for said in ("万建国加进", "11月30日以前（含当天）可以撤销", "统计只算", "换个方向"):
        assert said in page.text, said
    assert "核对过再勾" in clerk.submit(here, at=f"{here}?q={numbers[0]}", status=200, reason=WHY).text
    answer = clerk.submit(here, at=f"{here}?q={numbers[0]}", reason=WHY, is_same="y")
    page = clerk.follow(answer)
    assert "已并案" in page.text and "并入本案" in page.text and "万秋莲等2人" in page.title
    opened = clerk.client.get(f"/cases/{merged}")
    assert opened.headers["Location"].startswith(f"/cases/{leading}")
    assert f"您打开的{numbers[1]}已在11月23日并入本案" in clerk.follow(opened).text
    found = clerk.client.get(f"/search?q={numbers[1]}", follow_redirects=True)
    assert "并入本案" in found.text  # the number of the merged case still leads somewhere
    own = clerk.get(f"/cases/{merged}?own=1")
    assert "已并案" in own.text and "撤销并案" in own.text and "登记新发现的风险" not in own.text
    assert "并入" + numbers[0] in clerk.get(f"/cases/{merged}/history").text
    assert f"并入一件：{numbers[1]}，新加当事人 1 方" in clerk.get(f"/cases/{leading}/history").text
    clerk.submit(f"/cases/{merged}/unmerge", reason="其实是两条沟")
    assert "已筛查" in clerk.get(f"/cases/{merged}").text or clerk.get(f"/cases/{merged}").title.startswith("万建国")
    assert "万秋莲与涂国平" in clerk.get(f"/cases/{leading}").title
    assert clerk.client.get(f"/cases/{merged}/unmerge").status_code == 302


def test_what_forbids_a_merger_is_said_before_anything_is_typed(app, county):
    running = county.more["running"]
    dispatcher = Visitor(app, county.dispatcher)
    page = dispatcher.get(f"/cases/{running}/merge?other={county.more['leading']}")
    assert "正在调解，先终止它" in page.text and "核对过，是同一件纠纷" not in page.text
    assert "正在调解，先终止它" not in dispatcher.get(f"/cases/{running}").text  # the case page is not full of it


def test_parties_who_stay_are_named_and_files_are_listed(app, county, clerk):
    leading, merged = county.more["leading"], county.more["merged"]
    with app.app_context():
        road.do(merging.merge, merged, leading, by=county.clerk, on=clock.today(), reason=WHY)
        road.consented(county, leading, by=county.clerk)
    page = clerk.follow(clerk.submit(f"/cases/{merged}/unmerge", reason="其实是两条沟"))
    assert "万建国留在那一件里" in page.text


def test_a_reader_of_progress_sees_the_lines_and_no_way_to_change_them(app, county, clerk):
    leading, merged, numbers = county.more["leading"], county.more["merged"], county.more["numbers"]
    clerk.submit(f"/cases/{merged}/links", at=f"/cases/{merged}/links?other={leading}", kind="series")
    mine = county.more["running"]
    page = Visitor(app, county.more["supervisor"]).get(f"/cases/{merged}")
    assert numbers[0] in page.text and "改关联" not in page.text
    clerk.submit(f"/cases/{mine}/links", at=f"/cases/{mine}/links?other={leading}", kind="series")
    assert "系列案" not in Visitor(app, county.head).get(f"/cases/{mine}").text  # the other one is none of the head's
