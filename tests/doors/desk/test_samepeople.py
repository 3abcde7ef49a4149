"""Two rows of one person at the desk: side by side and covered, made one, found as one, parted."""

import re

import pytest

from mediation.casefile.cases import queries as cases
from mediation.registry.access.rules import Role
from mediation.registry.people.operations import Identity
from tests import makers, road
from tests.doors.visitor import Visitor

UNKNOWN = Identity("万秋莲", phone="13970812799", employer="武阳镇小学")


@pytest.fixture
def county(app):
    with app.app_context():
        county = road.make_county()
        for name, visitor in (("known", road.WAN), ("unknown", UNKNOWN)):
            case = road.registered(county, applicants=[visitor])
            party = cases.parties_of(cases.get(case, for_=county.clerk).id)[0]
            county.more[name] = party.person.public_id
        county.more["admin"] = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
    return county


def test_two_rows_become_one_person_and_two_again(app, county):
    clerk = Visitor(app, county.clerk)
    known, unknown = county.more["known"], county.more["unknown"]
    here = f"/people/{unknown}/same"
    assert here in clerk.get(f"/people/{unknown}").html
    page = clerk.get(here)  # there is one candidate only, so it stands beside at once
    for said in ("139****2716", "139****2799", "武阳镇小学", "11月30日以前（含当天）可以撤销"):
        assert said in page.text, said
    for number in (road.WAN.id_number, road.WAN.phone, UNKNOWN.phone):
        assert number not in page.html
    assert "核对过再勾" in clerk.submit(here, status=200, reason="带身份证来核对过").text
    page = clerk.follow(clerk.submit(here, reason="带身份证来核对过", is_same="y"))
    assert "2 件案件" in page.text and "并到这一条的" in page.text
    assert clerk.client.get(f"/people/{unknown}").headers["Location"].startswith(f"/people/{known}")
    undo = re.search(r'href="(/mergers/[\w-]+/undo)"', page.html).group(1)
    page = clerk.follow(clerk.submit(undo, reason="同名同姓"))
    assert "已撤销合并" in page.text and "1 件案件" in page.text
    assert "合并已经撤销了" in clerk.get(undo).text


def test_two_numbers_bar_it_on_the_page(app, county):
    namesake = Identity("万秋莲", phone="13970812716", id_number="360121199005051123")
    with app.app_context():
        case = road.registered(county, applicants=[namesake])
        person = cases.parties_of(cases.get(case, for_=county.clerk).id)[0].person.public_id
    page = Visitor(app, county.clerk).get(f"/people/{person}/same?other={county.more['known']}")
    assert "证件号码不同，是两个人" in page.text and "都核对过，是同一个人" not in page.text


def test_a_mediator_and_administrators_are_shown_no_way(app, county):
    assert Visitor(app, county.mediator).status(f"/people/{county.more['known']}/same") == 403
    assert Visitor(app, county.more["admin"]).status(f"/people/{county.more['known']}/same") == 403
