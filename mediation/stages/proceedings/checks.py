"""What this room offers to the table of steps."""

from mediation.casefile.cases import needs
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import (
    ACTIVE_PROCEEDING,
    ProceedingState,
    TransferState,
    basis_of,
    guardian_obstacles,
    refusal_obstacles,
)
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.ground.db import session
from mediation.ground.errors import because
from mediation.ground.steps import fact, reacts_to, subjects
from mediation.registry.units import queries as units
from mediation.stages.proceedings import facts, load, online, outcomes, pausing, queries, rules
from mediation.stages.proceedings.appointing.rules import assignment_obstacles, recusal_obstacles
from mediation.stages.proceedings.meeting.rules import notice_obstacles
from mediation.stages.proceedings.models import Proceeding
from mediation.stages.routing import checks as admission
from mediation.stages.routing import queries as routing

OVER = (ProceedingState.ENDED, ProceedingState.REFUSED)


@subjects("proceeding")
def rows(case_id):
    """Return the proceeding rows of a case, oldest first."""
    return queries.of_case(case_id)


@fact("proceedings.received", cure="transfer.receive")
def received(case: Case, *, on, by):
    """A unit answers a transfer once: by acceptance or by refusal."""
    transfer = routing.newest(case.id)
    if transfer is None or transfer.state != TransferState.RECEIVED:
        return [because(rules.Bar.NOT_RECEIVED)]
    answered = any(proceeding.transfer_id == transfer.id for proceeding in queries.of_case(case.id))
    return [because(rules.Bar.ALREADY_ANSWERED)] if answered else []


@fact("proceedings.may_accept", rules=("RT-01", "RT-02", "JM-01", "AM-10", "MH-11"), cure="case.record_consent")
def may_accept(case: Case, *, on, by):
    transfer = routing.newest(case.id)
    if transfer is None:
        return []  # said by proceedings.received
    unit = units.unit(transfer.to_unit_id)
    found = [] if unit.number_word else [because(rules.Bar.NO_NUMBER_WORD, cure="units")]
    return found + rules.acceptance_obstacles(facts.acceptance(case, transfer, unit, on=on))


@fact("proceedings.no_refusal", rules=("RT-02",), cure="proceeding.end")
def no_refusal(proceeding: Proceeding, *, on, by):
    return refusal_obstacles(facts.parties_of(_case(proceeding), on=on))


@fact("proceedings.not_elsewhere", rules=("RT-05",), cure="proceeding.end")
def not_elsewhere(subject, *, on, by):
    """Learned late counts too: a medical dispute that another body has accepted is mediated no further."""
    return [bar for bar in admission.admissible(_case(subject), on=on, by=by) if bar.rule == "RT-05"]


@fact("proceedings.all_represented", rules=("MH-05",), cure="case.supplement")
def all_represented(proceeding: Proceeding, *, on, by):
    """Who cannot act alone is not mediated with alone."""
    return guardian_obstacles(facts.parties_of(_case(proceeding), on=on))


@fact("proceedings.can_follow", rules=("DC-05",), cure="case.supplement")
def can_follow(proceeding: Proceeding, *, on, by):
    """Who does not hear or does not speak the language has somebody beside them before anything is said."""
    return needs.following_obstacles(facts.parties_of(_case(proceeding), on=on))


@fact("proceedings.all_informed", rules=("PM-06", "JM-08"), cure="proceeding.inform")
def all_informed(proceeding: Proceeding, *, on, by):
    case = _case(proceeding)
    return notice_obstacles(facts.parties_of(case, on=on), facts.informed(proceeding, case))


@fact("proceedings.no_conflict", rules=("PM-04", "PM-22", "JM-04", "JM-05", "JM-06"), cure="proceeding.reassign")
def no_conflict(proceeding: Proceeding, *, on, by):
    case = _case(proceeding)
    appointed = facts.appointed(queries.mediators_on(proceeding.id), case)
    parties = facts.parties_of(case, on=on)
    found = assignment_obstacles(appointed, basis=proceeding.basis)
    return found + [obstacle for mediator in appointed for obstacle in recusal_obstacles(mediator, parties)]


@fact("proceedings.is_mediating", cure="proceeding.take_on")
def is_mediating(case: Case, *, on, by):
    proceeding = queries.newest(case.id)
    mediating = proceeding is not None and proceeding.state == ProceedingState.MEDIATING
    return [] if mediating else [because(rules.Bar.NOT_MEDIATING)]


@fact("proceedings.may_pause", rules=("JM-03",))
def may_pause(proceeding: Proceeding, *, on, by):
    return pausing.obstacles_to_pause(proceeding)


@fact("proceedings.is_paused", rules=("JM-03",))
def is_paused(proceeding: Proceeding, *, on, by):
    return pausing.obstacles_to_run_on(proceeding)


@fact("proceedings.is_ended", rules=("RT-01",), cure="proceeding.end")
def is_ended(case: Case, *, on, by):
    proceeding = queries.newest(case.id)
    return [] if proceeding is not None and proceeding.state in OVER else [because(rules.Bar.NOT_ENDED)]


@reacts_to("proceeding.resume")
def run_on(proceeding: Proceeding, *, by, on):
    """What was agreed was not signed: the period of mediation has never stopped."""
    case = _case(proceeding)
    clock = queries.last_clock(proceeding)
    if clock is not None:
        clock.stopped_on = None
        clocks.nearest(case)
    proceeding.agreed_on = None


@reacts_to("proceeding.agree", "proceeding.end")
def stop_period(proceeding: Proceeding, *, by, on):
    clocks.stop_labelled(_case(proceeding), ClockLabel.MEDIATION, on=on)


@reacts_to("proceeding.assign", "proceeding.take_on", "proceeding.step_back", "proceeding.end")
def follow_platform(proceeding: Proceeding, *, by, on):
    online.follow(proceeding, _case(proceeding), by=by, on=on)


@reacts_to("proceeding.reassign", "proceeding.hand_over", "proceeding.take_back")
def confirm_anew(proceeding: Proceeding, *, by, on):
    """Somebody else was given the case, and has the same time to say yes (JM-15)."""
    online.follow(proceeding, _case(proceeding), by=by, on=on, anew=True)


@reacts_to("proceeding.agree", "proceeding.end", "proceeding.resume")
def weigh(proceeding: Proceeding, *, by, on):
    """What runs no longer weighs nothing (row 44), and what came of it is counted with whoever presided."""
    case = _case(proceeding)
    load.reckon(proceeding, case)
    if proceeding.state != ProceedingState.ENDED:  # then its ground is still to be written
        outcomes.count(proceeding, case, on=on)


@reacts_to("case.correct", "case.grade")
def weigh_anew(case: Case, *, by, on):
    """Another type or grade is another weight, and another kind of case to be compared with."""
    for proceeding in queries.of_case(case.id):
        load.reckon(proceeding, case)
        outcomes.count_anew(proceeding, case)


@reacts_to("case.correct")
def follow_correction(case: Case, *, by, on):
    """The period hangs on the matter, on the days and on what the court's letter says: it follows when they change."""
    proceeding = queries.newest(case.id)
    period = queries.last_clock(proceeding) if proceeding and proceeding.state in ACTIVE_PROCEEDING else None
    if period is None or period.stopped_on is not None:
        return
    proceeding.basis = basis_of(case.source)
    basis, start = facts.period_of(proceeding, case)
    if (basis, start) != (period.basis, period.started_on):
        clocks.restart(period, case, basis, start, by=by, unit_id=proceeding.unit_id)


def _case(subject) -> Case:
    return subject if isinstance(subject, Case) else session.get_one(Case, subject.case_id)
