"""Logging in and out: attempts that are counted, sessions as rows, rights read afresh at each request."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.orm import aliased

from mediation.ground import clock, trail
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotFound, RuleBroken
from mediation.registry.access.rules import Actor, Role
from mediation.registry.settings import queries as settings
from mediation.registry.staff import passwords
from mediation.registry.staff.models import Account, Attempt, LoginSession, PendingLogin, Post
from mediation.registry.staff.rules import (
    MOST_PER_ACCOUNT,
    MOST_PER_ADDRESS,
    WINDOW,
    Proof,
    is_alive,
    is_unproven,
    purging_obstacles,
)
from mediation.registry.units.models import Unit

LOGIN_LOCK = 0x6C6F67696E  # an advisory lock of PostgreSQL: attempts are counted one after the other


def token_hash(token: str) -> bytes:
    """Return what is stored of a random token."""
    return hashlib.sha256(token.encode()).digest()


def count_attempts(kind: str, subject: str, within: timedelta) -> int:
    """Return how often something was tried lately, over all workers."""
    since = clock.now() - within
    query = select(func.count()).where(Attempt.kind == kind, Attempt.subject == subject, Attempt.at > since)
    return session.scalar(query)


def note_attempt(kind: str, subject: str) -> None:
    """Count one attempt."""
    session.add(Attempt(kind=kind, subject=subject, at=clock.now()))
    session.flush()


@dataclass(frozen=True)
class Entered:
    """A password was right: the token of the session or, where a second factor is awaited, of the wait for it."""

    token: str
    needs_code: bool = False


def subject_of(login: str) -> str:
    """Return the key under which attempts at a log-in name are counted."""
    return hashlib.sha256(login.encode()).hexdigest()


def log_in(login: str, password: str, *, address: str) -> Entered | None:
    """Open a session, or None; missing, disabled and locked accounts look alike (P8, P9).

    An account with a second factor gets a :class:`PendingLogin` instead: there is no session before both are right.

    Opens two transactions of its own: the attempt is counted before the password is looked at, so that parallel
    guesses count too, and nobody waits while it is hashed.
    """
    login = login.strip().lower()[:40]
    subject = subject_of(login)
    with transaction():
        is_admitted = admit(subject, address)
    account = session.scalar(select(Account).where(Account.login == login))
    stored = account.password_hash if account else None
    session.rollback()
    fitting = passwords.fits(stored, password)
    with transaction():
        account = session.scalar(select(Account).where(Account.login == login))
        held = posts_of(account.id) if account else []
        stands = bool(held) and account.disabled_at is None and account.password_hash == stored
        if not (is_admitted and fitting and stands):
            event = "login.refused" if is_admitted else "login.locked"
            trail.record(event, result="refused", params={"address": address})
            return None
        forgive(subject, address)
        if passwords.is_outdated(stored):
            account.password_hash = passwords.hashed(password)
        if account.second_factor_sealed:
            return Entered(_wait(account), needs_code=True)
        return Entered(open_session(account, held[0], address))


def admit(subject: str, address: str) -> bool:
    """Count an attempt and say whether its password may be looked at; where not, it does not lengthen the lock."""
    if session.get_bind().dialect.name == "postgresql":  # on SQLite writers come one by one anyway
        session.execute(select(func.pg_advisory_xact_lock(LOGIN_LOCK)))
    tried = count_attempts("login", subject, WINDOW), count_attempts("login_address", address, WINDOW)
    if tried[0] >= MOST_PER_ACCOUNT or tried[1] >= MOST_PER_ADDRESS:
        note_attempt("login_locked", subject)  # so that a refusal takes as long
        return False
    note_attempt("login", subject)
    note_attempt("login_address", address)
    return True


def forgive(subject: str, address: str) -> None:
    """Take back the attempt that succeeded: the limits are for wrong passwords."""
    for kind, whose in (("login", subject), ("login_address", address)):
        newest = select(func.max(Attempt.id)).where(Attempt.kind == kind, Attempt.subject == whose).scalar_subquery()
        session.execute(delete(Attempt).where(Attempt.id == newest).execution_options(synchronize_session=False))


def purge_logs(before: date, *, by: Actor, on: date) -> int:
    """Remove counted attempts and ended sessions of the days before ``before``; return how many.

    The trail is never purged. Raises RuleBroken for what has to be kept longer (DP-08).
    """
    house, law = (settings.days(key, on=on) for key in ("DP-08", "DP-08.law"))
    bars = purging_obstacles(before, on=on, days=house.days, months=law.amount)
    if bars:
        raise RuleBroken(*bars)
    instant = clock.begin_of(before)
    gone = session.execute(delete(Attempt).where(Attempt.at < instant)).rowcount
    gone += session.execute(delete(LoginSession).where(LoginSession.last_seen_at < instant)).rowcount
    trail.record("logs.purged", by=by, params={"before": before, "rows": gone})
    return gone


def _wait(account: Account) -> str:
    token = secrets.token_urlsafe(32)
    session.add(
        PendingLogin(
            token_hash=token_hash(token), account_id=account.id, authorisation=account.authorisation,
            created_at=clock.now(),
        )
    )
    return token


def open_session(account: Account, post: Post, address: str, proof: Proof | None = None) -> str:
    """Open a session and return its token."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    session.add(
        LoginSession(
            token_hash=token_hash(token), account_id=account.id, post_id=post.id,
            authorisation=account.authorisation, proof=proof, created_at=now, last_seen_at=now,
        )
    )
    by = Actor(account.id, None, None, account.centre_id, Role.SYSTEM, address=address)
    trail.record("login.done", by=by, about=account)
    return token


def posts_of(account_id: int, on: date | None = None) -> list[Post]:
    """Return the posts that an account holds on a day, own posts before deputyships."""
    on = on or clock.today()
    query = select(Post).where(Post.account_id == account_id).order_by(Post.deputy_for_id.is_not(None), Post.id)
    return [post for post in session.scalars(query) if post.is_valid(on)]


@dataclass(frozen=True)
class HeldPost:
    """A post that somebody holds today, as far as every page says it."""

    id: int
    public_id: str
    role: Role
    unit_id: int
    unit_name: str
    is_deputy: bool
    stands_for_id: int | None = None
    stands_for: str = ""
    since: date | None = None


@dataclass(frozen=True)
class Present:
    """Who is logged in: the actor, the posts they may act in, and what session and account say of them."""

    actor: Actor
    posts: tuple[HeldPost, ...]
    session_id: int
    last_seen_at: datetime
    language: str | None
    settings: dict
    must_change_password: bool
    is_unproven: bool  # the second factor is still lacking


_principal, _looked_after = aliased(Post), aliased(Account)

# Asked before every page, so past the ORM: session, account, posts and their units, in a statement made once.
_PRESENT = (
    select(
        LoginSession.id.label("session_id"), LoginSession.post_id.label("acts_in"), LoginSession.created_at,
        LoginSession.last_seen_at, LoginSession.proof,
        Account.id.label("account_id"), Account.centre_id, Account.name, Account.language, Account.settings,
        Account.must_change_password,
        Post.id.label("post_id"), Post.public_id, Post.role, Post.unit_id, Post.deputy_for_id,
        Unit.name.label("unit_name"), Post.valid_from,
        _principal.account_id.label("stands_for_id"), _looked_after.name.label("stands_for"),
    )
    .join(Account, Account.id == LoginSession.account_id)
    .join(Post, Post.account_id == Account.id)
    .join(Unit, Unit.id == Post.unit_id)
    .outerjoin(_principal, _principal.id == Post.deputy_for_id)
    .outerjoin(_looked_after, _looked_after.id == _principal.account_id)
    .where(
        LoginSession.token_hash == bindparam("token_hash"), LoginSession.revoked_at.is_(None),
        LoginSession.authorisation == Account.authorisation, Account.disabled_at.is_(None),
        Post.valid_from <= bindparam("today"), or_(Post.valid_to.is_(None), Post.valid_to >= bindparam("today")),
    )
    .order_by(Post.deputy_for_id.is_not(None), Post.id)
)


def present(token: str, *, address: str | None = None, request: str | None = None) -> Present | None:
    """Return who a live session belongs to, or None. Rights are read afresh each time (P4)."""
    rows = session.connection().execute(_PRESENT, {"token_hash": token_hash(token), "today": clock.today()}).all()
    if not rows or not is_alive(rows[0].created_at, rows[0].last_seen_at, clock.now()):
        return None
    first = rows[0]
    posts = tuple(
        HeldPost(
            row.post_id, row.public_id, row.role, row.unit_id, row.unit_name, row.deputy_for_id is not None,
            row.stands_for_id, row.stands_for or "", row.valid_from,
        )
        for row in rows
    )
    post = next((post for post in posts if post.id == first.acts_in), posts[0])
    actor = Actor(
        first.account_id, post.id, post.unit_id, first.centre_id, post.role, name=first.name,
        unit_name=post.unit_name, deputy=post.is_deputy, stands_for_id=post.stands_for_id, stands_for=post.stands_for,
        deputy_since=post.since if post.is_deputy else None, address=address, request=request,
    )
    return Present(
        actor, posts, first.session_id, first.last_seen_at, first.language, first.settings or {},
        first.must_change_password, is_unproven({post.role for post in posts}, first.proof),
    )


def touch(session_id: int) -> None:
    """Move a session's last sign of life to now."""
    session.execute(update(LoginSession).where(LoginSession.id == session_id).values(last_seen_at=clock.now()))


def log_out(session_id: int, *, by: Actor) -> None:
    """End a session; its cookie is dead from now on."""
    session.execute(update(LoginSession).where(LoginSession.id == session_id).values(revoked_at=clock.now()))
    trail.record("login.ended", by=by)


def act_as(session_id: int, post_public_id: str, *, by: Actor) -> None:
    """Let the session act in another post that its account holds."""
    post = next((post for post in posts_of(by.account_id) if post.public_id == post_public_id), None)
    if post is None:
        raise NotFound()
    session.execute(update(LoginSession).where(LoginSession.id == session_id).values(post_id=post.id))
    trail.record("login.acts_as", by=by, params={"role": post.role})
