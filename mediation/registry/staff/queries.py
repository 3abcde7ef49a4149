"""Reading accounts and posts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, bindparam, or_, select
from sqlalchemy.orm import aliased, joinedload

from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor, Role
from mediation.registry.staff.deputies import absence, candidates, charges, stood_in_for, unattended
from mediation.registry.staff.models import Account, Post
from mediation.registry.units.models import Unit

__all__ = ["absence", "candidates", "charges", "stood_in_for", "unattended"]  # what is told on from the module beside

MOST_LISTED = 500


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
    stands_for: str = ""  # whose post a deputy looks after
    holder: str = ""
    account: str = ""  # the holder's, by public id


@dataclass(frozen=True)
class AccountRow:
    """An account as lists show it."""

    public_id: str
    login: str
    name: str
    is_disabled: bool
    posts: list[PostRow]
    has_password: bool = True
    has_second_factor: bool = False


def stands_for(post_id: int) -> int | None:
    """Return the post that a deputy's post stands in for, None for a post of its own."""
    return session.scalar(select(Post.deputy_for_id).where(Post.id == post_id))


def held_post(public_id: str, *, centre_id: int, on: date) -> Post:
    """Return a post of a centre that is held on a day, with its account. Raises NotFound."""
    query = select(Post).join(Account, Account.id == Post.account_id).options(joinedload(Post.account))
    found = session.scalar(query.where(Post.public_id == public_id, Account.centre_id == centre_id))
    if found is None or not found.is_valid(on):
        raise NotFound()
    return found


def posts_of_role(role: Role, *, centre_id: int, on: date) -> list[Post]:
    """Return the posts of a role that are held on a day and stand in for no other, with account and unit."""
    query = (
        select(Post).join(Account, Account.id == Post.account_id)
        .where(Account.centre_id == centre_id, Post.role == role, Post.deputy_for_id.is_(None))
        .options(joinedload(Post.account), joinedload(Post.unit)).order_by(Post.id)
    )
    return [post for post in session.scalars(query) if post.is_valid(on)]


def accounts(*, for_: Actor, text: str = "") -> list[AccountRow]:
    """Return the accounts of the actor's centre with their posts, by log-in name, at most MOST_LISTED."""
    query = select(Account).where(Account.centre_id == for_.centre_id).order_by(Account.login).limit(MOST_LISTED)
    if text:
        by_login = Account.login.startswith(text.lower(), autoescape=True)
        query = query.where(by_login | Account.name.contains(text, autoescape=True))
    return _rows(list(session.scalars(query)))


def account(public_id: str, *, for_: Actor) -> AccountRow:
    """Return one account of the actor's centre with its posts. Raises NotFound."""
    query = select(Account).where(Account.public_id == public_id, Account.centre_id == for_.centre_id)
    found = _rows(list(session.scalars(query)))
    if not found:
        raise NotFound()
    return found[0]


def by_login(login: str) -> Account | None:
    """Return the account of a log-in name, of whatever centre; for commands."""
    return session.scalar(select(Account).where(Account.login == login.strip().lower()))


def login_of(by: Actor) -> str:
    """Return the log-in name of the actor's own account."""
    return session.scalar(select(Account.login).where(Account.id == by.account_id))


def own_public_id(by: Actor) -> str | None:
    """Return the public id of the actor's own account."""
    return public_id_of(by.account_id)


def public_id_of(account_id: int | None) -> str | None:
    """Return the public id of an account, None for none."""
    return session.scalar(select(Account.public_id).where(Account.id == account_id)) if account_id else None


def _rows(found: list[Account]) -> list[AccountRow]:
    by_account = posts_by_account([account.id for account in found])
    return [
        AccountRow(
            account.public_id, account.login, account.name, account.disabled_at is not None,
            by_account.get(account.id, []), account.password_hash is not None,
            account.second_factor_sealed is not None,
        )
        for account in found
    ]


def posts_by_account(account_ids: list[int]) -> dict[int, list[PostRow]]:
    """Return the posts of several accounts."""
    found: dict[int, list[PostRow]] = {}
    for account_id, row in _post_rows(Post.account_id.in_(account_ids)):
        found.setdefault(account_id, []).append(row)
    return found


def actor_of(post_id: int, *, account_id: int, on: date) -> Actor | None:
    """Return who acts in a post, for work that somebody asked for earlier; None once they do not hold it any more."""
    query = select(Post).where(Post.id == post_id, Post.account_id == account_id)
    post = session.scalar(query.options(joinedload(Post.unit), joinedload(Post.account)))
    if post is None or not post.is_valid(on) or post.account.disabled_at is not None:
        return None
    principal = session.get(Post, post.deputy_for_id) if post.deputy_for_id else None
    stands_for = session.get_one(Account, principal.account_id) if principal else None
    return Actor(
        account_id, post.id, post.unit_id, post.unit.centre_id, post.role, name=post.account.name,
        unit_name=post.unit.name, deputy=principal is not None,
        stands_for_id=stands_for.id if stands_for else None, stands_for=stands_for.name if stands_for else "",
        deputy_since=post.valid_from if principal else None,
    )


def posts_in(unit_id: int) -> list[PostRow]:
    """Return the posts of a unit that are held now or later."""
    return [row for _id, row in _post_rows((Post.unit_id == unit_id) & _not_over())]


def posts_to_stand_in_for(*, for_: Actor) -> list[PostRow]:
    """Return the posts of the actor's centre that somebody may be made deputy for."""
    own = Post.account_id.in_(select(Account.id).where(Account.centre_id == for_.centre_id))
    return [row for _id, row in _post_rows(own & Post.deputy_for_id.is_(None) & _not_over())]


def _not_over():
    return or_(Post.valid_to.is_(None), Post.valid_to >= clock.today())


def _post_rows(condition) -> list[tuple[int, PostRow]]:
    """Return posts, each with its holder and, for a deputy's, whom it stands in for; three queries at most."""
    today = clock.today()
    query = select(Post).where(condition).options(joinedload(Post.unit), joinedload(Post.account)).order_by(Post.id)
    posts = list(session.scalars(query))
    principals = {post.deputy_for_id for post in posts if post.deputy_for_id}
    holders = select(Post.id, Account.name).join(Account, Account.id == Post.account_id).where(Post.id.in_(principals))
    stands_for = dict(session.execute(holders).all()) if principals else {}
    return [
        (
            post.account_id,
            PostRow(
                post.public_id, post.role, post.unit.name, post.valid_from, post.valid_to,
                post.deputy_for_id is not None, post.is_valid(today), stands_for.get(post.deputy_for_id, ""),
                post.account.name, post.account.public_id,
            ),
        )
        for post in posts
    ]


def posts_behind(post_ids) -> dict[int, tuple[int, ...]]:
    """Return for each post its own id and, where it stands in for another, that post and who holds it."""
    principal = aliased(Post)
    query = select(Post.id, principal.id, principal.account_id).outerjoin(principal, principal.id == Post.deputy_for_id)
    wanted = {post_id for post_id in post_ids if post_id}
    rows = session.execute(query.where(Post.id.in_(wanted))) if wanted else ()
    return {row[0]: tuple(each for each in row if each) for row in rows}


def names(account_ids) -> dict[int, str]:
    """Return the names of accounts, for histories."""
    wanted, known = {account_id for account_id in account_ids if account_id}, _names_read()
    if unknown := wanted - known.keys():
        known.update(session.execute(_NAMES, {"unknown": list(unknown)}).all())
    return {account_id: known[account_id] for account_id in wanted if account_id in known}


_NAMES = select(Account.id, Account.name).where(Account.id.in_(bindparam("unknown", expanding=True)))


@until_written()
def _names_read() -> dict[int, str]:
    """Return the names that the page has read so far; it grows."""
    return {}


def roles_held_in(unit_ids, *, on: date) -> dict[int, set[Role]]:
    """Return which posts somebody holds on a day, by unit."""
    found: dict[int, set[Role]] = {}
    for unit_id, role in session.execute(_ROLES, {"units": list(unit_ids), "on": on}) if unit_ids else ():
        found.setdefault(unit_id, set()).add(role)
    return found


_POSTS, _DAY = Post.__table__.c, bindparam("on", type_=Date)
_ROLES = (
    select(_POSTS.unit_id, _POSTS.role)
    .where(_POSTS.unit_id.in_(bindparam("units", expanding=True)), _POSTS.valid_from <= _DAY)
    .where(or_(_POSTS.valid_to.is_(None), _POSTS.valid_to >= _DAY)).distinct()
)


@dataclass(frozen=True)
class Colleague:
    """Somebody who holds a post today, as pickers name them."""

    account_id: int
    public_id: str
    name: str
    role: Role
    unit_id: int
    unit_name: str


def colleagues(unit_ids: Iterable[int], roles: Iterable[Role], *, on: date) -> list[Colleague]:
    """Return who holds one of these posts in these units on a day, deputies included, by name; each person once."""
    return _holding(Post.unit_id.in_(list(unit_ids)), roles, on)


def holders(account_ids: Iterable[int], roles: Iterable[Role], *, on: date) -> list[Colleague]:
    """Return those of some people who hold one of these posts on a day, by name; each person once."""
    return _holding(Post.account_id.in_(list(account_ids)), roles, on)


def _holding(condition, roles: Iterable[Role], on: date) -> list[Colleague]:
    query = select(Account.id, Account.public_id, Account.name, Post.role, Post.unit_id, Unit.name)
    query = query.join(Post, Post.account_id == Account.id).join(Unit, Unit.id == Post.unit_id).where(
        condition, Post.role.in_(list(roles)), Post.valid_from <= on,
        or_(Post.valid_to.is_(None), Post.valid_to >= on), Account.disabled_at.is_(None),
    )
    found: dict[int, Colleague] = {}
    for row in session.execute(query.order_by(Account.name, Account.id)):
        found.setdefault(row[0], Colleague(*row))
    return list(found.values())
