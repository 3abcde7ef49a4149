"""Beside the road: another unit is asked for help, colleagues leave notes, a village hands a case up to its town."""

from mediation.casefile.notes import operations as notes
from mediation.demonstration.affair import Affair
from mediation.demonstration.agenda import Course
from mediation.stages.assisting import operations as assisting
from mediation.stages.routing import delegation
from mediation.stages.routing import operations as routing

ASKED = "请协助查一下双方以前的报警和调解记录，有的话复印一份。"
FOUND = "查过了：今年没有报警记录；去年村里口头调解过一次，没有写成协议。"
TRIED = "村里上门两次，村干部和双方都熟，一方不愿意由村里调。"
JOTTED = "打过电话，双方这周都在家，上午比较方便。"


def ask_beside(affair: Affair) -> Course:
    """Now and then the police station of the town, or the county's committee, looks something up."""
    station = affair.county.bodies.get(f"{affair.place.town}派出所") or affair.county.bodies["county"]
    is_meant = affair.plan.has("helped") or affair.number % 13 == 5
    if not is_meant or station.id == affair.body.id or station.id not in affair.cast.heads:
        return
    head = affair.cast.heads[station.id]
    task = assisting.ask(
        affair.case, by=affair.mediator, on=affair.today, unit=station.public_id, wanted=ASKED,
        is_mandatory=affair.number % 2 == 1 or affair.plan.has("helped"),
    )
    yield affair.days(0, 1)
    assisting.accept(task, by=head, on=affair.today)
    if affair.plan.has("helped"):
        return
    yield affair.days(1, 2)
    assisting.report(task, by=head, on=affair.today, result=FOUND)
    yield affair.days(0, 1)
    assisting.confirm(task, by=affair.mediator, on=affair.today)
    yield affair.soon()


def jot(affair: Affair) -> None:
    """The mediator leaves a word for whoever opens the case next, and has the head look at it."""
    if affair.number % 9 == 2 and affair.head.account_id != affair.mediator.account_id:
        notes.write(affair.case, by=affair.mediator, text=f"{JOTTED}@{affair.head.name} 请安排时间。")


def hand_up(affair: Affair) -> Course:
    """A village's committee that cannot go on hands the case to its town's."""
    town = affair.county.bodies.get(affair.place.town)
    if affair.body.rank != "village" or town is None or affair.number % 3:
        return
    yield affair.days(1, 2)
    affair.transfer = delegation.send_up(
        affair.case, by=affair.head, on=affair.today, unit=town.public_id, why="beyond_us", tried=TRIED
    )
    affair.body = town
    affair.stands("handed_up")
    yield affair.days(0, 1)
    routing.receive(affair.transfer, by=affair.head, on=affair.today)
    yield affair.soon(10, 40)


