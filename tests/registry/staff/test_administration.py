"""Accounts and posts: three administrators apart (P5), one-time codes (P12), deputies for a time (P4)."""

from datetime import date, timedelta

import pytest

from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken
from mediation.registry.access.rules import ADMINISTRATORS, GRANTS, SIGHT, Permission, Role, system_actor
from mediation.registry.staff import operations as staff
from mediation.registry.staff import queries, sessions
from mediation.registry.staff.models import Account, Attempt, OneTimeCode
from mediation.registry.staff.rules import CODE_LIFE, Bar, administrator_obstacles
from mediation.registry.units.queries import root
from tests.makers import make_actor, make_centre, make_unit

TODAY = date(2026, 11, 23)
PASSWORD = "tian-2468-xiang"


@pytest.fixture
def centre(ground):
    return make_centre()


@pytest.fixture
def system_admin(centre):
    return make_actor(centre, Role.SYSTEM_ADMIN)


@pytest.fixture
def security_admin(centre):
    return make_actor(centre, Role.SECURITY_ADMIN)


@pytest.fixture
def account(system_admin):
    with transaction():
        return staff.create_account("gongxq", "龚雪琴", by=system_admin)


@pytest.fixture
def unit(centre):
    return make_unit(centre)


def grant(by, account, unit, role=Role.MEDIATOR, from_=TODAY, **values):
    with transaction():
        return staff.grant_post(account, unit.public_id, role, by=by, from_=from_, **values)


def code_for(by, account):
    with transaction():
        return staff.issue_code(account, by=by)


def redeem(code, login="gongxq"):
    with transaction():
        return staff.redeem_code(login, code, PASSWORD)


def log_in(login="gongxq"):
    entered = staff.log_in(login, PASSWORD, address="10.0.0.9")
    return entered and entered.token


def reasons(caught):
    return [obstacle.reason for obstacle in caught.value.obstacles]


def test_from_account_to_work(system_admin, security_admin, account, unit):
    assert redeem(code_for(system_admin, account))
    assert log_in() is None, "nobody works without a post"
    grant(security_admin, account, unit)
    actor = staff.present(log_in()).actor
    assert (actor.role, actor.unit_name) == (Role.MEDIATOR, unit.name)


@pytest.mark.parametrize("login", ["", "a", "带汉字", "x" * 41, "has blank", "../etc"])
def test_names_that_no_account_has(system_admin, login):
    with pytest.raises(Invalid) as caught, transaction():
        staff.create_account(login, " ", by=system_admin)
    assert set(caught.value.fields) == {"login", "name"}


def test_an_account_name_is_taken_once_but_a_form_may_come_twice(system_admin):
    with transaction():
        one = staff.create_account("xiongrx", "熊瑞祥", by=system_admin, key="form")
        assert staff.create_account("xiongrx", "熊瑞祥", by=system_admin, key="form") == one
    with pytest.raises(RuleBroken) as caught, transaction():
        staff.create_account("XiongRX", "熊瑞祥", by=system_admin)
    assert reasons(caught) == [Bar.LOGIN_TAKEN]


def test_a_code_works_once_for_thirty_minutes_and_the_newest_only(system_admin, account):
    """P12."""
    first, second = code_for(system_admin, account), code_for(system_admin, account)
    assert len(second.replace("-", "")) * 4 == 128
    stored = [row.code_hash for row in session.query(OneTimeCode)]
    assert second.encode() not in stored and all(len(each) == 32 for each in stored)
    assert not redeem(first)
    assert not redeem(second, login="somebody")
    assert redeem(second)
    assert not redeem(second)
    third = code_for(system_admin, account)
    clock.freeze(clock.now() + CODE_LIFE + timedelta(seconds=1))
    assert not redeem(third)


def test_a_code_ends_every_session(system_admin, security_admin, account, unit):
    """P10."""
    redeem(code_for(system_admin, account))
    grant(security_admin, account, unit)
    token = log_in()
    assert staff.present(token)
    code_for(system_admin, account)
    assert staff.present(token) is None


def test_disabling_ends_every_session_until_enabled(system_admin, security_admin, account, unit):
    redeem(code_for(system_admin, account))
    grant(security_admin, account, unit)
    token = log_in()
    with transaction():
        staff.disable_account(account, by=system_admin)
    assert staff.present(token) is None and log_in() is None
    with transaction():
        staff.disable_account(account, by=system_admin, enable=True)
    assert log_in()
    own = session.get_one(Account, system_admin.account_id).public_id
    with pytest.raises(RuleBroken) as caught, transaction():
        staff.disable_account(own, by=system_admin)
    assert reasons(caught) == [Bar.OWN_ACCOUNT]


def test_administrators_see_no_case_and_share_no_power():
    """P5: none reads contents, the auditor changes nothing, and what one may do no other may."""
    for role in ADMINISTRATORS:
        assert role not in SIGHT
        assert not GRANTS[role] & {Permission.CASES_READ, Permission.SEARCH, Permission.PERSON_REVEAL}
    assert GRANTS[Role.AUDITOR] == {Permission.OWN_ACCOUNT, Permission.TRAIL_READ}
    own = [GRANTS[role] - {Permission.OWN_ACCOUNT} for role in ADMINISTRATORS]
    assert sum(map(len, own)) == len(frozenset().union(*own))


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("other", [role for role in Role if role is not Role.SYSTEM])
def test_an_administrator_holds_nothing_else(role, other):
    barred = role is not other
    assert bool(administrator_obstacles(role, {other})) == barred
    assert bool(administrator_obstacles(other, {role})) == barred
    assert not administrator_obstacles(role, set())


def test_an_administrator_takes_no_second_post_now_or_later(centre, security_admin, account):
    """P5: a post that begins only later counts as well."""
    unit = root(centre.id)
    grant(security_admin, account, unit, Role.AUDITOR, from_=date(2027, 1, 1))
    with pytest.raises(RuleBroken) as caught:
        grant(security_admin, account, unit, Role.SYSTEM_ADMIN)
    assert reasons(caught) == [Bar.ADMINISTRATOR_ALONE]
    grant(security_admin, account, unit, Role.SYSTEM_ADMIN, to=date(2026, 12, 31))


def test_nobody_grants_to_themselves_and_nobody_is_the_system(security_admin, account, unit):
    own = session.get_one(Account, security_admin.account_id).public_id
    with pytest.raises(RuleBroken) as caught:
        grant(security_admin, own, unit, Role.SECURITY_ADMIN)
    assert Bar.OWN_POST in reasons(caught)
    with pytest.raises(NotAllowed):
        grant(security_admin, account, unit, Role.SYSTEM)


def test_no_administrator_becomes_another_by_a_code(centre, system_admin):
    """P5: the system administrator cannot set the security administrator's password."""
    for role in sorted(ADMINISTRATORS):
        other = session.get_one(Account, make_actor(centre, role).account_id).public_id
        with pytest.raises(RuleBroken) as caught:
            code_for(system_admin, other)
        assert reasons(caught) == [Bar.ADMINISTRATOR_CODE]


def test_each_act_belongs_to_one_administrator(centre, system_admin, security_admin, account, unit):
    with pytest.raises(NotAllowed):
        grant(system_admin, account, unit)
    for role in Role:
        if role in (Role.SYSTEM_ADMIN, Role.SYSTEM):
            continue
        by = make_actor(centre, role)
        with pytest.raises(NotAllowed), transaction():
            staff.create_account("newone", "新人", by=by)
        with pytest.raises(NotAllowed):
            code_for(by, account)
        with pytest.raises(NotAllowed), transaction():
            staff.disable_account(account, by=by)


def test_accounts_and_posts_of_another_centre_do_not_exist(security_admin, account, unit):
    other = make_centre(register_word="山矛调登", area_code="620725")
    system, security = make_actor(other, Role.SYSTEM_ADMIN), make_actor(other, Role.SECURITY_ADMIN)
    post = grant(security_admin, account, unit)
    with pytest.raises(NotFound):
        code_for(system, account)
    with pytest.raises(NotFound):
        grant(security, account, unit)
    with pytest.raises(NotFound), transaction():
        staff.end_post(post, by=security, on=TODAY)
    with pytest.raises(NotFound):
        queries.account(account, for_=system)


def test_a_deputy_stands_in_for_a_time(centre, system_admin, security_admin, account, unit):
    head = make_actor(centre, Role.HEAD, unit, name="万国平")
    post = queries.posts_in(unit.id)[0].public_id
    with transaction():
        staff.appoint_deputy(account, post, by=security_admin, from_=TODAY, to=date(2026, 12, 4))
    redeem(code_for(system_admin, account))
    actor = staff.present(log_in()).actor
    assert (actor.role, actor.unit_id, actor.deputy) == (Role.HEAD, unit.id, True)
    (shown,) = queries.account(account, for_=system_admin).posts
    assert (shown.is_deputy, shown.stands_for) == (True, head.name)
    clock.freeze(clock.now() + timedelta(days=12))
    assert log_in() is None


def test_a_deputy_needs_an_end_and_a_post_like_the_one_looked_after(centre, security_admin, account, unit):
    make_actor(centre, Role.HEAD, unit)
    post = queries.posts_in(unit.id)[0].public_id
    other = make_unit(centre, name="向塘镇人民调解委员会")
    with pytest.raises(RuleBroken) as caught:
        grant(security_admin, account, other, Role.HEAD, deputy_for=post)
    assert reasons(caught) == [Bar.DEPUTY_OTHER, Bar.DEPUTY_UNTIL]


def test_a_deputy_goes_with_the_post(centre, security_admin, account, unit):
    """P4: derived rights go with it."""
    make_actor(centre, Role.HEAD, unit)
    post = queries.posts_in(unit.id)[0].public_id
    with transaction():
        staff.appoint_deputy(account, post, by=security_admin, from_=TODAY, to=date(2026, 12, 31))
        staff.end_post(post, by=security_admin, on=TODAY)
    assert {row.valid_to for row in queries.posts_in(unit.id)} == {TODAY}


def test_the_same_post_is_not_held_twice(security_admin, account, unit):
    grant(security_admin, account, unit, key="form")
    assert grant(security_admin, account, unit, key="form")
    with pytest.raises(RuleBroken) as caught:
        grant(security_admin, account, unit)
    assert reasons(caught) == [Bar.POST_HELD]
    with pytest.raises(Invalid):
        grant(security_admin, account, unit, Role.HEAD, to=date(2026, 11, 1))
    with pytest.raises(RuleBroken) as caught:
        grant(security_admin, account, unit, Role.HEAD, from_=date(2019, 1, 1))
    assert reasons(caught) == [Bar.UNIT_ENDED]


def test_logs_are_kept_six_months(ground):
    """DP-08: what is 179 days old stays, whoever asks; so does what is 180 days old while half a year is longer."""
    half_a_year = (TODAY - date(2026, 5, 23)).days
    assert half_a_year == 184
    with transaction():
        for days in (179, half_a_year, half_a_year + 1):
            session.add(Attempt(kind="login", subject="x", at=clock.begin_of(TODAY - timedelta(days=days))))
    with pytest.raises(RuleBroken) as refused, transaction():
        sessions.purge_logs(date(2026, 5, 24), by=system_actor(None), on=TODAY)
    [bar] = refused.value.obstacles
    assert (bar.reason, bar.params["latest"]) == (Bar.LOGS_TOO_YOUNG, date(2026, 5, 23))
    with transaction():
        assert sessions.purge_logs(date(2026, 5, 23), by=system_actor(None), on=TODAY) == 1
    assert session.query(Attempt).count() == 2
