"""Log-in and sessions: limits, equal answers, and when every older cookie is dead (P4, P8, P9, P10)."""

import re
from datetime import timedelta
from threading import Thread

import pytest

from mediation.app import create_app
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import Role
from mediation.registry.staff import operations as staff
from mediation.registry.staff import passwords
from mediation.registry.staff.models import Account, LoginSession
from mediation.registry.staff.rules import ABSOLUTE, IDLE, MOST_PER_ACCOUNT, MOST_PER_ADDRESS, WINDOW
from tests import makers
from tests.doors.visitor import Page

PASSWORD = "three-lotus-7410"


@pytest.fixture
def kept():
    return passwords.hashed(PASSWORD)


@pytest.fixture
def centre(app):
    with app.app_context():
        return makers.make_centre()


@pytest.fixture
def person(app, centre, kept):
    """Make somebody with a password; returns log-in name and actor."""

    def make(role=Role.INTAKE_CLERK, **changes):
        with app.app_context():
            by = makers.make_actor(centre, role, password_hash=kept, **changes)
            return session.get_one(Account, by.account_id).login, by

    return make


class Browser:
    """A browser that logs in by the form, with an address of its own."""

    def __init__(self, app, address="10.1.2.3"):
        self.client = app.test_client()
        self.address = {"REMOTE_ADDR": address}

    def open(self, path, method="GET", **given):
        return self.client.open(path, method=method, environ_overrides=self.address, **given)

    def log_in(self, login, password=PASSWORD):
        page = Page(self.open("/login").text)
        fields = {"csrf_token": page.forms[0]["fields"]["csrf_token"], "account": login, "password": password}
        return self.open("/login", "POST", data=fields)

    def post(self, path, **fields):
        page = Page(self.open("/password").text)
        token = next(form["fields"]["csrf_token"] for form in page.forms if "csrf_token" in form["fields"])
        return self.open(path, "POST", data={"csrf_token": token} | fields)

    @property
    def is_in(self):
        return self.open("/password").status_code == 200

    def copy(self):
        """A thief's browser with the same cookie."""
        other = Browser(self.client.application)
        cookie = self.client.get_cookie("yichuang")
        other.client.set_cookie("yichuang", cookie.value)
        return other


def is_let_in(answer):
    return answer.status_code == 302 and "/login" not in answer.headers["Location"]


@pytest.fixture
def browser_in(app, person):
    browser = Browser(app)
    browser.login, browser.by = person()
    assert is_let_in(browser.log_in(browser.login))
    return browser


# --- limits ---


def test_five_wrong_passwords_lock_an_account_for_a_quarter_of_an_hour(app, person):
    login, _by = person()
    browser = Browser(app)
    for _try in range(MOST_PER_ACCOUNT):
        assert browser.log_in(login, "wrong-12345").status_code == 200
    assert not is_let_in(browser.log_in(login))
    assert not is_let_in(Browser(app, "10.9.9.9").log_in(login)), "the lock is the account's, from wherever"
    clock.freeze(clock.now() + WINDOW - timedelta(seconds=1))
    assert not is_let_in(browser.log_in(login))
    clock.freeze(clock.now() + timedelta(seconds=2))
    assert is_let_in(browser.log_in(login)), "trying while it is locked does not lengthen the lock"


def test_the_limit_counts_over_all_workers(app, person):
    login, _by = person()
    config = app.extensions["yichuang"]
    second = create_app({"instance": config.instance, "database_url": config.database_url, "testing": True})
    for turn in range(MOST_PER_ACCOUNT):
        Browser((app, second)[turn % 2]).log_in(login, "wrong-12345")
    assert not is_let_in(Browser(app).log_in(login)) and not is_let_in(Browser(second).log_in(login))
    with second.app_context():
        session.get_bind().dispose()


def test_twenty_wrong_passwords_from_one_address_lock_the_address(app, person):
    login, _by = person()
    browser = Browser(app)
    for number in range(MOST_PER_ADDRESS):
        browser.log_in(f"nobody{number}", "wrong-12345")
    assert not is_let_in(browser.log_in(login))
    assert is_let_in(Browser(app, "10.9.9.9").log_in(login))


def test_those_who_know_their_password_are_not_counted(app, person):
    login, _by = person()
    for _time in range(MOST_PER_ADDRESS + 1):
        assert is_let_in(Browser(app).log_in(login))


def test_parallel_guesses_count_one_by_one(ground):
    """P8: on either engine at most five of twelve simultaneous guesses are looked at."""
    by = makers.make_actor(makers.make_centre(), Role.MEDIATOR, password_hash=passwords.hashed(PASSWORD))
    login = session.get_one(Account, by.account_id).login
    session.remove()

    def guess():
        assert staff.log_in(login, "wrong-12345", address="10.0.0.1") is None
        session.remove()

    threads = [Thread(target=guess) for _guess in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = [row.event for row in session.query(TrailEntry)]
    assert events.count("login.refused") == MOST_PER_ACCOUNT and events.count("login.locked") == 12 - MOST_PER_ACCOUNT


# --- equal answers ---


def test_missing_disabled_locked_and_jobless_accounts_answer_alike(app, person):
    """P9: in words; the time is alike because each path hashes once and writes twice."""
    wrong, disabled, locked, jobless, codeless = (person() for _each in range(5))
    with app.app_context(), transaction():
        session.get_one(Account, disabled[1].account_id).disabled_at = clock.now()
        session.get_one(Account, codeless[1].account_id).password_hash = None
        for post in staff.posts_of(jobless[1].account_id):
            session.delete(post)
    for _try in range(MOST_PER_ACCOUNT):
        Browser(app, "10.9.9.9").log_in(locked[0], "wrong-12345")
    answers = {
        "wrong": Browser(app).log_in(wrong[0], "wrong-12345"),
        "missing": Browser(app).log_in("nobody"),
        "disabled": Browser(app).log_in(disabled[0]),
        "locked": Browser(app).log_in(locked[0]),
        "jobless": Browser(app).log_in(jobless[0]),
        "codeless": Browser(app).log_in(codeless[0]),
    }
    logins = "|".join(["nobody", *(each[0] for each in (wrong, disabled, locked, jobless, codeless))])
    told = {name: (answer.status_code, plain(answer.text, logins)) for name, answer in answers.items()}
    assert len(set(told.values())) == 1, {name: status for name, (status, _text) in told.items()}
    assert "账号或密码不对" in answers["missing"].text


def plain(text, logins):
    return re.sub(rf'value="[^"]{{60,}}"|\b({logins})\b', "", text)


# --- when cookies die ---


def test_a_log_in_gives_a_new_session(app, person):
    login, _by = person()
    browser = Browser(app)
    browser.open("/login")
    before = browser.client.get_cookie("yichuang").value
    browser.log_in(login)
    first = browser.copy()
    assert browser.client.get_cookie("yichuang").value != before
    browser.client.delete_cookie("yichuang")
    browser.log_in(login)
    assert browser.is_in and first.is_in
    with app.app_context():
        assert session.query(LoginSession).count() == 2


def test_a_cookie_dies_at_log_out(browser_in):
    thief = browser_in.copy()
    assert thief.is_in
    browser_in.post("/logout")
    assert not thief.is_in and not browser_in.is_in


def test_every_cookie_dies_when_the_password_changes(app, browser_in):
    elsewhere = Browser(app)
    elsewhere.log_in(browser_in.login)
    thief = browser_in.copy()
    browser_in.post("/password", old=PASSWORD, password="four-lotus-7411", again="four-lotus-7411")
    assert not any(each.is_in for each in (browser_in, thief, elsewhere))
    assert is_let_in(Browser(app).log_in(browser_in.login, "four-lotus-7411"))


@pytest.mark.parametrize("act", ["disable", "reset", "end"])
def test_every_cookie_dies_when_an_administrator_says_so(app, person, browser_in, act):
    """P4, P10: at the next request."""
    assert browser_in.is_in
    _login, admin = person(Role.SYSTEM_ADMIN)
    _login, security = person(Role.SECURITY_ADMIN)
    with app.app_context():
        public_id = session.get_one(Account, browser_in.by.account_id).public_id
        with transaction():
            if act == "disable":
                staff.disable_account(public_id, by=admin)
            elif act == "reset":
                staff.issue_code(public_id, by=admin)
            else:
                post = staff.posts_of(browser_in.by.account_id)[0]
                staff.end_post(post.public_id, by=security, on=clock.today() - timedelta(days=1))
    assert not browser_in.is_in
    if act != "reset":
        assert not is_let_in(Browser(app).log_in(browser_in.login))


def test_an_idle_session_ends_after_half_an_hour(browser_in):
    clock.freeze(clock.now() + IDLE)
    assert browser_in.is_in, "the last minute counts"
    clock.freeze(clock.now() + IDLE + timedelta(seconds=1))
    assert not browser_in.is_in
    answer = browser_in.open("/cases?stage=ended")
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/login?next=/cases")


def test_working_keeps_a_session_alive_for_twelve_hours_at_most(browser_in):
    start = clock.now()
    while clock.now() - start < ABSOLUTE - timedelta(minutes=20):
        clock.freeze(clock.now() + timedelta(minutes=20))
        assert browser_in.is_in
    clock.freeze(start + ABSOLUTE)
    assert browser_in.is_in
    clock.freeze(start + ABSOLUTE + timedelta(seconds=1))
    assert not browser_in.is_in


def test_polling_does_not_keep_a_session_alive(app, person):
    login, _by = person()
    browser = Browser(app)
    browser.log_in(login)
    for _minute in range(30):
        clock.freeze(clock.now() + timedelta(minutes=1))
        assert browser.open("/polled").status_code == 200
    clock.freeze(clock.now() + timedelta(seconds=1))
    assert browser.open("/polled").status_code == 401 and not browser.is_in


# --- rights at the next request ---


def test_a_new_post_works_and_an_ended_one_does_not_from_the_next_request(app, centre, person, browser_in):
    """P4: also what hangs on the post, a list that it opened."""
    assert browser_in.open("/intake").status_code == 200
    assert browser_in.open("/referrals").status_code == 403
    with app.app_context(), transaction():
        for post in staff.posts_of(browser_in.by.account_id):
            post.role = Role.COURT_CLERK
    assert browser_in.open("/intake").status_code == 403
    assert browser_in.open("/referrals").status_code == 200


def test_nobody_acts_in_a_post_of_somebody_else(app, person, browser_in):
    _login, admin = person(Role.SYSTEM_ADMIN)
    with app.app_context():
        foreign = staff.posts_of(admin.account_id)[0].public_id
    assert browser_in.post("/act-as", post=foreign).status_code == 404
    assert browser_in.open("/units").status_code == 403
    assert browser_in.post("/act-as", post="x" * 22).status_code == 404
