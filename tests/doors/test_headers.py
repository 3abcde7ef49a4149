"""Headers on every answer, redirects that stay here, logs and refusals that give nothing away (P16, P17, P40, B8)."""

import logging
import re
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from werkzeug.test import EnvironBuilder

from mediation.app import create_app
from mediation.doors.shared import errors, guard, headers, logs
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from tests import makers
from tests.doors.visitor import Page, Visitor

NUMBER, PHONE = "360121196803122260", "13970812716"
TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture
def centre(app):
    with app.app_context():
        return makers.make_centre()


@pytest.fixture
def clerk(app, centre):
    with app.app_context():
        by = makers.make_actor(centre, Role.INTAKE_CLERK)
    return Visitor(app, by)


# --- headers ---


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/login", 200),
        ("GET", "/healthz", 200),
        ("HEAD", "/login", 200),
        ("OPTIONS", "/login", 200),
        ("GET", "/", 302),
        ("GET", "/static/desk.css", None),
        ("GET", "/static/no-such-file", 404),
        ("GET", "/bootstrap/static/css/bootstrap.min.css", 200),
        ("GET", "/no-such-page", 404),
        ("GET", "/cases/" + "x" * 22, 302),
        ("POST", "/cases/" + "x" * 22, 405),
        ("POST", "/logout", 401),
        ("POST", "/login", 400),
        ("PUT", "/login", 405),
        ("GET", "/breaks", 500),
    ],
)
def test_every_answer_carries_the_headers(app, centre, method, path, status):
    app.config |= {"PROPAGATE_EXCEPTIONS": False, "BREAKS": RuntimeError("no")}
    with app.test_client().open(path, method=method) as answer:
        assert status in (None, answer.status_code)
    for name, value in headers.FIXED.items():
        assert answer.headers.get(name) == value, name
    assert "Strict-Transport-Security" not in answer.headers


def test_the_policy_lets_nothing_foreign_and_nothing_inline_in(app):
    policy = dict(part.strip().split(" ", 1) for part in headers.policy().split(";"))
    assert all(policy[name] == "'none'" for name in ("default-src", "frame-ancestors", "base-uri"))
    assert not re.search(r"unsafe|\*|https?:|//", headers.policy())
    for template in TEMPLATES.rglob("desk/**/*.html"):
        assert not re.search(r"\sstyle=|\son[a-z]+=|https?://", template.read_text()), template


def test_pages_of_the_desk_are_kept_by_nobody(clerk):
    for path in ("/cases", "/password", "/no-such-page"):
        answer = clerk.client.get(path)
        assert answer.headers["Cache-Control"] == "no-store" and "Cookie" in answer.headers["Vary"]
    with clerk.client.get("/bootstrap/static/css/bootstrap.min.css") as answer:
        assert "no-store" not in answer.headers["Cache-Control"], "the program's own files are the same for everybody"


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(clerk, app):
    answer = app.test_client().get("/login")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_production_speaks_tls_only(sqlite_database, tmp_path, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    given = {"instance": tmp_path / "instance", "database_url": sqlite_database, "production": True}
    app = create_app(given | {"public_url": "https://jiufen.example.cn"})
    answer = app.test_client().get("/login")
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert "Secure" in answer.headers["Set-Cookie"]
    with app.app_context():
        session.get_bind().dispose()


# --- redirects ---

ELSEWHERE = [
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example", "/\\/evil.example",
    "http://evil.example", "https://evil.example/", "HTTP://evil.example", "http:evil.example", "http:/evil.example",
    "javascript:alert(1)", "data:text/html,x", "vbscript:x", "evil.example", "@evil.example", " //evil.example",
    "\t//evil.example", "/\t/evil.example", "/\r\n/evil.example", "/cases\r\nLocation: http://evil.example",
    "/cases//evil.example", "//evil.example/%2f..", "/\u2044evil.example", "/／evil.example", "／／evil.example",
    "http://127.0.0.1@evil.example", "?next=//evil.example", "#//evil.example", "/" + "a" * 3000, "/\x00", "/案件",
    "ftp://evil.example", "/\u00a0/evil.example", "%2f%2fevil.example",
]
HERE = ["/", "/cases", "/cases?stage=ended&sort=due", "/cases/abc#next", "/search?q=%E4%B8%87", "/cases?back=//x"]


@pytest.mark.parametrize("target", ELSEWHERE, ids=ascii)
def test_no_redirect_leads_elsewhere(target):
    assert guard.safe_next(target) is None


@pytest.mark.parametrize("target", HERE)
def test_a_path_of_ours_is_followed(target):
    assert guard.safe_next(target) == target


def test_no_log_in_and_no_choice_of_language_leaves_the_site(clerk):
    page = clerk.get("/password")
    token = next(form["fields"]["csrf_token"] for form in page.forms if "csrf_token" in form["fields"])
    for target in ELSEWHERE:
        fields = {"csrf_token": token, "language": "en", "next": target}
        answer = clerk.client.post("/language", data=fields)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/"), target
        answer = clerk.client.get("/login", query_string={"next": target})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/"), target


def test_a_back_link_leads_to_our_own_pages_only(clerk):
    for referrer, is_shown in (("http://evil.example/x", False), ("http://localhost/cases", True)):
        answer = clerk.client.get("/no-such-page", headers={"Referer": referrer})
        assert (referrer in answer.text) == is_shown


# --- refusals ---


def test_every_refusal_says_what_to_do_and_bears_a_number(app, clerk):
    """P40: title, sentence, request number in page and header; nothing internal."""
    refusals = {
        404: clerk.client.get("/no-such-page"),
        403: clerk.client.get("/units"),
        405: clerk.client.get("/logout"),
        400: clerk.client.post("/logout"),
        401: app.test_client().post("/logout"),
        413: clerk.client.post("/password", data={"old": "x" * 22 * 1024 * 1024}),
    }
    for status, answer in refusals.items():
        number = answer.headers["X-Request-No"]
        assert answer.status_code == status and number in answer.text
        page = Page(answer.text)
        assert page.title.strip() and re.search("请|返回|没有", page.text)
        for inside in ("Traceback", "sqlalchemy", "werkzeug", "mediation.", "SELECT", "csrf", "CSRF", "Error"):
            assert inside not in page.text, (status, inside)


@pytest.mark.parametrize("number", ["X" * 22, "short", "x" * 21, "x" * 23, "../../etc/passwd", "%00", "1 OR 1=1", "万"])
def test_an_address_that_cannot_be_is_not_found(clerk, number):
    assert clerk.client.get(f"/cases/{number}").status_code == 404


def test_a_failure_says_nothing_of_the_inside_and_rolls_back(app, clerk):
    app.config |= {"PROPAGATE_EXCEPTIONS": False, "BREAKS": RuntimeError(f"in /srv/secret with {NUMBER}")}
    answer = clerk.client.get("/breaks")
    assert answer.status_code == 500 and answer.headers["X-Request-No"] in answer.text
    assert "secret" not in answer.text and NUMBER not in answer.text and "RuntimeError" not in answer.text


# --- logs ---

SAID = [
    (f"证件号{NUMBER}。", NUMBER),
    ("36012119680312226X", "36012119680312226X"),
    (f"tel:{PHONE}", PHONE),
    (f"+86{PHONE}", PHONE),
    ("+86 139-7081-2716", "7081"),
    ("139 7081 2716", "7081"),
    ("360121 19680312 226X", "19680312"),
    ("３６０１２１１９６８０３１２２２６Ｘ", "１９６８０３１２"),
    ("证件号36012119680312226X电话13970812716", "19680312"),
    ("GET /progress?code=ABCD-EFGH", "ABCD-EFGH"),
    ("password=three-lotus-7410", "three-lotus-7410"),
    ("csrf_token=IjEyMyI", "IjEyMyI"),
    ("{'password': 'three-lotus-7410'}", "three-lotus-7410"),
    ('{"id_number": "' + NUMBER + '"}', NUMBER),
]


@pytest.mark.parametrize(("line", "secret"), SAID)
def test_numbers_and_secrets_are_blacked_out(line, secret):
    assert secret not in logs.black_out(line)


def test_what_is_no_secret_stays():
    line = "request 0f3a9c12aa took 1764000000000 ns for case 123456789012345678901, 南矛调登〔2026〕12号"
    assert logs.black_out(line) == line


def record(error=None, words="failed", *given):
    return logging.LogRecord("mediation", logging.ERROR, __file__, 1, words, given, error)


def test_tracebacks_are_blacked_out_too():
    try:
        raise ValueError(f"bad value {NUMBER} for {PHONE}")
    except ValueError:
        line = logs.BlackOut().format(record(sys.exc_info(), "failed for %s", PHONE))
    assert "Traceback" in line and "ValueError" in line
    assert NUMBER not in line and PHONE not in line


def test_a_log_line_bears_the_request_number_and_no_address(app):
    environ = EnvironBuilder(path="/login", query_string={"next": f"/search?q={NUMBER}"}).get_environ()
    with app.request_context(environ):
        logs.number_request()
        line = logs.BlackOut().format(record())
        assert logs.g.request_no in line and "desk.account.login" in line and "next" not in line


def test_what_was_typed_stands_in_no_error_of_the_database(app, centre):
    with app.app_context(), pytest.raises(Exception) as caught:  # noqa: PT011, B017 - whatever the engine raises
        session.execute(text("INSERT INTO no_such_table VALUES (:name)"), {"name": "万秋莲"})
    assert "万秋莲" not in str(caught.value) and "hidden" in str(caught.value)


def test_a_failing_page_logs_itself_without_what_was_typed(app, centre, caplog):
    app.config |= {"PROPAGATE_EXCEPTIONS": False, "BREAKS": RuntimeError(f"no place for {NUMBER}")}
    with caplog.at_level(logging.ERROR, errors.log.name):
        answer = app.test_client().get(f"/breaks?q={PHONE}")
    assert answer.status_code == 500
    (entry,) = [each for each in caplog.records if each.name == errors.log.name]
    line = logs.BlackOut().format(entry)
    assert "RuntimeError" in line and NUMBER not in line and PHONE not in line
