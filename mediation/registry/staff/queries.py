"""Reading accounts and posts."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from mediation.ground import clock
from mediation.ground.db import session
from mediation.registry.access.rules import Actor, Role
from mediation.registry.staff.models import Account, Post
from mediation.registry.units.models import Centre


def is_demonstration() -> bool:
    """Say whether the database is a demonstration: then, and only then, the log-in page lists its accounts."""
    return session.scalar(select(Centre.id).where(Centre.is_demonstration).limit(1)) is not None


@dataclass(frozen=True)
class PostRow:
    """A post as lists show it."""

    public_id: str
    role: Role
    unit_name: str
    valid_from: date
    valid_to: date | None
    is_deputy: bool
    is_valid: bool


@dataclass(frozen=True)
class AccountRow:
    """An account as lists show it."""

    public_id: str
    login: str
    name: str
    is_disabled: bool
    posts: list[PostRow]


def accounts(*, for_: Actor, text: str = "") -> list[AccountRow]:
    """Return the accounts of the actor's centre with their posts, by log-in name, at most 500."""
    query = select(Account).where(Account.centre_id == for_.centre_id).order_by(Account.login).limit(500)
    if text:
        query = query.where(Account.login.startswith(text.lower()) | (Account.name == text))
    found = list(session.scalars(query))
    by_account = posts_by_account([account.id for account in found])
    return [
        AccountRow(account.public_id, account.login, account.name, account.disabled_at is not None, by_account.get(account.id, []))
        for account in found
    ]


def posts_by_account(account_ids: list[int]) -> dict[int, list[PostRow]]:
    """Return the posts of several accounts in one query."""
    today = clock.today()
    query = select(Post).where(Post.account_id.in_(account_ids)).options(joinedload(Post.unit)).order_by(Post.id)
    found: dict[int, list[PostRow]] = {}
    for post in session.scalars(query):
        row = PostRow(
            post.public_id, post.role, post.unit.name, post.valid_from, post.valid_to, post.deputy_for_id is not None,
            post.is_valid(today),
        )
        found.setdefault(post.account_id, []).append(row)
    return found


def names(account_ids) -> dict[int, str]:
    """Return the names of accounts, for histories."""
    wanted = {account_id for account_id in account_ids if account_id}
    if not wanted:
        return {}
    return dict(session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted))).all())
