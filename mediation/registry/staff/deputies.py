"""Who is not there, and who stands in: said by the holder, or by the head of the holder, from one day to another."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, joinedload

from mediation.ground import clock, trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, NotFound, Obstacle, RuleBroken, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Permission, Role
from mediation.registry.staff.models import Account, Post, PostAbsence
from mediation.registry.staff.posts import (
    deputies_between,
    deputy_obstacles,
    get_account,
    held_between,
    hold,
    post_of,
)
from mediation.registry.staff.rules import DEPUTISABLE, Bar, administrator_obstacles, away_obstacles, uncovered
from mediation.registry.units.models import Unit

AHEAD = 2  # days: so long before nobody stands in the next higher one sees it


@once
def be_away(
    post_public_id: str, *, from_: date, to: date, reason: str, deputy: str | None = None, by: Actor, on: date,
    key: str | None = None,
) -> str:
    """Say that the holder of a post is away, and who stands in: an account's public id, None for nobody yet.

    For the holder, the head of the unit or of the one above, and whoever grants posts; not for a deputy. Returns the
    absence's public id. Raises NotAllowed, NotFound, RuleBroken with everything that forbids it.
    """
    post = _mine_to_say(post_public_id, by=by)
    bars = away_obstacles(post.role, from_, to, today=clock.today(), reason=reason, as_deputy=by.deputy)
    for other in _absences_between(post.id, from_, to):
        bars.append(because(Bar.AWAY_OVERLAPS, from_=other.from_on, to=other.to_on))
    account = get_account(deputy, by=by) if deputy else None
    if account is not None:
        bars += _stranger_bars(account, post, from_, to)
    if bars:
        raise RuleBroken(*bars)
    row = PostAbsence(
        id=new_id(), centre_id=by.centre_id, post_id=post.id, from_on=from_, to_on=to, reason=reason.strip(),
        made_by_id=by.account_id,
    )
    session.add(row)
    session.flush()
    trail.record("post.away", by=by, about=post, params={"from": from_, "to": to})
    if account is not None:
        hold(account, _unit(post), post.role, by=by, from_=from_, to=to, stands_for=post)
    return row.public_id


@once
def stand_in(
    absence_public_id: str, deputy: str, *, from_: date, to: date, by: Actor, on: date, key: str | None = None
) -> str:
    """Let an account stand in on days of an absence on which nobody does; return the deputy post's public id."""
    row, post = _absence(absence_public_id, by=by)
    account = get_account(deputy, by=by)
    bars = [because(Bar.DEPUTY_APPOINTS)] if by.deputy else []
    bars += [because(Bar.AWAY_BACKWARDS)] if to < from_ else []
    if from_ < row.from_on or to > row.to_on:
        raise Invalid(from_=N_("日期要在不在的那几天里"))
    bars += _stranger_bars(account, post, from_, to)
    if bars:
        raise RuleBroken(*bars)
    return hold(account, _unit(post), post.role, by=by, from_=from_, to=to, stands_for=post).public_id


def be_back(absence_public_id: str, *, by: Actor, on: date) -> None:
    """End an absence early: ``on`` is the last day, also of whoever stands in. Raises RuleBroken when it is over."""
    row, post = _absence(absence_public_id, by=by)
    if row.to_on < clock.today():
        raise RuleBroken(because(Bar.AWAY_OVER))
    for each, _name in deputies_between(post.id, on, row.to_on):
        _end(each, on, by=by)
    if row.from_on > on:  # it had not begun
        session.delete(row)
    else:
        row.to_on, row.ended_by_id = on, by.account_id
    trail.record("post.back", by=by, about=post, params={"to": on})
    session.flush()


def end_deputy(deputy_post_public_id: str, *, by: Actor, on: date) -> None:
    """End a standing-in early; ``on`` is the last day. One that has not begun is taken away."""
    deputy = post_of(deputy_post_public_id, by.centre_id)
    if deputy.deputy_for_id is None:
        raise NotFound()
    post = session.get_one(Post, deputy.deputy_for_id)
    if not may_say(post, by=by) and deputy.account_id != by.account_id:
        raise NotAllowed(Permission.POSTS_GRANT)
    if deputy.valid_to < clock.today():
        raise RuleBroken(because(Bar.AWAY_OVER))
    _end(deputy, on, by=by)
    session.flush()


def _end(deputy: Post, on: date, *, by: Actor) -> None:
    deputy.valid_to = max(on, deputy.valid_from)
    session.get_one(Account, deputy.account_id).authorisation += 1
    trail.record("post.ended", by=by, about=deputy, params={"role": deputy.role, "to": deputy.valid_to})


def may_say(post: Post, *, by: Actor) -> bool:
    """Say whether the actor decides who stands in for a post: its holder, a head above it, whoever grants posts."""
    if by.may(Permission.POSTS_GRANT) or post.account_id == by.account_id:
        return True
    if by.role is not Role.HEAD or by.deputy:
        return False
    unit = _unit(post)
    return unit.parent_id == by.unit_id if post.role is Role.HEAD else by.unit_id in (unit.id, unit.parent_id)


def _mine_to_say(public_id: str, *, by: Actor) -> Post:
    post = post_of(public_id, by.centre_id)
    if post.deputy_for_id is not None:
        raise NotFound()
    if not may_say(post, by=by):
        raise NotAllowed(Permission.POSTS_GRANT)
    return post


def _absence(public_id: str, *, by: Actor) -> tuple[PostAbsence, Post]:
    row = session.scalar(
        select(PostAbsence).where(PostAbsence.public_id == public_id, PostAbsence.centre_id == by.centre_id)
    )
    if row is None:
        raise NotFound()
    post = session.get_one(Post, row.post_id)
    if not may_say(post, by=by):
        raise NotAllowed(Permission.POSTS_GRANT)
    return row, post


def _stranger_bars(account: Account, post: Post, from_: date, to: date) -> list[Obstacle]:
    unit = _unit(post)
    found = deputy_obstacles(post, account, unit, post.role, from_=from_, to=to)
    held = held_between(account.id, from_, to)
    found += administrator_obstacles(post.role, {each.role for each in held})
    own = [each for each in held if each.deputy_for_id is None]
    if account.disabled_at is not None or not any(each.unit_id in (unit.id, unit.parent_id) for each in own):
        found.append(because(Bar.DEPUTY_STRANGER))
    if any(each.role is post.role and each.unit_id == unit.id for each in held):
        found.append(because(Bar.DEPUTY_SAME, who=account.name, role=post.role))
    return found


def _unit(post: Post) -> Unit:
    return session.get_one(Unit, post.unit_id)


def _absences_between(post_id: int, from_: date, to: date) -> list[PostAbsence]:
    query = select(PostAbsence).where(
        PostAbsence.post_id == post_id, PostAbsence.from_on <= to, PostAbsence.to_on >= from_
    )
    return list(session.scalars(query))


# --- reading ---


def absence(public_id: str, *, for_: Actor) -> PostAbsence:
    """Return an absence that the actor decides about. Raises NotFound, NotAllowed."""
    return _absence(public_id, by=for_)[0]


@dataclass(frozen=True)
class Stand:
    """Somebody who stands in for a post: from when until when."""

    public_id: str
    name: str
    from_: date
    to: date


@dataclass(frozen=True)
class Away:
    """An absence: until when, why, who stands in, and the first day on which nobody does."""

    public_id: str
    from_: date
    to: date
    reason: str
    stands: tuple[Stand, ...]
    uncovered: date | None


@dataclass(frozen=True)
class Charge:
    """A post that the reader decides about, with its absences that are not over and who stands in besides."""

    public_id: str
    holder: str
    role: Role
    unit_name: str
    is_own: bool
    aways: tuple[Away, ...]
    stands: tuple[Stand, ...]


def charges(*, for_: Actor) -> list[Charge]:
    """Return the posts about which the actor says who stands in: their own first, then those below them."""
    today = clock.today()
    mine = Post.account_id == for_.account_id
    if for_.role is Role.HEAD and not for_.deputy:
        below = select(Unit.id).where(Unit.parent_id == for_.unit_id)
        here = (Post.unit_id == for_.unit_id) & (Post.role != Role.HEAD)
        mine = or_(mine, here, Post.unit_id.in_(below))
    query = (
        select(Post).where(mine, Post.deputy_for_id.is_(None), Post.role.in_(sorted(DEPUTISABLE)))
        .where(Post.valid_from <= today, or_(Post.valid_to.is_(None), Post.valid_to >= today))
        .options(joinedload(Post.account), joinedload(Post.unit)).order_by(Post.id)
    )
    posts = sorted(session.scalars(query), key=lambda post: post.account_id != for_.account_id)
    stands, aways = _stands([post.id for post in posts]), _aways([post.id for post in posts])
    return [
        Charge(
            post.public_id, post.account.name, post.role, post.unit.name, post.account_id == for_.account_id,
            tuple(_away(row, stands.get(post.id, ())) for row in aways.get(post.id, ())),
            tuple(stands.get(post.id, ())),
        )
        for post in posts
    ]


def _away(row: PostAbsence, stands) -> Away:
    begins = max(row.from_on, clock.today())
    inside = tuple(each for each in stands if each.from_ <= row.to_on and each.to >= row.from_on)
    gap = uncovered(begins, row.to_on, [(each.from_, each.to) for each in inside])
    return Away(row.public_id, row.from_on, row.to_on, row.reason, inside, gap)


def _stands(post_ids) -> dict[int, list[Stand]]:
    query = select(Post, Account.name).join(Account, Account.id == Post.account_id)
    query = query.where(Post.deputy_for_id.in_(post_ids), Post.valid_to >= clock.today()).order_by(Post.valid_from)
    found: dict[int, list[Stand]] = {}
    for post, name in session.execute(query) if post_ids else ():
        found.setdefault(post.deputy_for_id, []).append(Stand(post.public_id, name, post.valid_from, post.valid_to))
    return found


def _aways(post_ids) -> dict[int, list[PostAbsence]]:
    query = select(PostAbsence).where(PostAbsence.post_id.in_(post_ids), PostAbsence.to_on >= clock.today())
    found: dict[int, list[PostAbsence]] = {}
    for row in session.scalars(query.order_by(PostAbsence.from_on)) if post_ids else ():
        found.setdefault(row.post_id, []).append(row)
    return found


def candidates(*, for_: Actor) -> list[tuple[str, str]]:
    """Return who may stand in for posts that the actor decides about, as (public id, name and posts)."""
    today = clock.today()
    unit = session.get(Unit, for_.unit_id)
    places = [each for each in (unit.id, unit.parent_id) if each] if unit else []
    if for_.role is Role.HEAD:
        places += session.scalars(select(Unit.id).where(Unit.parent_id == for_.unit_id))
    query = (
        select(Account.public_id, Account.name, Post.role, Unit.short_name)
        .join(Post, Post.account_id == Account.id).join(Unit, Unit.id == Post.unit_id)
        .where(
            Post.unit_id.in_(places), Post.deputy_for_id.is_(None), Account.disabled_at.is_(None),
            Account.id != for_.account_id, Post.valid_from <= today,
            or_(Post.valid_to.is_(None), Post.valid_to >= today),
            Post.role.not_in([Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR]),
        )
        .order_by(Account.name, Account.id)
    )
    found: dict[str, str] = {}
    for public_id, name, _role, unit_name in session.execute(query):
        found.setdefault(public_id, f"{name}　{unit_name}")
    return list(found.items())


@dataclass(frozen=True)
class Unattended:
    """A post whose holder is away, or soon will be, and for which nobody stands in."""

    holder: str
    role: Role
    unit_name: str
    from_: date
    to: date


def unattended(*, for_: Actor) -> list[Unattended]:
    """Return the posts below the actor for which nobody stands in: a head's for supervisors, others' for the head."""
    if for_.role not in (Role.HEAD, Role.SUPERVISOR):
        return []
    today = clock.today()
    soon = date.fromordinal(today.toordinal() + AHEAD)
    deputy = aliased(Post)
    query = (
        select(PostAbsence, Account.name, Post.role, Unit.name, deputy.valid_from, deputy.valid_to)
        .join(Post, Post.id == PostAbsence.post_id).join(Account, Account.id == Post.account_id)
        .join(Unit, Unit.id == Post.unit_id)
        .outerjoin(deputy, (deputy.deputy_for_id == Post.id) & (deputy.valid_to >= today))
        .where(
            PostAbsence.centre_id == for_.centre_id, PostAbsence.to_on >= today, PostAbsence.from_on <= soon,
            Account.id != for_.account_id,
        )
        .order_by(PostAbsence.from_on, PostAbsence.id)
    )
    if for_.role is Role.HEAD:
        here = (Post.unit_id == for_.unit_id) & (Post.role != Role.HEAD)
        query = query.where(or_(here, Unit.parent_id == for_.unit_id))
    rows: dict[int, tuple] = {}
    for absence, name, role, unit_name, begins, ends in session.execute(query):
        covered = rows.setdefault(absence.id, (absence, name, role, unit_name, []))[4]
        covered += [(begins, ends)] if begins else []
    return [
        Unattended(name, role, unit_name, absence.from_on, absence.to_on)
        for absence, name, role, unit_name, covered in rows.values()
        if uncovered(max(absence.from_on, today), absence.to_on, covered) is not None
    ]


def stood_in_for(post_ids) -> dict[int, str]:
    """Return for posts of deputies the name of whom they stand in for; for histories."""
    principal = aliased(Post)
    wanted = {post_id for post_id in post_ids if post_id}
    query = select(Post.id, Account.name).join(principal, principal.id == Post.deputy_for_id)
    query = query.join(Account, Account.id == principal.account_id).where(Post.id.in_(wanted))
    return dict(session.execute(query).all()) if wanted else {}
