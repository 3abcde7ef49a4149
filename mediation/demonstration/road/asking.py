"""In between a party comes to the window and asks; a few times somebody promises to call."""

from datetime import timedelta

from mediation.casefile.cases import queries as cases
from mediation.demonstration.affair import Affair
from mediation.registry.access.rules import Depth, Role
from mediation.stages.contacts import operations as contacts
from mediation.stages.contacts.operations import Promise
from mediation.stages.contacts.rules import CallBack

EVERY = 15  # one case of so many
SAID = "调解员已经接手，正在约双方时间。"


def come(affair: Affair) -> None:
    """Let who came first ask how it goes, the identity confirmed; of every other one the mediator owes a call."""
    if affair.number % EVERY or affair.clerk.role != Role.INTAKE_CLERK or not _opens(affair):
        return
    visit = contacts.receive(
        affair.case, party=affair.asking[0], manner="window", identified="id_card", by=affair.clerk, on=affair.today
    )
    promise = Promise(CallBack.MEDIATOR, affair.today + timedelta(days=2)) if affair.number % 2 == 0 else None
    made = contacts.answer(
        visit, topic="progress", asked="办到哪一步了", told=SAID, promise=promise, by=affair.clerk, on=affair.today
    )
    if promise and affair.number % 4:
        contacts.called(made, reached="told", words="说好下周一上午到村委会", by=affair.mediator, on=affair.today)


def _opens(affair: Affair) -> bool:
    case = cases.get(affair.case, for_=affair.clerk, depth=Depth.PROGRESS)
    return cases.sees(case, affair.clerk, Depth.CONTENTS)
