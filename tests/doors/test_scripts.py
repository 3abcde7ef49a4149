"""Script typed into the fields of a registration is shown as typed and run nowhere (P14)."""

import itertools
from html.parser import HTMLParser

import pytest

from mediation.casefile.cases.models import Case
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from tests import makers
from tests.browser import served
from tests.doors.desk.test_intake import TYPED
from tests.doors.visitor import Visitor

CALL = "window.caught=1"
BREAKS = [
    "", '"', "'", '">', "'>", "</title>", "</textarea>", "</option></select>", "</script>", "-->", "]]>", "{{7*7}}",
]
CORES = [
    "<script>{}</script>", "<img src=x onerror={}>", "<svg/onload={}>", "<a href='javascript:{}'>x</a>",
    " autofocus onfocus={} x=",
]
PAYLOADS = [f"{start}{core.format(CALL)}" for start, core in itertools.product(BREAKS, CORES)]
PAGES = [
    "/cases", "/cases/{}", "/cases/{}/history", "/cases/{}/parties", "/cases/{}/correct", "/cases/{}/route",
    "/cases/{}/attachments", "/", "/intake",
]


class Live(HTMLParser):
    """Collects what a browser would run."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "script" and not (given.get("src") or "").startswith("/"):
            self.found.append(self.get_starttag_text())
        for name, value in attributes:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.found.append(self.get_starttag_text())


@pytest.fixture
def clerk(app):
    with app.app_context():
        centre = makers.make_centre()
        by = makers.make_actor(centre, Role.DISPATCHER, name=PAYLOADS[3])
    return Visitor(app, by)


def register(clerk, number):
    """Register a case whose every text field bears a payload; its story bears them all."""
    each = itertools.cycle(PAYLOADS[number:] + PAYLOADS[:number])
    texts = {name: f"甲{next(each)}" for name, value in TYPED.items() if name in ("name", "other", "claims", "place")}
    clerk.submit("/intake", **(TYPED | texts | {"story": "\n".join(PAYLOADS)}))
    return clerk.ask(lambda: session.query(Case).order_by(Case.id.desc()).first().public_id)


def pages_of(clerk, cases):
    return list(dict.fromkeys(page.format(case) for page in PAGES for case in cases))


def test_sixty_payloads_are_shown_and_none_is_live(clerk):
    assert len(PAYLOADS) == 60
    assert len(Live("<img src=x onerror=a><script>b</script><a href=' javascript:c'>").found) == 3
    cases = [register(clerk, number) for number in range(0, 60, 4)]
    shown = 0
    for address in pages_of(clerk, cases):
        answer = clerk.client.get(address)
        if answer.status_code == 200:
            assert not Live(answer.text).found, address
            shown += answer.text.count("window.caught")
    for payload in PAYLOADS:
        answer = clerk.client.get("/cases", query_string={"q": payload, "sort": payload, "stage": payload})
        assert answer.status_code < 500 and not Live(answer.text).found
    assert shown > 500, "else nothing of it was looked at"


@pytest.mark.long
def test_no_payload_runs_in_a_browser(app, clerk, browser):
    cases = [register(clerk, number) for number in range(0, 60, 4)]
    with served(app) as base:
        context = browser.new_context()
        context.add_cookies([{"name": "yichuang", "value": clerk.client.get_cookie("yichuang").value, "url": base}])
        page, opened = context.new_page(), []
        page.on("dialog", lambda dialog: opened.append(dialog.message))
        for address in pages_of(clerk, cases):
            page.goto(base + address)
            assert page.evaluate("window.caught") is None, address
        context.close()
    assert not opened
