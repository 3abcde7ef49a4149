"""Requests that no browser sends: over all routes none fails, and each answer carries the headers (P13, P16, B19, B21).

What is sent is drawn by a seed, so that a failure comes again. A run of 400 on each engine is quick; `make long`
sends 10,000. The forms are those of the pages, filled, with some of their fields spoilt.
"""

import logging
import random
from urllib.parse import quote, quote_from_bytes, urlencode

import pytest

from mediation.app import create_app
from mediation.doors.shared import errors, guard, headers
from mediation.ground import clock
from mediation.ground.db import session
from tests import everything
from tests.conftest import MORNING
from tests.doors.filled import Filled
from tests.doors.visitor import Visitor

MANY = 2**63
SPOILT = [
    "", " ", "\x00", "a\x00b", "\ud800", "\udfff万", "\x1b[31m", "\u202e", "\u200b", "\ufeff", "\x7f", "\x85",
    "𬀩", "䶮" * 30,
    "e\u0301" * 50, "0", "-1", "1e309", "NaN", "inf", "-0", "1_000", "１２", "٣", "²", "½",
    "一", str(MANY), str(-MANY), str(10**30),
    "9" * 4301, "1" * 100_000, "0x10", "true", "null", "None", "[]", "{}", "9999-12-31", "0001-01-01",
    "0000-00-00", "2026-02-30",
    "10000-01-01", "-2026-01-01", "2026-11-23T10:00", "24:00", "25:61",
    "' OR '1'='1", '"; DROP TABLE cases; --', "%", "%s", "%(x)s",
    "{0}", "{{7*7}}", "${7*7}", "../../etc/passwd", "file:///etc/passwd", "<script>alert(1)</script>",
    "\r\nSet-Cookie: a=b",
    "//evil.example", "\\", "a" * 500, "万" * 25_000, "A" * 22, "AAAAAAAAAAAAAAAAAAAAA=", "36012119680312226X",
    "-", ".", "…", "\t\n",
]
RAW = [
    b"\xff\xfe", b"%", b"\x00", b"\xc0\xaf", b"\xed\xa0\x80", b"=&=&;", b"a" * 3000, b"{", b"[1", b"--x\r\n",
    b"\xf0\x9f",
]
KINDS = [
    "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=", "application/json",
    "multipart/form-data; boundary=x", "text/plain", "application/xml", "", "a",
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/x-www-form-urlencoded; charset=no-such", "multipart/form-data; boundary=\x7f",
]
ODD_HEADERS = [
    ("Accept-Language", "\xff, ;q=x, *"), ("Referer", "http://[::1"), ("Origin", "http://["), ("Origin", "null"),
    ("Range", "bytes=9-1"),
    ("X-Forwarded-For", "1.1.1.1, \xff"), ("If-Modified-Since", "yesterday"), ("If-None-Match", 'W/"'), ("Host",
    "localhost:x"),
    ("Host", "[::1"), ("Cookie", "yichuang=\xff.\x01.x; language=\x02"), ("Content-Length", "-1"),
    ("Transfer-Encoding", "chunked"),
    ("Accept", "*/*;q=;"), ("X-HTTP-Method-Override", "DELETE"), ("Content-Encoding", "gzip"), ("Authorization",
    "Basic \xff"),
]
ENDING = {"desk.account.logout", "desk.account.password"}  # who ends the own session sends no more
QUERIES = "q stage sort after before page next late turn state town on unit year from to".split()
ODD_METHODS = ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"]
KNOWN = {"year": "2027", "what": "types", "measure": "accepted", "kind": "days", "key": "JC-01", "code": "360121106",
         "type_code": "neighbour.leak", "rule": "JC-01"}


class Storm:
    """Draws requests and sends them as somebody who is logged in, more often than not as one who may enter."""

    def __init__(self, app, seed):
        self.app, self.random = app, random.Random(seed)
        with app.app_context():
            found = everything.make_everything()
            self.names = self._names()
        self.people = {role: Visitor(app, found.actors[role, "own"]) for role in everything.ROLES}
        self.tokens = {role: _token(person) for role, person in self.people.items()}
        self.nobody = app.test_client()
        self.rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in guard.FILES]
        self.forms, self.failed = {}, []

    @staticmethod
    def _names():
        found = {}
        for name, model in everything.tables().items():
            if hasattr(model, "public_id"):
                found[name] = [row for (row,) in session.query(model.public_id).limit(3)]
        return found

    def role_for(self, rule):
        policy = self.app.view_functions[rule.endpoint].policy
        able = [role for role, person in self.people.items() if guard.may_enter(policy, person.by)]
        return self.random.choice(able if able and self.random.random() < 0.9 else everything.ROLES)

    def path(self, rule):
        parts = []
        for is_dynamic, word in rule._trace:
            if not is_dynamic:
                parts.append(word)
            elif self.random.random() < 0.12:
                parts.append(quote(self.random.choice(SPOILT)[:300], safe="", errors="surrogatepass"))
            elif word in ("public_id", "paper_id"):
                known = self.names.get(rule.rule.split("/")[1]) or self.random.choice(list(self.names.values()))
                parts.append(self.random.choice(known or ["A" * 22]))
            else:
                parts.append(self.random.choice([KNOWN.get(word, "x"), *self.some(1)]))
        return "".join(parts).lstrip("|")

    def some(self, most=4):
        texts = self.random.choices(SPOILT, k=self.random.randint(1, most))
        return [quote(text[:500], safe="", errors="surrogatepass") for text in texts]

    def query(self):
        if self.random.random() < 0.5:
            return ""
        if self.random.random() < 0.2:
            return "?" + quote_from_bytes(self.random.choice(RAW), safe="=&;")
        return "?" + "&".join(f"{self.random.choice(QUERIES)}={value}" for value in self.some())

    def fields(self, rule, path, role):
        """Return a form of the page, filled, some fields of it spoilt."""
        key = rule.endpoint, role
        if key not in self.forms:
            answer = self.people[role].client.get(path) if "GET" in rule.methods else None
            is_page = answer is not None and answer.mimetype == "text/html"
            self.forms[key] = Filled(answer.text).fields if is_page else {}
        fields = dict(self.forms[key])
        names = list(fields) or ["name", "on", "version", "key", "reason", "post", "file"]
        for name in self.random.choices(names, k=self.random.randint(1, 4)):
            spoiling = self.random.random()
            if spoiling < 0.15:
                fields.pop(name, None)
            elif spoiling < 0.3:
                fields[name] = [self.random.choice(SPOILT), self.random.choice(SPOILT)]
            elif spoiling < 0.4:
                fields[f"{name}-{self.random.choice(['0', '-1', '99999', 'x', '0-name'])}"] = self.random.choice(SPOILT)
            else:
                fields[name] = self.random.choice(SPOILT)
        if self.random.random() < 0.9:
            fields["csrf_token"] = self.tokens[role]
        return fields

    def send(self):
        """Send one request; return its answer and what was sent, for a failure's words."""
        rule = self.random.choice(self.rules)
        if rule.endpoint in ENDING:
            return None, ""
        role = self.role_for(rule)
        path = self.path(rule)
        usual = self.random.random() < 0.93
        method = self.random.choice(sorted(rule.methods & {"GET", "POST"}) if usual else ODD_METHODS)
        given = {"headers": [self.random.choice(ODD_HEADERS)] if self.random.random() < 0.15 else []}
        if method in ("POST", "PUT", "PATCH"):
            if self.random.random() < 0.12:
                given |= {"data": self.random.choice(RAW), "content_type": self.random.choice(KINDS)}
            else:
                given["data"] = urlencode(self.fields(rule, path, role), doseq=True, errors="surrogatepass")
                given["content_type"] = KINDS[0]
        client = self.people[role].client if self.random.random() < 0.95 else self.nobody
        address = path + self.query()
        with client.open(address, method=method, **given) as answer:
            answer.get_data()
        return answer, f"{role} {method} {ascii(address)[:200]} {ascii(given)[:1500]}"

    def check(self, answer, sent):
        text = answer.get_data().decode(errors="replace")
        if answer.status_code >= 500 and not (answer.status_code == 503 and "文书" in text):
            self.failed.append(f"{answer.status_code}: {sent}")
        missing = [name for name in headers.FIXED if name not in answer.headers]
        if missing or (answer.status_code >= 400 and "X-Request-No" not in answer.headers):
            self.failed.append(f"without {missing or 'a request number'}: {sent}")
        if "Traceback" in text or "sqlalchemy" in text:
            self.failed.append(f"tells of the inside: {sent}")


def _token(person):
    forms = person.get("/password").forms
    return next(form["fields"]["csrf_token"] for form in forms if "csrf_token" in form["fields"])


@pytest.fixture
def storm(database, tmp_path, cut_fonts):
    clock.freeze(MORNING)
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "fonts").symlink_to(cut_fonts)
    app = create_app({"instance": tmp_path / "instance", "database_url": database, "testing": True})
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield Storm(app, 2026)
    with app.app_context():
        session.get_bind().dispose()


def blow(storm, caplog, number):
    seen = set()
    with caplog.at_level(logging.ERROR, errors.log.name):
        for _each in range(number):
            answer, sent = storm.send()
            if answer is not None:
                storm.check(answer, sent)
                seen.add(answer.status_code)
    told = [each.exc_text or str(each.exc_info and each.exc_info[1]) for each in caplog.records]
    assert not storm.failed, "\n".join([*storm.failed[:12], f"{len(storm.failed)} in all", *dict.fromkeys(told)])
    return seen


def test_no_malformed_request_makes_a_route_fail(storm, caplog):
    seen = blow(storm, caplog, 400)
    assert {200, 302, 400, 403, 404, 405} <= seen, "else the requests did not get far"


@pytest.mark.long
def test_ten_thousand_malformed_requests(storm, caplog):
    blow(storm, caplog, 10_000)
