"""The pages of the second factor: nothing else opens before it, the words give nothing away (P9, P11)."""

import re
from datetime import timedelta

import pytest

from mediation.doors.shared import guard
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.registry.access.rules import Role
from mediation.registry.staff import passwords, queries
from mediation.registry.staff.models import Account, LoginSession
from mediation.registry.staff.rules import MOST_PER_ACCOUNT, SECOND_LIFE
from tests import makers
from tests.authenticator import code_of
from tests.doors.visitor import Page, Visitor

PASSWORD = "three-lotus-7410"
ANYTHING = {"public_id": "x" * 22, "paper_id": "x" * 22, "what": "types", "form": "pdf", "rule": "JC-01"}
LATER = "演示环境，以后再设"


@pytest.fixture
def centre(app):
    with app.app_context():
        return makers.make_centre()


class Administrator:
    """An administrator at a browser without script, a telephone at hand."""

    def __init__(self, app, centre, role=Role.SYSTEM_ADMIN):
        self.app = app
        with app.app_context():
            self.by = makers.make_actor(centre, role, password_hash=passwords.hashed(PASSWORD))
            self.login = session.get_one(Account, self.by.account_id).login
        self.client = app.test_client()

    def open(self, path):
        return Page(self.client.get(path).text)

    def send(self, path, **fields):
        """Send the first form of a page, what is hidden in it as it stands there."""
        form = next(form for form in self.open(path).forms if form["method"] == "post" and not form["action"])
        return self.client.post(path, data=form["fields"] | fields)

    def log_in(self):
        self.client = self.app.test_client()
        answer = self.send("/login", account=self.login, password=PASSWORD)
        assert answer.status_code == 302
        return answer.headers["Location"]

    def enrol(self):
        page = self.open("/second-factor")
        self.secret = re.search(r'class="key">([^<]+)<', page.html)[1].replace(" ", "")
        form = next(form for form in page.forms if "offered" in form["fields"])
        code = code_of(self.secret)
        answer = self.client.post("/second-factor", data=form["fields"] | {"code": f"{code[:3]} {code[3:]}"})
        clock.freeze(clock.now() + timedelta(minutes=1))
        return answer

    def status(self, path):
        return self.client.get(path).status_code


@pytest.fixture
def admin(app, centre):
    return Administrator(app, centre)


@pytest.fixture
def enrolled(admin):
    admin.log_in()
    admin.codes = re.findall(r"<code>([^<]+)</code>", admin.enrol().text)
    return admin


def test_nothing_but_setting_up_opens_before_it(app, admin):
    """Every route of the program, by every method; who is not proven is nobody."""
    admin.log_in()
    tried = 0
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if rule.endpoint in guard.FILES or view.policy == guard.PUBLIC or getattr(view, "unproven", False):
            continue
        address = rule.build({name: ANYTHING.get(name, "1") for name in rule.arguments})[1]
        for method in rule.methods & {"GET", "POST"}:
            answer = admin.client.open(address, method=method)
            tried += 1
            if method == "POST":
                assert answer.status_code in (400, 401), (rule, answer.status_code)
            elif not getattr(view, "polls", False):
                assert (answer.status_code, answer.headers.get("Location")) == (302, "/second-factor"), rule
    assert tried > 100
    assert admin.status("/no-such-page") == 404 and 'class="side"' not in admin.client.get("/no-such-page").text
    assert admin.client.get("/login").headers["Location"] == "/"


def test_a_token_does_not_help_an_unproven_session(app, centre, admin):
    admin.log_in()
    form = next(form for form in admin.open("/second-factor").forms if "offered" in form["fields"])
    fields = {"csrf_token": form["fields"]["csrf_token"], "login": "wanxp", "name": "万小平"}
    assert admin.client.post("/accounts/new", data=fields).status_code == 401
    with app.app_context():
        assert session.query(Account).filter_by(login="wanxp").count() == 0


def test_what_may_be_left_open_is_only_this(app):
    found = {name for name, view in app.view_functions.items() if getattr(view, "unproven", False)}
    assert found == {"desk.secondfactor.enrol", "desk.secondfactor.later", "desk.account.logout"}


def test_from_the_first_log_in_to_the_second(enrolled):
    assert len(enrolled.codes) == 10 and enrolled.status("/units") == 200
    assert enrolled.client.get("/second-factor").headers["Location"] == "/", "once is enough"
    assert enrolled.log_in() == "/login/second"
    assert enrolled.client.get("/units").headers["Location"].startswith("/login"), "nobody is in yet"
    answer = enrolled.send("/login/second", code=code_of(enrolled.secret))
    assert answer.headers["Location"] == "/" and enrolled.status("/units") == 200


def test_the_way_one_was_going_is_kept(enrolled):
    enrolled.client = enrolled.app.test_client()
    answer = enrolled.send("/login?next=/areas", account=enrolled.login, password=PASSWORD)
    assert answer.headers["Location"] == "/login/second?next=/areas"
    answer = enrolled.send(answer.headers["Location"], code=code_of(enrolled.secret))
    assert answer.headers["Location"] == "/areas"
    enrolled.log_in()
    page = enrolled.client.get("/login/second?next=//evil.example")
    form = Page(page.text).forms[-1]
    code = form["fields"] | {"code": code_of(enrolled.secret, 1)}
    assert enrolled.client.post("/login/second?next=//evil.example", data=code).headers["Location"] == "/"


def test_a_page_comes_back_with_the_same_secret_after_a_wrong_code(admin):
    admin.log_in()
    page = admin.open("/second-factor")
    form = next(form for form in page.forms if "offered" in form["fields"])
    again = admin.client.post("/second-factor", data=form["fields"] | {"code": "000000"}).text
    key = re.compile(r'class="key">([^<]+)<')
    assert key.search(again)[1] == key.search(page.html)[1] and "数字不对" in again
    assert admin.client.post("/second-factor", data=form["fields"] | {"code": "0", "offered": "%%"}).status_code == 200


def test_wrong_used_and_locked_read_alike(enrolled):
    """P9: the page does not tell whether a code was right and used, right and locked, or wrong."""
    used = code_of(enrolled.secret)
    enrolled.log_in()
    enrolled.send("/login/second", code=used)
    enrolled.log_in()
    told = [
        enrolled.send("/login/second", code=code)
        for code in (used, "000000", code_of(enrolled.secret, 40), "abcd-abcd-abcd-abcd", "\x00")
    ]
    assert len(told) == MOST_PER_ACCOUNT, "locked from here on"
    told.append(enrolled.send("/login/second", code=code_of(enrolled.secret, 1)))
    words = {
        (answer.status_code, re.sub(r'value="[^"]*"', "", answer.text)) for answer in told
    }
    assert len(words) == 1 and "验证码不对" in told[-1].text


def test_the_wait_ends_and_the_page_leads_back(enrolled):
    enrolled.log_in()
    clock.freeze(clock.now() + SECOND_LIFE + timedelta(seconds=1))
    assert enrolled.client.get("/login/second").headers["Location"].startswith("/login")
    assert enrolled.app.test_client().get("/login/second").headers["Location"].startswith("/login")


def test_put_off_in_a_demonstration(app, centre, admin):
    admin.log_in()
    assert LATER not in admin.open("/second-factor").text
    token = next(form["fields"]["csrf_token"] for form in admin.open("/second-factor").forms)
    assert admin.client.post("/second-factor/later", data={"csrf_token": token}).status_code == 404
    assert admin.client.get("/units").status_code == 302
    with app.app_context(), transaction():
        session.merge(centre).is_demonstration = True
    assert LATER in admin.open("/second-factor").text
    assert admin.client.post("/second-factor/later", data={"csrf_token": token}).headers["Location"] == "/"
    assert admin.status("/units") == 200
    admin.log_in()
    assert admin.status("/units") == 302, "each log-in asks again"


def test_a_security_administrator_resets_anothers(app, centre, enrolled):
    with app.app_context():
        by = makers.make_actor(centre, Role.SECURITY_ADMIN)
        account, own = queries.own_public_id(enrolled.by), queries.own_public_id(by)
    security = Visitor(app, by)
    assert "重设两步验证" in security.get(f"/posts/{account}").text
    assert "重设两步验证" not in security.get(f"/posts/{own}").text
    assert security.submit(f"/posts/{account}/second-factor", status=200)  # without a reason
    assert enrolled.status("/units") == 200
    security.submit(f"/posts/{account}/second-factor", reason="lost")
    assert enrolled.status("/units") == 302, "at the next request"
    assert enrolled.log_in() == "/" and enrolled.status("/units") == 302
    assert "不用重设" in security.submit(f"/posts/{account}/second-factor", reason="lost", status=200).text
    assert "不能重设自己的" in security.submit(f"/posts/{own}/second-factor", reason="lost", status=200).text


def test_logging_out_and_the_language_work_before_it(app, admin):
    admin.log_in()
    token = next(form["fields"]["csrf_token"] for form in admin.open("/second-factor").forms)
    assert admin.client.post("/language", data={"csrf_token": token, "language": "en"}).status_code == 302
    assert "Second factor" in admin.open("/second-factor").text
    assert admin.client.post("/logout", data={"csrf_token": token}).headers["Location"] == "/login"
    with app.app_context():
        assert session.query(LoginSession).filter(LoginSession.revoked_at.is_(None)).count() == 0


def test_the_server_resets_the_security_administrators_own(app, centre):
    security = Administrator(app, centre, Role.SECURITY_ADMIN)
    security.log_in()
    security.enrol()
    assert security.status("/posts") == 200
    run = app.test_cli_runner()
    result = run.invoke(args=["reset-second-factor", security.login, "--reason", "changed"])
    assert result.exit_code == 0 and "已重设" in result.output
    assert security.status("/posts") == 302
    assert "不用重设" in run.invoke(args=["reset-second-factor", security.login]).output
    assert "没有这个账号" in run.invoke(args=["reset-second-factor", "nobody"]).output
