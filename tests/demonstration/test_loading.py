"""The demonstration county, loaded once through the operations; everything that must hold is asked of it."""

import re
import stat
from collections import Counter
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from mediation.casefile.cases.models import Case, CaseAccess
from mediation.casefile.cases.rules import Stage, Track
from mediation.casefile.papers import printing
from mediation.casefile.papers.models import Paper, PaperState
from mediation.demonstration import filing, load, shows
from mediation.ground import clock, crypto, db, files
from mediation.ground.db import session
from mediation.ground.jobs import Job
from mediation.ground.steps import StepTaken
from mediation.oversight.soundness import queries as soundness
from mediation.registry.access.rules import Relation, Role
from mediation.registry.calendar.queries import calendar_of
from mediation.registry.mediators.models import Mediator
from mediation.registry.people.models import Person
from mediation.registry.regions import queries as regions
from mediation.registry.staff import passwords
from mediation.registry.staff.models import Account, Post
from mediation.registry.units.models import Unit
from mediation.rooms import open_rooms
from mediation.stages.archive.models import Borrowing
from mediation.stages.bundles.models import Bundle
from mediation.stages.bundles.rules import Audience
from tests import packs
from tests.conftest import MASTER_KEY, MORNING

CASES = 40

_copies = count(1)


@pytest.fixture
def county(sqlite_database, tmp_path):
    """The rooms on a fresh SQLite database, without Flask; returns the database's file."""
    crypto.use(MASTER_KEY)
    files.use(files.Store(tmp_path / "files"))
    open_rooms()
    db.connect(sqlite_database)
    yield sqlite_database.removeprefix("sqlite:///")
    db.disconnect()


def test_the_county_stands_as_it_was_told(county, tmp_path):
    said = []
    logins = tmp_path / "instance" / "demo-logins.txt"
    load(logins=logins, say=said.append, cases=CASES, render=False)

    assert clock.now() == MORNING, "the program's time is as it was"
    assert re.search(r"40 件案件，用时 \d+ 秒，每秒 [\d.]+ 件", said[-1])
    cases = list(session.scalars(select(Case).order_by(Case.id)))
    assert len(cases) == CASES
    assert {case.stage for case in cases} == set(Stage)
    assert {case.track for case in cases} >= set(Track)
    assert len({case.title for case in cases}) > CASES * 0.9
    _everything_is_sound()
    _shown_cases_stand_where_they_should(cases)
    _some_are_late_and_acts_fall_on_working_days(cases)
    _the_county_is_staffed()
    _papers_wait_for_their_first_opening()
    _the_archive_is_not_empty()
    _logins_are_for_this_installation_only(logins)
    _no_number_lies_open(county)


def _everything_is_sound():
    for finding in soundness.everything():
        assert finding.is_sound, (finding.title, finding.told)


def _shown_cases_stand_where_they_should(cases):
    by_title = Counter(case.stage for case in cases)
    assert by_title[Stage.CONFIRMING] >= 4 and by_title[Stage.MEDIATING] >= 4
    sealed = [case for case in cases if case.is_sealed]
    assert [case.title for case in sealed] == ["家庭琐事纠纷（保密）"]
    assert max(case.people_count for case in cases) == 12
    assert {case.result for case in cases} >= {"open", "mediated", "failed", "ruled"}
    states = {(step.object_kind, step.to_state) for step in session.scalars(select(StepTaken))}
    assert states >= {
        ("transfer", "rejected"), ("referral", "decided"), ("confirmation", "confirmed"), ("confirmation", "accepted"),
        ("performance", "done"), ("performance", "waived"), ("confirmation", "dropped"), ("duty", "reported"),
        ("case", "archived"),
    }


def _some_are_late_and_acts_fall_on_working_days(cases):
    assert any(case.is_open and case.due_on and case.due_on < clock.today() for case in cases)
    calendar = calendar_of(cases[0].centre_id)
    steps = list(session.scalars(select(StepTaken)))
    assert all(calendar.is_workday(step.on) for step in steps)
    hours = Counter(clock.local(step.recorded_at).hour for step in steps)
    assert set(hours) <= set(range(8, 21)) and sum(hours[hour] for hour in range(8, 18)) > len(steps) * 0.95
    assert all(step.on <= clock.today() for step in steps)


def _the_county_is_staffed():
    assert session.query(Mediator).count() >= 215
    units = list(session.scalars(select(Unit)))
    towns = [town for town in regions.towns("360121") if town.name.endswith(("镇", "乡", "街道"))]
    assert {f"{town.name}人民调解委员会" for town in towns} <= {unit.name for unit in units}
    assert sum(unit.kind == "committee" and len(unit.area_code) > 9 for unit in units) >= 30
    leading = select(CaseAccess.unit_id).where(CaseAccess.relation == Relation.LEAD)
    heads = set(session.scalars(select(Post.unit_id).where(Post.role == Role.HEAD)))
    assert set(session.scalars(leading)) <= heads
    assert session.query(Post).filter(Post.deputy_for_id.is_not(None)).count() == 3


def _papers_wait_for_their_first_opening():
    states = Counter(session.scalars(select(Paper.state)))
    assert states[PaperState.WAITING] > 100 and PaperState.READY not in states
    assert session.query(Job).filter_by(name="papers.render").count() == 0


def _the_archive_is_not_empty():
    bound = session.execute(select(Bundle.audience, Case.track).join(Case, Case.id == Bundle.case_id)).all()
    filed = list(session.scalars(select(Case.track).where(Case.state == "archived")))
    assert len(bound) == min(len(filed), filing.BOUND) > 1
    assert {each.audience for each in bound} == {Audience.ARCHIVE} and {each.track for each in bound} == set(filed)
    assert session.query(Job).filter_by(name="bundles.build").count() == len(bound)
    late, there = session.scalars(select(Borrowing).order_by(Borrowing.due_on)).all()
    assert late.due_on < clock.today() <= there.due_on and late.back_on is None and there.back_on is None


def _logins_are_for_this_installation_only(path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = [line.split("\t") for line in path.read_text().splitlines()]
    assert len(rows) >= 24 and all(len(row) == 4 and all(row) for row in rows)
    assert {row[0] for row in rows} == {role.label for role in Role if role != Role.SYSTEM}
    words = [row[3] for row in rows]
    assert len(set(words)) == len(words)
    hashes = dict(session.execute(select(Account.login, Account.password_hash)).all())
    for _post, _unit, login, word in rows:
        assert passwords.fits(hashes[login], word)
    assert sum(each is not None for each in hashes.values()) == len(rows), "nobody else has a password"


def _no_number_lies_open(database):
    people = list(session.scalars(select(Person)))
    secrets = [secret for person in people for secret in (person.id_number, person.phone) if secret]
    assert len(secrets) > CASES * 2
    session.rollback()
    db.disconnect()  # writes everything into the one file
    raw = Path(database).read_bytes()
    assert not [secret for secret in secrets if secret.encode() in raw]


def test_the_same_seed_and_day_tell_the_same(sqlite_template, scratch_folder, tmp_path):
    told = []
    for _ in range(2):
        file = scratch_folder / f"same-{next(_copies)}.db"
        file.write_bytes(sqlite_template.read_bytes())
        crypto.use(MASTER_KEY)
        files.use(files.Store(tmp_path / "files"))
        open_rooms()
        db.connect(f"sqlite:///{file}")
        load(say=lambda words: None, cases=4, render=False)
        cases = select(Case.register_no, Case.title, Case.story, Case.stage, Case.body_no).order_by(Case.id)
        steps = select(StepTaken.step, StepTaken.on, StepTaken.recorded_at).order_by(StepTaken.id)
        told.append((session.execute(cases).all(), session.execute(steps).all()))
        db.disconnect()
    assert told[0] == told[1]
    assert len(told[0][1]) > 50


def test_papers_of_shown_cases_are_printed_at_once(county, monkeypatch):
    monkeypatch.setattr(printing, "pdf", lambda kind, version, snapshot: packs.blank_pdf())
    load(say=lambda words: None, cases=1, render=True)
    states = Counter(session.scalars(select(Paper.state)))
    assert states[PaperState.READY] >= 5 and PaperState.WAITING not in states


def test_papers_of_shown_cases_wait_for_the_scheduler_when_that_is_asked(county):
    load(say=lambda words: None, cases=1, render=False, queue=True)
    waiting = {f"paper/{paper_id}" for paper_id in session.scalars(select(Paper.id))}
    assert waiting == set(session.scalars(select(Job.unique_key).where(Job.name == "papers.render")))


def test_every_shown_case_tells_a_story_that_is_there():
    assert len(shows.names()) >= 12
    for row in shows.DATA["show"]:
        assert row["story"] in shows.told()
