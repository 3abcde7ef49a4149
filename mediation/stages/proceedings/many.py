"""Assigning many accepted cases of a unit to one of its mediators. Row 29."""

from datetime import date

from mediation.casefile.batches import deeds
from mediation.casefile.batches.deeds import Deed, Look
from mediation.casefile.batches.rules import BatchKind
from mediation.casefile.cases import access
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import ProceedingState
from mediation.casefile.cases.steps import Bar as StepBar
from mediation.ground.errors import because
from mediation.registry.access.rules import Actor
from mediation.registry.mediators import queries as pool
from mediation.stages.proceedings import appointment, candidates, queries
from mediation.stages.proceedings.appointing.rules import AppointedMediator, AppointmentMode, assignment_obstacles


def look(case: Case, target, by: Actor, on: date) -> Look:
    """Return what would bar giving a case to a mediator. ``target``: ``mediator`` (public id), ``override``."""
    [mediator] = pool.by_public_ids([target["mediator"]], centre_id=by.centre_id)
    proceeding = queries.newest(case.id)
    bars = [] if access.acts_on(by, case) else [because(StepBar.NOT_YOURS)]
    if proceeding is None or proceeding.state != ProceedingState.ACCEPTED:
        state = proceeding.state if proceeding else case.state
        return Look(bars=(*bars, because(StepBar.WRONG_STATE, state=state)))
    named = [AppointedMediator(mediator.name, AppointmentMode.APPOINTED, presides=True)]
    bars += assignment_obstacles(named, basis=proceeding.basis)
    bars += candidates.given([mediator], proceeding, on=on)[0]
    does = {"proceeding": proceeding.public_id, "mediator": mediator.public_id, "override": target.get("override")}
    return Look(does, mediator.name, tuple(bars))


def do(_case_public_id: str, does, by: Actor, on: date, key: str) -> None:
    """Assign one case as the dry run said."""
    appointment.assign(
        does["proceeding"], by=by, on=on, key=key, mediator_public_ids=[does["mediator"]], override=does.get("override")
    )


deeds.register(BatchKind.ASSIGN, Deed("proceeding.assign", look, do))
