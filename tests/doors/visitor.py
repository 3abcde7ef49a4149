"""Somebody at the desk: logs in as an actor, opens pages, fills forms as they stand on the page.

Not to be used inside an application context of the test's own: requests would share its ``g``.
"""

import hashlib
from html.parser import HTMLParser

from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.registry.staff.models import Account, LoginSession
from mediation.registry.staff.rules import Proof


class Page(HTMLParser):
    """What a test asks of a page: its title and text, its forms with their fields, controls without a label."""

    def __init__(self, html):
        super().__init__()
        self.html, self.title, self.text = html, "", ""
        self.forms, self.labelled, self.controls = [], set(), []
        self._in = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self._in.append(tag)
        if tag == "form":
            self.forms.append({"action": given.get("action"), "method": given.get("method", "get"), "fields": {}})
        if tag == "label":
            self.labelled.add(given.get("for"))
        if tag in ("input", "select", "textarea") and given.get("type") not in ("hidden", "submit"):
            self.controls.append(given | ({"aria-label": "around it"} if "label" in self._in else {}))
        if tag == "input" and given.get("name") and self.forms:
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.forms[-1]["fields"][given["name"]] = given.get("value", "")

    def handle_endtag(self, tag):
        while self._in and self._in.pop() != tag:
            pass

    def handle_data(self, data):
        if "title" in self._in:
            self.title += data
        if "script" not in self._in and "style" not in self._in:
            self.text += data

    @property
    def unlabelled(self):
        """Return the controls that have neither a label nor a name of their own."""
        return [each for each in self.controls if each.get("id") not in self.labelled and "aria-label" not in each]


class Visitor:
    """A browser without script. Every page it opens is checked: title, labels, a token in each posting form."""

    def __init__(self, app, by):
        self.app, self.by = app, by
        self.client = app.test_client()
        token = f"token of {by.account_id} {by.post_id}"
        with app.app_context():
            with transaction():
                account = session.get_one(Account, by.account_id)
                session.add(
                    LoginSession(
                        token_hash=hashlib.sha256(token.encode()).digest(), account_id=account.id, post_id=by.post_id,
                        authorisation=account.authorisation, proof=Proof.CODE, created_at=clock.now(),
                        last_seen_at=clock.now(),
                    )
                )
        with self.client.session_transaction() as cookie:
            cookie["_user_id"] = token

    def again(self):
        """Log in once more, on a later day: no session lasts that long."""
        with self.app.app_context(), transaction():
            rows = session.query(LoginSession).filter_by(account_id=self.by.account_id)
            rows.update({"created_at": clock.now(), "last_seen_at": clock.now()})

    def get(self, address, status=200):
        response = self.client.get(address)
        assert response.status_code == status, response.text[-2000:]
        return self._checked(response)

    def status(self, address, method="GET"):
        """Return only the status of an answer, for tables of who may enter what."""
        data = {"csrf_token": self._token(self.get("/password"))} if method == "POST" else None
        return self.client.open(address, method=method, data=data).status_code

    def submit(self, address, /, *, at=None, status=302, **fields):
        """Open a page and send one of its forms, the hidden fields as they stand there."""
        page = self.get(at or address)
        target = [form for form in page.forms if form["method"] == "post" and (form["action"] or address) == address]
        hidden = target[0]["fields"] if target else {}
        return self.post(address, status=status, **{"csrf_token": self._token(page), **hidden, **fields})

    def post(self, address, /, *, status=302, **fields):
        response = self.client.post(address, data=fields, content_type="multipart/form-data")
        assert response.status_code == status, response.text[-3000:]
        return self._checked(response) if status == 200 else response

    def ask(self, question, *given, **named):
        """Return what a query answers; outside of any request, whose ``g`` is its own."""
        with self.app.app_context():
            return question(*given, **named)

    def follow(self, response):
        """Open the page that an answer leads to."""
        return self.get(response.headers["Location"])

    def _token(self, page):
        return next(token for form in page.forms if (token := _token_of(form)))

    def _checked(self, response):
        page = Page(response.text)
        if response.mimetype == "text/html":
            assert page.title.strip().rstrip("·").strip(), "a page without a title"
            assert not page.unlabelled, f"controls without a label: {page.unlabelled}"
            for form in page.forms:
                assert form["method"] != "post" or _token_of(form), f"a form without a token: {form}"
        page.response = response
        return page


def _token_of(form):
    return next((value for name, value in form["fields"].items() if name.endswith("csrf_token")), None)
