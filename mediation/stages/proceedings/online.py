"""What a court's platform dates: a mediator chosen, appointed and confirmed, the other side asked (JM-15)."""

from datetime import date

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Consent, ProceedingState, disputing
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.ground.errors import Obstacle, because
from mediation.registry.access.rules import Actor
from mediation.stages.proceedings import facts
from mediation.stages.proceedings.appointing.rules import AppointmentBar
from mediation.stages.proceedings.models import Proceeding

CHOOSE, APPOINT, CONFIRM, ASK = "JM-15.choose", "JM-15.appoint", "JM-15.confirm", "JM-15.ask"
LABELS = {
    CHOOSE: ClockLabel.CHOOSE_MEDIATOR, APPOINT: ClockLabel.APPOINT_MEDIATOR, CONFIRM: ClockLabel.CONFIRM_MEDIATOR,
    ASK: ClockLabel.ASK_OTHER_SIDE,
}
# What runs in which state. The court's own time to appoint, counted from the application, makes no case of ours late.
RUNS = {
    ProceedingState.ACCEPTED: (CHOOSE, APPOINT), ProceedingState.ASSIGNED: (CONFIRM,),
    ProceedingState.MEDIATING: (ASK,),
}


def follow(proceeding: Proceeding, case: Case, *, by: Actor, on: date, anew: bool = False) -> None:
    """Let those periods run that belong to how far a case of the court's platform has come, and no other.

    ``anew``: somebody else has to confirm now, so what runs begins again. JM-15: SPC Rules on Online Mediation (2022),
    Arts. 10, 12, 15.
    """
    if not proceeding.by_platform:
        return
    wanted = RUNS.get(proceeding.state, ())
    if wanted == (ASK,) and _all_have_answered(case, on=on):
        wanted = ()
    running = {each.basis for each in clocks.running(case.id) if each.object_id == proceeding.id}
    over = [basis for basis in LABELS if basis in running and basis not in wanted]
    clocks.stop(case, *over, on=on, by=by, about=proceeding)
    for basis in wanted:
        if anew or basis not in running:
            clocks.start(
                case, basis, case.applied_on if basis == APPOINT else on, label=LABELS[basis], by=by, about=proceeding,
                unit_id=proceeding.unit_id, counts_for_case=basis != APPOINT,
            )


def _all_have_answered(case: Case, *, on: date) -> bool:
    return all(party.consent != Consent.PENDING for party in disputing(facts.parties_of(case, on=on)))


def choosing_obstacles(proceeding: Proceeding, *, on: date) -> list[Obstacle]:
    """Return why the parties choose no more: two working days are over, and now a mediator is appointed. JM-15."""
    if not proceeding.by_platform:
        return []
    period = next((each for each in clocks.running(proceeding.case_id) if each.basis == CHOOSE), None)
    late = period is not None and on > period.due_on
    return [because(AppointmentBar.CHOSEN_TOO_LATE, due_on=period.due_on, cure="proceeding.assign")] if late else []
