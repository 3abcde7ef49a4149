"""The page of a case says what to do first, what it is about, who is on it and what its papers lack."""

import re
from datetime import date, timedelta

from mediation.casefile.cases.rules import Stage, Turn
from mediation.doors.desk import elapsed, nextsteps, todo
from mediation.registry.access.rules import Role
from tests import makers, packs, road
from tests.doors.visitor import Visitor


def county_of(app, bring):
    with app.app_context():
        county = road.make_county()
        case, *_more = bring(county)
    return county, case


def main_action(page):
    return re.search(r'class="btn btn-primary"[^>]*>([^<]*)<', page.html).group(1).strip()


def test_what_gets_ready_is_first_until_it_is_ready(app):
    county, case = county_of(app, packs.handed)
    assert main_action(Visitor(app, county.liaison).get(f"/cases/{case}")) == "补齐确认材料"


def test_a_whole_pack_is_filed(app):
    county, case = county_of(app, packs.whole)
    page = Visitor(app, county.liaison).get(f"/cases/{case}")
    assert main_action(page) == "申请司法确认" and "补齐确认材料" in page.text


def test_what_the_road_does_not_lead_to_is_not_shown_as_barred(app):
    county, case = county_of(app, packs.handed)
    for by in (county.liaison, county.head):
        page = Visitor(app, by).get(f"/cases/{case}")
        for noise in ("这一次调解还没有终止", "不能再终止", "不能按撤回结案"):
            assert noise not in page.text, (by.role, noise)


def test_a_step_that_prepares_nothing_open_stays_the_main_one():
    assert "confirmation.prepare" in nextsteps._aside({"confirmation.prepare", "confirmation.file"}, set())
    assert "confirmation.prepare" not in nextsteps._aside({"confirmation.prepare"}, set())


def test_the_page_says_what_it_is_about_who_is_on_it_and_what_lacks(app):
    county, case = county_of(app, packs.handed)
    page = Visitor(app, county.mediator).get(f"/cases/{case}")
    for said in ("争议金额", "各方都同意调解", "熊桂生", "第 1 条", "缺 4", "0/", "前面各阶段", "我的私下记录"):
        assert said in page.text, said
    assert f'href="/cases/{case}/correct"' in page.html
    assert "我的私下记录" not in Visitor(app, county.head).get(f"/cases/{case}").text


def test_a_late_last_day_is_red_in_the_head(app):
    with app.app_context():
        county = road.make_county()
        case, _refs = road.mediating(county)
        road.later(date(2027, 3, 1))
    head = Visitor(app, county.mediator).get(f"/cases/{case}").html.split('class="state"')[1]
    assert re.match(r'.*?调解期限 <span class="late">超 \d+ 天', head, re.DOTALL)


def test_the_home_says_what_each_case_asks_for_and_the_supervisor_where_its_time_went(app):
    with app.app_context():
        county = road.make_county()
        road.mediating(county)
        supervisor = makers.make_actor(county.centre, Role.SUPERVISOR)
        road.later(date(2027, 3, 1))
    assert "约调解会、记调解会" in Visitor(app, county.mediator).get("/").text
    late = Visitor(app, supervisor).get("/").text
    assert "时间花在哪" in late and re.search(r"已 \d+ 天没动", late)


def test_every_turn_of_every_stage_has_its_words():
    open_stages = [stage for stage in Stage if stage not in (Stage.ARCHIVED,)]
    assert {stage for stage, _turn in todo.BY_TURN} == set(open_stages)
    assert not {turn for _stage, turn in todo.BY_TURN} & {Turn.DONE, Turn.PARTY}


def test_a_stage_lasts_until_the_next_one_and_the_last_until_today():
    begun = date(2026, 3, 2)
    dated = [
        ("case.register", begun), ("case.screen", begun + timedelta(2)), ("case.route", begun + timedelta(2)),
        ("case.return", begun + timedelta(5)), ("case.route", begun + timedelta(6)),
        ("case.correct", begun + timedelta(9)),
    ]
    days = elapsed._days_of_stages(dated, begun + timedelta(16))
    assert days == {Stage.REGISTERED: 2, Stage.SCREENED: 1, Stage.ROUTED: 13}
    assert sum(days.values()) == 16
