"""Rosters as counties keep them: recognised, shown, taken over, and once more without a change."""

from datetime import date, timedelta

import pytest

from mediation.ground import clock, sheets
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken, Stale
from mediation.registry.access.rules import Role
from mediation.registry.mediators import columns, operations, queries, roster
from mediation.registry.mediators.columns import Fault
from mediation.registry.mediators.models import Mediator
from mediation.registry.mediators.roster import Fate
from mediation.registry.mediators.rules import Bar
from mediation.registry.people.rules import id_check_digit
from tests.makers import make_actor, make_centre, make_mediator, make_unit

OURS = "编号,姓名,性别,出生日期,单位,来源,擅长,专职,法院特邀,电话,任期开始,任期届满,最近培训"
XIONG = (
    "36012101,熊桂生,男,1970-05-04,莲塘镇人民调解委员会,退休民警,婚姻家庭、邻里,专职,是,0791-85710001,"
    "2025-01-01,,2026-03-01"
)
WAN = "36012102,万秋莲,女,1981-02-03,莲塘镇人民调解委员会,律师,合同,兼职,否,,2025-01-01,2027-12-31,"


@pytest.fixture
def centre(ground):
    return make_centre()


@pytest.fixture
def unit(centre):
    return make_unit(centre)


@pytest.fixture
def admin(centre, unit):
    return make_actor(centre, Role.SYSTEM_ADMIN)


def lines(*rows):
    return columns.read(sheets.read("\n".join(rows).encode()))


def preview(admin, *rows, **values):
    return roster.preview(lines(*rows), by=admin, **values)


def take_over(admin, *rows, **values):
    with transaction():
        return {fate: count for fate, count in roster.take_over(lines(*rows), by=admin, **values).items() if count}


def faults(entry):
    return [fault.reason for fault in entry.faults]


def test_a_roster_is_taken_over_once(admin):
    assert take_over(admin, OURS, XIONG, WAN) == {Fate.NEW: 2}
    found = {mediator.name: mediator for mediator in queries.pool(admin.centre_id, on=date(2026, 11, 23))}
    xiong = found["熊桂生"]
    assert (xiong.register_no, xiong.sex, xiong.birth_on, xiong.source) == (
        "36012101", "male", date(1970, 5, 4), "retired_police",
    )
    assert xiong.specialities == {"types": ["marriage_family", "neighbour"]}
    assert (xiong.is_full_time, xiong.is_court_listed, xiong.trained_on) == (True, True, date(2026, 3, 1))
    assert found["万秋莲"].term_to == date(2027, 12, 31)
    assert take_over(admin, OURS, XIONG, WAN) == {Fate.SAME: 2}
    assert session.query(Mediator).count() == 2


def test_a_changed_line_changes_one_person(admin):
    take_over(admin, OURS, XIONG, WAN)
    (entry,) = preview(admin, OURS, XIONG.replace("2026-03-01", "2026-10-08").replace("专职", "兼职"))
    assert entry.fate is Fate.CHANGED
    assert entry.changes == {
        "trained_on": (date(2026, 3, 1), date(2026, 10, 8)), "is_full_time": (True, False),
    }
    assert take_over(admin, OURS, XIONG.replace("2026-03-01", "2026-10-08"), WAN) == {Fate.CHANGED: 1, Fate.SAME: 1}
    assert session.query(Mediator).filter_by(name="熊桂生").one().trained_on == date(2026, 10, 8)


def test_a_cell_that_lost_its_format_is_still_a_day(admin):
    xiong = XIONG.replace("2025-01-01", "45658").replace("2026-03-01", "2026年3月1日")
    assert take_over(admin, OURS, xiong) == {Fate.NEW: 1}
    [found] = queries.pool(admin.centre_id, on=date(2026, 11, 23))
    assert (found.term_from, found.trained_on) == (date(2025, 1, 1), date(2026, 3, 1))


def test_the_court_is_told_what_changed_since_the_last_report(admin):
    """PM-20: the roster for the basic court, members and their changes; who left is named once."""
    def reported():
        clock.freeze(clock.now() + timedelta(minutes=1))
        with transaction():
            data = roster.report_to_court(queries.pool(admin.centre_id, on=clock.today()), by=admin)
        head, *rows = sheets.read(data)
        told = [dict(zip(head, row, strict=False)) for row in rows]  # a cell left empty at the end is none
        return {each["姓名"]: each.get("变动", "") for each in told}

    take_over(admin, OURS, XIONG, WAN)
    assert reported() == {"熊桂生": "新增", "万秋莲": "新增"}
    assert reported() == {"熊桂生": "", "万秋莲": ""}
    clock.freeze(clock.now() + timedelta(minutes=1))
    wan = next(each for each in queries.pool(admin.centre_id, on=clock.today()) if each.name == "万秋莲")
    with transaction():
        operations.remove(wan.public_id, by=admin, on=clock.today(), reason="调离")
    take_over(admin, OURS, XIONG.replace("0791-85710001", "0791-85710009"))
    assert reported() == {"熊桂生": "更改", "万秋莲": "解聘"}
    assert reported() == {"熊桂生": ""}


def test_an_empty_cell_leaves_what_is_known(admin):
    take_over(admin, OURS, XIONG)
    (entry,) = preview(admin, "姓名,出生日期,单位,电话", "熊桂生,1970-05-04,莲塘镇人民调解委员会,")
    assert entry.fate is Fate.SAME


def test_without_numbers_people_are_known_by_name_and_birth(admin, unit):
    rows = ("姓名,出生年月日", "熊桂生,1970.5.4", "熊桂生,1988年12月1日")
    assert take_over(admin, *rows, default_unit=unit.public_id) == {Fate.NEW: 2}
    assert take_over(admin, *rows, default_unit=unit.public_id) == {Fate.SAME: 2}


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("姓 名,性　别,身份证号码,所属调委会,聘任时间", "熊桂生,男,360121197005040012,莲塘镇人民调解委员会,2025.1.1"),
        ("序号,名字,出生年月日（公历）,调解组织*", "1,熊桂生,19700504,莲塘镇人民调解委员会"),
        ("专职/兼职,调解员姓名,生日,单位:", "兼职,熊 桂 生,1970/5/4,莲塘镇人民调解委员会"),
    ],
)
def test_usual_headings_are_understood(admin, headings, row):
    if "身份证" in headings:
        row = row.replace("360121197005040012", id_number("36012119700504001"))
    (entry,) = preview(admin, "南昌县人民调解员名册", "填报单位：莲塘司法所", headings, row)
    assert not entry.faults and entry.line == 4
    assert (entry.values["name"], entry.values["birth_on"]) == ("熊桂生", date(1970, 5, 4))
    assert "id_number" not in entry.values


def id_number(first_17):
    return first_17 + id_check_digit(first_17)


def test_a_sheet_without_our_headings_is_refused():
    for rows in ((), ("甲,乙", "1,2"), ("姓名,电话", "熊桂生,1")):
        with pytest.raises(RuleBroken) as caught:
            lines(*rows)
        assert faults_of(caught) == [Fault.NO_HEADINGS]


def faults_of(caught):
    return [obstacle.reason for obstacle in caught.value.obstacles]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",1970-05-04,莲塘镇人民调解委员会,,", Fault.NO_NAME),
        ("熊桂生,,莲塘镇人民调解委员会,,", Fault.NO_BIRTH),
        ("熊桂生,1970年5月,莲塘镇人民调解委员会,,", Fault.NO_DAY),
        ("熊桂生,1970-02-30,莲塘镇人民调解委员会,,", Fault.NO_DAY),
        ("熊桂生,1970-05-04,向塘镇人民调解委员会,,", Fault.UNKNOWN_UNIT),
        ("熊桂生,1970-05-04,,,", Fault.NO_UNIT),
        ("熊桂生,1970-05-04,莲塘镇人民调解委员会,天文,", Fault.NO_SUCH_WORD),
        ("熊桂生,1970-05-04,莲塘镇人民调解委员会,,也许", Fault.NO_SUCH_WORD),
        ("熊桂生,2010-05-04,莲塘镇人民调解委员会,,", Bar.NOT_ADULT),
        ("熊" * 121 + ",1970-05-04,莲塘镇人民调解委员会,,", Fault.TOO_LONG),
    ],
)
def test_a_line_that_is_wrong_says_why_and_the_others_go_in(admin, row, reason):
    headings = "姓名,出生日期,单位,擅长,专职"
    good = "万秋莲,1981-02-03,莲塘镇人民调解委员会,邻里,兼职"
    wrong, right = preview(admin, headings, row, good)
    assert (wrong.fate, right.fate) == (Fate.REFUSED, Fate.NEW)
    assert reason in faults(wrong)
    assert take_over(admin, headings, row, good) == {Fate.REFUSED: 1, Fate.NEW: 1}


def test_nobody_stands_in_a_sheet_twice_and_nobody_takes_anothers_number(admin):
    take_over(admin, OURS, XIONG)
    first, twice = preview(admin, OURS, WAN, WAN.replace("36012102", "36012109"))
    assert (first.fate, faults(twice)) == (Fate.NEW, [Fault.TWICE])
    (taken,) = preview(admin, OURS, WAN.replace("36012102", "36012101"))
    assert faults(taken) == [Fault.NUMBER_TAKEN]


def test_who_was_removed_comes_back_as_somebody_new(admin):
    take_over(admin, OURS, XIONG)
    with transaction():
        mediator = session.query(Mediator).one()
        operations.remove(mediator.public_id, by=admin, on=date(2026, 11, 1), reason="本人辞任")
    assert take_over(admin, OURS, XIONG) == {Fate.NEW: 1}


def test_a_head_takes_over_only_the_own_branch(centre, unit, admin):
    other = make_unit(centre, name="向塘镇人民调解委员会")
    head = make_actor(centre, Role.HEAD, other)
    (entry,) = preview(head, OURS, XIONG)
    assert faults(entry) == [Fault.UNKNOWN_UNIT]
    mediator = make_mediator(centre, unit)
    with pytest.raises(NotAllowed), transaction():
        operations.change(mediator.public_id, by=head, unit_public_id=other.public_id)
    clerk = make_actor(centre, Role.INTAKE_CLERK)
    with pytest.raises(NotAllowed):
        take_over(clerk, OURS, XIONG)


def test_an_export_is_read_back_without_a_change(admin):
    take_over(admin, OURS, XIONG, WAN)
    pool = queries.pool(admin.centre_id, on=date(2026, 11, 23))
    with transaction():
        data = roster.export(pool, by=admin, filtered_by={"q": "熊"})
    entries = roster.preview(columns.read(sheets.read(data)), by=admin)
    assert [entry.fate for entry in entries] == [Fate.SAME, Fate.SAME]


def test_changing_one_entry(centre, unit, admin):
    mediator = make_mediator(centre, unit)
    with transaction():
        operations.change(mediator.public_id, by=admin, version=1, name="熊贵生", types=["neighbour"])
    session.expire_all()
    found = queries.get(mediator.public_id, centre_id=centre.id)
    assert (found.name, found.initials, found.specialities, found.version) == (
        "熊贵生", "xgs", {"types": ["neighbour"]}, 2,
    )
    with pytest.raises(Stale) as caught, transaction():
        operations.change(mediator.public_id, by=admin, version=1, name="又一名")
    assert caught.value.theirs["name"] == "熊贵生"
    with pytest.raises(RuleBroken) as caught, transaction():
        operations.change(mediator.public_id, by=admin, birth_on=date(2015, 1, 1))
    assert faults_of(caught) == [Bar.NOT_ADULT]
    with pytest.raises(Invalid), transaction():
        operations.change(mediator.public_id, by=admin, term_to=date(2020, 1, 1))
    foreign = make_actor(make_centre(register_word="山矛调登", area_code="620725"), Role.SYSTEM_ADMIN)
    with pytest.raises(NotFound), transaction():
        operations.change(mediator.public_id, by=foreign, name="别的名")
