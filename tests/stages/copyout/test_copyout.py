"""A case is typed once: who has to enter it where, the card, the mark, what has changed since, the sheet (row 123)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mediation.casefile.cases import queries as cases
from mediation.casefile.outside import operations as outside_numbers
from mediation.casefile.outside import queries as outside
from mediation.ground import clock, jobs, sheets
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken, Stale
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import Role
from mediation.registry.people.rules import RevealReason
from mediation.registry.platforms import operations as platforms
from mediation.registry.platforms import queries as platform_queries
from mediation.registry.platforms.rules import Definition, Field, Format, Ours, Since
from mediation.stages.copyout import operations, queries, trying, values
from mediation.stages.copyout.rules import EntryState, Said
from mediation.stages.intake import corrections
from tests import makers, road
from tests.road import do

ASKED = (
    Field("标题", Ours.TITLE, longest=6, required=True),
    Field("类别", Ours.TYPE, codes={"neighbour": "=02"}),
    Field("金额", Ours.AMOUNT, Format.YUAN),
    Field("证件", Ours.APPLICANT_ID, required=True),
    Field("协议", Ours.AGREEMENT_TEXT, required=True),
    Field("系统", fixed="一窗"),
)


def definition(**changes):
    told = {"name": "省平台", "system": "province", "who": (Role.INTAKE_CLERK,), "since": Since.REGISTERED}
    return Definition(**told | {"fields": ASKED} | changes)


@pytest.fixture
def county(ground):
    county = road.make_county()
    county.more["admin"] = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
    return county


def taken_up(county, code="province", **changes):
    return do(platforms.add, code=code, definition=definition(**changes), by=county.more["admin"], on=clock.today())


def rows(county, state=EntryState.WAITING, code="province", **more):
    return queries.listing(code, state, for_=county.clerk, **more).rows


def test_every_field_of_ours_can_be_read_of_a_case_at_its_beginning_and_its_end(county):
    for case_ref in (road.registered(county), road.signed(county)[0]):
        file = values.File(cases.get(case_ref, for_=county.clerk))
        for ours in Ours:
            if ours is not Ours.FIXED:
                values.read(file, ours)
    linked = values.read(file, Ours.ENTITIES)[0]  # each with its class of GB/T 31000 (DP-12)
    for words in ("人：万秋莲", "组织：武阳镇人民调解委员会", "地：江西省南昌市南昌县武阳镇", "事：万秋莲与涂国平"):
        assert words in linked
    text, _words = values.read(file, Ours.AGREEMENT_TEXT)
    assert "支付" in text and "元" in text
    assert values.read(file, Ours.RESULT)[0] == "调解成功"


def test_a_case_is_listed_from_the_step_that_makes_it_one_for_the_platform_until_it_is_entered(county):
    taken_up(county)
    taken_up(county, "later", system="justice", since=Since.ACCEPTED, tracks=("peoples",))
    case = road.registered(county)
    (row,) = rows(county)
    assert row.case.public_id == case and not rows(county, code="later")
    road.accepted(county, case)
    assert len(rows(county, code="later")) == 1
    other = makers.make_actor(makers.make_centre(name="进贤县中心"), Role.INTAKE_CLERK)
    assert not queries.listing("province", EntryState.WAITING, for_=other).rows

    told = {"version": row.entry.version, "entered_on": clock.today(), "by": county.clerk, "on": clock.today()}
    with pytest.raises(RuleBroken):
        do(operations.enter, row.entry.public_id, number=" ", **told)
    with pytest.raises(NotFound):
        do(operations.enter, row.entry.public_id, number="P-1", **told | {"by": other})
    do(operations.enter, row.entry.public_id, number="P-1", key="k", **told)
    do(operations.enter, row.entry.public_id, number="P-1", key="k", **told)
    with pytest.raises(Stale):
        do(operations.enter, row.entry.public_id, number="P-2", **told)
    assert not rows(county)
    (entered,) = rows(county, EntryState.ENTERED)
    assert (entered.number, entered.entry.entered_on) == ("P-1", clock.today())
    assert [each.number for each in outside.of_case(entered.case.id)] == ["P-1"]

    do(operations.put_back, entered.entry.public_id, version=entered.entry.version, by=county.clerk, on=clock.today())
    (again,) = rows(county)
    do(operations.enter, again.entry.public_id, number="P-3", **told | {"version": again.entry.version})
    assert [each.number for each in outside.of_case(again.case.id)] == ["P-3"]


def test_what_has_changed_here_since_it_was_entered_there_is_told_by_field(county):
    taken_up(county)
    road.registered(county)
    (row,) = rows(county)
    do(operations.enter, row.entry.public_id, version=1, number="P-1", entered_on=clock.today(), by=county.clerk,
       on=clock.today())
    assert not rows(county, EntryState.ENTERED, changed=True)
    case = cases.get(row.case.public_id, for_=county.clerk)
    do(corrections.correct, case.public_id, {"amount_fen": 999_900}, version=case.version, reason="听错了",
       by=county.clerk, on=clock.today())
    (changed,) = rows(county, EntryState.ENTERED, changed=True)
    assert changed.entry.changed == {"labels": ["金额"]}
    assert "9999" not in str(changed.entry.shown)
    do(operations.note_again, changed.entry.public_id, version=changed.entry.version, by=county.clerk, on=clock.today())
    assert not rows(county, EntryState.ENTERED, changed=True)


def test_a_number_that_was_written_down_by_hand_counts_as_entered(county):
    taken_up(county)
    case = road.registered(county)
    do(outside_numbers.add, case, system="province", number="SJ-7", status="running", by=county.clerk, on=clock.today())
    (row,) = rows(county, EntryState.ENTERED)
    assert row.number == "SJ-7"


def test_a_case_may_be_waived_with_a_reason_and_put_back(county):
    taken_up(county)
    road.registered(county)
    (row,) = rows(county)
    with pytest.raises(RuleBroken):
        do(operations.waive, row.entry.public_id, version=1, reason=" ", by=county.clerk)
    do(operations.waive, row.entry.public_id, version=1, reason="涉密", by=county.clerk)
    (waived,) = rows(county, EntryState.WAIVED)
    do(operations.put_back, waived.entry.public_id, version=2, by=county.clerk, on=clock.today())
    assert len(rows(county)) == 1


def test_the_card_says_what_is_missing_cut_and_covered_and_reveals_on_record(county):
    taken_up(county)
    road.registered(county)
    (row,) = rows(county)
    lines = {line.label: line for line in queries.card(row.case, definition()).lines}
    assert (lines["标题"].said, lines["标题"].copied) == (Said.CUT, row.case.title[:6])
    assert lines["类别"].copied == "=02" and lines["系统"].copied == "一窗"
    assert lines["证件"].said == Said.COVERED and "*" in lines["证件"].text and not lines["证件"].copied
    assert lines["协议"].is_missing
    shown = do(operations.reveal, row.entry.public_id, reason=RevealReason.PAPER, by=county.clerk)
    card = queries.card(row.case, definition(), revealed=shown)
    assert card.lines[3].copied == "360121196803122260" and not card.has_covered
    (said,) = session.scalars(select(TrailEntry).where(TrailEntry.event == "person.revealed"))
    assert said.params["field"] == "id_number"


def test_the_sheet_has_the_platforms_columns_and_runs_no_formula(county):
    taken_up(county)
    road.registered(county)
    (row,) = rows(county)
    told = {"reason": "导入省平台", "with_numbers": False}
    with pytest.raises(NotAllowed):
        do(operations.export, [row.entry.public_id], "province", by=county.mediator, **told)
    with pytest.raises(RuleBroken):
        do(operations.export, [], "province", by=county.clerk, **told)
    head, line = sheets.read(do(operations.export, [row.entry.public_id], "province", by=county.clerk, **told))
    assert head == [each.label for each in ASKED]
    assert line[1] == "=02" and line[3] == ""
    full = do(operations.export, [row.entry.public_id], "province", by=county.clerk, **told | {"with_numbers": True})
    assert sheets.read(full)[1][3] == "360121196803122260"
    said = session.scalars(select(TrailEntry).where(TrailEntry.event == "copyout.exported")).all()
    assert [each.params["numbers"] for each in said] == [False, True] and said[0].case_id == row.case.id


def test_a_platform_taken_up_later_gets_the_running_cases_and_an_ended_one_lets_them_go(county):
    case = road.registered(county)
    assert not rows(county)
    public_id = taken_up(county)
    while jobs.run_next():
        pass
    assert [row.case.public_id for row in rows(county)] == [case]
    admin, today = county.more["admin"], clock.today()
    do(platforms.change, public_id, version=1, definition=definition(types=("housing",)), valid_from=today,
       reason="只报房屋", by=admin)
    while jobs.run_next():
        pass
    assert not rows(county)
    newest = platform_queries.get(public_id, centre_id=county.centre.id)
    told = {"version": 1, "valid_from": today, "by": admin}
    do(platforms.change, newest.public_id, definition=definition(), reason="都报", **told)
    while jobs.run_next():
        pass
    assert len(rows(county)) == 1
    newest = platform_queries.get(public_id, centre_id=county.centre.id)
    do(platforms.end, newest.public_id, version=1, by=admin, on=today - timedelta(days=0))
    clock.freeze(clock.now() + timedelta(days=1))
    while jobs.run_next():
        pass
    assert not rows(county)
    with pytest.raises(NotAllowed):
        do(platforms.resume, newest.public_id, by=county.clerk)


def test_a_list_is_turned_page_by_page(county):
    taken_up(county)
    for _each in range(3):
        road.registered(county)
    first = queries.listing("province", EntryState.WAITING, for_=county.clerk, size=2)
    second = queries.listing("province", EntryState.WAITING, for_=county.clerk, size=2, after=first.next)
    assert (len(first.rows), len(second.rows), first.total, second.next) == (2, 1, 3, None)
    back = queries.listing("province", EntryState.WAITING, for_=county.clerk, size=2, before=second.previous)
    assert [row.entry.id for row in back.rows] == [row.entry.id for row in first.rows]


def test_a_definition_is_tried_on_an_invented_case_and_real_ones_are_only_counted(county):
    road.registered(county)
    trial = trying.tried(definition(), centre_id=county.centre.id)
    found = {each.field.label: each for each in trial.lines}
    assert trial.cases == 1
    assert found["金额"].sample == "2600.00" and found["金额"].filled == 1
    assert found["协议"].said[Said.EMPTY] == 1 and found["标题"].said[Said.CUT] == 1
    assert "万秋莲" not in str(trial)
