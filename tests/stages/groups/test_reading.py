"""A list of names as people send it is understood line by line; what is not understood is said, nothing is lost."""

from datetime import date

import pytest

from mediation.registry.people.rules import Bar as PeopleBar
from mediation.stages.groups import reading
from mediation.stages.groups.reading import Fault, Known, Verdict

ON = date(2026, 11, 23)
ID, OTHER_ID = "360121196803122260", "360121198503150015"


def only(text):
    [line] = reading.read(text, on=ON)
    return line


@pytest.mark.parametrize(
    "text",
    [
        f"张三\t{ID}\t13970812716\t5000\t前进村3组",
        f"张三，{ID}，13970812716，5000元，前进村3组",
        f"1、张三、{ID}、13970812716、5,000元、前进村3组",
        f"12.张 三  前进村3组 {ID} 13970812716 0.5万元",
        f"姓名：张三 身份证：{ID} 电话：13970812716 欠薪：5000 前进村3组",
        f"张三　１３９７０８１２７１６　{ID}　￥5000.00　前进村3组",
        f"7 张三 13970812716 {ID} 欠5000元 前进村3组",
    ],
)
def test_one_person_however_the_cells_are_parted(text):
    line = only(text)
    assert not line.faults
    assert (line.name, line.id_number, line.phone) == ("张三", ID, "13970812716")
    assert (line.amount_fen, line.place) == (500_000, "前进村3组")


def test_a_heading_says_what_the_columns_are():
    text = f"序号\t姓 名\t工资\t联系电话\t村组\n1\t李 四\t800\t无\t\n2\t王五\t1200.5\t13970812716\t8组\n\n{'  '}\n"
    one, two = reading.read(text, on=ON)
    assert (one.number, one.name, one.amount_fen, one.phone, one.place) == (2, "李四", 80_000, "", "")
    assert (two.number, two.name, two.amount_fen, two.phone, two.place) == (3, "王五", 120_050, "13970812716", "8组")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("13970812716 5000", Fault.NO_NAME),
        ("张三 36012119680312226", PeopleBar.ID_LENGTH),
        ("张三 360121196803122261", PeopleBar.ID_CHECK),
        ("张三 139708127", Fault.AMOUNT),
        ("张三、李四、王五", Fault.SEVERAL_NAMES),
    ],
)
def test_what_is_wrong_is_said_of_the_line(text, fault):
    assert [each.reason for each in only(text).faults] == [fault]


def test_glued_name_and_phone():
    line = only("张三13970812716")
    assert (line.name, line.phone, line.faults) == ("张三", "13970812716", ())


def verdicts(text, *known):
    return [each.verdict for each in reading.judge(reading.read(text, on=ON), list(known))]


def test_doubles_within_the_text():
    text = f"张三 {ID}\n张三 {ID} 13970812716\n李四 13970812716\n李四 13970812717\n李四\n王五\n王五\n赵六 {ID}"
    assert verdicts(text) == [
        Verdict.NEW, Verdict.TWICE, Verdict.NEW, Verdict.NEW, Verdict.WRONG, Verdict.NEW, Verdict.TWICE, Verdict.WRONG,
    ]


def test_who_is_on_the_list_already_is_not_added_again():
    there = Known("张三", id_number=ID, phone="13970812716", amount_fen=500_000, place="8组")
    bare = Known("李四")
    assert verdicts(f"张三 {ID}\n李四", there, bare) == [Verdict.THERE, Verdict.THERE]
    assert verdicts("李四 13970812717", there, bare) == [Verdict.FILLS]
    assert verdicts(f"张三 {OTHER_ID}", there) == verdicts("张三 13970812799", there) == [Verdict.NEW]
    assert verdicts(f"张四 {ID}", there) == [Verdict.WRONG]
    [judged] = reading.judge(reading.read("张三 6000元", on=ON), [there])
    assert judged.verdict == Verdict.THERE and judged.other_amount


def test_the_wrong_lines_are_left_as_they_were_written():
    judged = reading.judge(reading.read("张三\n李四 139708127\n王五", on=ON), [])
    assert reading.what_is_left(judged) == "李四 139708127"
