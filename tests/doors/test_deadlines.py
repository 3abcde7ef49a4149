"""The calculator of deadlines as a command and as a page: one reckoning, one answer."""

import csv
import re

import pytest

from mediation.casefile.cases.models import Case
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from tests.doors.visitor import Visitor
from tests.makers import make_actor, make_case, make_centre, make_unit


@pytest.fixture
def engine_name():
    return "sqlite"


@pytest.fixture
def run(app):
    """Run the command and return (exit code, standard output, standard error)."""

    def run(*args):
        result = app.test_cli_runner().invoke(args=["deadline", *args])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.stdout, result.stderr

    return run


def test_the_first_line_is_the_day_and_the_reason_follows(run):
    code, out, _err = run("JC-01", "2026-09-04")
    lines = out.splitlines()
    assert (code, lines[0]) == (0, "2026-10-08")
    assert sum("国庆节，顺延" in line for line in lines) == 4
    assert "当天不计入" in out and "第二百零五条" in out and "PT-03" in out
    code, out, _err = run("PM-19", "2026-09-30")
    assert out.splitlines()[0] == "2026-10-10"
    assert "2026-10-08 周四是第1个工作日" in out and "第3个工作日（周末，因国庆节调休上班）" in out
    assert out.count("不计入工作日") == 7


def test_options_and_their_help(run):
    assert run("JM-02", "2026-03-02", "--set", "procedure=simple")[1].startswith("2026-03-09\n")
    code, out, _err = run("JM-03", "2026-03-02", "--set", "pause=2026-03-10..2026-03-20")
    assert out.startswith("2026-04-13\n") and "这10天不计入" in out
    code, out, _err = run("PT-07", "2026-03-02T10:20")
    assert out.startswith("2026-03-05\n") and "11:00" in out
    code, out, _err = run("JM-02", "--help-keys")
    assert code == 0 and "procedure=commissioned|ordinary|simple" in out and "pause=" in out
    assert "JC-16" in run("--help-keys")[1]
    assert "2027年的放假安排尚未公布" in run("JC-01", "2026-12-20")[1]


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (("XX-99", "2026-03-02"), "没有“XX-99”这一条"),
        (("JC-01", "2026-13-02"), "看不懂日期"),
        (("JM-02", "2026-03-02", "--set", "colour=red"), "procedure"),
        (("JM-02", "2026-03-02", "--set", "procedure=quick"), "simple"),
        (("JM-02", "2026-03-02", "--set", "simple"), "KEY=VALUE"),
        (("JC-01",), "请写规则和日期"),
        (("--batch", "no-such-file.csv"), "打不开"),
    ],
)
def test_refusals_end_with_two(run, args, word):
    code, out, err = run(*args)
    assert (code, out) == (2, "") and word in err


def test_a_batch_keeps_every_line(run, tmp_path):
    table = tmp_path / "in.csv"
    table.write_text("rule,from\nJC-01,2026-03-02\nMH-08,2026-03-02\n", encoding="utf-8-sig")
    code, out, err = run("--batch", str(table))
    assert (code, err) == (0, "")
    assert out == "rule,from,last_day\nJC-01,2026-03-02,2026-04-01\nMH-08,2026-03-02,2026-03-17\n"
    table.write_text("rule,from\nJC-01,2026-03-02\nXX-99,2026-03-02\nJC-01,morgen\n", encoding="utf-8")
    code, out, err = run("--batch", str(table))
    assert code == 1
    assert [row["last_day"] for row in csv.DictReader(out.splitlines())] == ["2026-04-01", "", ""]
    assert "第3行" in err and "第4行" in err


@pytest.fixture
def desk(app):
    """A clerk at the desk, and the address of a case of theirs."""
    with app.app_context():
        centre = make_centre()
        clerk = make_actor(centre, Role.INTAKE_CLERK, make_unit(centre, "window", "受理窗口"))
        address = f"/cases/{make_case(centre, clerk).public_id}"
    return Visitor(app, clerk), address


def test_the_list_answers_every_rule_from_one_day(desk):
    visitor, _address = desk
    page = visitor.get("/deadlines?day=2026-03-02")
    assert "JM-02" in page.text and "中心自己定的期限" in page.text and not page.unlabelled
    found = visitor.get("/deadlines?q=信访&day=2026-03-02")
    assert "MH-08" in found.text and "JC-01" not in found.text
    assert "没有找到" in visitor.get("/deadlines?q=xyzzy").text


def test_the_page_of_a_rule_gives_day_reason_and_law(desk):
    visitor, _address = desk
    page = visitor.get("/deadlines?rule=JC-01&day=2026-09-04")
    assert "2026-10-08" in page.text and page.text.count("国庆节，顺延") == 4 and "第二百零五条" in page.text
    page = visitor.get("/deadlines?rule=JM-02&day=2026-03-02&which=simple")
    assert "2026-03-09" in page.text and not page.unlabelled
    page = visitor.get("/deadlines?rule=JM-02&day=2026-03-02&stopped=2026-03-10&resumed=2026-03-20")
    assert "2026-04-13" in page.text
    assert "11:00" in visitor.get("/deadlines?rule=PT-07&day=2026-03-02&time=10:20").text
    assert "2026-06-01" in visitor.get("/deadlines?rule=MH-08&day=2026-03-02&which=finish&extended=yes").text


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("rule=XX-99", "没有“XX-99”这一条"),
        ("rule=JC-01&day=morgen", "看不懂日期"),
        ("rule=JM-02&which=quick", "不能是“quick”"),
        ("rule=JC-01&amount=-1&unit=days", "不能是“-1”"),
        ("rule=JC-01&amount=9&unit=moons", "没有“moons”这个选项"),
        ("rule=JC-01&stopped=2026-03-10", "不能是"),
    ],
)
def test_what_cannot_be_reckoned_is_said(desk, query, word):
    assert word in desk[0].get(f"/deadlines?{query}").text


def test_a_clock_of_a_case_leads_to_its_reckoning(desk, app):
    visitor, address = desk
    page = visitor.get(address)
    link = re.search(r'href="(/deadlines\?rule=PM-19[^"]*)"', page.html).group(1).replace("&amp;", "&")
    with app.app_context():
        due_on = session.query(Case).one().due_on
    assert f"{due_on}" in visitor.get(link).text
