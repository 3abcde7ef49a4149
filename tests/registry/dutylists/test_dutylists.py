"""Duty lists: reading a sheet, finding items, taking a list over from a day on."""

from datetime import date, timedelta

import pytest

from mediation.ground import sheets
from mediation.ground.db import transaction
from mediation.ground.errors import NotAllowed, RuleBroken
from mediation.ground.once import new_key
from mediation.registry.access.rules import Role
from mediation.registry.dutylists import operations, queries, rules
from mediation.registry.dutylists.rules import DutyKind, Fault
from tests import makers

TODAY = date(2026, 11, 23)
HEAD = ["清单", "事项类别", "序号", "职责事项", "责任单位", "配合单位", "依据"]
ROWS = [
    ["南昌县矛盾纠纷多元化解职责清单"],
    HEAD,
    ["职责", "物业小区", "1", "楼上楼下漏水、装修扰民纠纷的调解", "物调委", "住建局、县联调委", "民法典"],
    ["", "", "2", "小区停车位争议的处理", "住建局", "", ""],
    [],
    ["协助", "现场协助", "1", "入户走访", "网格中心", "", ""],
]


def reasons(faults):
    return [fault.reason for fault in faults]


def test_a_sheet_is_read_with_merged_cells_and_a_title_above_its_head():
    sheet = rules.read(ROWS)
    assert sheet.faults == []
    assert [(item.kind, item.class_name, item.number, item.lead) for item in sheet.items] == [
        (DutyKind.DUTY, "物业小区", "1", "物调委"), (DutyKind.DUTY, "物业小区", "2", "住建局"),
        (DutyKind.ASSIST, "现场协助", "1", "网格中心"),
    ]
    assert sheet.items[0].assisting == ("住建局", "县联调委")


@pytest.mark.parametrize(("rows", "faults"), [
    ([], [Fault.NO_COLUMN]),
    ([["类别", "事项"], ["邻里", "排水"]], [Fault.NO_COLUMN]),
    ([HEAD], [Fault.NO_ITEMS]),
    ([HEAD, ["职责", "邻里", "1", "", "", "", ""]], [Fault.EMPTY_CELL, Fault.EMPTY_CELL]),
    ([HEAD, ["奇怪", "邻里", "1", "排水", "县联调委", "", ""]], [Fault.UNKNOWN_KIND]),
    ([HEAD, *[["职责", "邻里", "1", "排水", "县联调委", "", ""]] * 2], [Fault.TWICE]),
    ([HEAD, ["职责", "邻里", "1", "水" * 401, "县联调委", "", ""]], [Fault.TOO_LONG]),
])
def test_what_is_wrong_with_a_sheet_is_said_by_line(rows, faults):
    assert reasons(rules.read(rows).faults) == faults


def test_items_are_found_by_words_and_by_what_a_dispute_tells():
    items = rules.read(ROWS).items
    assert [item.number for item in rules.matching("住建局 漏水", items)] == ["1"]
    assert rules.matching("不存在", items) == []
    assert rules.likely("房屋漏水 楼上卫生间漏水到楼下，装修时打了防水", items)[0].text.startswith("楼上楼下")
    assert rules.likely("借款不还", items) == []


def brought(by, rows=ROWS, valid_from=TODAY, **values):
    with transaction():
        return operations.take_over(
            sheets.write("清单", rows[1], rows[2:]), by=by, on=TODAY, valid_from=valid_from, source="南府办〔2026〕1号",
            **values,
        )


@pytest.fixture
def supervisor(ground):
    centre = makers.make_centre()
    makers.make_unit(centre, name="南昌县物业纠纷人民调解委员会", short_name="物调委")
    return makers.make_actor(centre, Role.SUPERVISOR)


def test_a_list_holds_from_its_day_as_a_whole_and_old_items_stay(supervisor):
    centre_id, tomorrow = supervisor.centre_id, TODAY + timedelta(days=1)
    key = new_key()
    assert brought(supervisor, key=key) == brought(supervisor, key=key)
    [first, *_rest] = queries.items(centre_id, on=TODAY)
    assert (first.lead, first.lead_unit_id is not None) == ("物调委", True)
    brought(supervisor, rows=ROWS[:3], valid_from=tomorrow)
    assert (len(queries.items(centre_id, on=TODAY)), len(queries.items(centre_id, on=tomorrow))) == (3, 1)
    assert queries.get(first.public_id, centre_id=centre_id) == first == queries.item(first.id)
    with pytest.raises(RuleBroken) as error:
        brought(supervisor)
    assert reasons(error.value.obstacles) == [Fault.TOO_EARLY]


def test_what_is_taken_along_can_be_brought_again(supervisor):
    brought(supervisor)
    items = queries.items(supervisor.centre_id, on=TODAY)
    found = operations.preview(operations.taken_along(items), centre_id=supervisor.centre_id, valid_from=TODAY)
    assert (found.sheet.faults, found.added, found.gone) == ([], (), ())
    assert (found.count(DutyKind.DUTY), found.unknown_leads) == ((2, 1), ("住建局", "网格中心"))


def test_who_may_not_bring_a_list_may_not(supervisor):
    clerk = makers.make_actor(queries.session.get_one(makers.Centre, supervisor.centre_id), Role.INTAKE_CLERK)
    with pytest.raises(NotAllowed):
        brought(clerk)
