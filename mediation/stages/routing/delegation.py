"""A case goes a level up or down: each hop is a row, the register number stays, one unit leads at a time (row 30).

Up needs a reason and what was tried; down needs the consent of the unit below, or a supervisor's order. No proceeding
runs meanwhile (RT-01), and who led before reads its own part.
"""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from mediation.casefile.cases import access, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import TransferState
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices import rules as seats
from mediation.casefile.notices.recipients import Recipient
from mediation.casefile.notices.rules import Event
from mediation.ground.db import session
from mediation.ground.errors import NotFound, because, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Depth, Relation, Role
from mediation.registry.units import queries as units
from mediation.registry.units.models import Unit
from mediation.registry.units.rules import TRACKS_OF
from mediation.stages.routing import advice, levels, queries, rules
from mediation.stages.routing.levels import Bar, DeclineOffer, DownReason, HopKind, Post, UpReason
from mediation.stages.routing.models import Transfer
from mediation.stages.routing.operations import ANSWER, start_acceptance

MOST_OFFERS = 50
OFFER = "delegation.answer"  # dated setting of the house: working days in which the unit below says yes or no


@once
def send_up(
    case_public_id: str, *, by: Actor, on: date, key: str | None = None, unit: str, why: str | None = None,
    tried: str = "", note: str | None = None, why_late: str | None = None,
) -> str:
    """Hand a case to a unit of the level above; it leads from now on, its answer is due, it may give the case back.

    ``why`` is an ``UpReason``, ``tried`` what was done so far. Returns the transfer's public id. Raises RuleBroken with
    every obstacle (RT-01, MH-12, JM-01), NotAllowed, NotFound.
    """
    case, target = cases.get(case_public_id, for_=by), _unit(unit, by)
    coded = known(UpReason, why, "why") if why else None
    bars = levels.up_obstacles(
        target and target.id, [_post(each) for each in above(case, on=on)], name=target.name if target else "",
        why=coded, tried=tried,
    )
    transfer = _hop(case, target, HopKind.UP, TransferState.SENT, by=by, on=on, why=coded, note=note)
    transfer.tried = tried.strip() or None
    _take("transfer.send_up", transfer, target, case, by=by, on=on, bars=bars, reason=why_late)
    _lead(case, target, by=by, on=on, transfer=transfer)
    notices.tell(case, Event.SENT_UP, seats.HEAD, by=by, mark=transfer.id, due_on=transfer.answer_due_on)
    return transfer.public_id


@once
def offer_down(
    case_public_id: str, *, by: Actor, on: date, key: str | None = None, unit: str, why: str | None = None,
    note: str | None = None, why_late: str | None = None,
) -> str:
    """Ask a unit of the level below whether it takes a case; until it agrees nothing changes.

    It sees the progress of the case meanwhile. Returns the transfer's public id. Raises as :func:`send_up`.
    """
    case, target = cases.get(case_public_id, for_=by), _unit(unit, by)
    coded = known(DownReason, why, "why") if why else None
    bars = levels.down_obstacles(
        target and target.id, [_post(each) for each in below(case, on=on)], name=target.name if target else "",
        why=coded,
    )
    transfer = _hop(case, target, HopKind.DOWN, TransferState.OFFERED, by=by, on=on, why=coded, note=note)
    _take("transfer.offer_down", transfer, target, case, by=by, on=on, bars=bars, reason=why_late)
    access.grant(case, Relation.ASKED, unit_id=target.id, depth=Depth.PROGRESS)
    answer = clocks.start(
        case, OFFER, on, label=ClockLabel.ANSWER_OFFER, by=by, about=transfer, unit_id=target.id, counts_for_case=False
    )
    transfer.answer_due_on = answer.due_on
    _tell_unit(case, Event.OFFERED_DOWN, target.id, transfer, by=by, due_on=answer.due_on, offer=transfer.public_id)
    return transfer.public_id


@once
def consent(
    transfer_public_id: str, *, by: Actor, on: date, key: str | None = None, why_late: str | None = None
) -> str:
    """Take what the level above offers: the unit has received the case and leads it from now on."""
    transfer, case = asked(transfer_public_id, for_=by)
    earlier = case.lead_unit_id
    steps.take(
        "transfer.consent", transfer, by=by, on=on, case=case, reason=why_late, facts={"unit": by.unit_name},
    )
    _answered(transfer, case, by=by, on=on)
    _lead(case, units.unit(transfer.to_unit_id), by=by, on=on)
    _tell_unit(case, Event.CONSENTED, earlier, transfer, by=by)
    return transfer.public_id


@once
def decline(
    transfer_public_id: str, *, by: Actor, on: date, key: str | None = None, reason: str | None = None,
    note: str | None = None, why_late: str | None = None,
) -> str:
    """Do not take it, for a coded reason; the unit above keeps the case."""
    transfer, case = asked(transfer_public_id, for_=by)
    coded = known(DeclineOffer, reason, "reason") if reason else None
    steps.take(
        "transfer.decline", transfer, by=by, on=on, case=case, reason=why_late,
        bars=[] if coded else [because(Bar.NO_DECLINE_REASON)], facts={"reason": coded},
    )
    transfer.reject_reason, transfer.reject_note = coded, note or None
    _answered(transfer, case, by=by, on=on)
    notices.tell(case, Event.OFFER_DECLINED, seats.HEAD, by=by, mark=transfer.id, decline_offer=coded)
    return transfer.public_id


def take_back(transfer_public_id: str, *, by: Actor, on: date) -> str:
    """Ask no more whether the unit below takes the case."""
    transfer, case = cases.child(Transfer, transfer_public_id, for_=by)
    steps.take("transfer.take_back", transfer, by=by, on=on, case=case)
    _answered(transfer, case, by=by, on=on)
    _tell_unit(case, Event.OFFER_TAKEN_BACK, transfer.to_unit_id, transfer, by=by)
    return transfer.public_id


@once
def order_down(
    case_public_id: str, *, by: Actor, on: date, key: str | None = None, unit: str, why: str | None = None,
    words: str = "", why_late: str | None = None,
) -> str:
    """Order, as supervisor, that a unit of the level below handles a case: it receives it and cannot give it back."""
    case, target = cases.get(case_public_id, for_=by, depth=Depth.PROGRESS), _unit(unit, by)
    coded, earlier = known(DownReason, why, "why") if why else None, case.lead_unit_id
    bars = levels.down_obstacles(
        target and target.id, [_post(each) for each in below(case, on=on)], name=target.name if target else "",
        why=coded,
    )
    bars += [] if words.strip() else [because(Bar.NO_WORDS)]
    transfer = _hop(case, target, HopKind.ORDER, TransferState.SENT, by=by, on=on, why=coded, note=words.strip())
    drop_offers(case, by=by, on=on)
    _take("transfer.order_down", transfer, target, case, by=by, on=on, bars=bars, reason=why_late)
    _lead(case, target, by=by, on=on, transfer=transfer)
    notices.tell(case, Event.ORDERED, seats.HEAD, by=by, mark=transfer.id, due_on=transfer.answer_due_on)
    _tell_unit(case, Event.DELEGATED, earlier, transfer, by=by)
    return transfer.public_id


def drop_offers(case: Case, *, by: Actor, on: date) -> None:
    """Take back what a unit has not answered: the case ends, or goes another way."""
    for transfer in queries.transfers_of(case.id):
        if transfer.state == TransferState.OFFERED:
            steps.take("transfer.take_back", transfer, by=by, on=on, case=case, implied=True)
            _answered(transfer, case, by=by, on=on)
            _tell_unit(case, Event.OFFER_TAKEN_BACK, transfer.to_unit_id, transfer, by=by)


def asked(public_id: str, *, for_: Actor) -> tuple[Transfer, Case]:
    """Return what the actor's unit is asked whether it takes, and its case at PROGRESS. Raises NotFound."""
    transfer, case = queries.get(public_id, for_=for_, depth=Depth.PROGRESS)
    if transfer.to_unit_id != for_.unit_id or transfer.kind != HopKind.DOWN:
        raise NotFound()
    return transfer, case


class Offer(NamedTuple):
    """What the level above would give a unit, with the case at PROGRESS."""

    public_id: str
    from_unit: str
    answer_due_on: date
    case_public_id: str
    title: str
    number: str


def offered_to(by: Actor) -> list[Offer]:
    """Return what the actor's unit is asked whether it takes, by the last day of its answer."""
    columns = Transfer.public_id, Unit.short_name, Transfer.answer_due_on, Case.public_id, Case.title, Case.register_no
    query = select(*columns).join(Case, Case.id == Transfer.case_id).join(Unit, Unit.id == Transfer.from_unit_id)
    query = query.where(Transfer.to_unit_id == by.unit_id, Transfer.state == TransferState.OFFERED)
    query = access.scoped(query, by, Depth.PROGRESS, narrow=False).order_by(Transfer.answer_due_on, Transfer.id)
    return [Offer(*row) for row in session.execute(query.limit(MOST_OFFERS))]


def above(case: Case, *, on: date) -> list[Unit]:
    """Return the units of the next level above the one that leads."""
    return _levels(case, on, lambda lead, others: levels.above(lead, others, track=case.track))


def below(case: Case, *, on: date) -> list[Unit]:
    """Return the units of the next level below the one that leads, which serve the place of the dispute."""
    return _levels(case, on, lambda lead, others: levels.below(lead, others, track=case.track, place=case.area_code))


def _levels(case: Case, on: date, choose) -> list[Unit]:
    if case.lead_unit_id is None:
        return []
    known_units = {unit.id: unit for unit in units.units(case.centre_id, on=on, kinds=tuple(TRACKS_OF))}
    lead = units.unit(case.lead_unit_id)
    found = [known_units[each.id] for each in choose(_post(lead), [_post(unit) for unit in known_units.values()])]
    main_type = case.type_code.split(".")[0]
    made_for = [each for each in found if main_type in (units.types_of(each) or [main_type])]
    return sorted(made_for, key=lambda each: (each.id != lead.parent_id, each.kind != lead.kind, each.path))


def _post(unit: Unit) -> Post:
    return Post(unit.id, unit.area_code, advice.tracks_of(unit))


def _unit(public_id: str, by: Actor) -> Unit | None:
    return units.get(public_id, centre_id=by.centre_id) if public_id else None


def _hop(case: Case, target: Unit | None, kind: HopKind, state: TransferState, *, by, on, why, note) -> Transfer:
    return Transfer(
        id=new_id(), centre_id=case.centre_id, case_id=case.id, from_unit_id=case.lead_unit_id,
        to_unit_id=target.id if target else None, track=case.track, state=state, kind=kind, sent_on=on, suggestion={},
        why=why, note=note or None,
    )


def _take(step, transfer, target, case, *, by, on, bars, reason) -> None:
    if target is not None:
        bars = [*bars, *rules.target_obstacles(case.track, advice.target_of(target, case), source=case.source)]
    facts = {"unit": target.name if target else None, "why": transfer.why}
    steps.take(step, transfer, by=by, on=on, case=case, reason=reason, bars=bars, facts=facts)


def _lead(case: Case, unit: Unit, *, by: Actor, on: date, transfer: Transfer | None = None) -> None:
    """Let another unit lead; with ``transfer`` it has to answer first. Who led before keeps sight of its own part."""
    access.grant(case, Relation.EARLIER_LEAD, unit_id=case.lead_unit_id)
    access.withdraw(case, Relation.LEAD)
    access.withdraw(case, Relation.MEDIATOR)
    case.lead_unit_id, case.mediator_id = unit.id, None
    access.grant(case, Relation.LEAD, unit_id=unit.id)
    clocks.stop_labelled(case, ClockLabel.ANSWER_TRANSFER, on=on)
    if transfer is not None:
        answer = clocks.start(
            case, ANSWER, on, label=ClockLabel.ANSWER_TRANSFER, by=by, about=transfer, unit_id=unit.id
        )
        transfer.answer_due_on = answer.due_on
    start_acceptance(case, unit, on=on, by=by)


def _answered(transfer: Transfer, case: Case, *, by: Actor, on: date) -> None:
    transfer.answered_on = on
    clocks.stop(case, OFFER, on=on, by=by, about=transfer)
    access.withdraw(case, Relation.ASKED, unit_id=transfer.to_unit_id)


def _tell_unit(case: Case, event: Event, unit_id: int, transfer: Transfer, *, by: Actor, **params) -> None:
    notices.tell_one(case, event, Recipient(Role.HEAD, unit_id=unit_id), by=by, mark=transfer.id, **params)
