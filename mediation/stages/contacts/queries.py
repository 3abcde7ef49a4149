"""Reading visits: what may be told, what was told, and whom somebody promised to call."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import (
    DISPUTING_ROLES,
    OPEN_PERFORMANCE,
    AgreementState,
    Consent,
    Stage,
)
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.models import Paper, PaperState
from mediation.ground import clock
from mediation.ground.db import counts, session
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor, Depth, Role
from mediation.registry.units import queries as units
from mediation.stages.agreements import queries as agreements
from mediation.stages.bookings import queries as bookings
from mediation.stages.contacts import rules
from mediation.stages.contacts.models import Contact, Visit
from mediation.stages.contacts.rules import CallBack, Owing, Standing
from mediation.stages.performance import queries as performance
from mediation.stages.proceedings import queries as proceedings

WINDOW = (Role.INTAKE_CLERK, Role.DISPATCHER, Role.LIAISON)
BEFORE_AGREEMENT = (Stage.REGISTERED, Stage.SCREENED, Stage.ROUTED, Stage.ACCEPTED, Stage.MEDIATING)
PAGE = 50


def visit(public_id: str, *, for_: Actor) -> tuple[Visit, Case]:
    """Return a visit and its case, at PROGRESS. Raises NotFound."""
    return cases.child(Visit, public_id, for_=for_, depth=Depth.PROGRESS)


def contact(public_id: str, *, for_: Actor) -> tuple[Contact, Case]:
    """Return what was promised and its case, at PROGRESS. Raises NotFound."""
    return cases.child(Contact, public_id, for_=for_, depth=Depth.PROGRESS, parts=(joinedload(Contact.visit),))


def tells_contents(visit: Visit, case: Case, by: Actor) -> bool:
    """Say whether contents may be told: the person was known, and whoever tells sees them."""
    return rules.is_known(visit.identified) and visit.party_id is not None and cases.sees(case, by, Depth.CONTENTS)


@until_written()
def of_case(case_id: int) -> Sequence[Contact]:
    """Return what was asked and told in a case, the newest first."""
    query = select(Contact).where(Contact.case_id == case_id).options(joinedload(Contact.visit))
    return list(session.scalars(query.order_by(Contact.id.desc())))


def papers_for(visit: Visit, case: Case) -> list[Paper]:
    """Return the papers that whoever is here may be handed again, the newest of each kind, the receipt first."""
    newest = {(paper.kind, paper.object_id): paper for paper in papers.of_case(case.id) if is_for(paper, visit)}
    return sorted(newest.values(), key=lambda paper: (paper.kind != "receipt", -paper.id))


def is_for(paper: Paper, visit: Visit) -> bool:
    """Say whether a paper is one that this party may hold (JM-12, row 89)."""
    is_own = paper.kind not in rules.OF_ONE_PARTY or paper.object_id == visit.party_id
    stands = paper.state == PaperState.READY and not paper.is_draft
    return paper.kind in rules.PRINTABLE and is_own and stands


def standing(case: Case, party: Party | None, *, known: bool) -> Standing:
    """Return how a case stands for one party, or for somebody who is told no more than how far it is."""
    body = units.unit(case.lead_unit_id) if case.lead_unit_id else None
    centre = units.centre(case.centre_id)
    common = {
        "stage": case.stage, "unit": body.name if body else centre.name, "due_on": case.due_on,
        "unit_phone": (body.phone if body else centre.phone) or centre.phone or "",
    }
    if not known or party is None:
        return Standing(**common, known=False)
    disputes = party.role in DISPUTING_ROLES
    meeting = next((each for each in bookings.waiting(case.id) if _is_to_come(each, party)), None)
    agreement = agreements.current(case.id)
    is_signing = agreement is not None and agreement.state == AgreementState.AGREED
    return Standing(
        **common, mediator=_presider(case), meeting_at=meeting.starts_at if meeting else None,
        meeting_place=(meeting.place or meeting.manner.label) if meeting else "",
        wants_consent=disputes and party.consent == Consent.PENDING and case.stage in BEFORE_AGREEMENT,
        wants_address=disputes and case.is_open and party.id not in cases.service_addresses(case.id),
        wants_signature=disputes and is_signing and party.public_id not in agreements.signed_days(agreement),
        owing=_owing(case, party),
    )


def _is_to_come(booking, party):
    return booking.starts_at > clock.now() and any(guest.party_id == party.id for guest in booking.guests)


def _presider(case):
    proceeding = proceedings.newest(case.id) if case.mediator_id else None
    on_it = proceedings.mediators_on(proceeding.id) if proceeding else ()
    return on_it[0].mediator.name if on_it else ""


def _owing(case, party) -> list[Owing]:
    found = []
    for row in performance.of_case(case.id):
        owes, gets = (party.public_id in side.get("parties", ()) for side in (row.duty.obligors, row.duty.obligees))
        if row.state in OPEN_PERFORMANCE and (owes or gets):
            found.append(Owing(row.duty.what, row.due_on, owes))
    return found


class Promised(NamedTuple):
    """A call that was promised, with its case."""

    contact: Contact
    case: Case


def _is_mine(by: Actor):
    """Return the condition that a promised call is on the actor's list."""
    lists = [and_(Contact.call_back == CallBack.MYSELF, Contact.account_id == by.account_id)]
    if by.role in WINDOW:
        lists.append(and_(Contact.call_back == CallBack.DESK, Contact.unit_id == by.unit_id))
    if by.role == Role.MEDIATOR:
        lists.append(Contact.call_back == CallBack.MEDIATOR)  # of the cases that the scope leaves
    if by.role == Role.HEAD:
        lists.append(and_(Contact.call_back == CallBack.UNIT, Case.lead_unit_id == by.unit_id))
    return or_(*lists)


def _promised(by: Actor, *columns):
    query = select(*columns).join(Case, Case.id == Contact.case_id)
    open_ones = (
        Contact.centre_id == by.centre_id, Contact.call_back_on.is_not(None), Contact.called_on.is_(None), _is_mine(by)
    )
    scope = {"narrow": False, "acting": by.role == Role.MEDIATOR}  # who only helps calls nobody
    return access.scoped(query.select_from(Contact), by, Depth.PROGRESS, **scope).where(*open_ones)


def promised(*, for_: Actor, after: tuple[date, int] | None = None, size: int = PAGE) -> list[Promised]:
    """Return the calls that are on the actor's list, the most pressing first; ``after`` is the last one's day and id.

    Few promises are open at a time; an index holds those alone.
    """
    query = _promised(for_, Contact, Case).options(joinedload(Contact.visit))
    if after:
        day, row_id = after
        query = query.where((Contact.call_back_on >= day) & or_(Contact.call_back_on > day, Contact.id > row_id))
    query = query.order_by(Contact.call_back_on, Contact.id).limit(size)
    return [Promised(*row) for row in session.execute(query).unique()]


def promised_count(*, for_: Actor, up_to: int = 99) -> int:
    """Return how many calls are on the actor's list, counted up to one more than ``up_to``."""
    return counts(calls=promised_ids(for_=for_, up_to=up_to))["calls"]


def promised_ids(*, for_: Actor, up_to: int = 99):
    """Return the query that :func:`promised_count` counts, to be counted beside others."""
    return _promised(for_, Contact.id).limit(up_to + 1)
