"""The road of a case as those who act on it take it, stage by stage; each module is one stretch.

Everything goes through the rooms' operations, by who may do it, at the instant at which the agenda stands. A refusal
is a fault of this package and ends the loading.
"""

from mediation.demonstration.affair import Affair
from mediation.demonstration.agenda import Agenda, Course
from mediation.demonstration.road import (
    closing,
    coming_in,
    confirming,
    failing,
    helping,
    mediating,
    performing,
    settling,
)
from mediation.ground.errors import Refusal


def course(affair: Affair, agenda: Agenda) -> Course:
    """Take a case from the counter to where its plan ends."""
    try:
        yield from _stages(affair, agenda)
    except Refusal as refusal:
        refusal.add_note(f"{affair.number} {affair.story.key} {affair.plan}: {_reasons(refusal)}")
        raise


def _reasons(refusal: Refusal) -> str:
    """Return what was refused in words, for whoever mends the story."""
    obstacles = getattr(refusal, "obstacles", ())
    return "；".join(obstacle.reason.label % obstacle.params for obstacle in obstacles) or repr(refusal)


def _stages(affair: Affair, agenda: Agenda) -> Course:
    plan = affair.plan
    yield from coming_in.register(affair)
    yield from coming_in.screen(affair)
    yield from coming_in.route(affair)
    if plan.result == "refused" and not affair.is_from_court:
        yield from coming_in.refuse(affair)
        return
    yield from helping.hand_up(affair)
    yield from coming_in.accept(affair)
    yield from mediating.assign(affair)
    helping.jot(affair)
    yield from helping.ask_beside(affair)
    yield from mediating.meet(affair)
    if plan.result == "withdrawn":
        yield from closing.withdraw(affair)
    elif plan.result in ("failed", "unreachable", "unsigned"):
        if plan.result == "unsigned":
            yield from settling.draw_up(affair)
            yield affair.days(1, 3)
        yield from failing.end(affair)
        yield from failing.go_on(affair)
        yield from closing.close_failed(affair)
    else:
        yield from settling.settle(affair)
        if plan.confirm and affair.may_be_confirmed:
            agenda.enter(affair.soon(), performing.perform(affair))  # it goes on while the court decides
            yield from confirming.confirm(affair)
            while not affair.is_performed:
                yield affair.days(2, 4)
        else:
            yield from performing.perform(affair)
        yield from closing.close_settled(affair)
