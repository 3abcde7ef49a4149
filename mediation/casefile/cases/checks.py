"""What cases hold against ending a unit."""

from datetime import date

from sqlalchemy import func, select

from mediation.casefile.cases.models import Case
from mediation.ground.choices import N_, Reason
from mediation.ground.db import session
from mediation.ground.errors import Obstacle, because
from mediation.registry.units import operations as units
from mediation.registry.units.models import Unit


class Bar(Reason):
    CASES_OPEN = "cases_open", N_("还有%(count)s件案件由它承办，要先办完或者改分流")


@units.keeps
def cases_open(unit: Unit, on: date) -> list[Obstacle]:
    """A unit that ends leaves no open case without a body."""
    led = select(func.count()).select_from(Case).where(Case.lead_unit_id == unit.id, Case.is_open)
    count = session.scalar(led)
    return [because(Bar.CASES_OPEN, count=count)] if count else []
