"""(e) A village mediator tries another village's case, by every way there is: it looks like one that does not exist."""

import dataclasses
import re

import pytest
from sqlalchemy import select

from mediation.casefile.cases.models import Case
from mediation.ground.db import Base, session
from mediation.ground.ids import new_public_id
from mediation.registry.access.rules import Role
from mediation.registry.people.operations import Identity
from mediation.registry.units.rules import UnitKind
from tests import makers, packs

pytestmark = pytest.mark.journey

QIANJIN, NANFANG = "360121106207", "360121106208"
OLD = Identity("刘谷生", phone="13970816620", id_number="360121194805060017", address="南昌县武阳镇前进村3组")
SON = Identity("刘小毛", phone="13870816621", id_number="36012119751102003X", address="南昌县武阳镇前进村3组")
MATTER = makers.changed(
    makers.DRAIN, story="兄弟两家分老屋，去年口头说好各一半，东头两间刘小毛先占了，刘谷生进不了门。",
    claims="按口头约定一人一半，腾出东头一间，补2600元", type_code="marriage_family.household_division",
    area_code=QIANJIN, place="武阳镇前进村3组",
)
ROOMS = {  # the first part of an address, and the table whose row it shows
    "cases": "cases", "intake": "cases", "parties": "parties", "people": "parties", "papers": "papers",
    "transfers": "transfers", "proceedings": "proceedings", "sessions": "sessions", "agreements": "agreements",
    "confirmations": "confirmations", "performances": "performances",
}
ID = "<public_id:public_id>"
CHANGING = re.compile(r'name="csrf-token" content="[^"]+"|name="csrf_token" [^>]*value="[^"]+"|报这个号：[\w-]+')


@pytest.fixture
def furnishing():
    return villages


def villages(county):
    """Make two villages; the case of the one has come as far as the pack for the court. Returns ids by table."""
    here, there = (
        makers.make_unit(
            county.centre, UnitKind.COMMITTEE, f"武阳镇{name}人民调解委员会", short_name=f"{name}调委会",
            number_word=word, area_code=area, address=f"南昌县武阳镇{name}",
        )
        for name, word, area in (("前进村", "前进民调", QIANJIN), ("南坊村", "南坊民调", NANFANG))
    )
    county.more["neighbour"] = makers.make_actor(county.centre, Role.MEDIATOR, there, name="闵水根")
    makers.make_mediator(county.centre, there, county.more["neighbour"], name="闵水根", register_no="36012102")
    own = dataclasses.replace(county, committee=here)
    own.head = makers.make_actor(county.centre, Role.HEAD, here, name="刘水生")
    own.mediator = county.more["own"] = makers.make_actor(county.centre, Role.MEDIATOR, here, name="万宝根")
    own.pool = makers.make_mediator(county.centre, here, own.mediator, name="万宝根", register_no="36012103")
    case, _application, _parties = packs.handed(own, applicants=[OLD], respondents=[SON], matter=MATTER)
    row = session.scalar(select(Case).where(Case.public_id == case))
    return {"numbers": (row.register_no, row.body_no)} | ids_of(row)


def ids_of(case) -> dict[str, str]:
    """Return the public id of a row of the case in each table, by table."""
    found = {"cases": case.public_id}
    for mapper in Base.registry.mappers:
        model = mapper.class_
        if {"case_id", "public_id"} <= set(mapper.columns.keys()):
            newest = select(model.public_id).where(model.case_id == case.id).order_by(model.id.desc()).limit(1)
            found[model.__tablename__] = session.scalar(newest)
    return found


def addresses(app, made):
    """Return every address below a case, twice: with its id and with an invented one; and the method it is asked by."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        path, method = str(rule), "GET" if "GET" in rule.methods else "POST"
        table = ROOMS.get(path.split("/")[1])
        if table and path.count("<") == 1 and ID in path:
            for asked in {method, *rule.methods & {"POST"}}:
                yield asked, path.replace(ID, made[table]), path.replace(ID, new_public_id())


def looks(page, path):
    """Return a page as its reader sees it, without what differs at every opening."""
    return CHANGING.sub("", page).replace(path, "<what was asked for>")


def test_another_villages_case_looks_like_none(stage):
    made = stage.made
    neighbour = stage.enter("neighbour")
    asks = neighbour.context.request

    token = {"csrf_token": neighbour.page.get_attribute("meta[name=csrf-token]", "content")}
    hidden = 0
    for method, there, nowhere in addresses(stage.app, made):
        form = token if method == "POST" else None
        real, invented = (asks.fetch(stage.base + path, method=method, form=form) for path in (there, nowhere))
        assert real.status == invented.status and real.status in (403, 404), (method, there, real.status)
        assert looks(real.text(), there) == looks(invented.text(), nowhere), (method, there)
        hidden += real.status == 404
    assert hidden > 60
    for path in (f"/cases/{made['cases']}", f"/papers/{made['papers']}.pdf", f"/agreements/{made['agreements']}/edit"):
        assert neighbour.go(path).status == 404
        neighbour.sees("没有找到")
        neighbour.does_not_see("刘谷生")


def test_another_villages_case_is_in_no_list(stage):
    neighbour = stage.enter("neighbour")
    register_no, body_no = stage.made["numbers"]
    pairs = (
        ("刘谷生", "刘谷长"), ("lgs", "lgz"), ("6620", "6629"), (OLD.id_number, "360121194805060033"),
        (register_no, "南矛调登〔2026〕99号"), (body_no, "（2026）前进民调99号"), ("前进村", "后退村"),
    )
    for there, nowhere in pairs:
        neighbour.go("/")
        neighbour.search(there)
        real = neighbour.page.inner_text("main")
        neighbour.go("/")
        neighbour.search(nowhere)
        assert real == neighbour.page.inner_text("main"), there
    for path in ("/", "/cases", f"/cases?area={QIANJIN}", "/cases?sort=due", "/figures", "/figures/accepted"):
        neighbour.go(path)
        neighbour.does_not_see("刘谷生")
        neighbour.does_not_see(body_no)
        assert neighbour.page.locator(f"a[href*='{stage.made['cases']}']").count() == 0


def test_the_villages_own_mediator_finds_it(stage):
    """So that the refusals above are not everybody's."""
    own = stage.enter("own")
    own.search("刘谷生")
    own.follow("刘谷生与刘小毛分家析产纠纷")
    own.sees(stage.made["numbers"][1])
