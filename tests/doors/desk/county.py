"""The people of a small county at their desks, with a case brought to any stage."""

from dataclasses import dataclass

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.ground.db import session
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.routing import queries as routing
from tests import cast
from tests.doors.visitor import Visitor


@dataclass
class Desks:
    """Who sits at the desk, and the public ids of the case that was prepared."""

    clerk: Visitor
    dispatcher: Visitor
    head: Visitor
    mediator: Visitor
    unit: str
    pool: str
    case: str
    transfer: str | None
    proceeding: str | None
    parties: dict[str, str]
    more: dict

    def of(self, question):
        """Return what ``question(case, proceeding)`` answers about the case as it is now."""

        def ask():
            case = session.query(Case).filter_by(public_id=self.case).one()
            return question(case, proceedings.newest(case.id))

        return self.head.ask(ask)

    @property
    def stage(self):
        return self.of(lambda case, _proceeding: case.stage)

    @property
    def state(self):
        return self.of(lambda _case, proceeding: proceeding.state)


def desks(app, bring, more=None, **values) -> Desks:
    """Prepare a county and one case by ``bring(county, **values)``, which may be of any function of the cast."""
    with app.app_context():
        county = cast.gather()
        extra = more(county) if more else {}
        found = bring(county, **values)
        case = found if isinstance(found, Case) else session.get_one(Case, found.case_id)
        transfer, proceeding = routing.newest(case.id), proceedings.newest(case.id)
        ids = {
            "unit": county.committee.public_id, "pool": county.pool.public_id, "case": case.public_id,
            "transfer": transfer.public_id if transfer else None,
            "proceeding": proceeding.public_id if proceeding else None,
            "parties": {party.name: party.public_id for party in cases.parties_of(case.id)}, "more": extra,
        }
        people = county.clerk, county.dispatcher, county.head, county.mediator
    return Desks(*(Visitor(app, by) for by in people), **ids)
