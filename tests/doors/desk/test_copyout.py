"""Copying out as people do it: the definition, the list, the card, the mark, the sheet."""

import pytest

from mediation.ground import clock, sheets
from mediation.registry.access.rules import Role
from mediation.registry.platforms import operations as platforms
from mediation.registry.platforms import queries
from mediation.stages.copyout import queries as copyout
from tests import makers, road
from tests.doors.visitor import Visitor


@pytest.fixture
def county(app):
    with app.app_context():
        county = road.make_county()
        county.more["admin"] = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
        road.do(platforms.take_up, "governance", by=county.more["admin"], on=clock.today())
        county.more["case"] = road.registered(county)
    return county


def entry_of(visitor):
    rows = visitor.ask(copyout.listing, "governance", "waiting", for_=visitor.by).rows
    return rows[0].entry.public_id


def test_from_the_list_by_the_card_to_the_mark(app, county):
    clerk = Visitor(app, county.clerk)
    assert "/copyout" in clerk.get("/cases").html
    address = f"/copyout/{entry_of(clerk)}"
    page = clerk.get("/copyout")
    assert "综治矛盾纠纷平台" in page.text and address in page.html
    card = clerk.get(address)
    assert "360121196803122260" not in card.html and "武阳镇" in card.text
    shown = clerk.submit(f"{address}/reveal", at=address, status=200, why="paper", words="")
    assert "360121196803122260" in shown.html
    refused = clerk.submit(address, number=" ", entered_on="2026-11-23", reached="running", status=200)
    assert "role=\"alert\"" in refused.html
    clerk.submit(address, number="ZZ-8", entered_on="2026-11-23", reached="running")
    assert "ZZ-8" in clerk.get(address).text
    assert "ZZ-8" in clerk.get("/copyout?show=entered").text
    assert "录入" in clerk.get(f"/cases/{county.more['case']}").text


def test_numbers_are_typed_on_the_list_and_what_is_refused_is_told(app, county):
    clerk = Visitor(app, county.clerk)
    public_id = entry_of(clerk)
    told = {f"number-{public_id}": "ZZ-9", f"version-{public_id}": "7", "platform": "governance"}
    clerk.submit("/copyout/numbers", at="/copyout", **told)
    assert "ZZ-9" in clerk.get("/copyout").text
    clerk.submit("/copyout/numbers", at="/copyout", **told | {f"version-{public_id}": "1"})
    assert not clerk.ask(copyout.listing, "governance", "waiting", for_=county.clerk).rows


def test_the_sheet_asks_for_a_reason_first(app, county):
    clerk = Visitor(app, county.clerk)
    chosen = {"platform": "governance", "id": entry_of(clerk)}
    asked = clerk.submit("/copyout/sheet", at="/copyout", status=200, **chosen)
    assert chosen["id"] in asked.html
    token = asked.forms[-1]["fields"]["csrf_token"]
    answer = clerk.client.post("/copyout/sheet", data={"csrf_token": token, "reason": "导入", **chosen})
    head, line = sheets.read(answer.data)
    assert head[0] == "事件标题" and "万秋莲" in line[0]
    mediator = Visitor(app, county.mediator)
    assert mediator.status("/copyout/sheet") == 403


def test_an_administrator_puts_the_fields_into_another_order(app, county):
    admin = Visitor(app, county.more["admin"])
    ref = admin.ask(queries.platform, "governance", centre_id=admin.by.centre_id).public_id
    address = f"/platforms/{ref}"
    told = _typed(queries.built_in()["governance"]) | {"fields-1-extra": "邻里=0301", "reason": "本地的顺序"}
    wrong = admin.submit(address, status=200, **told | {"fields-1-extra": "没有这类=1"})
    assert "没有这类=1" in wrong.text
    tried = admin.submit(address, status=200, **told | {"fields-1-place": "1", "fields-0-place": "2"})
    assert "0301" in tried.text and "万秋莲" not in tried.html
    admin.submit(address, do="set", **told | {"fields-1-place": "1", "fields-0-place": "2"})
    found = admin.ask(queries.platform, "governance", centre_id=admin.by.centre_id)
    assert [each.label for each in found.definition.fields[:2]] == ["事件类别", "事件标题"]
    assert found.definition.fields[0].codes == {"neighbour": "0301"}
    assert "本地的顺序" in admin.get(f"/platforms/{found.public_id}").text
    more = admin.submit(f"/platforms/{found.public_id}", status=200, more="1", **told)
    assert "fields-19-label" in more.html


def _typed(definition):
    """Return what a browser would send of the page of a definition that nobody has touched."""
    told = {"name": definition.name, "system": definition.system, "since": definition.since.value}
    told |= {"who": [str(role) for role in definition.who], "valid_from": "2026-11-23"}
    for at, each in enumerate(definition.fields):
        row = {"place": at + 1, "label": each.label, "ours": each.ours.value, "longest": each.longest or ""}
        row |= {"format": "", "extra": ""} | ({"required": "y"} if each.required else {})
        told |= {f"fields-{at}-{name}": value for name, value in row.items()}
    return told
