"""Owing copies, and writing down what became of each."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select, update

from mediation.casefile.attachments.models import Attachment
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.facts import service_facts
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import DeliveryState, may_serve_electronically
from mediation.casefile.deliveries import queries, rules
from mediation.casefile.deliveries.models import Delivery
from mediation.casefile.deliveries.rules import INVITATION, Copy, Result, Told
from mediation.casefile.papers.models import Paper
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import NotFound, Stale
from mediation.ground.ids import new_id, new_public_id
from mediation.registry.access.rules import Actor

STEP = "case.deliver"
OPEN = (DeliveryState.OPEN, DeliveryState.SENT, DeliveryState.RETURNED)
BY_RESULT = {Result.SENT: "delivery.send", Result.DELIVERED: "delivery.arrive", Result.DROPPED: "delivery.drop"}


def owe_paper(paper: Paper, case: Case, *, on: date, replaces: Paper | None = None) -> None:
    """Write whom a paper that was just issued is to reach; copies of the one it replaces need not arrive any more."""
    if paper.is_draft or paper.kind not in rules.RECIPIENTS:
        return
    if replaces is not None:
        let_go("papers", replaces.id)
    parties = [(party.id, party.role) for party in cases.parties_of(case.id)]
    _owe(case, "papers", paper.id, paper.kind, paper.number, rules.recipients(paper.kind, parties), on)


def owe_invitation(case: Case, booking_id: int, party_ids: Iterable[int], *, when: str, on: date) -> None:
    """Write who is to be told of a meeting; an hour that was told before needs no telling any more."""
    let_go("bookings", booking_id)
    _owe(case, "bookings", booking_id, INVITATION, when, list(party_ids), on)


def _owe(case, object_kind, object_id, what, number, party_ids, on):
    # Past the ORM: an agreement of many parties owes many copies at once.
    rows = [
        {
            "id": new_id(), "public_id": new_public_id(), "centre_id": case.centre_id, "case_id": case.id,
            "data_key": keys().new_data_key(), "state": DeliveryState.OPEN, "object_kind": object_kind,
            "object_id": object_id, "what": what, "number": number, "party_id": party_id, "issued_on": on,
        }
        for party_id in party_ids
    ]
    if rows:
        session.flush()
        session.execute(Delivery.__table__.insert(), rows)


def let_go(object_kind: str, object_id: int) -> None:
    """Let the copies of a thing go that nobody is to get any more; what arrived stays as it is."""
    gone = update(Delivery).where(
        Delivery.object_kind == object_kind, Delivery.object_id == object_id, Delivery.state.in_(OPEN)
    )
    session.execute(gone.values(state=DeliveryState.VOID).execution_options(synchronize_session=False))


def add(case_public_id: str, *, paper: str, parties: Iterable[str], by: Actor, on: date) -> list[str]:
    """Owe copies of any issued paper of a case to some parties; who is owed one already is left out."""
    case = cases.get(case_public_id, for_=by)
    steps.require(STEPS[STEP], case, by=by)
    row = session.scalar(select(Paper).where(Paper.public_id == paper, Paper.case_id == case.id))
    refs = {party.public_id: party.id for party in cases.parties_of(case.id)}
    wanted = list(parties)
    if row is None or not set(wanted) <= set(refs):
        raise NotFound()
    has = {each.party_id for each in queries.of_object("papers", row.id) if each.state != DeliveryState.VOID}
    new = [refs[ref] for ref in wanted if refs[ref] not in has]
    _owe(case, "papers", row.id, row.kind, row.number, new, row.issued_on)
    return [each.public_id for each in queries.of_object("papers", row.id) if each.party_id in new]


def record(
    delivery_public_id: str, told: Told, *, proof: str | None = None, version: int | None = None, by: Actor,
    late: str | None = None,
) -> str:
    """Write what became of a copy, with its proof (an attachment of the case by public id). Returns its public id.

    A return for which the party is at fault is service on that day (DC-07). Raises RuleBroken with everything that is
    wrong or missing, Stale when somebody was faster, NotAllowed, NotFound.
    """
    row, case = queries.get(delivery_public_id, for_=by)
    steps.require(STEPS[STEP], case, by=by)
    if version is not None and version != row.version:
        raise Stale()
    copy = copy_of(row, case)
    is_deemed = rules.counts_as_delivered(copy, told)
    step = "delivery.deem" if is_deemed else BY_RESULT.get(told.result, "delivery.return")
    facts = {"what": row.what, "party": row.party_id} | ({"way": told.way} if told.way else {})
    facts |= {"return_reason": told.reason} if told.reason and told.result == Result.RETURNED else {}
    bars = rules.obstacles(copy, told)
    bars += steps.day_obstacles(row, case, (), on=told.on, reason=late)
    steps.take(step, row, by=by, on=told.on, case=case, reason=late or None, facts=facts, bars=bars, implied=True)
    if told.result in (Result.SENT, Result.DELIVERED):
        row.way, row.detail = told.way, told.detail.strip() or None
    if told.result == Result.SENT:
        row.sent_on, row.returned_on, row.reason = told.on, None, None
    if told.result == Result.RETURNED:
        row.returned_on, row.reason = told.on, told.reason
    if told.result == Result.DELIVERED or is_deemed:
        row.delivered_on, row.is_deemed = told.on, is_deemed
    row.note = told.note.strip() or None
    row.attachment_id = _proof(proof, case) or row.attachment_id
    row.recorded_by_id = by.account_id
    session.flush()
    return row.public_id


def _proof(public_id, case):
    if not public_id:
        return None
    query = select(Attachment.id).where(Attachment.public_id == public_id, Attachment.case_id == case.id)
    found = session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def copy_of(row: Delivery, case: Case) -> Copy:
    """Return a copy as the rules see it, with what its recipient confirmed about service."""
    party = next((each for each in cases.parties_of(case.id) if each.id == row.party_id), None)
    facts = service_facts(cases.service_addresses(case.id).values()).get(row.party_id)
    return Copy(
        row.what, party.name if party else "", row.issued_on, row.state, row.sent_on,
        e_service=facts is not None and may_serve_electronically(facts), has_address=facts is not None,
    )
