"""Posts: who holds which role in which unit between two days, and who stands in for whom."""

from datetime import date

from sqlalchemy import or_, select

from mediation.ground import trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, NotFound, Obstacle, RuleBroken, because
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Permission, Role
from mediation.registry.staff.models import Account, Post
from mediation.registry.staff.rules import Bar, administrator_obstacles
from mediation.registry.units.models import Unit


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
    stands_for = post_of(deputy_for, account.centre_id) if deputy_for else None
    bars = [because(Bar.OWN_POST)] if account.id == by.account_id else []
    if not unit.is_valid(from_):
        bars.append(because(Bar.UNIT_ENDED, unit=unit.name, on=from_))
    if stands_for is not None:
        bars += deputy_obstacles(stands_for, account, unit, role, from_=from_, to=to)
    held = held_between(account.id, from_, to)
    bars += administrator_obstacles(role, {post.role for post in held})
    if any(post.role is role and post.unit_id == unit.id for post in held):
        bars.append(because(Bar.POST_HELD))
    if bars:
        raise RuleBroken(*bars)
    return hold(account, unit, role, by=by, from_=from_, to=to, stands_for=stands_for).public_id


def hold(
    account: Account, unit: Unit, role: Role, *, by: Actor, from_: date, to: date | None, stands_for: Post | None
) -> Post:
    """Write that an account holds a post; whoever may do that has been asked."""
    post = Post(
        account_id=account.id, unit_id=unit.id, role=role, valid_from=from_, valid_to=to,
        deputy_for_id=stands_for.id if stands_for else None, granted_by_id=by.account_id,
    )
    session.add(post)
    account.authorisation += 1
    session.flush()
    told = {"role": role, "unit": unit.name, "from": from_, "to": to, "deputy": stands_for is not None}
    trail.record("post.granted", by=by, about=post, params=told)
    return post


def appoint_deputy(
    account_public_id: str, post_public_id: str, *, by: Actor, from_: date, to: date, key: str | None = None
) -> str:
    """Let an account stand in for a post between two days; return the deputy post's public id. Raises as grant_post."""
    require(by, Permission.POSTS_GRANT)
    post = post_of(post_public_id, by.centre_id)
    unit = session.get_one(Unit, post.unit_id)
    return grant_post(
        account_public_id, unit.public_id, post.role, by=by, from_=from_, to=to, deputy_for=post.public_id, key=key
    )


def end_post(post_public_id: str, *, by: Actor, on: date) -> None:
    """End a post, and who stands in for it, on a day (the last one). Raises NotAllowed, NotFound, RuleBroken."""
    require(by, Permission.POSTS_GRANT)
    post = post_of(post_public_id, by.centre_id)
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


def post_of(public_id: str, centre_id: int | None) -> Post:
    """Return a post of the centre. Raises NotFound."""
    query = select(Post).join(Account, Account.id == Post.account_id).where(Post.public_id == public_id)
    if centre_id is not None:
        query = query.where(Account.centre_id == centre_id)
    post = session.scalar(query)
    if post is None:
        raise NotFound()
    return post


def deputy_obstacles(
    stands_for: Post, account: Account, unit: Unit, role: Role, *, from_: date, to: date | None
) -> list[Obstacle]:
    """Return what forbids an account to stand in for a post: one at a time, until a day, in the same role and unit."""
    found = []
    same = stands_for.unit_id == unit.id and stands_for.role is role and stands_for.deputy_for_id is None
    if not same or stands_for.account_id == account.id:
        found.append(because(Bar.DEPUTY_OTHER))
    if to is None:
        return [*found, because(Bar.DEPUTY_UNTIL)]
    for other, name in deputies_between(stands_for.id, from_, to):
        found.append(because(Bar.DEPUTY_OVERLAPS, who=name, from_=other.valid_from, to=other.valid_to))
    return found


def deputies_between(post_id: int, from_: date, to: date) -> list[tuple[Post, str]]:
    """Return who stands in for a post on any day between two, with their names."""
    query = select(Post, Account.name).join(Account, Account.id == Post.account_id)
    query = query.where(Post.deputy_for_id == post_id, Post.valid_from <= to, Post.valid_to >= from_)
    return [tuple(row) for row in session.execute(query.order_by(Post.valid_from))]


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
