"""Reading what waits for the arbiter, what was ruled, and how often units give cases back."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy import case as when

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import TransferState
from mediation.ground.db import session
from mediation.ground.editions import kept
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor, Depth, Role
from mediation.registry.dutylists import queries as dutylists
from mediation.registry.dutylists.rules import Item
from mediation.registry.staff import queries as staff
from mediation.stages.routing import advice
from mediation.stages.routing.arbiter import rules
from mediation.stages.routing.arbiter.models import Arbiter, Designation
from mediation.stages.routing.arbiter.rules import DesignationState, Precedent
from mediation.stages.routing.models import Transfer

PAGE = 25
COMPARED = 60  # of the newest precedents of a main type


class Named(NamedTuple):
    """Who the arbiter is from a day on."""

    post_id: int | None
    unit_id: int | None
    name: str
    valid_from: date


@dataclass(frozen=True)
class Rejection:
    """A hop that a unit gave back, beside what the duty list says about that unit."""

    transfer: Transfer
    cited: Item | None
    duties: list[Item]


class Returned(NamedTuple):
    """How many cases were sent to a unit, and how many it gave back."""

    unit_id: int
    sent: int
    rejected: int

    @property
    def percent(self) -> int:
        return round(100 * self.rejected / self.sent)


@kept(Arbiter)
def history(centre_id: int) -> tuple[Named, ...]:
    """Return who was named, the newest first."""
    query = select(Arbiter.post_id, Arbiter.unit_id, Arbiter.name, Arbiter.valid_from)
    rows = session.execute(
        query.where(Arbiter.centre_id == centre_id).order_by(Arbiter.valid_from.desc(), Arbiter.id.desc())
    )
    return tuple(Named(*row) for row in rows)


def arbiter_on(centre_id: int, *, on: date) -> Named | None:
    """Return who is the arbiter on a day, None where nobody has been named."""
    named = next((each for each in history(centre_id) if each.valid_from <= on), None)
    return named if named and named.post_id else None


def is_arbiter(by: Actor, *, on: date) -> bool:
    """Say whether the actor is the arbiter, or stands in for them."""
    named = arbiter_on(by.centre_id, on=on)
    if named is None or by.role != Role.SUPERVISOR or by.post_id is None:
        return False
    return by.post_id == named.post_id or staff.stands_for(by.post_id) == named.post_id


@until_written(Designation)
def waiting(case_id: int) -> Designation | None:
    """Return the ruling that a case waits for, None where it waits for none."""
    query = select(Designation).where(Designation.case_id == case_id, Designation.state == DesignationState.WAITING)
    return session.scalar(query)


def get(public_id: str, *, for_: Actor) -> Designation:
    """Return a ruling about a case whose progress the actor sees. Raises NotFound."""
    found, _case = cases.child(Designation, public_id, for_=for_, depth=Depth.PROGRESS)
    return found


def rejections_since_ruling(case_id: int) -> list[Transfer]:
    """Return the hops that were given back since the last ruling, oldest first: only these count anew."""
    last = select(func.max(Transfer.id)).where(Transfer.case_id == case_id, Transfer.designation_id.is_not(None))
    query = select(Transfer).where(
        Transfer.case_id == case_id, Transfer.state == TransferState.REJECTED,
        Transfer.id > func.coalesce(last.scalar_subquery(), 0),
    )
    return list(session.scalars(query.order_by(Transfer.id)))


def beside_each_other(case: Case, *, on: date) -> list[Rejection]:
    """Return the rejections that brought a case to the arbiter, each with the duty-list lines of its unit."""
    hops = rejections_since_ruling(case.id)
    cited = dutylists.items_by_id(hop.duty_item_id for hop in hops)
    likely = dutylists.likely(told(case), centre_id=case.centre_id, on=on, limit=12)
    return [
        Rejection(hop, cited.get(hop.duty_item_id), [item for item in likely if item.lead_unit_id == hop.to_unit_id])
        for hop in hops
    ]


def told(case: Case) -> str:
    """Return the words by which a case is looked up in the duty list: its type and what happened."""
    return " ".join(filter(None, [advice.type_words(case), case.story, case.claims]))


def precedents_for(case: Case, *, on: date, limit: int = 3) -> list[Designation]:
    """Return the standing precedents most like a case, the likest first."""
    types = advice.lineage(case.type_code)
    query = (
        select(Designation)
        .where(
            Designation.centre_id == case.centre_id, Designation.main_type == types[-1],
            Designation.is_precedent, Designation.case_id != case.id, _stands(on),
        )
        .order_by(Designation.id.desc()).limit(COMPARED)
    )
    found = {row.id: row for row in session.scalars(query)}
    compared = [Precedent(row.id, row.type_code, row.area_code, row.signs or "") for row in found.values()]
    best = rules.alike(compared, types=types, areas=advice.areas(case.area_code), story=case.story or "", limit=limit)
    return [found[row_id] for row_id in best]


def rulings(*, for_: Actor, before: int | None = None) -> tuple[list[Designation], int | None]:
    """Return a page of what was ruled, the newest first, and the mark of the next page."""
    query = select(Designation).where(
        Designation.centre_id == for_.centre_id, Designation.state == DesignationState.MADE
    )
    if before is not None:
        query = query.where(Designation.id < before)
    rows = list(session.scalars(query.order_by(Designation.id.desc()).limit(PAGE + 1)))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def returns(centre_id: int, *, since: date, until: date) -> list[Returned]:
    """Return by unit how many cases sent within these days it gave back; those that gave back most come first."""
    rejected = func.sum(when((Transfer.state == TransferState.REJECTED, 1), else_=0))
    query = (
        select(Transfer.to_unit_id, func.count(), rejected)
        .where(Transfer.centre_id == centre_id, Transfer.sent_on.between(since, until))
        .group_by(Transfer.to_unit_id)
    )
    found = [Returned(unit_id, sent, int(back or 0)) for unit_id, sent, back in session.execute(query)]
    return sorted(found, key=lambda each: (-each.rejected, -each.sent, each.unit_id))


def returned_by(
    unit_id: int, *, for_: Actor, since: date, until: date, before: int | None = None
) -> tuple[list, int | None]:
    """Return a page of the hops that a unit gave back, each with its case, and the mark of the next page.

    Only cases that the actor sees at PROGRESS depth.
    """
    query = (
        select(
            Transfer.id, Transfer.sent_on, Transfer.answered_on, Transfer.reject_reason, Case.public_id,
            Case.register_no, Case.title,
        )
        .join(Case, Case.id == Transfer.case_id)
        .where(
            Transfer.centre_id == for_.centre_id, Transfer.to_unit_id == unit_id,
            Transfer.state == TransferState.REJECTED, Transfer.sent_on.between(since, until),
        )
    )
    query = access.scoped(query, for_, Depth.PROGRESS)
    if before is not None:
        mark = session.execute(select(Transfer.sent_on, Transfer.id).where(Transfer.id == before)).first()
        if mark is not None:
            query = query.where(
                or_(Transfer.sent_on < mark.sent_on, and_(Transfer.sent_on == mark.sent_on, Transfer.id < mark.id))
            )
    rows = session.execute(query.order_by(Transfer.sent_on.desc(), Transfer.id.desc()).limit(PAGE + 1)).all()
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def made(designation_id: int | None) -> Designation | None:
    """Return a ruling by its row id, None for none."""
    return session.get(Designation, designation_id) if designation_id else None


def _stands(on: date):
    return or_(Designation.ended_on.is_(None), Designation.ended_on > on)
