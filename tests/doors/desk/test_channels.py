"""The ways into the centre at the desk: collection points, outside numbers."""

import re

import pytest

from mediation.casefile.cases.models import Case
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from mediation.registry.points import queries as points
from tests import makers
from tests.doors.visitor import Visitor

TYPED = {
    "name": "万秋莲", "phone": "13970812716", "other": "涂国平", "story": "排水沟垫高，雨水倒灌进厨房",
    "claims": "恢复原状", "kind": "用水、排水", "channel": "wechat",
}
POINT = {"code": "QJ-01", "name": "前进村说事点", "kind": "talk", "channel": "wechat", "area_code": "", "unit": ""}


@pytest.fixture
def centre(app):
    with app.app_context():
        return makers.make_centre()


def visitor(app, centre, role=Role.INTAKE_CLERK):
    with app.app_context():
        return Visitor(app, makers.make_actor(centre, role))


def newest(somebody):
    return somebody.ask(lambda: session.query(Case).order_by(Case.id.desc()).first().public_id)


def test_a_point_is_asked_for_once_there_is_one_and_remembered(app, centre):
    admin, clerk = visitor(app, centre, Role.SYSTEM_ADMIN), visitor(app, centre)
    assert 'id="point"' not in clerk.get("/intake").html
    admin.submit("/points/new", on="2026-11-23", **POINT)
    point = admin.ask(lambda: points.points(centre.id)[0].public_id)
    assert "前进村说事点" in admin.get("/points").text

    refused = clerk.submit("/intake", status=200, **TYPED | {"channel": "window", "point": point})
    assert "请改渠道或者重选" in refused.text
    clerk.submit("/intake", **TYPED | {"point": point})
    page = clerk.get("/intake").html
    assert re.search(rf'<option[^>]* selected[^>]* value="{point}"', page)
    assert "微信群（前进村说事点）" in page
    assert "万秋莲与涂国平" in clerk.get(f"/cases?point={point}").text
    assert "万秋莲与涂国平" not in clerk.get(f"/cases?point={'A' * 22}").text
    assert "万秋莲与涂国平" not in clerk.get("/cases?channel=window").text

    case = newest(clerk)
    clerk.submit(f"/cases/{case}/correct", reason="听错了", story=TYPED["story"], kind=TYPED["kind"], channel="window",
                 point="", applied_on="2026-11-23", people_count="1")
    assert "万秋莲与涂国平" not in clerk.get(f"/cases?point={point}").text

    admin.submit(f"/points/{point}/end", on="2026-11-23")
    assert "用到" in admin.get("/points?ended=1").text
    admin.submit(f"/points/{point}/take-up", at=f"/points/{point}")
    admin.submit(f"/points/{point}", **POINT | {"name": "前进村老樟树说事点"})
    assert "前进村老樟树说事点" in admin.get("/points").text


def test_numbers_of_other_systems_are_entered_and_updated_from_the_case(app, centre):
    clerk = visitor(app, centre)
    clerk.submit("/intake", **TYPED | {"channel": "hotline_12345", "outside_no": "NC2026-871"})
    case = newest(clerk)
    given = {"system": "province", "said_on": "2026-11-23", "reached": "unknown"}
    assert "没有写对方系统里的编号" in clerk.submit(f"/cases/{case}/outside", status=200, **given).text
    clerk.submit(f"/cases/{case}/outside", **given | {"number": "GX36-118"})
    row = re.search(r"/outside/([\w-]{22})", clerk.get(f"/cases/{case}/outside").html)[1]
    clerk.submit(f"/outside/{row}", reached="answered", said_on="2026-11-23")
    for page in (f"/cases/{case}", f"/cases/{case}/history"):
        assert "已回复" in clerk.get(page).text
    assert "NC2026-871" in clerk.get(f"/cases/{case}").text
    assert case in clerk.get("/search?q=GX36-118", status=302).html
