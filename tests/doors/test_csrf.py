"""Unsafe requests without a token or from another site change nothing; a form changes what it shows (P7, P15)."""

import pytest

from mediation.doors.shared import guard
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from mediation.registry.staff.models import Account
from mediation.registry.units.models import Unit
from tests import everything, makers
from tests.doors.visitor import Visitor

LOG = {"trail", "trail_heads", "trail_values", "attempts", "login_sessions"}


def counts(app):
    """How many rows each table has, the access log left out."""
    with app.app_context():
        return {name: session.query(model).count() for name, model in everything.tables().items() if name not in LOG}


@pytest.fixture
def centre(app):
    with app.app_context():
        return makers.make_centre()


@pytest.fixture
def admin(app, centre):
    with app.app_context():
        by = makers.make_actor(centre, Role.SYSTEM_ADMIN)
    return Visitor(app, by)


def token_of(visitor):
    page = visitor.get("/password")
    return next(form["fields"]["csrf_token"] for form in page.forms if "csrf_token" in form["fields"])


UNIT = {
    "kind": "committee", "name": "莲塘镇人民调解委员会", "area_code": "360121", "number_word": "莲民调",
    "on": "2026-03-02",
}


def send(admin, root, token, **headers):
    fields = UNIT | {"parent": root, "types": ["neighbour"]} | ({"csrf_token": token} if token else {})
    return admin.client.post("/units/new", data=fields, headers=headers)


@pytest.fixture
def root(app, centre):
    with app.app_context():
        return makers.root_of(centre).public_id


@pytest.mark.parametrize("token", [None, "", "x", "I" * 91, "ImFiYyI.abc.def"])
def test_without_a_valid_token_nothing_changes(app, admin, root, token):
    before = counts(app)
    answer = send(admin, root, token)
    assert answer.status_code in (200, 400) and counts(app) == before
    assert send(admin, root, token_of(admin)).status_code == 302
    assert counts(app)["units"] == before["units"] + 1


def test_a_token_of_somebody_else_does_not_count(app, centre, admin, root):
    with app.app_context():
        by = makers.make_actor(centre, Role.SYSTEM_ADMIN)
    other = Visitor(app, by)
    before = counts(app)
    assert send(admin, root, token_of(other)).status_code in (200, 400) and counts(app) == before


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "https://evil.example", "null", "http://localhost.evil.example", "http://localhost:81", ""],
)
def test_a_page_of_another_site_changes_nothing_even_with_a_token(app, admin, root, origin):
    before = counts(app)
    answer = send(admin, root, token_of(admin), Origin=origin)
    assert answer.status_code == 400 and answer.headers["X-Request-No"] in answer.text and counts(app) == before


def test_our_own_page_may(admin, root):
    assert send(admin, root, token_of(admin), Origin="http://localhost").status_code == 302


def test_every_unsafe_route_asks_for_a_token(app, admin):
    """No view is exempt, and none but GET, HEAD, OPTIONS and POST is offered."""
    assert not app.extensions["csrf"]._exempt_views and not app.extensions["csrf"]._exempt_blueprints
    for rule in app.url_map.iter_rules():
        assert rule.methods <= {"GET", "HEAD", "OPTIONS", "POST"}, rule
        view = app.view_functions[rule.endpoint]
        if "POST" in rule.methods and view.policy == guard.PUBLIC:
            assert app.test_client().post(rule.rule).status_code == 400, rule


def test_a_form_changes_only_what_it_shows(app, centre, admin):
    """P7: what is sent besides is ignored."""
    key = admin.get("/accounts/new").forms[-1]["fields"].get("key", "k")
    more = {
        "centre_id": "1", "disabled_at": "2020-01-01", "password_hash": "x", "must_change_password": "1", "id": "1",
        "authorisation": "99", "version": "99", "role": "leader", "public_id": "A" * 22, "second_factor_sealed": "x",
    }
    answer = admin.client.post(
        "/accounts/new", data={"csrf_token": token_of(admin), "key": key, "login": "wanxp", "name": "万小平"} | more
    )
    assert answer.status_code == 302
    with app.app_context():
        account = session.query(Account).filter_by(login="wanxp").one()
        assert account.centre_id == centre.id and account.disabled_at is None and account.password_hash is None
        assert account.authorisation < 99 and account.version == 1 and account.id != 1 and account.public_id != "A" * 22
        assert account.second_factor_sealed is None and not account.must_change_password


def test_a_unit_stays_in_its_centre_whatever_is_sent(app, centre, admin, root):
    more = {"centre_id": "7", "path": "/x/"}
    fields = UNIT | {"csrf_token": token_of(admin), "parent": root, "types": ["neighbour"]} | more
    assert admin.client.post("/units/new", data=fields).status_code == 302
    with app.app_context():
        unit = session.query(Unit).filter_by(name=UNIT["name"]).one()
        assert unit.centre_id == centre.id and unit.path.startswith("/") and unit.path != "/x/"
