"""A county with one pack for the court at some stage, its people at their desks, and what they type."""

from mediation.casefile.cases import queries as cases
from mediation.registry.access.rules import Role
from mediation.stages.confirmation import queries
from tests import makers, road
from tests.doors.visitor import Visitor

DAY = "2026-11-23"


class Desk:
    """A county with one pack at some stage, and its people at their desks."""

    def __init__(self, app, bring):
        with app.app_context():
            self.county = road.make_county()
            self.case, self.application, self.refs = bring(self.county)
            supervisor = makers.make_actor(self.county.centre, Role.SUPERVISOR, name="督办")
            numbers = self.county.mediator, self.county.liaison, self.county.court, self.county.head, supervisor
        self.mediator, self.liaison, self.court, self.head, self.supervisor = (Visitor(app, by) for by in numbers)
        self.page = f"/confirmations/{self.application}"

    def later(self, day):
        """Go on to a later day, on which the liaison logs in again."""
        road.later(day)
        self.liaison.again()

    @property
    def row(self):
        return self.liaison.ask(lambda: queries.get(self.application, for_=self.county.liaison)[0])

    def readiness(self):
        def ask():
            case = cases.get(self.case, for_=self.county.liaison)
            return queries.readiness(case, on=case.applied_on)

        return self.liaison.ask(ask)


def signed(county):
    case, agreement, refs = road.signed(county)
    return case, agreement, refs


def everything(desk):
    """What stands on the page of the pack when all is done."""
    fields = {
        "identified": desk.refs, "property_papers": "not_needed", "nothing_against": "y",
        "clauses": ["1", "2", "3", "4"],
    }
    for number, ref in enumerate(desk.refs):
        fields[f"signatures-{number}-party"] = ref
        fields[f"signatures-{number}-kind"] = "signature"
    return {"court": "赣0121", **fields}


def dated(desk):
    days = {f"signatures-{number}-signed_on": DAY for number in range(len(desk.refs))}
    return everything(desk) | days | {"proof_sealed_on": DAY}


def in_row(desk, status=302, **fields):
    """Record something in the row of an application on the board."""
    typed = {"on": DAY, "version": desk.row.version} | fields
    return desk.liaison.submit(f"{desk.page}/row", at="/confirmation", status=status, **typed)
