"""Every route for every role in every place: nothing is shown or changed that is not granted (P1, P2, P3, P5, P15).

The routes come from the application's map, so a new one is tried without being named here; one whose arguments are
not known fails. A form is filled as somebody who may use it finds it, and sent as it is by everybody else.
"""

import re
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from sqlalchemy import event, select

from mediation.app import create_app
from mediation.casefile.cases import access
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import Turn
from mediation.doors.shared import guard
from mediation.ground import clock
from mediation.ground.db import RoomSession, session
from mediation.registry.access.rules import Depth, Role
from mediation.registry.people.models import Person
from mediation.registry.staff.models import Account, Post
from tests import everything
from tests.conftest import MORNING
from tests.doors.filled import Filled
from tests.doors.visitor import Visitor

ABSENT = "A" * 22
# What the first word of an address names, where it is not the table itself.
NAMED = {
    "outside": ["outside_numbers"], "orders": ["order_sheets"], "order-rows": ["order_rows"], "intake": ["cases"],
    "letters": ["court_letters"], "duties": ["risk_duties"], "posts": ["posts", "accounts"],
    "links": ["case_links"], "mergers": ["person_mergers"], "copyout": ["platform_entries"],
    "room-closures": ["room_closures"], "routing-drafts": ["routing_drafts"], "precedents": ["designations"],
    "mendings": ["mending_requests"], "taken-off": ["parties_taken_off"], "absences": ["post_absences"],
    "assisting": ["assisting_tasks"], "offers": ["transfers:down"],
    "memos": ["case_notes"], "shifts": ["shift_handovers"],
    "groups": ["case_groups"], "group-members": ["group_members"], "group-prints": ["group_prints"],
    "pack-runs": ["pack_runs"], "courts": ["court_exceptions"], "setting-drafts": ["setting_drafts"],
    "leaves": ["mediator_leaves"], "mediator-complaints": ["mediator_complaints"], "guests": ["case_guests"],
}
PLAIN = {
    "form": "pdf", "measure": "accepted", "what": "types", "code": "360121106", "year": 2027, "kind": "days",
    "key": "JC-01", "number": 20, "rule": "JC-01", "type_code": "neighbour.leak", "paper_kind": "receipt",
}
# The access log: what reading, and being refused, may write.
LOG = {"trail", "trail_heads", "trail_values", "attempts", "login_sessions"}
# What somebody who only reads a case, or only has an account, may change beside the log.
OWN = {
    "desk.supervision.look": {"case_access", "notices", "idempotency_keys"},
    "desk.mending.decide": {"mending_requests", "steps_taken", "cases", "notices", "idempotency_keys"},  # a supervisor
    "desk.notices.read": {"notices"},
    "desk.arbiter.end": {"designations"},  # a precedent is the centre's, whatever becomes of its case
    "desk.account.language": {"accounts"},
    "desk.account.password": {"accounts"},
    "desk.guests.show": {"case_guests"},  # a guest's own word on what they were asked
    "desk.intake.register": {"drafts"},  # counts whom "seen before" was asked about (P25)
}
# "Seen before" names past matters of the centre to its windows, sealed ones never.
SEEN_BEFORE = "desk.intake.register"
# Asked for with a reason, on record: the numbers of a case that is open to who asks (P23).
REVEALS = "desk.copyout.reveal"
NUMBERS = {number for both in everything.NUMBERS.values() for number in both}
UNSEALED = {names[which] for names in (everything.NAMES, everything.OTHER_NAMES) for which in ("court", "failed")}
WRITES = re.compile(r"\s*(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) \"?(\w+)", re.IGNORECASE)
CONTENTS = [*everything.STORY.values(), everything.BREACH, everything.TOLD, "武阳镇前进村8组", "要赔", "借条.pdf"]


class Writing:
    """Which tables would have been changed; nothing is, so that each request meets the same county."""

    def __init__(self):
        self.pending, self.committed = set(), set()

    def note(self, _connection, _cursor, statement, *_more):
        found = WRITES.match(statement)
        if found:
            self.pending.add(found[1])

    def install(self, monkeypatch, engine):
        event.listen(engine, "before_cursor_execute", self.note)
        really_roll_back = RoomSession.rollback

        def rollback(this):
            self.pending.clear()
            really_roll_back(this)

        def commit(this):
            this.flush()
            self.committed |= self.pending
            rollback(this)

        monkeypatch.setattr(RoomSession, "rollback", rollback)
        monkeypatch.setattr(RoomSession, "commit", commit)

    def taken(self):
        done, self.committed, self.pending = self.committed, set(), set()
        return done


class World:
    """The county, its things, and everybody with an open session."""

    def __init__(self, app):
        self.app = app
        self.client = app.test_client(use_cookies=False)
        with app.app_context():
            self.found = everything.make_everything()
            self.county_id = self.found.county.centre.id
            self.routes = [
                (rule, ids)
                for rule in app.url_map.iter_rules()
                if rule.endpoint not in guard.FILES
                for ids in self._arguments(rule)
            ]
        self.sessions = {who: _session(app, by) for who, by in self.found.actors.items()}
        self._forms, self._absent = {}, {}
        self._openers = list(self.sessions)  # who opened a form last is asked first for the next

    def _arguments(self, rule):
        """Return the arguments to try a route with: one thing of each case, or of the centre."""
        unknown = rule.arguments - {"public_id", "paper_id"} - set(PLAIN)
        assert not unknown, f"say in this test what {unknown} of {rule.rule} stands for"
        plain = {name: PLAIN[name] for name in rule.arguments if name in PLAIN}
        if "public_id" not in rule.arguments:
            return [plain]
        word = rule.rule.split("/")[1]
        rows = [row for table in NAMED.get(word, [word]) for row in self._rows(table, rule)]
        assert rows, f"the county has nothing for {rule.rule}"
        if "paper_id" in rule.arguments:
            return [plain | {"public_id": row.public_id, "paper_id": row.papers["papers"][0]} for row in rows]
        return [plain | {"public_id": row.public_id} for row in rows]

    def _rows(self, table, rule):
        table, _colon, kind = table.partition(":")
        assert table in everything.tables(), f"say in this test what {rule.rule} names"
        found = {}
        for row in session.scalars(select(everything.tables()[table]).order_by("id")):
            case = everything.case_of(row)
            if kind and row.kind != kind:
                continue
            if getattr(case or row, "centre_id", self.county_id) == self.county_id:
                found.setdefault(case.id if case else 0, row)
        rows = list(found.values())
        if rule.endpoint == "desk.arbiter.designate":
            return [row for row in rows if row.turn == Turn.ARBITER]
        return [rows[0], rows[-1]] if table == "cases" else rows[:1]  # the one at court and the sealed one

    def _named(self, rule, ids):
        """Return what a route names, and its case."""
        word = rule.rule.split("/")[1]
        for table in NAMED.get(word, [word]) if "public_id" in ids else ():
            rows = everything.tables()[table.partition(":")[0]]
            row = session.scalar(select(rows).filter_by(public_id=ids["public_id"]))
            if row is not None:
                return row, everything.case_of(row)
        return None, None

    def sight(self, by, rule, ids):
        """Return how deep somebody sees what a route names, all of it in the own centre, and whether they may act."""
        row, case = self._named(rule, ids)
        if row is None:
            return Depth.SEALED, True
        if case is not None:
            needed = self.app.view_functions[rule.endpoint].policy
            return access.depth_of(by, case), access.acts_on(by, case, getattr(needed, "through", ()))
        if isinstance(row, Person):
            in_them = select(Case).join(Party, Party.case_id == Case.id).where(Party.person_id == row.id)
            seen = filter(None, (access.depth_of(by, case) for case in session.scalars(in_them)))
            return max(seen, default=None), True
        owner = session.get_one(Account, row.account_id) if isinstance(row, Post) else row
        return Depth.SEALED if owner.centre_id == by.centre_id else None, True

    def is_public(self, rule):
        return self.app.view_functions[rule.endpoint].policy == guard.PUBLIC

    def ask(self, who, method, rule, ids, fields=None):
        """Send a request as somebody (None: nobody) and return its answer."""
        cookie, token = self.sessions[who] if who else ("", "")
        address = rule.build(ids)[1]
        data = {**(fields or {}), "csrf_token": token} if method == "POST" else None
        answer = self.client.open(address, method=method, data=data, headers={"Cookie": cookie})
        assert all(value.isascii() for _name, value in answer.headers), f"a server cannot send the headers of {address}"
        return answer

    def is_like_absent(self, answer, who, method, rule, ids):
        """Say whether an answer is the one about a thing that does not exist (P2)."""
        key = who, method, rule.endpoint
        if key not in self._absent:
            fields = self.form(rule, ids) if method == "POST" else None
            nothing = {name: PLAIN.get(name, ABSENT) for name in ids}
            absent = self.ask(who, method, rule, nothing, fields)
            self._absent[key] = absent.status_code, masked(absent, *map(str, nothing.values()))
        told = answer.status_code, masked(answer, *map(str, ids.values()))
        return told[0] == 404 and told == self._absent[key]

    def form(self, rule, ids):
        """Return the fields of a form as the first who may open it finds them."""
        key = rule.endpoint, tuple(ids.values())
        if key not in self._forms:
            self._forms[key] = {}
            for who in list(self._openers) if "GET" in rule.methods else ():
                answer = self.ask(who, "GET", rule, ids)
                if answer.status_code == 200 and answer.mimetype == "text/html":
                    self._forms[key] = Filled(answer.text).fields
                    self._openers.remove(who)
                    self._openers.insert(0, who)
                    break
        return self._forms[key]


def _session(app, by):
    visitor = Visitor(app, by)
    page = visitor.get("/password")
    cookie = SimpleCookie()
    cookie["yichuang"] = visitor.client.get_cookie("yichuang").value
    token = next(form["fields"]["csrf_token"] for form in page.forms if "csrf_token" in form["fields"])
    return cookie.output(header="").strip(), token


@pytest.fixture(scope="module")
def world(sqlite_template, scratch_folder, tmp_path_factory, cut_fonts):
    clock.freeze(MORNING)
    file = scratch_folder / "everything.db"
    file.write_bytes(sqlite_template.read_bytes())
    instance = tmp_path_factory.mktemp("instance")
    (instance / "fonts").symlink_to(cut_fonts)
    app = create_app({"instance": instance, "database_url": f"sqlite:///{file}", "testing": True})
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield World(app)
    with app.app_context():
        session.get_bind().dispose()


@pytest.fixture
def writing(world, monkeypatch):
    writing = Writing()
    with world.app.app_context():
        engine = session.get_bind()
    writing.install(monkeypatch, engine)
    yield writing
    event.remove(engine, "before_cursor_execute", writing.note)


def methods(rule):
    return sorted(rule.methods & {"GET", "POST"})


def text_of(answer):
    return answer.get_data().decode(errors="replace")


def masked(answer, *ids):
    """Return an answer's text without its request number, its tokens and the names in its address."""
    text = re.sub(r'(value|content)="[\w.-]{60,}"', "", text_of(answer))
    for word in (answer.headers.get("X-Request-No"), *ids):
        text = text.replace(word, "…") if word else text
    return text


def forbidden(by):
    """Return the words that nobody at this depth may read: contents, and names of cases that are not theirs."""
    found = []
    for name, case in world_cases(by):
        reach = access.depth_of(by, case)
        if reach is None or reach < Depth.CONTENTS:
            found.append(everything.STORY[name])
        if reach is None or (case.is_sealed and reach < Depth.CONTENTS):
            found += [everything.NAMES[name], everything.OTHER_NAMES[name], case.register_no if reach is None else ""]
    if all(access.depth_of(by, case) in (None, Depth.PROGRESS) for _name, case in world_cases(by)):
        found += CONTENTS
    found += NUMBERS
    return [word for word in found if word]


def world_cases(_by):
    for name, story in everything.STORY.items():
        yield name, session.scalars(select(Case).where(Case.story == story)).one()


def places(role):
    return [place for place in ("own", "other", "away", "colleague") if place != "colleague" or role == Role.MEDIATOR]


opened = set()


@pytest.mark.parametrize("role", everything.ROLES)
def test_nothing_is_shown_or_changed_that_is_not_granted(world, writing, role):
    wrong = []
    for place in places(role):
        by = world.found.actors[role, place]
        with world.app.app_context():
            words = forbidden(by)
            sights = [(rule, ids, *world.sight(by, rule, ids)) for rule, ids in world.routes]
        for rule, ids, reach, acts in sights:
            may_enter = guard.may_enter(world.app.view_functions[rule.endpoint].policy, by)
            if not may_enter and place != "own":
                continue  # the guard asks for the role alone
            for method in methods(rule):
                fields = world.form(rule, ids) if method == "POST" else None
                writing.taken()
                answer = world.ask((role, place), method, rule, ids, fields)
                written = writing.taken() - LOG - OWN.get(rule.endpoint, set())
                known = {*(fields or {}).values(), *(UNSEALED if rule.endpoint == SEEN_BEFORE else ())}
                known |= NUMBERS if rule.endpoint == REVEALS and (reach or 0) >= Depth.CONTENTS else set()
                shown = [word for word in words if word in text_of(answer) and word not in known]
                found = [f"shows {shown}"] if shown else []
                found += ["fails"] if answer.status_code >= 500 else []
                found += ["is not refused"] if not may_enter and answer.status_code != 403 else []
                if may_enter and reach is None and not world.is_like_absent(answer, (role, place), method, rule, ids):
                    found.append("is told from an absent one")
                if written and not (method == "POST" and may_enter and reach is not None and acts):
                    found.append(f"writes {sorted(written)}")
                if may_enter and reach is not None and answer.status_code not in (403, 404):
                    opened.add(rule.endpoint)
                wrong += [f"{place} {method} {rule.endpoint} {answer.status_code} {each}" for each in found]
    assert not wrong, "\n".join(wrong)


def test_nobody_enters_without_a_log_in(world, writing):
    wrong = []
    for rule, ids in world.routes:
        if world.is_public(rule):
            continue
        for method in methods(rule):
            answer = world.ask(None, method, rule, ids, world.form(rule, ids) if method == "POST" else None)
            sent_to_log_in = answer.status_code == 302 and answer.headers["Location"].startswith("/login")
            if not (answer.status_code == 401 or (method == "GET" and sent_to_log_in)) or writing.taken():
                wrong.append(f"{method} {rule.rule} {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_every_route_opens_to_somebody(world):
    """What is refused to all would pass every test above; runs after them."""
    if not opened:
        pytest.skip("needs the tests above")
    opened.add("desk.account.act_as")  # wants a post of one's own, see test_login
    opened.add("desk.papers.word")  # wants a paper that has a Word file, see desk/test_papers_beside
    shut = {rule.endpoint for rule, _ids in world.routes if not world.is_public(rule)} - opened
    assert not shut, sorted(shut)


def test_no_id_number_and_no_phone_lies_open_in_the_database(world):
    """P24: after a road, drafts, the trail, jobs, papers and everybody's sessions; nor in the store of files."""
    with world.app.app_context():
        database = Path(session.get_bind().url.database)
    stored = [database, Path(f"{database}-wal"), *Path(world.app.instance_path).rglob("files/*/*")]
    numbers = [number for both in everything.NUMBERS.values() for number in both]
    secrets = [word.encode() for word in (*numbers, "13970812716", "13870810731", "13970812717")]
    for path in filter(Path.is_file, stored):
        plain = path.read_bytes()
        assert not [word for word in secrets if word in plain], path
    assert "暗号甲".encode() in database.read_bytes() + stored[1].read_bytes(), "else nothing was looked at"


@pytest.mark.parametrize("fault", ["no token", "a token of somebody else", "another origin"])
def test_no_form_counts_without_its_token_or_from_another_site(world, writing, fault):
    """P15: whatever the route, as somebody who might send it."""
    wrong, tried = [], 0
    foreign = world.sessions[Role.LEADER, "away"][1]
    for rule, ids in world.routes:
        policy = world.app.view_functions[rule.endpoint].policy
        able = [who for who in world.sessions if guard.may_enter(policy, world.found.actors[who])]
        if "POST" not in rule.methods or world.is_public(rule) or not able:
            continue
        cookie, own = world.sessions[able[0]]
        tokens = {"a token of somebody else": {"csrf_token": foreign}, "another origin": {"csrf_token": own}}
        filled = world.form(rule, ids).items()
        fields = {name: value for name, value in filled if not name.endswith("csrf_token")} | tokens.get(fault, {})
        headers = {"Cookie": cookie} | ({"Origin": "https://evil.example"} if fault == "another origin" else {})
        writing.taken()
        answer = world.client.post(rule.build(ids)[1], data=fields, headers=headers)
        written, tried = writing.taken() - LOG, tried + 1
        if answer.status_code != 400 or written:
            wrong.append(f"{rule.endpoint} {answer.status_code} {sorted(written)}")
    assert tried > 60 and not wrong, "\n".join(wrong)
