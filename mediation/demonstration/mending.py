"""The last evening: two corrections wait for somebody's word, and a head is away with nobody instead."""

from datetime import date, timedelta

from sqlalchemy import select

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Stage
from mediation.demonstration.agenda import earlier
from mediation.ground import clock
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from mediation.registry.calendar.queries import calendar_of
from mediation.registry.mediators.models import Mediator
from mediation.registry.staff import operations as staff
from mediation.registry.staff import queries
from mediation.registry.staff.models import Post
from mediation.stages.mending import operations as mending

WAITING = 2
REASON = "重新核对了收据，登记时多写了一个零"
AWAY = timedelta(days=3)


def leave_open(reference: date) -> None:
    """Leave something to decide for whoever tries the program."""
    asked = 0
    for case, post in _in_hand():
        if case.lead_unit_id == post.unit_id and case.amount_fen and case.amount_fen % 1000 == 0:
            by = queries.actor_of(post.id, account_id=post.account_id, on=clock.today())
            on = earlier(calendar_of(case.centre_id), clock.today() + timedelta(days=1), 1)
            mending.ask_to_correct(
                case.public_id, {"amount_fen": case.amount_fen // 10}, version=case.version, reason=REASON, by=by, on=on
            )
            asked += 1
        if asked == WAITING:
            break
    _head_away(reference)


def _in_hand():
    query = (
        select(Case, Post).join(Mediator, Mediator.id == Case.mediator_id)
        .join(Post, (Post.account_id == Mediator.account_id) & (Post.role == Role.MEDIATOR))
        .where(Case.stage == Stage.MEDIATING, Case.is_sealed.is_(False)).order_by(Case.id.desc()).limit(60)
    )
    return [tuple(row) for row in session.execute(query)]


def _head_away(reference: date) -> None:
    heads = select(Post).where(Post.role == Role.HEAD, Post.deputy_for_id.is_(None)).order_by(Post.id.desc()).limit(1)
    post = session.scalar(heads)
    if post is None:
        return
    by = queries.actor_of(post.id, account_id=post.account_id, on=clock.today())
    staff.be_away(
        post.public_id, from_=clock.today(), to=reference + AWAY, reason="到市里培训", by=by, on=clock.today()
    )
