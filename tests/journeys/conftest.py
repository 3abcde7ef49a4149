"""The county that the journeys walk through, served by the application on a fresh database."""

from types import SimpleNamespace

import pytest

from mediation.app import create_app
from mediation.ground import db, jobs
from mediation.registry.staff import passwords
from mediation.registry.staff.models import Account
from tests import browser as browsers
from tests import road
from tests.journeys.persona import Looked, Persona

PASSWORD = "zhi-2026-hao"
PEOPLE = ("clerk", "dispatcher", "head", "mediator", "liaison", "court")


def furnish(url, master_key, furnishing=lambda county: None):
    """Make the county in a migrated database and give its people passwords; return it and what else was made."""
    from mediation.ground import crypto

    crypto.use(master_key)
    db.connect(url)
    county = road.make_county()
    made = furnishing(county)
    hashed = passwords.hashed(PASSWORD)
    with db.transaction():
        for name in (*PEOPLE, *county.more):
            actor = getattr(county, name, None) or county.more[name]
            account = db.session.get_one(Account, actor.account_id)
            account.login, account.password_hash = name, hashed
    db.disconnect()
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


@pytest.fixture
def stage(sqlite_database, tmp_path, browser, furnishing):
    """The served application, ``enter(name)`` for somebody who logs in, and ``made``, what ``furnishing`` returned."""
    app = create_app({"instance": tmp_path, "database_url": sqlite_database, "testing": True})
    county, made = furnish(sqlite_database, app.extensions["yichuang"].secret("master-key"), furnishing)
    looked, entered = Looked(), []
    with browsers.served(app) as base:

        def enter(name, **options):
            entered.append(Persona(browser, base, name, PASSWORD, looked, **options))
            return entered[-1]

        yield SimpleNamespace(app=app, base=base, county=county, made=made, enter=enter, looked=looked)
        for persona in entered:
            persona.close()
    assert not looked.found, "\n".join(looked.found)
