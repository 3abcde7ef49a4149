"""What accounts and posts hold against ending a unit."""

from datetime import date

from sqlalchemy import func, or_, select

from mediation.ground.choices import N_, Reason
from mediation.ground.db import session
from mediation.ground.errors import Obstacle, because
from mediation.registry.staff.models import Post
from mediation.registry.units import operations as units
from mediation.registry.units.models import Unit


class Bar(Reason):
    POSTS_HELD = "posts_held", N_("%(day)s以后还有%(count)s个岗位有人，请安全管理员先结束这些岗位")


@units.keeps
def posts_held(unit: Unit, on: date) -> list[Obstacle]:
    """A unit that ends leaves nobody behind who could still act for it."""
    later = or_(Post.valid_to.is_(None), Post.valid_to > on)
    count = session.scalar(select(func.count()).select_from(Post).where(Post.unit_id == unit.id, later))
    return [because(Bar.POSTS_HELD, day=on, count=count)] if count else []
