"""Accounts, posts, passwords and one-time codes."""

import secrets
from datetime import date, datetime

from sqlalchemy import delete, or_, select, update

from mediation.ground import clock, trail
from mediation.ground.choices import N_
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, NotFound, Obstacle, RuleBroken, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import ADMINISTRATORS, Actor, Permission, Role
from mediation.registry.staff import passwords
from mediation.registry.staff.models import Account, Attempt, LoginSession, OneTimeCode, PendingLogin, Post
from mediation.registry.staff.rules import (
    CODE_LIFE,
    LOGIN,
    Bar,
    administrator_obstacles,
    password_obstacles,
)
from mediation.registry.staff.second_factor import (
    enrol_factor,
    finish_log_in,
    is_awaited,
    offer_factor,
    put_factor_off,
    recovery_codes_left,
    reset_factor,
)
from mediation.registry.staff.sessions import (
    act_as,
    count_attempts,
    log_in,
    log_out,
    note_attempt,
    posts_of,
    present,
    token_hash,
    touch,
)
from mediation.registry.units.models import Unit

__all__ = [  # one room, one door: the acts of the modules beside are called through here
    "act_as",
    "appoint_deputy",
    "change_password",
    "choose_language",
    "count_attempts",
    "create_account",
    "disable_account",
    "end_post",
    "enrol_factor",
    "finish_log_in",
    "forget",
    "get_account",
    "grant_post",
    "held_between",
    "is_awaited",
    "issue_code",
    "log_in",
    "log_out",
    "note_attempt",
    "offer_factor",
    "posts_of",
    "present",
    "put_factor_off",
    "recovery_codes_left",
    "redeem_code",
    "require",
    "reset_factor",
    "set_password",
    "touch",
]


@once
def create_account(
    login: str, name: str, *, by: Actor, centre_id: int | None = None, key: str | None = None
) -> str:
    """Create an account without password; a one-time code lets its owner set one. Returns its public id.

    Raises NotAllowed, Invalid, RuleBroken.
    """
    require(by, Permission.ACCOUNTS_MANAGE)
    login, name = login.strip().lower(), name.strip()
    wrong = {}
    if not LOGIN.fullmatch(login):
        wrong["login"] = N_("账号名用2到40个小写字母、数字、点、横线")
    if not 0 < len(name) <= 120:
        wrong["name"] = N_("请填写姓名，不超过120个字")
    if wrong:
        raise Invalid(**wrong)
    if session.scalar(select(Account.id).where(Account.login == login)):
        raise RuleBroken(because(Bar.LOGIN_TAKEN))
    account = Account(
        id=new_id(), centre_id=centre_id or by.centre_id, data_key=keys().new_data_key(), login=login,
        name=name, settings={},
    )
    session.add(account)
    session.flush()
    trail.record("account.created", by=by, about=account)
    return account.public_id


def issue_code(account_public_id: str, *, by: Actor) -> str:
    """Return a one-time code for setting a password; older codes and all sessions end (P10, P12).

    An administrator's code is issued on the server only, so that none of the three can become another (P5).
    """
    require(by, Permission.ACCOUNTS_MANAGE)
    account = get_account(account_public_id, by=by)
    roles = {post.role for post in held_between(account.id, clock.today(), None)}
    if by.role != Role.SYSTEM and roles & ADMINISTRATORS:
        raise RuleBroken(because(Bar.ADMINISTRATOR_CODE, login=account.login))
    session.execute(
        update(OneTimeCode).where(OneTimeCode.account_id == account.id, OneTimeCode.used_at.is_(None))
        .values(used_at=clock.now())
    )
    code = "-".join(secrets.token_hex(4) for _ in range(4))
    session.add(
        OneTimeCode(
            account_id=account.id, code_hash=token_hash(code), expires_at=clock.now() + CODE_LIFE,
            issued_by_id=by.account_id,
        )
    )
    account.authorisation += 1
    trail.record("account.code_issued", by=by, about=account)
    return code


def redeem_code(login: str, code: str, password: str) -> bool:
    """Set a password with a one-time code; False when code or account does not fit. The code works once."""
    account = session.scalar(select(Account).where(Account.login == login.strip().lower()))
    found = session.scalar(select(OneTimeCode).where(OneTimeCode.code_hash == token_hash(code.strip())))
    if account is None or found is None or found.account_id != account.id or account.disabled_at:
        return False
    if found.used_at or found.expires_at < clock.now():
        return False
    set_password(account, password)
    found.used_at = clock.now()
    by = Actor(account.id, None, None, account.centre_id, Role.SYSTEM)
    trail.record("account.code_used", by=by, about=account)
    return True


def change_password(account_id: int, old: str, new: str, *, by: Actor) -> None:
    """Change one's own password; every session ends. Raises Invalid when the old one does not fit."""
    account = session.get_one(Account, account_id)
    if not passwords.fits(account.password_hash, old):
        raise Invalid(old=N_("原密码不对"))
    set_password(account, new)
    trail.record("account.password_changed", by=by, about=account)


def set_password(account: Account, password: str) -> None:
    """Store a password and end the account's sessions. Raises RuleBroken when it is too weak."""
    bars = password_obstacles(password, account.login)
    if bars:
        raise RuleBroken(*bars)
    account.password_hash = passwords.hashed(password)
    account.must_change_password = False
    account.authorisation += 1


def disable_account(account_public_id: str, *, by: Actor, enable: bool = False) -> None:
    """Disable an account, or enable it again; its sessions end at the next request."""
    require(by, Permission.ACCOUNTS_MANAGE)
    account = get_account(account_public_id, by=by)
    if account.id == by.account_id:
        raise RuleBroken(because(Bar.OWN_ACCOUNT))
    account.disabled_at = None if enable else clock.now()
    account.authorisation += 1
    trail.record("account.enabled" if enable else "account.disabled", by=by, about=account)


@once
def grant_post(
    account_public_id: str, unit_public_id: str, role: Role, *, by: Actor, from_: date, to: date | None = None,
    deputy_for: str | None = None, key: str | None = None,
) -> str:
    """Give an account a post in a unit, or let it stand in for a post until a day; return the post's public id.

    Administrators are three accounts and none holds anything else (P5). Raises NotAllowed, NotFound, Invalid,
    RuleBroken.
    """
    require(by, Permission.POSTS_GRANT)
    account = get_account(account_public_id, by=by)
    role = Role(role)
    if role is Role.SYSTEM:
        raise NotAllowed(Permission.POSTS_GRANT)
    unit = session.scalar(select(Unit).where(Unit.public_id == unit_public_id, Unit.centre_id == account.centre_id))
    if unit is None:
        raise NotFound()
    if to is not None and to < from_:
        raise Invalid(to=N_("结束日期不能早于开始日期"))
    stands_for = _post(deputy_for, account.centre_id) if deputy_for else None
    bars = [because(Bar.OWN_POST)] if account.id == by.account_id else []
    if not unit.is_valid(from_):
        bars.append(because(Bar.UNIT_ENDED, unit=unit.name, on=from_))
    if stands_for is not None:
        bars += _deputy_obstacles(stands_for, account, unit, role, to)
    held = held_between(account.id, from_, to)
    bars += administrator_obstacles(role, {post.role for post in held})
    if any(post.role is role and post.unit_id == unit.id for post in held):
        bars.append(because(Bar.POST_HELD))
    if bars:
        raise RuleBroken(*bars)
    post = Post(
        account_id=account.id, unit_id=unit.id, role=role, valid_from=from_, valid_to=to,
        deputy_for_id=stands_for.id if stands_for else None, granted_by_id=by.account_id,
    )
    session.add(post)
    account.authorisation += 1
    session.flush()
    told = {"role": role, "unit": unit.name, "from": from_, "to": to, "deputy": stands_for is not None}
    trail.record("post.granted", by=by, about=post, params=told)
    return post.public_id


def appoint_deputy(
    account_public_id: str, post_public_id: str, *, by: Actor, from_: date, to: date, key: str | None = None
) -> str:
    """Let an account stand in for a post between two days; return the deputy post's public id. Raises as grant_post."""
    require(by, Permission.POSTS_GRANT)
    post = _post(post_public_id, by.centre_id)
    unit = session.get_one(Unit, post.unit_id)
    return grant_post(
        account_public_id, unit.public_id, post.role, by=by, from_=from_, to=to, deputy_for=post.public_id, key=key
    )


def end_post(post_public_id: str, *, by: Actor, on: date) -> None:
    """End a post, and who stands in for it, on a day (the last one). Raises NotAllowed, NotFound, RuleBroken."""
    require(by, Permission.POSTS_GRANT)
    post = _post(post_public_id, by.centre_id)
    if post.account_id == by.account_id:
        raise RuleBroken(because(Bar.OWN_POST))
    deputies = select(Post).where(Post.deputy_for_id == post.id, or_(Post.valid_to.is_(None), Post.valid_to > on))
    for each in [post, *session.scalars(deputies)]:
        each.valid_to = max(on, each.valid_from)
        session.get_one(Account, each.account_id).authorisation += 1
        trail.record("post.ended", by=by, about=each, params={"role": each.role, "to": each.valid_to})
    session.flush()


def held_between(account_id: int, from_: date, to: date | None) -> list[Post]:
    """Return the posts that an account holds on any day between two."""
    query = select(Post).where(Post.account_id == account_id, or_(Post.valid_to.is_(None), Post.valid_to >= from_))
    if to is not None:
        query = query.where(Post.valid_from <= to)
    return list(session.scalars(query))


def _post(public_id: str, centre_id: int | None) -> Post:
    query = select(Post).join(Account, Account.id == Post.account_id).where(Post.public_id == public_id)
    if centre_id is not None:
        query = query.where(Account.centre_id == centre_id)
    post = session.scalar(query)
    if post is None:
        raise NotFound()
    return post


def _deputy_obstacles(stands_for: Post, account: Account, unit: Unit, role: Role, to: date | None) -> list[Obstacle]:
    found = []
    same = stands_for.unit_id == unit.id and stands_for.role is role and stands_for.deputy_for_id is None
    if not same or stands_for.account_id == account.id:
        found.append(because(Bar.DEPUTY_OTHER))
    if to is None:
        found.append(because(Bar.DEPUTY_UNTIL))
    return found


def get_account(public_id: str, *, by: Actor) -> Account:
    """Return an account of the actor's centre."""
    query = select(Account).where(Account.public_id == public_id)
    if by.centre_id is not None:
        query = query.where(Account.centre_id == by.centre_id)
    account = session.scalar(query)
    if account is None:
        raise NotFound()
    return account


def require(by: Actor, permission: Permission) -> None:
    """Raise NotAllowed unless the actor's post grants the permission; jobs and commands may do all."""
    if by.role != Role.SYSTEM and not by.may(permission):
        raise NotAllowed(permission)


def choose_language(language: str, *, by: Actor) -> None:
    """Keep a person's language with the account."""
    session.execute(update(Account).where(Account.id == by.account_id).values(language=language))


def forget(before: datetime) -> int:
    """Delete counted attempts, codes, sessions and half log-ins that ended before an instant; return how many."""
    old = (
        delete(Attempt).where(Attempt.at < before),
        delete(OneTimeCode).where(OneTimeCode.expires_at < before),
        delete(LoginSession).where(LoginSession.last_seen_at < before),
        delete(PendingLogin).where(PendingLogin.created_at < before),
    )
    return sum(session.execute(each).rowcount for each in old)
