"""Accounts, posts, passwords and one-time codes."""

import secrets
from datetime import datetime

from sqlalchemy import delete, select, update

from mediation.ground import clock, trail
from mediation.ground.choices import N_
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import Invalid, RuleBroken, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import ADMINISTRATORS, Actor, Permission, Role
from mediation.registry.staff import passwords
from mediation.registry.staff.deputies import be_away, be_back, end_deputy, stand_in
from mediation.registry.staff.models import Account, Attempt, LoginSession, OneTimeCode, PendingLogin
from mediation.registry.staff.posts import appoint_deputy, end_post, get_account, grant_post, held_between, require
from mediation.registry.staff.rules import CODE_LIFE, LOGIN, Bar, password_obstacles
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

__all__ = [  # one room, one door: the acts of the modules beside are called through here
    "act_as",
    "appoint_deputy",
    "be_away",
    "be_back",
    "change_password",
    "choose_language",
    "count_attempts",
    "create_account",
    "disable_account",
    "end_deputy",
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
    "stand_in",
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
