"""The pages of administration in a real browser: nothing for axe to find, nothing wider than the window."""

from datetime import date

import pytest

from mediation.ground.db import transaction
from mediation.registry.access.rules import Role, system_actor
from mediation.registry.regions import operations as regions
from mediation.registry.staff import passwords
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units
from mediation.registry.units.rules import UnitKind
from tests.authenticator import code_of
from tests.browser import DESK, PHONE, served, violations
from tests.makers import make_actor, make_centre, make_mediator, make_room, make_unit

PASSWORD = "tian-2468-xiang"
ROSTER = "姓名,出生日期,单位\n万秋莲,1981-02-03,莲塘镇人民调解委员会\n涂小军,2015-01-01,莲塘镇人民调解委员会\n"


@pytest.fixture
def places(app):
    """The addresses of the pages, by the log-in name of who may open them."""
    with app.app_context():
        centre = make_centre()
    with app.app_context():
        unit = make_unit(centre)
    with app.app_context():
        mediator = make_mediator(centre, unit).public_id
        make_room(centre)
        known = {"password_hash": passwords.hashed(PASSWORD)}
        system = make_actor(centre, Role.SYSTEM_ADMIN, name="程志远", **known)
        security = make_actor(centre, Role.SECURITY_ADMIN, name="傅建华", **known)
        with transaction():
            regions.load_areas(centre.id, "360121", by=system_actor(centre.id), on=date(2026, 1, 1))
        own = staff.own_public_id(system)
        logins = {account.name: account.login for account in staff.accounts(for_=system)}
        unit = units.units(centre.id, kinds=(UnitKind.COMMITTEE,))[0].public_id
    return {
        logins[system.name]: [
            "/units", f"/units/{unit}", f"/units/{unit}/change", f"/units/{unit}/end", "/units/new", "/rooms",
            "/areas?town=360121100", "/areas/360121100", "/accounts", "/accounts/new", f"/accounts/{own}",
            "/mediators", f"/mediators/{mediator}", f"/mediators/{mediator}/remove", "/mediators/new",
            "/mediators/export", "/settings", "/settings/days/PM-18", "/settings/wage/QT-04", "/causes?q=mj",
            "/calendars", "/calendars/2027",
        ],
        logins[security.name]: ["/posts", f"/posts/{own}", f"/posts/{own}/deputy", f"/posts/{own}/second-factor"],
    }


def enter(browser, base, login, size, found):
    """Log in for the first time: with the keyboard alone past the second factor, every page of it looked over."""
    page = browser.new_context(viewport=size).new_page()
    page.goto(f"{base}/login")
    page.fill("#account", login)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_selector("#code:focus")
    secret = page.inner_text("code.key").replace(" ", "")
    for screen in (PHONE, size):
        page.set_viewport_size(screen)
        looked_over(page, found)
    page.keyboard.type(code_of(secret))
    page.keyboard.press("Enter")
    page.wait_for_selector(".codes")
    for screen in (PHONE, size):
        page.set_viewport_size(screen)
        looked_over(page, found)
    page.click("main .btn-primary")
    page.wait_for_selector("nav.side")
    return page


def test_the_second_log_in_asks_for_the_code(app, browser, places):
    """By keyboard and without script."""
    found, login = [], next(iter(places))
    with served(app) as base:
        enter(browser, base, login, DESK, found).context.close()
        for screen in (PHONE, DESK):
            page = browser.new_context(viewport=screen, java_script_enabled=screen is PHONE).new_page()
            page.goto(f"{base}/login")
            page.fill("#account", login)
            page.fill("#password", PASSWORD)
            page.press("#password", "Enter")
            page.wait_for_url("**/login/second*")
            if screen is PHONE:
                looked_over(page, found)
            page.keyboard.type("000000")
            page.keyboard.press("Enter")
            page.wait_for_selector("#code-wrong")
            if screen is PHONE:
                looked_over(page, found)
            page.context.close()
    assert not found


def looked_over(page, found):
    faults = [(page.url, each["id"], each["nodes"][0]["html"][:200]) for each in violations(page)]
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found += faults + ([(page.url, "wider than the window", wider)] if wider > 0 else [])


@pytest.mark.long
def test_the_pages_of_the_administrators(app, browser, places):
    found = []
    with served(app) as base:
        for login, addresses in places.items():
            page = enter(browser, base, login, DESK, found)
            for place, address in enumerate(addresses):
                page.goto(base + address)
                for size in (PHONE, DESK) if place % 6 == 0 else (DESK,):
                    page.set_viewport_size(size)
                    looked_over(page, found)
            page.context.close()
    assert not found


def test_a_roster_by_keyboard(app, browser, places):
    found = []
    with served(app) as base:
        page = enter(browser, base, next(iter(places)), DESK, found)
        page.goto(f"{base}/mediators/import")
        page.set_input_files("#file", {"name": "名册.csv", "mimeType": "text/csv", "buffer": ROSTER.encode()})
        page.keyboard.press("F9")
        page.wait_for_selector("text=还没有写入")
        looked_over(page, found)
        page.keyboard.press("F9")
        page.wait_for_selector("text=新增 1 人")
        page.context.close()
    assert not found
