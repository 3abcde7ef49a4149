"""Sheets of orders: read, checked, registered in the background, and safe to bring again (row 6)."""

from pathlib import Path

import pytest

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Channel
from mediation.casefile.outside import queries as outside
from mediation.ground import clock, jobs, sheets, tries
from mediation.ground.db import session
from mediation.ground.errors import NotFound, RuleBroken, Stale
from mediation.registry.access.rules import Role
from mediation.registry.staff.models import Post
from mediation.stages.intake.orders import operations, queries
from mediation.stages.intake.orders.rules import SheetState, Verdict
from tests import makers
from tests.road import do

HEADINGS = ["工单编号", "来电时间", "来电人", "联系电话", "被反映对象", "诉求内容", "事发地点", "涉案金额"]
DRAIN = "两家共用的排水沟被垫高，下雨倒灌进厨房，要求恢复原状。"
ORDERS = [
    ["NC-001", "2026-11-20 09:12", "万秋莲", "13970812716", "涂国平", DRAIN, "武阳镇前进村", "2600"],
    ["NC-002", "2026.11.21", "章小红", "无", "邓建军", "借款五千元三年没有还，打了借条。", "", "若干"],
    ["NC-003", "2026年11月21日", "袁桂香", "1.39E+10", "不详", "楼上漏水，天花板泡坏了。", "", ""],
    ["NC-001", "2026-11-22", "万秋莲", "13970812716", "涂国平", DRAIN, "", ""],
    ["", "2026-11-22", "", "", "", "楼下烧烤店油烟太大。", "", ""],
    ["合计", "", "", "", "", "", "", ""],
]
VERDICTS = ["will_register", "lacks", "lacks", "here", "lacks", "no_row"]
LEDGERS = Path(__file__).parents[5] / "shared" / "data" / "ledgers"  # beside the project, where there are any


@pytest.fixture
def centre(ground):
    return makers.make_centre()


@pytest.fixture
def clerk(centre):
    return makers.make_actor(centre, Role.INTAKE_CLERK)


def book(rows, headings=HEADINGS):
    return sheets.write("工单", headings, rows)


def brought(clerk, data, channel=Channel.HOTLINE_12345):
    sheet = do(operations.take_in, data, "工单.xlsx", channel=channel, by=clerk, on=clock.today())
    work()
    return sheet


def work():
    while jobs.run_next():
        pass


def run(clerk, sheet):
    do(operations.run, sheet, version=queries.get(sheet, for_=clerk).version, by=clerk)
    work()


def verdicts(clerk, sheet):
    found = queries.rows(queries.get(sheet, for_=clerk), verdict=None, after=0, on=clock.today())
    return [shown.row.verdict.value for shown in found.rows]


def cases():
    return session.query(Case).order_by(Case.id).all()


def test_a_sheet_is_checked_then_registered_and_brings_nothing_twice(centre, clerk):
    sheet = brought(clerk, book(ORDERS))
    assert queries.get(sheet, for_=clerk).state == SheetState.CHECKED
    assert verdicts(clerk, sheet) == VERDICTS
    assert not cases()
    run(clerk, sheet)
    assert queries.get(sheet, for_=clerk).state == SheetState.DONE
    [case] = cases()
    assert (case.channel, case.outside_no, case.amount_fen) == (Channel.HOTLINE_12345, "NC-001", 260_000)
    assert case.applied_on.isoformat() == "2026-11-20" and case.area_code.startswith("360121106")
    assert [row.number for row in outside.of_case(case.id)] == ["NC-001"]
    assert queries.count_to_complete(for_=clerk, up_to=99) == 3

    run(clerk, sheet)
    again = brought(makers.make_actor(centre, Role.INTAKE_CLERK), book(ORDERS))
    run(clerk, again)
    assert len(cases()) == 1
    assert verdicts(clerk, again) == ["here", "here", "here", "here", "here", "no_row"]
    assert queries.count_to_complete(for_=clerk, up_to=99) == 3


def test_what_lacked_is_completed_joined_or_dropped_and_stays_in_the_list_taken_along(centre, clerk):
    here = makers.make_case(centre, clerk)
    sheet = brought(clerk, book([*ORDERS[1:3], ORDERS[4], ["NC-009", *ORDERS[0][1:]]]))
    run(clerk, sheet)
    assert verdicts(clerk, sheet)[-1] == "looks_like"
    money, leak, smoke, same = (shown.row.public_id for shown in queries.to_complete(for_=clerk, on=clock.today()).rows)
    do(operations.belongs_to, same, here.public_id, by=clerk, on=clock.today())
    assert [row.number for row in outside.of_case(here.id)] == ["NC-009"]
    do(operations.completed, leak, here.public_id, by=clerk)
    do(operations.drop, smoke, reason="环保部门已处理", by=clerk)
    with pytest.raises(Stale):
        do(operations.drop, smoke, reason="再来", by=clerk)
    assert verdicts(clerk, sheet) == ["lacks", "registered", "dropped", "joined"]
    rows = sheets.read(do(operations.taken_along, sheet, by=clerk))
    assert rows[0] == [*HEADINGS, "原因"]
    assert [row[-1] for row in rows[1:]] == ["还差内容：金额“若干”看不懂", "不登记：环保部门已处理"]
    run(clerk, sheet)
    assert verdicts(clerk, sheet) == ["lacks", "registered", "dropped", "joined"]
    assert money


def test_columns_are_said_anew_and_the_sheet_is_checked_again(clerk):
    data = book([["A-1", "万秋莲", "物业费收了两年没有服务"]], ["单号", "谁", "诉求内容"])
    with pytest.raises(RuleBroken):
        brought(clerk, data)
    data = book([["A-1", "万秋莲", "物业费收了两年没有服务"]], ["单号", "反映人", "诉求内容"])
    sheet = brought(clerk, data)
    assert verdicts(clerk, sheet) == ["lacks"]
    columns, version = {"number": 0, "applicant": 1, "story": 2}, queries.get(sheet, for_=clerk).version
    said = {"channel": Channel.PETITION, "others_unknown": True, "version": version, "by": clerk}
    with pytest.raises(RuleBroken):
        do(operations.take_columns, sheet, columns | {"story": 1}, **said)
    do(operations.take_columns, sheet, columns, **said)
    work()
    assert verdicts(clerk, sheet) == ["will_register"]
    with pytest.raises(Stale):
        do(operations.take_columns, sheet, columns, **said)
    run(clerk, sheet)
    assert [case.channel for case in cases()] == [Channel.PETITION]


def test_a_sheet_stops_by_hand_and_when_the_post_is_left(centre, clerk, monkeypatch):
    rows = [[f"S-{n}", *ORDERS[0][1:4], f"涂国{n}", *ORDERS[0][5:]] for n in range(3)]
    sheet = brought(clerk, book(rows))
    monkeypatch.setattr(tries, "SLICE", 1)
    do(operations.run, sheet, version=queries.get(sheet, for_=clerk).version, by=clerk)
    jobs.run_next()
    while not cases():
        jobs.run_next()
    do(operations.stop, sheet, by=clerk)
    work()
    assert len(cases()) == 1
    do(lambda: setattr(session.get_one(Post, clerk.post_id), "valid_to", clock.today().replace(day=1)))
    run(clerk, sheet)
    stopped = queries.get(sheet, for_=clerk)
    assert (len(cases()), stopped.state) == (1, SheetState.STOPPED)
    other = makers.make_actor(centre, Role.INTAKE_CLERK)
    run(other, sheet)
    assert len(cases()) == 3
    stranger = makers.make_actor(centre, Role.INTAKE_CLERK, makers.make_unit(centre))
    with pytest.raises(NotFound):
        queries.get(sheet, for_=stranger)


@pytest.mark.skipif(not LEDGERS.exists(), reason="the ledgers are not here")
@pytest.mark.parametrize("name", ["ledger_A_liling_2023.xlsx", "ledger_B_shandan_gb18030.csv",
                                  "ledger_C_nanchang_county_2024Q1.xlsx"])
def test_messy_ledgers_are_read(clerk, name):
    """Every row gets a verdict and nothing is made up; ledger B, which has numbers, registers most of its rows."""
    sheet = brought(clerk, (LEDGERS / name).read_bytes())
    counted = queries.counts([queries.get(sheet, for_=clerk).id])
    [counts] = counted.values()
    assert not counts.get(Verdict.UNCHECKED)
    if "_B_" in name:
        assert counts.get(Verdict.WILL_REGISTER, 0) > 60
