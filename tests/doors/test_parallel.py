"""Many at once through the served application, on either engine (P4, P30)."""

import http.client
import time
from threading import Barrier, Event, Thread
from urllib.parse import urlencode, urlsplit

import pytest
from sqlalchemy import func, select

from mediation.app import create_app
from mediation.casefile.cases.models import Case
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.registry.access.rules import Role
from mediation.registry.staff.models import Account
from tests import makers
from tests.browser import served
from tests.doors.desk.test_intake import TYPED
from tests.doors.visitor import Visitor


@pytest.fixture
def app(database, tmp_path):
    app = create_app({"instance": tmp_path / "instance", "database_url": database, "testing": True})
    yield app
    with app.app_context():
        session.get_bind().dispose()


@pytest.fixture
def centre(app):
    with app.app_context():
        return makers.make_centre()


def visitor(app, centre):
    with app.app_context():
        by = makers.make_actor(centre, Role.INTAKE_CLERK)
    return Visitor(app, by)


def ask(base, person, path, fields=None):
    """Send one request over a connection of its own; return status and where it leads."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
    cookie = {"Cookie": f"yichuang={person.client.get_cookie('yichuang').value}"}
    if fields is None:
        connection.request("GET", path, headers=cookie)
    else:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", path, urlencode(fields), cookie | form)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.getheader("Location")


def at_once(count, do):
    together, found = Barrier(count), []

    def run():
        together.wait()
        found.append(do())

    threads = [Thread(target=run) for _each in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def send_twenty_times(app, centre, rounds):
    clerk = visitor(app, centre)
    with served(app) as base:
        for number in range(rounds):
            hidden = next(form["fields"] for form in clerk.get("/intake").forms if "key" in form["fields"])
            answers = at_once(20, lambda hidden=hidden: ask(base, clerk, "/intake", hidden | TYPED))
            assert len(set(answers)) == 1 and answers[0][0] == 302, set(answers)
            with app.app_context():
                assert session.scalar(select(func.count()).select_from(Case)) == number + 1


def test_one_form_sent_twenty_times_at_once_makes_one_case(app, centre):
    send_twenty_times(app, centre, rounds=2)


@pytest.mark.long
def test_fifty_rounds_of_twenty_make_fifty_cases(app, centre):
    send_twenty_times(app, centre, rounds=50)


def disable_under_eight_clients(app, centre, rounds):
    """Return how many requests that began after the disabling were let in."""
    late = 0
    with served(app) as base:
        for _round in range(rounds):
            clerk, over, begun = visitor(app, centre), Event(), []

            def knock(clerk=clerk, over=over, begun=begun):
                while not over.is_set():
                    at = time.monotonic()
                    begun.append((at, ask(base, clerk, "/password")[0]))

            threads = [Thread(target=knock) for _client in range(8)]
            for thread in threads:
                thread.start()
            while not any(status == 200 for _at, status in list(begun)):
                time.sleep(0.01)
            with app.app_context(), transaction():
                session.get_one(Account, clerk.by.account_id).disabled_at = clock.now()
            done = time.monotonic()
            while sum(at > done for at, _status in list(begun)) < 8:
                time.sleep(0.01)
            over.set()
            for thread in threads:
                thread.join()
            late += sum(at > done and status == 200 for at, status in begun)
    return late


def test_nobody_is_let_in_after_being_disabled(app, centre):
    assert disable_under_eight_clients(app, centre, rounds=1) == 0


@pytest.mark.long
def test_nobody_is_let_in_in_fifty_rounds(app, centre):
    assert disable_under_eight_clients(app, centre, rounds=50) == 0
