"""The county on a working Monday and on a Sunday in a holiday: every state is there, and work for whoever logs in."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import ReferralState, Stage, Turn
from mediation.demonstration import agenda, load, shows
from mediation.doors.desk import home
from mediation.ground import clock
from mediation.ground.db import session
from mediation.oversight.soundness import queries as soundness
from mediation.registry.access.rules import Actor, Role
from mediation.registry.staff.models import Account, Post
from mediation.stages.agreements.models import Agreement
from mediation.stages.confirmation import boards
from mediation.stages.confirmation.models import Confirmation
from mediation.stages.performance.models import Performance
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.proceedings.models import Proceeding
from mediation.stages.referrals import lists
from mediation.stages.referrals.models import Referral
from tests.demonstration.test_loading import county  # noqa: F401

OBJECTS = {
    "proceeding": Proceeding, "agreement": Agreement, "confirmation": Confirmation, "referral": Referral,
    "performance": Performance,
}
MONDAY, SUNDAY_OF_HOLIDAY = date(2026, 11, 23), date(2026, 10, 4)
LONG_FORGOTTEN = timedelta(days=40)


@pytest.mark.parametrize("day", [MONDAY, pytest.param(SUNDAY_OF_HOLIDAY, marks=pytest.mark.long)])
def test_the_shown_cases_alone_stand_in_every_state_and_give_work_to_everybody(county, tmp_path, day):  # noqa: F811
    posts = _loaded(day, shows.count(), tmp_path)
    _every_state_is_there()
    _some_things_press()
    _newcomers_find_work(posts)


@pytest.mark.long
def test_the_whole_county_is_sound_alive_and_in_every_state(county, tmp_path):  # noqa: F811
    posts = _loaded(MONDAY, 400, tmp_path)
    _every_state_is_there()
    _some_things_press()
    _newcomers_find_work(posts)
    for finding in soundness.everything():
        assert finding.is_sound, (finding.title, finding.told)


def _loaded(day, count, folder):
    """Load so many cases for a day and stay in its morning; return the first listed log-in of each post."""
    logins = folder / "demo-logins.txt"
    load(logins=logins, say=lambda words: None, on=day, cases=count, render=False)
    clock.freeze(agenda.moment(day, time(8, 30)))
    found = {}
    for line in logins.read_text().splitlines():
        role, _unit, login, _password = line.split("\t")
        found.setdefault(role, login)
    return {role: _actor(found[role.label], role) for role in Role if role.label in found}


def _actor(login, role):
    query = select(Post).join(Account, Account.id == Post.account_id).where(Account.login == login, Post.role == role)
    post = session.scalars(query.order_by(Post.id)).first()
    return Actor(post.account_id, post.id, post.unit_id, session.scalar(select(Case.centre_id).limit(1)), role)


def _every_state_is_there():
    assert set(session.scalars(select(Case.stage))) == set(Stage)
    for kind, model in OBJECTS.items():
        reachable = {str(step.to) for step in STEPS.values() if step.object == kind and step.to}
        assert {str(state) for state in session.scalars(select(model.state))} >= reachable, kind


def _some_things_press():
    today = clock.today()
    days = [day for day in session.scalars(select(Case.due_on).where(Case.is_open)) if day]
    assert today in days
    assert any(today < day <= today + timedelta(days=2) for day in days)
    late = [today - day for day in days if day < today]
    assert 5 <= len(late) <= 25
    assert sum(timedelta(days=7) >= each for each in late) >= 3, "some are late by a few days"
    assert sum(each > LONG_FORGOTTEN for each in late) <= 3, "two or three were forgotten for long"


def _newcomers_find_work(posts):
    today = clock.today()
    waiting = {role: _home(by) for role, by in posts.items() if role not in home.ELSEWHERE}
    assert len(waiting[Role.MEDIATOR]["mine"]) >= 5 and waiting[Role.MEDIATOR]["late"]
    assert len(waiting[Role.HEAD]["mine"]) >= 4 and waiting[Role.HEAD]["others"]
    assert len(waiting[Role.DISPATCHER]["route"]) >= 2
    assert all(waiting[Role.SUPERVISOR][key] for key in ("late", "soon", "failed"))
    meetings = proceedings.my_next_sessions(posts[Role.MEDIATOR], on=today, until=today + timedelta(days=1))
    assert [meeting.on - today for meeting in meetings] == [timedelta(0), timedelta(days=1)]
    board = boards.board(for_=posts[Role.LIAISON], on=today, court_code=None)
    assert board.ready and board.lacking
    for state in (ReferralState.SENT, ReferralState.TAKEN):
        assert lists.listing(lists.Part((state,)), for_=posts[Role.COURT_CLERK], own=True).rows, state
    registered = cases.Filter(turns=(Turn.CLERK,))
    assert cases.count(for_=posts[Role.INTAKE_CLERK], chosen=registered) >= 1


def _home(by):
    """Return the rows of each list of a home."""
    return {part.key: cases.listing(for_=by, chosen=part.chosen, sort=part.sort).rows for part in home.parts(by)}
