"""Sending a case to a unit, and the unit's answer."""

from collections.abc import Iterable
from datetime import date

from mediation.casefile.cases import access, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Track, TransferState, Turn, Urgency
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices import rules as seats
from mediation.casefile.notices.rules import Event
from mediation.ground.choices import N_
from mediation.ground.errors import Invalid, Obstacle, because, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Relation
from mediation.registry.causes.rules import main_code
from mediation.registry.dutylists import queries as dutylists
from mediation.registry.units import queries as units
from mediation.registry.units.models import Unit
from mediation.stages.intake.rules import acceptance_key
from mediation.stages.routing import advice, queries, rules
from mediation.stages.routing.advice import Advice
from mediation.stages.routing.models import Transfer

ANSWER = "transfer.answer"  # dated setting of the house: working days in which a unit answers
ANSWERS = {Urgency.URGENT: "transfer.answer.urgent", Urgency.IMMEDIATE: "transfer.answer.immediate"}


@once
def route(
    case_public_id: str, *, by: Actor, on: date, key: str | None = None, track: str, unit_public_id: str,
    override_reason: str | None = None, note: str | None = None, guards: Iterable[str] = (),
    duty_item: str | None = None, why_late: str | None = None,
) -> str:
    """Send a screened case to a unit on a track; the unit leads from now on and its answer is due.

    Going elsewhere than suggested needs a coded reason. ``guards`` are the matters that no mediation takes, as ticked
    by the dispatcher; ``duty_item`` is the line of the duty list that is cited (row 34); ``why_late`` excuses an entry
    of days ago. Returns the transfer's public id. Raises RuleBroken with every obstacle (RT-01, RT-05, RT-06, JM-01,
    MH-10, MH-12), NotAllowed, NotFound.
    """
    case = cases.get(case_public_id, for_=by)
    unit = units.get(unit_public_id, centre_id=by.centre_id)
    if not unit.is_valid(on):
        raise Invalid(unit_public_id=N_("这个单位当天不存在"))
    track = known(Track, track, "track")
    override = known(rules.OverrideReason, override_reason, "override_reason") if override_reason else None
    ticked = [known(rules.Guard, guard, "guards") for guard in guards]
    item = dutylists.get(duty_item, centre_id=by.centre_id) if duty_item else None
    suggestion = advice.suggest_for(case, on=on)
    return send(
        case, unit, track, step="case.route", by=by, on=on, reason=why_late, suggestion=suggestion,
        bars=route_bars(case, unit, track, suggestion, override, ticked), override=override, note=note or None,
        duty_item_id=item.id if item else None,
        facts={"override": override, "rejections": queries.rejections(case.id)},
    ).public_id


def send(
    case: Case, unit: Unit, track: Track, *, step: str, by: Actor, on: date, bars: Iterable[Obstacle],
    suggestion: Advice | None, reason: str | None = None, facts: dict | None = None, override: str | None = None,
    note: str | None = None, duty_item_id: int | None = None, designation_id: int | None = None,
) -> Transfer:
    """Take the step that sends a case to a unit, with what belongs to every sending: transfer, tie, clocks, notice."""
    transfer = Transfer(
        id=new_id(), centre_id=case.centre_id, case_id=case.id, from_unit_id=by.unit_id, to_unit_id=unit.id,
        track=track, state=TransferState.SENT, sent_on=on, suggestion=suggestion.snapshot() if suggestion else {},
        rule=suggestion.way.rule.number if suggestion else None, override_reason=override, note=note,
        duty_item_id=duty_item_id, designation_id=designation_id,
    )
    told = {"track": track, "unit": unit.name, "rule": transfer.suggestion.get("rule")} | (facts or {})
    steps.take(step, case, by=by, on=on, reason=reason, bars=bars, facts=told)
    steps.take("transfer.send", transfer, by=by, on=on, case=case, implied=True)
    case.track, case.lead_unit_id = track, unit.id
    access.grant(case, Relation.LEAD, unit_id=unit.id)
    basis = ANSWERS.get(case.urgency, ANSWER)
    answer = clocks.start(case, basis, on, label=ClockLabel.ANSWER_TRANSFER, by=by, about=transfer, unit_id=unit.id)
    transfer.answer_due_on = answer.due_on
    start_acceptance(case, unit, on=on, by=by)
    notices.tell(case, Event.SENT, seats.HEAD, by=by, mark=transfer.id, due_on=answer.due_on)
    return transfer


def route_bars(
    case: Case, unit: Unit, track: Track, suggestion: Advice | None, override: str | None,
    guards: Iterable[rules.Guard] = (),
) -> list[Obstacle]:
    """Return what is held against sending a case there, beside what the table of steps asks."""
    way = suggestion.way if suggestion else None
    found = [] if case.screened_on else [because(rules.Bar.NOT_SCREENED, cure="case.screen")]
    found += rules.admission_obstacles(advice.facts_of(case), guards=guards)
    return found + target_bars(case, unit, track) + rules.override_obstacles(
        way, track=track, unit_id=unit.id, suggested_unit_id=way.unit.id if way else None, reason=override
    )


def target_bars(case: Case, unit: Unit, track: Track) -> list[Obstacle]:
    """Return what forbids sending a case to that unit on that track, whoever sends it."""
    return rules.target_obstacles(track, advice.target_of(unit, case), source=case.source)


def start_acceptance(case: Case, unit: Unit, *, on: date, by: Actor) -> None:
    """Start the time in which the unit decides on acceptance: from the application, in a later round from now."""
    key = acceptance_key(case.track, advice.traits_of(case), main_type=main_code(case.type_code))
    start = on if queries.was_received(case.id) else case.applied_on
    clocks.stop_labelled(case, ClockLabel.ACCEPTANCE, on=on)
    clocks.start(case, key, start, label=ClockLabel.ACCEPTANCE, by=by, unit_id=unit.id)


@once
def receive(
    transfer_public_id: str, *, by: Actor, on: date, key: str | None = None, why_late: str | None = None
) -> str:
    """Take the case in; whether it is accepted is decided next."""
    transfer, case = cases.child(Transfer, transfer_public_id, for_=by)
    steps.take("transfer.receive", transfer, by=by, on=on, case=case, reason=why_late)
    transfer.answered_on = on
    clocks.stop_labelled(case, ClockLabel.ANSWER_TRANSFER, on=on)
    return transfer.public_id


@once
def reject(
    transfer_public_id: str, *, by: Actor, on: date, key: str | None = None, reason: str | None = None,
    note: str | None = None, why_late: str | None = None,
) -> str:
    """Give the case back with a coded reason; it is to be routed again, and the unit sees it no longer."""
    transfer, case = cases.child(Transfer, transfer_public_id, for_=by)
    coded = known(rules.RejectReason, reason, "reason") if reason else None
    steps.take(
        "transfer.reject", transfer, by=by, on=on, case=case, reason=why_late, bars=rules.reject_obstacles(coded),
        facts={"reason": coded},
    )
    transfer.answered_on, transfer.reject_reason, transfer.reject_note = on, coded, note or None
    clocks.stop_labelled(case, ClockLabel.ANSWER_TRANSFER, on=on)
    steps.take("case.return", case, by=by, on=on, implied=True)
    access.withdraw(case, Relation.LEAD, unit_id=transfer.to_unit_id)
    case.track = case.lead_unit_id = None
    if case.turn != Turn.ARBITER:  # who hears of it otherwise, from the arbiter's room
        notices.tell(case, Event.REJECTED, seats.DISPATCHERS, by=by, mark=transfer.id, reject_reason=coded)
    return transfer.public_id


@once
def recall(transfer_public_id: str, *, by: Actor, on: date, key: str | None = None, why: str) -> str:
    """Undo a routing to the wrong unit before that unit has received it: the case waits for routing as it did.

    Afterwards the unit gives it back, or the track is changed. Raises RuleBroken with what bars it, NotAllowed.
    """
    transfer, case = cases.child(Transfer, transfer_public_id, for_=by)
    bars = [] if why.strip() else [because(rules.Bar.NO_WHY_BACK)]
    notices.tell(case, Event.RECALLED, seats.HEAD, by=by, mark=transfer.id, who=by.signed)
    steps.take("transfer.recall", transfer, by=by, on=on, case=case, reason=why.strip() or None, bars=bars)
    transfer.answered_on = on
    clocks.stop(case, ANSWER, on=on, by=by, about=transfer)
    steps.take("case.return", case, by=by, on=on, implied=True)
    access.withdraw(case, Relation.LEAD, unit_id=transfer.to_unit_id)
    case.track = case.lead_unit_id = None
    return transfer.public_id


@once
def change_track(case_public_id: str, *, by: Actor, on: date, key: str | None = None, why: str) -> str:
    """Put a case whose attempt has ended before the dispatcher again; the unit keeps sight of its own part.

    The body's number stays on the case until the next body gives its own: people still ask by it.
    """
    case = cases.get(case_public_id, for_=by)
    bars = [] if why.strip() else [because(rules.Bar.NO_WHY)]
    steps.take("case.change_track", case, by=by, on=on, reason=why.strip() or None, bars=bars)
    access.grant(case, Relation.EARLIER_LEAD, unit_id=case.lead_unit_id)
    access.withdraw(case, Relation.LEAD)
    access.withdraw(case, Relation.MEDIATOR)
    case.track = case.lead_unit_id = case.mediator_id = None
    notices.tell(case, Event.TRACK_CHANGED, seats.DISPATCHERS, by=by, mark=case.version)
    return case.public_id
