"""A group at the desk: opened, its list pasted, its representatives elected, what members say recorded."""

import re

import pytest

from mediation.registry.people.operations import Identity
from tests import road
from tests.doors.visitor import Visitor

LIST = "姓名\t电话\t金额\n钱小二\t13970812701\t5000\n孙三\t13970812702\t6,000\n李四\t139708\t100"


@pytest.fixture
def county(app):
    with app.app_context():
        county = road.make_county()
        county.more["case"] = road.registered(county)
        county.more["single"] = road.registered(county, applicants=[Identity("邓建军", phone="13970812700")])
    return county


def test_a_group_from_its_opening_to_what_members_say(app, county):
    clerk, case = Visitor(app, county.clerk), county.more["case"]
    page = clerk.get(f"/cases/{case}")
    assert f"/cases/{case}/group" in page.html and "群体 " not in page.text
    clerk.submit(f"/cases/{case}/group", said_count="12", total="60000", learnt_at="2026-11-23T08:00")
    page = clerk.get(f"/cases/{case}")
    for words in ("群体 12 人，代表 0 人", "群体事项首报", "群体性纠纷", "最晚 11-23 09:59"):
        assert words in page.text, words
    group = re.search(r"/groups/[A-Za-z0-9_-]{22}", page.html)[0]

    page = clerk.submit(f"{group}/names", status=200, names=LIST)
    for words in ("新加 2 人", "要改 1 行", "电话号码不对", "登记 2 人"):
        assert words in page.text, words
    page = clerk.submit(f"{group}/names", status=200, names=LIST, take="1")
    assert "加了 2 人，还有 1 行要改" in page.text and "李四\t139708\t100" in page.html and "钱小二" not in page.html
    page = clerk.submit(f"{group}/names", status=200, names=LIST)
    assert "新加 0 人；已在名单里 2 人；要改 1 行" in page.text

    page = clerk.get(f"{group}?name=钱")
    assert "139****2701" in page.text and "139****2702" not in page.text
    member = re.search(r'name="member" value="([^"]+)"', page.html)[1]
    assert "没有选人" in clerk.submit(f"{group}/elect", status=200).text
    clerk.submit(f"{group}/elect", member=member)
    page = clerk.get(f"/cases/{case}")
    assert "万秋莲等12人与涂国平" in page.title and "代表 1 人" in page.text and "钱小二" in page.text
    clerk.submit(f"{group}/proposal", text="分两期付清")
    clerk.submit(f"{group}/answers", about="settlement", answer="agreed", form="written", who="everybody")
    page = clerk.get(group)
    assert "1 个被代表的人都书面同意" not in page.text and "还差 9 人" in page.text
    clerk.submit(f"{group}/numbers", said_count="3")
    assert "1 个被代表的人都书面同意" in clerk.get(group).text

    clerk.submit(f"{group}/cases", at=f"{group}/cases?other={county.more['single']}")
    assert "邓建军" in clerk.get(group).text and "系列案" in clerk.get(f"/cases/{county.more['single']}").text
    clerk.submit(f"{group}/let-go?case={county.more['single']}", reason="他要单独谈")
    page = clerk.get(f"{group}?which=left")
    assert "邓建军" in page.text and "他要单独谈" in page.text
    assert "群体案件：推选代表人，1 人" in clerk.get(f"/cases/{case}/history").text


def test_papers_for_everybody_are_asked_for_in_one_click(app, county):
    clerk, case = Visitor(app, county.clerk), county.more["case"]
    clerk.submit(f"/cases/{case}/group", said_count="3", learnt_at="2026-11-23T08:00")
    group = re.search(r"/groups/[A-Za-z0-9_-]{22}", clerk.get(f"/cases/{case}").html)[0]
    page = clerk.submit(f"{group}/prints", status=200, each="rights_notice")
    assert "本案还没有权利义务告知书" in page.text
    clerk.submit(f"{group}/prints", sheets="list", each="receipt")
    printed = re.search(r"/group-prints/[A-Za-z0-9_-]{22}", clerk.get(f"{group}/prints").html)[0]
    page = clerk.get(printed)
    assert "正在排：0 / 2 份" in page.text and "收件回执，每人一份，1 份" in page.text
    assert clerk.client.get(f"{printed}/progress").get_json() == {"words": "正在排：0 / 2 份", "over": False}
    assert clerk.client.get(f"{printed}.pdf").status_code == 404
