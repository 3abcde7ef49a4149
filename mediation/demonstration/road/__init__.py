"""The road of a case as those who act on it take it, stage by stage; each module is one stretch.

Everything goes through the rooms' operations, by who may do it, at the instant at which the agenda stands. A refusal
is a fault of this package and ends the loading.
"""

from mediation.demonstration.affair import Affair
from mediation.demonstration.agenda import Agenda, Course
from mediation.demonstration.road import closing, coming_in, confirming, failing, mediating, performing, settling


def course(affair: Affair, agenda: Agenda) -> Course:
    """Take a case from the counter to where its plan ends."""
    plan = affair.plan
    yield from coming_in.register(affair)
    yield from coming_in.screen(affair)
    yield from coming_in.route(affair)
    if plan.result == "refused":
        yield from coming_in.refuse(affair)
        return
    yield from coming_in.accept(affair)
    yield from mediating.assign(affair)
    yield from mediating.meet(affair)
    if plan.result == "withdrawn":
        yield from closing.withdraw(affair)
    elif plan.result in ("failed", "unreachable"):
        yield from failing.end(affair)
        yield from failing.go_on(affair)
        yield from closing.close_failed(affair)
    else:
        yield from settling.settle(affair)
        if plan.confirm:
            agenda.enter(affair.soon(), performing.perform(affair))
            yield from confirming.confirm(affair)
        else:
            yield from performing.perform(affair)
        yield from closing.close_settled(affair)
