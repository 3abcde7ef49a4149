"""Which cases wait for whom: the filter behind "my turn", per role."""

from mediation.casefile.cases.queries import Filter
from mediation.casefile.cases.rules import Turn
from mediation.registry.access.rules import Actor, Role

TURNS = {
    Role.INTAKE_CLERK: (Turn.CLERK,),
    Role.DISPATCHER: (Turn.DISPATCHER, Turn.NOBODY),
    Role.MEDIATOR: (Turn.MEDIATOR,),
    Role.HEAD: (Turn.UNIT,),
    Role.LIAISON: (Turn.LIAISON,),
    Role.COURT_CLERK: (Turn.COURT,),
    Role.SUPERVISOR: (Turn.ARBITER,),
}


def mine(by: Actor) -> Filter | None:
    """Return the filter of the cases that wait for the actor's role, None for roles that nothing waits for."""
    turns = TURNS.get(by.role)
    return Filter(turns=turns, is_open=True, acting=True) if turns else None
