"""A small county and a case brought on to any stage of its road, through the operations."""

from dataclasses import dataclass, replace
from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Channel, Track
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.registry.access.rules import Actor, Role
from mediation.registry.mediators.models import Mediator
from mediation.registry.units.models import Centre, Unit
from mediation.registry.units.rules import UnitKind
from mediation.stages.intake.operations import Origin
from mediation.stages.proceedings import appointment, operations, queries
from mediation.stages.proceedings.appointing.rules import RecusalQuestion
from mediation.stages.proceedings.models import Proceeding
from mediation.stages.proceedings.operations import Answer
from mediation.stages.routing import operations as routing
from mediation.stages.routing import queries as hops
from tests import makers, standing

TOWN = "360121106"
NO_CONFLICT = dict.fromkeys(RecusalQuestion, False)
AGREES = Answer("agreed", "written")
COURT = Origin(
    Channel.COURT_COMMISSION, outside_no="（2026）赣0121诉前调208号", court_name="南昌县人民法院",
    court_no="（2026）赣0121诉前调208号", court_received_on=date(2026, 11, 20),
)


@dataclass(frozen=True)
class Cast:
    """Who is there: the centre's clerk and dispatcher; a listed town committee, its head and mediator."""

    centre: Centre
    committee: Unit
    clerk: Actor
    dispatcher: Actor
    head: Actor
    mediator: Actor
    pool: Mediator


@standing.kept
def gather(**unit) -> Cast:
    """Make the county; ``unit`` changes the committee."""
    centre = makers.make_centre()
    values = {"area_code": TOWN, "number_word": "南武民调", "is_court_listed": True, "phone": "0791-85000012"} | unit
    committee = makers.make_unit(centre, UnitKind.COMMITTEE, "武阳镇人民调解委员会", **values)
    mediator = makers.make_actor(centre, Role.MEDIATOR, committee, name="熊桂生")
    return Cast(
        centre, committee, makers.make_actor(centre, Role.INTAKE_CLERK),
        makers.make_actor(centre, Role.DISPATCHER, name="万小琴"),
        makers.make_actor(centre, Role.HEAD, committee, name="余国梁"), mediator,
        makers.make_mediator(centre, committee, mediator, is_court_listed=True),
    )


@standing.kept
def screened(cast: Cast, **changes) -> Case:
    return makers.make_screened(cast.centre, cast.clerk, **changes)


@standing.kept
def routed(cast: Cast, case: Case | None = None, *, track=Track.PEOPLES, unit=None, **values) -> Case:
    """A case sent to the committee, or to another unit."""
    case = case or screened(cast)
    unit = unit or cast.committee
    with transaction():
        routing.route(
            case.public_id, by=cast.dispatcher, on=clock.today(), track=track, unit_public_id=unit.public_id, **values
        )
    return again(case)


@standing.kept
def received(cast: Cast, case: Case | None = None, **values) -> Case:
    case = routed(cast, case, **values)
    with transaction():
        routing.receive(waiting(case).public_id, by=cast.head, on=clock.today())
    return again(case)


@standing.kept
def accepted(cast: Cast, case: Case | None = None, **values) -> Proceeding:
    case = received(cast, case, **values)
    with transaction():
        operations.accept(case.public_id, by=cast.head, on=clock.today())
    return queries.newest(case.id)


@standing.kept
def assigned(cast: Cast, case: Case | None = None, *, mode="appointed", **values) -> Proceeding:
    proceeding = accepted(cast, case, **values)
    with transaction():
        appointment.assign(
            proceeding.public_id, by=cast.head, on=clock.today(), mediator_public_ids=[cast.pool.public_id], mode=mode,
            override="near",
        )
    return queries.newest(proceeding.case_id)


@standing.kept
def mediating(cast: Cast, case: Case | None = None, **values) -> Proceeding:
    proceeding = assigned(cast, case, **values)
    with transaction():
        appointment.take_on(proceeding.public_id, by=cast.mediator, on=clock.today(), answers=NO_CONFLICT)
    return queries.newest(proceeding.case_id)


@standing.kept
def informed(cast: Cast, case: Case | None = None, **values) -> Proceeding:
    """A proceeding in which a session may be held: everybody agreed and was told."""
    proceeding = mediating(cast, case, **values)
    agree(cast, proceeding.case_id)
    told = {party.public_id: "written" for party in cases.parties_of(proceeding.case_id)}
    with transaction():
        operations.inform(proceeding.public_id, by=cast.mediator, on=clock.today(), told=told)
    return queries.newest(proceeding.case_id)


def agree(cast: Cast, case_id: int, by: Actor | None = None, **answers: Answer) -> None:
    """Everybody agrees in writing, except who is named otherwise: ``agree(cast, case.id, 涂国平=Answer(...))``."""
    case = session.get_one(Case, case_id)
    given = {party.public_id: answers.get(party.name, AGREES) for party in cases.parties_of(case_id)}
    with transaction():
        operations.record_consent(case.public_id, by=by or cast.clerk, on=clock.today(), answers=given)


@standing.kept
def commissioned(cast: Cast, **changes) -> Case:
    """A screened case that the court commissioned before filing, everybody having agreed."""
    case = screened(cast, origin=replace(COURT, **changes))
    agree(cast, case.id)
    return again(case)


def waiting(case: Case):
    return hops.newest(case.id)


def again(case: Case) -> Case:
    session.expire_all()
    return session.get_one(Case, case.id)


def party(case_id: int, name: str):
    return next(party for party in cases.parties_of(case_id) if party.name == name)
