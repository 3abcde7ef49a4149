"""Reading deliveries: of a case, and what of a unit has not arrived yet."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import DeliveryState
from mediation.casefile.deliveries.models import Delivery
from mediation.ground.db import session
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor, Depth

PAGE = 50


def get(public_id: str, *, for_: Actor) -> tuple[Delivery, Case]:
    """Return a delivery and its case, whose contents the reader must see. Raises NotFound."""
    return cases.child(Delivery, public_id, for_=for_)


@until_written(Delivery)
def of_case(case_id: int) -> Sequence[Delivery]:
    """Return the deliveries of a case by paper, those that nobody is to get any more left out."""
    query = select(Delivery).where(Delivery.case_id == case_id, Delivery.state != DeliveryState.VOID)
    return list(session.scalars(query.order_by(Delivery.id)))


def of_object(object_kind: str, object_id: int) -> list[Delivery]:
    """Return the copies of one paper or invitation."""
    query = select(Delivery).where(Delivery.object_kind == object_kind, Delivery.object_id == object_id)
    return list(session.scalars(query.order_by(Delivery.id)))


class Waiting(NamedTuple):
    """A copy that has not arrived, its case, and the name of its recipient."""

    delivery: Delivery
    case: Case
    who: str | None


def waiting(*, for_: Actor, state: str | None = None, after: int | None = None, size: int = PAGE) -> list[Waiting]:
    """Return copies that have not arrived in cases whose contents the reader sees, the oldest first, by keyset."""
    query = select(Delivery, Case, Party.name).select_from(Delivery).join(Case, Case.id == Delivery.case_id)
    query = query.outerjoin(Party, Party.id == Delivery.party_id)
    query = access.scoped(query, for_, Depth.CONTENTS, narrow=access.is_narrow(for_))
    query = query.where(Delivery.centre_id == for_.centre_id, _is_waiting())
    if state in set(DeliveryState):
        query = query.where(Delivery.state == state)
    if after is not None:
        query = query.where(Delivery.id > after)
    return [Waiting(*row) for row in session.execute(query.order_by(Delivery.id).limit(size))]


def _is_waiting():
    return Delivery.state.in_((DeliveryState.OPEN, DeliveryState.SENT, DeliveryState.RETURNED))
