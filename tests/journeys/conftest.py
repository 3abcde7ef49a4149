"""The county that the journeys walk through, served by the application on a fresh database."""

from types import SimpleNamespace

import pytest

from mediation.ground import jobs
from mediation.ground.db import session, transaction
from mediation.registry.staff import passwords
from mediation.registry.staff.models import Account
from tests import browser as browsers
from tests import road
from tests.journeys.persona import Looked, Persona

PASSWORD = "zhi-2026-hao"
PEOPLE = ("clerk", "dispatcher", "head", "mediator", "liaison", "court")


def furnish(app, furnishing=lambda county: None):
    """Make the county in a fresh application and give its people passwords; return it and what else was made."""
    with app.app_context():
        county = road.make_county()
        made = furnishing(county)
        hashed = passwords.hashed(PASSWORD)
        with transaction():
            for name in (*PEOPLE, *county.more):
                actor = getattr(county, name, None) or county.more[name]
                account = session.get_one(Account, actor.account_id)
                account.login, account.password_hash = name, hashed
    return county, made


def work_off(app):
    """Do what waits in the background, as the scheduler's process does."""
    with app.app_context():
        while jobs.run_next():
            pass


@pytest.fixture
def furnishing():
    """What a journey's county has besides; a journey overrides this, its people go into ``county.more``."""
    return lambda county: None


@pytest.fixture(scope="session")
def album(run_folder):
    """The folder in which the journeys of all processes mark the pages that they have looked over."""
    folder = run_folder / "looked-over"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def stage(app, browser, furnishing, album):
    """The served application, ``enter(name)`` for somebody who logs in, and ``made``, what ``furnishing`` returned."""
    county, made = furnish(app, furnishing)
    looked, entered = Looked(album), []
    with browsers.served(app) as base:

        def enter(name, **options):
            entered.append(Persona(browser, base, name, PASSWORD, looked, **options))
            return entered[-1]

        yield SimpleNamespace(app=app, base=base, county=county, made=made, enter=enter, looked=looked)
        for persona in entered:
            persona.close()
    assert not looked.found, "\n".join(looked.found)
