"""Confirmation: handed over to the liaison, sent back, given up, filed with the court."""

from datetime import date

from mediation.casefile.cases import access, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import ConfirmationState
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks import queries as clock_queries
from mediation.casefile.clocks.rules import ClockLabel
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices import rules as seats
from mediation.casefile.notices.rules import Event
from mediation.ground import trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Depth, Relation, system_actor
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.units import queries as units
from mediation.registry.units.models import Unit
from mediation.registry.units.rules import UnitKind
from mediation.stages.agreements import queries as agreements
from mediation.stages.confirmation import preparing, queries, rules
from mediation.stages.confirmation.gather import bundle_of, competent
from mediation.stages.confirmation.models import Confirmation
from mediation.stages.confirmation.rules import ApplicationForm, DropReason

TIME, RESTORE = queries.TIME, queries.RESTORE
COURT_ACCEPTS = "JC-16.accept"


@once
def hand_over(case_public_id: str, *, by: Actor, on: date, reason: str | None = None, key: str | None = None) -> str:
    """Hand an effective agreement to the liaison's desk, which sees the case from now on.

    Where only one court is competent it is chosen at once; a suspicion of sham that nobody has cleared goes along and
    stops the printing (JC-19). Raises RuleBroken with everything that forbids it (JC-01, JC-03, JC-10).
    Returns the application's public id.
    """
    case = cases.get(case_public_id, for_=by)
    agreement = agreements.effective(case.id)
    earlier = bundle_of(case).confirmation
    confirmation = Confirmation(
        id=new_id(), case_id=case.id, agreement_id=agreement.id if agreement else None,
        state=ConfirmationState.PREPARING, version=1, handed_on=on, handed_by_id=by.account_id, answers={},
        sham_suspected=bool(earlier and earlier.sham_suspected),
    )
    steps.take("confirmation.hand_over", confirmation, by=by, on=on, case=case, reason=reason)
    office_id = units.first_of_kind(case.centre_id, UnitKind.LIAISON_OFFICE, on=on)
    access.grant(case, Relation.LIAISON, unit_id=office_id)
    is_timed = any(clock_queries.running(case.id, basis) for basis in (TIME, RESTORE))
    if not is_timed:  # it was given up before, and there is time again
        clocks.start(case, TIME, agreement.effective_on, label=ClockLabel.APPLY_CONFIRMATION, by=by, about=agreement)
    bundle = bundle_of(case)
    courts = competent(bundle)
    if len(courts) == 1:
        preparing.set_court(bundle.confirmation, bundle, courts[0].court.code)
        session.flush()
    notices.tell(case, Event.HANDED_OVER, seats.LIAISON, by=by, mark=f"{confirmation.id}.{confirmation.version}")
    return confirmation.public_id


def return_pack(public_id: str, *, by: Actor, on: date, reason: str) -> None:
    """Send a pack back to the mediator, saying what it lacks."""
    if not reason.strip():
        raise Invalid(reason=N_("写明退回补什么"))
    confirmation, case = queries.get(public_id, for_=by)
    steps.take("confirmation.return_pack", confirmation, by=by, on=on, case=case, reason=reason)
    confirmation.return_reason = reason
    session.flush()
    told = seats.MEDIATORS, seats.HEAD
    notices.tell(case, Event.PACK_RETURNED, *told, by=by, mark=f"{confirmation.id}.{confirmation.version}")


def hand_again(public_id: str, *, by: Actor, on: date, reason: str | None = None) -> None:
    """Give a pack that was sent back to the liaison again."""
    confirmation, case = queries.get(public_id, for_=by)
    steps.take("confirmation.hand_again", confirmation, by=by, on=on, case=case, reason=reason)
    confirmation.return_reason = None
    session.flush()
    notices.tell(case, Event.HANDED_OVER, seats.LIAISON, by=by, mark=f"{confirmation.id}.{confirmation.version}")


def drop(public_id: str, *, by: Actor, on: date, why: str, note: str | None = None) -> None:
    """Give up an application that is being prepared, for a coded reason; the case goes on without it.

    While there is time it may be handed over again. Given up because it is too late, its time stops counting.
    """
    why = known(DropReason, why, "why")
    if why == DropReason.OTHER and not (note or "").strip():
        raise Invalid(note=N_("选了“其他”，写明为什么"))
    confirmation, case = queries.get(public_id, for_=by)
    steps.take("confirmation.drop", confirmation, by=by, on=on, case=case, reason=note or None, facts={"why": why})
    confirmation.drop_reason, confirmation.dropped_on = why, on
    session.flush()
    clocks.stop(case, TIME, RESTORE, on=on, by=by)


@once
def restore_time(
    agreement_public_id: str, *, by: Actor, on: date, ended_on: date, why: str, key: str | None = None
) -> str:
    """Write down that the parties missed the time to apply for a good reason and ask the court for more.

    ``ended_on`` is the day on which what hindered them ended: within ten days from it they may apply, as if in time;
    whether the reason is good the court decides. Raises RuleBroken on the day after, or while there is time anyway.
    PT-08: Civil Procedure Law (2023), Art. 86.
    """
    agreement, case = agreements.get(agreement_public_id, for_=by)
    whose = {"on": ended_on, "centre_id": case.centre_id}
    last_on = deadlines.last_day(RESTORE, ended_on, **whose).day
    bars = rules.restoring_obstacles(why, ended_on=ended_on, on=on, last_on=last_on)
    said = {"ended_on": ended_on.isoformat()}
    steps.take("agreement.restore_time", agreement, by=by, on=on, case=case, reason=why.strip(), bars=bars, facts=said)
    clocks.stop(case, TIME, on=on, by=by)
    clocks.start(case, RESTORE, ended_on, label=ClockLabel.RESTORE_TIME, by=by, about=agreement)
    return agreement.public_id


def let_lapse(case_id: int, *, on: date) -> None:
    """Stop the time to apply after its last day; the case goes on without an application (JC-01)."""
    case = session.get_one(Case, case_id)
    by = system_actor(case.centre_id)
    clocks.stop(case, TIME, RESTORE, on=on, by=by)
    trail.record("confirmation.lapsed", by=by, about=case, case_id=case.id, params={"on": on})


def file(
    public_id: str, *, by: Actor, on: date, posted_on: date | None = None, form: str = ApplicationForm.WRITTEN,
    reason: str | None = None,
) -> str:
    """File the joint application for all parties; the court sees how the case stands, its own periods start.

    ``posted_on`` counts where the papers went by post (PT-06); an oral application needs no paper of ours (JC-08).
    Raises RuleBroken with every check that is not passed.
    """
    confirmation, case = queries.get(public_id, for_=by)
    if posted_on is not None and posted_on > on:
        raise Invalid(posted_on=N_("投邮日期在递交日期之后"))
    confirmation.posted_on, confirmation.form = posted_on, known(ApplicationForm, form, "form")
    steps.take("confirmation.file", confirmation, by=by, on=on, case=case, reason=reason)
    confirmation.filed_on, confirmation.filed_by_id = on, by.account_id
    session.flush()
    clocks.stop(case, TIME, RESTORE, on=posted_on or on, by=by)
    clocks.start(
        case, COURT_ACCEPTS, on, label=ClockLabel.COURT_ACCEPTANCE, by=by, about=confirmation, counts_for_case=False
    )
    court = _court_unit(case, confirmation.court_code, on=on)
    if court is not None:
        access.grant(case, Relation.COURT, unit_id=court.id, depth=Depth.PROGRESS)
    return confirmation.public_id


def _court_unit(case: Case, court_code: str, *, on: date) -> Unit | None:
    """Return the unit that acts for a court here: the court itself before its tribunal; None for a court elsewhere."""
    found = [
        unit
        for kind in (UnitKind.COURT, UnitKind.TRIBUNAL)
        for unit in units.units(case.centre_id, on=on, kinds=(kind,))
        if unit.court_code == court_code
    ]
    return next(iter(found), None)
