"""(h) The court liaison's day: ten packs ready, two barred, one late; filed, answered in their rows, one dismissed."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mediation.casefile.batches import operations as batches
from mediation.casefile.batches.models import Batch
from mediation.ground import clock
from mediation.ground.db import session
from mediation.stages.confirmation import preparing, queries
from mediation.stages.confirmation.rules import DismissalGround
from tests import browser as browsers
from tests import packs
from tests.journeys import court_acts
from tests.road import WAN, do

pytestmark = pytest.mark.journey

MORNING = datetime(2026, 11, 23, 10, tzinfo=clock.SHANGHAI)
TOO_LONG = timedelta(days=35)
READY = ("陈老五", "饶金凤", "徐长庚", "邓火生", "魏细毛", "龚小妹", "胡三根", "熊水英", "罗春桃", "揭寿生")
SHAM, AGAINST, LATE = "裘福根", "樊冬莲", "闵有财"
NUMBER = "（2026）赣0121诉前调确%d号"


def pack(county, name, walk=packs.handed):
    """A pack of an applicant with this name, as far as a walk brings it."""
    return walk(county, applicants=[replace(WAN, name=name)])


@pytest.fixture
def furnishing():
    def thirteen_packs(county):
        clock.freeze(MORNING - TOO_LONG)
        pack(county, LATE)
        clock.freeze(MORNING)
        on = clock.today()
        _case, sham, _refs = pack(county, SHAM)
        do(preparing.answer, sham, by=county.liaison, on=on, grounds=packs.NO_GROUND, sham_suspected=True)
        _case, against, _refs = pack(county, AGAINST)
        grounds = packs.NO_GROUND | {DismissalGround.OTHERS_INTERESTS: True}
        do(preparing.answer, against, by=county.liaison, on=on, grounds=grounds)
        return {name: pack(county, name, packs.whole)[:2] for name in READY}

    return thirteen_packs


def row_of(liaison, name):
    return liaison.page.locator("#court tbody tr").filter(has_text=name)


def record(liaison, name, *, number=None, other=None, **cells):
    """Fill in the cells of a row of the board and save it, by keyboard."""
    row = row_of(liaison, name)
    where = row.locator(".others" if other else "td:not(.what)")
    if other:
        liaison.reach(row.locator("summary"))
        liaison.press("Enter")
        liaison.choose(where.locator("select"), other)
    if number:
        liaison.type(where.locator("[name=court_no]"), number)
    for name_of_cell, day in cells.items():
        liaison.day(where.locator(f"[name={name_of_cell}]"), day)
    liaison.reach(where.get_by_role("button", name="存"))
    liaison.act("Enter")
    liaison.sees("已登记")


def test_a_liaisons_day(stage, tmp_path):
    liaison = stage.enter("liaison", on_phone_too=True)
    liaison.go("/confirmation")
    page = liaison.page
    for said in ("可以递交 10 件", "还缺东西 0 件", "有虚假调解的疑点", "法院会驳回", "已超过申请期限"):
        liaison.sees(said)
    barred = page.locator("#barred tbody tr").all_inner_texts()
    assert len(barred) == 3 and all(name in barred[place] for place, name in enumerate((LATE, SHAM, AGAINST)))
    look_at_one(liaison)
    file_all(liaison, stage)

    record(liaison, READY[0], other="要求补材料", due_on="2026-11-25")
    assert "剩 2 天" in row_of(liaison, READY[0]).inner_text()
    record(liaison, READY[0])
    for place in range(3):
        record(liaison, READY[place], number=NUMBER % (place + 1))
    liaison.sees(NUMBER % 3)
    liaison.go("/confirmation?at=accepted#court")
    scan = tmp_path / "裁定书.pdf"
    scan.write_bytes(packs.blank_pdf())
    row_of(liaison, READY[0]).locator("td:not(.what) [name=scan]").set_input_files(scan)
    record(liaison, READY[0])
    liaison.go("/confirmation?at=ruled#court")
    record(liaison, READY[0])
    liaison.go("/confirmation?at=accepted#court")
    assert not row_of(liaison, READY[0]).count(), "confirmed and served: the court has done its part"
    record(liaison, READY[1], other="内容不明确")
    liaison.sees("近一年一次通过 66% 2/3，驳回 1 件：内容不明确 1")
    assert not browsers.violations(page)
    mediate_again(stage.enter("mediator"), stage.made[READY[1]][0])
    states = [state_of(stage, stage.made[name][1]) for name in READY]
    assert states == ["confirmed", "dismissed", "accepted", *["filed"] * 7]
    assert liaison.cost.clicks == 0


def look_at_one(liaison):
    """The paper lies beside the checks; a check opens the paper that it is made on."""
    page = liaison.page
    liaison.reach(page.locator("#go a.t"))
    liaison.act("Enter")
    liaison.sees("13 项齐 13 项")
    assert page.locator("iframe[name=paper]").is_visible()
    liaison.go("/confirmation")


def file_all(liaison, stage):
    """Tick row by row with arrows and space; print the first, file all."""
    page = liaison.page
    liaison.reach(page.locator("#go a.t"))
    liaison.press("Space")
    liaison.act("F8")
    liaison.go("/confirmation")
    liaison.reach(page.locator("#go a.t"))
    for place in range(len(READY)):
        liaison.press(*(("ArrowDown",) if place else ()), "Space")
    assert page.locator("#go input:checked").count() == len(READY)
    liaison.act()
    liaison.sees("正在办：0 / 10 件")
    with stage.app.app_context():
        [batch] = session.query(Batch)
        batches.work(batch.id, batch.round)
    liaison.go("/confirmation")
    liaison.sees("办完了")


def mediate_again(mediator, case):
    """The text is drawn up again, the clauses and parties stand there already."""
    court_acts.step(mediator, case, "重拟协议")
    mediator.type(mediator.page.locator("#reason"), "法院说第三期的付款方式写得不清楚")
    mediator.act()
    fields = mediator.page.locator("#main input, #main textarea")
    typed = fields.evaluate_all("all => all.map(each => each.value).join()")
    assert "2600" in typed.replace(",", ""), typed
    mediator.open_case(case)
    mediator.sees("裁定驳回")


def state_of(stage, application):
    with stage.app.app_context():
        return str(queries.get(application, for_=stage.county.liaison)[0].state)
