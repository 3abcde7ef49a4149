"""The commands, on SQLite: what they do, what they print, with what they end."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from mediation.app import create_app
from mediation.config import BadConfiguration
from mediation.doors.commands import checks, starting
from mediation.ground import counters
from mediation.ground.db import session, transaction
from mediation.registry.access.rules import ADMINISTRATORS
from mediation.registry.staff import operations as staff
from mediation.registry.staff import queries as accounts
from mediation.registry.staff.models import Account, Post
from mediation.registry.units import queries as units
from mediation.registry.units.models import Centre

HOUSE = Path(__file__).parent.parent.parent
CODE = re.compile(r"(?:[0-9a-f]{8}-){3}[0-9a-f]{8}")
NANCHANG = ("init-centre", "南昌县化解中心", "--area", "360121", "--word", "南矛调登")
SHANDAN = ("init-centre", "山丹县化解中心", "--area", "620725", "--word", "山矛调登")
YEAR = "日期,是否上班,名称\n2027-01-01,0,元旦\n"


@pytest.fixture
def run(app):
    """Run a command and return (exit code, output)."""
    runner = app.test_cli_runner()

    def run(*args):
        result = runner.invoke(args=args)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


def test_a_centre_with_three_administrators(app, run):
    code, output = run(*NANCHANG)
    assert code == 0 and "495 个乡镇和村" in output
    codes = CODE.findall(output)
    assert len(codes) == 3
    with app.app_context():
        (centre,) = units.centres()
        kinds = {unit.kind for unit in units.units(centre.id)}
        assert {"centre", "window", "liaison_office", "petition_office", "court"} <= kinds
        held = {post.account_id: post.role for post in session.query(Post)}
        assert len(held) == 3 and set(held.values()) == ADMINISTRATORS, "three accounts, one post each (P5)"
        assert not session.query(Account).filter(Account.password_hash.is_not(None)).count(), "no default password"
        with transaction():
            assert staff.redeem_code("xitong", codes[0], "tian-2468-xiang")


def test_a_second_centre_beside_the_first(app, run):
    run(*NANCHANG)
    code, output = run(*SHANDAN, "--minimal")
    assert code == 0 and "1 个单位，0 个乡镇和村" in output and "xitong2" in output
    with app.app_context():
        assert [centre.name for centre in units.centres()] == ["南昌县化解中心", "山丹县化解中心"]


def test_a_centre_that_cannot_be(run):
    run(*NANCHANG)
    code, output = run("init-centre", "又一个", "--area", "36012", "--word", "南矛调登")
    assert code == 1 and "--area：没有这个区划代码" in output
    code, output = run("init-centre", "又一个", "--area", "620725", "--word", "南矛调登")
    assert code == 1 and "--word：别的中心已经用了这个登记字" in output


def test_another_administrator(app, run):
    assert run("create-admin", "zhang", "张之平", "auditor")[0] == 1, "there is no centre yet"
    run(*NANCHANG)
    code, output = run("create-admin", "zhang", "张之平", "auditor")
    assert code == 0 and len(CODE.findall(output)) == 1
    assert run("create-admin", "zhang", "张之平", "auditor") == (1, "Error: 这个账号名已经有人用了\n")
    assert run("create-admin", "li", "李之平", "head")[0] == 2
    run(*SHANDAN)
    assert run("create-admin", "li", "李之平", "auditor") == (1, "Error: 有几个中心，请用 --centre 指明\n")
    assert run("create-admin", "li", "李之平", "auditor", "--centre", "山矛调登")[0] == 0
    with app.app_context():
        assert session.get_one(Centre, accounts.by_login("li").centre_id).register_word == "山矛调登"


def test_a_one_time_code(app, run):
    run(*NANCHANG)
    assert run("one-time-code", "nobody") == (1, "Error: 没有这个账号\n")
    code, output = run("one-time-code", "anquan")
    (printed,) = CODE.findall(output)
    assert code == 0 and "http://127.0.0.1:8000/login/code" in output
    with app.app_context(), transaction():
        assert staff.redeem_code("anquan", printed, "tian-2468-xiang")


def test_importing_a_year(run, tmp_path):
    file = tmp_path / "2027.csv"
    file.write_text(YEAR, encoding="utf-8")
    code, output = run("calendars", "import", "2027", str(file), "--source", "国办发明电〔2026〕7号")
    assert code == 1 and "春节" in output


def test_a_table_that_is_no_notice_makes_no_year_official(run, tmp_path):
    """PT-10: the days of the regulation without make-up days, as lists of 2027 had them before the notice came."""
    days = (
        "2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-04-05", "2027-05-01", "2027-05-02",
        "2027-06-09", "2027-09-15", "2027-10-01", "2027-10-02", "2027-10-03",
    )
    file = tmp_path / "2027.csv"
    file.write_text("日期,是否上班,名称\n" + "".join(f"{day},0,放假\n" for day in days), encoding="utf-8")
    asked = ("calendars", "import", "2027", str(file), "--source", "网上")
    code, output = run(*asked)
    assert code == 1 and "请核对" in output and "--checked" in output
    assert run(*asked, "--checked")[0] == 0


def test_importing_causes(run, tmp_path):
    file = tmp_path / "causes.csv"
    file.write_text("没有,用\n1,2\n", encoding="utf-8")
    assert run("causes", "import", str(file), "--source", "法〔2025〕226号")[0] == 1


def test_verify_says_what_it_looked_at(app, run):
    run(*NANCHANG)
    code, output = run("verify", "--files", "all")
    assert code == 0 and output.endswith("全部无误\n")
    assert all(title in output for title in ("留痕链", "编号", "状态与办理经过", "期限", "协议金额", "文书文件"))
    with app.app_context(), transaction():
        counters.take("register", units.centres()[0].id, 2026)
    code, output = run("verify")
    assert code == 1 and "南昌县化解中心 2026 登记号：缺第 1 号" in output and "共 1 处不对" in output
    assert run("verify", "--files", "some")[0] == 2


def test_check_config_shows_no_password(tmp_path, sqlite_database):
    app = create_app({"instance": tmp_path, "database_url": sqlite_database, "testing": True})
    result = app.test_cli_runner().invoke(args=["check-config"])
    assert result.exit_code == 0 and "YICHUANG_WORKERS = 2" in result.output
    url = "postgresql+psycopg://yichuang:geheim@127.0.0.1/yichuang"
    app = create_app({"instance": tmp_path, "database_url": url, "testing": True})
    output = app.test_cli_runner().invoke(args=["check-config"]).output
    assert "geheim" not in output and "yichuang:***@" in output


def test_doctor_names_what_does_not_work(app, run, monkeypatch):
    monkeypatch.setitem(checks.CHECKS, "排版", lambda: "能排版")  # would cut fonts first, which takes its time
    code, output = run("doctor")
    assert code == 1 and "不行　中心：还没有中心" in output and "正常　数据库：sqlite" in output
    run(*NANCHANG)
    assert "正常　中心：南昌县化解中心" in run("doctor")[1]
    (app.extensions["yichuang"].instance / "master-key").chmod(0o644)
    code, output = run("doctor")
    assert code == 1 and "不行　数据目录：master-key 别人也能读" in output


def test_production_serves_no_demonstration(app, run, tmp_path, monkeypatch):
    """P11."""
    run(*NANCHANG)
    with app.app_context(), transaction():
        units.centres()[0].is_demonstration = True
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    given = {"instance": tmp_path, "database_url": app.extensions["yichuang"].database_url, "production": True}
    with pytest.raises(BadConfiguration, match="演示数据库"):
        create_app(given | {"public_url": "https://yichuang.example"})


def test_production_does_not_start_in_debug_mode(tmp_path, sqlite_database, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(BadConfiguration, match="调试模式"):
        create_app({
            "instance": tmp_path, "database_url": sqlite_database, "production": True,
            "public_url": "https://yichuang.example",
        })


def test_production_begins_with_a_centre(tmp_path, sqlite_database, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    app = create_app({
        "instance": tmp_path, "database_url": sqlite_database, "production": True, "bind": "127.0.0.1:1",
        "public_url": "https://yichuang.example",
    })
    monkeypatch.setattr(starting, "_require_free", lambda *_: None)
    result = app.test_cli_runner().invoke(args=["start"])
    assert result.exit_code == 1 and "init-centre" in result.output


def test_a_demonstration_goes_only_where_nothing_real_is(run):
    run(*NANCHANG)
    assert run("demo", "load") == (1, "Error: 库里已经有中心，演示数据只装进空库\n")
    assert run("demo", "bulk", "--cases", "10") == (1, "Error: 这是真的库，不往里加演示案件\n")


@pytest.mark.long
def test_a_small_demonstration(app, run):
    """The county is loaded, many rows are added, and all of it holds."""
    code, output = run("demo", "load", "--on", "2026-11-23", "--cases", "20", "--no-papers")
    assert code == 0 and "演示数据装好了" in output
    logins = app.extensions["yichuang"].instance / "demo-logins.txt"
    assert logins.stat().st_mode & 0o077 == 0
    assert all(line.count("\t") == 3 for line in logins.read_text().splitlines())
    assert run("demo", "bulk", "--cases", "50")[0] == 0
    code, output = run("verify")
    assert code == 0, output


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def started(app, run):
    """``flask start`` on a free port of this machine, ended at the end."""
    run(*NANCHANG)
    port, config = free_port(), app.extensions["yichuang"]
    given = {
        "YICHUANG_INSTANCE": str(config.instance), "YICHUANG_DATABASE_URL": config.database_url,
        "YICHUANG_BIND": f"127.0.0.1:{port}", "YICHUANG_WORKERS": "1", "YICHUANG_TESTING": "1",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "start"]
    process = subprocess.Popen(
        command, cwd=HOUSE, env=os.environ | given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with process:
        yield process, port
        if process.poll() is None:
            process.terminate()


def children_of(process):
    return list(map(int, Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()))


def test_start_brings_up_web_server_and_scheduler_and_takes_them_down(started):
    process, port = started
    assert process.stdout.readline() == f"一窗已启动：http://127.0.0.1:{port}\n"
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/healthz")
    assert json.load(connection.getresponse()) == {"status": "ok"}
    connection.close()
    children = children_of(process)
    assert len(children) == 2
    assert os.getpgid(process.pid) not in {os.getpgid(int(child)) for child in children}  # Ctrl+C is for this one
    process.send_signal(signal.SIGTERM)
    assert "已停止" in process.stdout.read()
    assert process.wait(30) == 0
    assert not any(Path(f"/proc/{child}").exists() for child in children)


@pytest.fixture
def wish():
    """The wish to stop of this very process, whose signals are given back afterwards."""
    before = {number: signal.getsignal(number) for number in starting.SIGNALS}
    yield starting.Wish()
    for number, handler in before.items():
        signal.signal(number, handler)


def test_start_ends_when_one_of_the_two_has_ended(wish):
    sleeper, ended = subprocess.Popen(["sleep", "60"]), subprocess.Popen(["true"])
    starting._tend({"web": sleeper, "scheduler": ended}, wish)
    assert not wish.is_told
    starting._end([sleeper, ended])
    assert (sleeper.returncode, ended.returncode) == (-signal.SIGTERM, 0)


@pytest.mark.parametrize("number", starting.SIGNALS)
def test_a_wish_to_stop_is_kept_whatever_runs_when_it_comes(wish, number):
    """A signal may come while something is being thrown away, and errors raised there are lost."""

    class Thrown:
        def __del__(self):
            signal.raise_signal(number)

    Thrown()
    assert wish.is_told
    starting._tend({}, wish)


def test_start_says_when_the_address_is_taken(app):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(Exception, match="用不了"):
            starting._require_free(starting._address(taken), taken)


@pytest.mark.parametrize(
    ("bind", "address"),
    [
        ("127.0.0.1:8000", ("127.0.0.1", 8000)),
        ("0.0.0.0:80", ("127.0.0.1", 80)),
        ("[::]:80", ("::1", 80)),
        (":8000", ("127.0.0.1", 8000)),
        ("unix:/run/yichuang.sock", None),
    ],
)
def test_where_to_reach_a_server(bind, address):
    assert starting._address(bind) == address
