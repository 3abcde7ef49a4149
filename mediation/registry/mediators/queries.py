"""Reading the pool of mediators."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from mediation.ground.choices import Choice, N_
from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import Actor, Role
from mediation.registry.calendar.rules import add_months
from mediation.registry.mediators.models import Mediator, MediatorTraining
from mediation.registry.mediators.rules import Leave, MediatorFacts, MediatorSource
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Figure
from mediation.registry.settings.rules import Unit as Period
from mediation.registry.units import queries as units
from mediation.registry.units.models import Unit

PAGE = 50
ENDING_WITHIN = timedelta(days=60)


def get(public_id: str, *, centre_id: int) -> Mediator:
    """Return a mediator of a centre with the unit. Raises NotFound."""
    return by_public_ids([public_id], centre_id=centre_id)[0]


def by_public_ids(public_ids: Iterable[str], *, centre_id: int) -> list[Mediator]:
    """Return mediators of a centre in the order asked for. Raises NotFound when one is not there."""
    wanted = list(dict.fromkeys(public_ids))
    query = select(Mediator).where(Mediator.public_id.in_(wanted), Mediator.centre_id == centre_id)
    found = {mediator.public_id: mediator for mediator in session.scalars(query.options(joinedload(Mediator.unit)))}
    if len(found) != len(wanted):
        raise NotFound()
    return [found[public_id] for public_id in wanted]


def pool(
    centre_id: int, *, on: date, unit_ids: Iterable[int] | None = None, is_court_listed: bool | None = None
) -> list[Mediator]:
    """Return the mediators in term on a day, with their units, by unit and name."""
    query = (
        select(Mediator)
        .where(Mediator.centre_id == centre_id, Mediator.term_from <= on)
        .where(or_(Mediator.term_to.is_(None), Mediator.term_to >= on))
        .where(or_(Mediator.removed_on.is_(None), Mediator.removed_on > on))
        .options(joinedload(Mediator.unit))
        .order_by(Mediator.unit_id, Mediator.name)
    )
    if unit_ids is not None:
        query = query.where(Mediator.unit_id.in_(list(unit_ids)))
    if is_court_listed is not None:
        query = query.where(Mediator.is_court_listed == is_court_listed)
    return list(session.scalars(query))


def trainings_of(mediator_id: int) -> list[MediatorTraining]:
    """Return the trainings that somebody took part in, the last first (PM-21)."""
    query = select(MediatorTraining).where(MediatorTraining.mediator_id == mediator_id)
    return list(session.scalars(query.order_by(MediatorTraining.on.desc(), MediatorTraining.id.desc()).limit(30)))


def changes_of(mediator_id: int) -> list[TrailEntry]:
    """Return what was done to somebody's entry in the register, the last first."""
    about = (TrailEntry.object_kind == "mediators", TrailEntry.object_id == mediator_id, TrailEntry.case_id.is_(None))
    return list(session.scalars(select(TrailEntry).where(*about).order_by(TrailEntry.id.desc()).limit(30)))


class Standing(Choice):
    """What a list of the pool is narrowed to."""

    IN_TERM = "in_term", N_("在任")
    ENDING = "ending", N_("两个月内届满")
    UNTRAINED = "untrained", N_("该培训了")
    GONE = "gone", N_("届满、解聘")


@dataclass(frozen=True)
class Chosen:
    """What the page of mediators asks for; every field stands in its address."""

    text: str = ""
    unit: str = ""
    standing: Standing | None = Standing.IN_TERM


@dataclass(frozen=True)
class Page:
    """One page of the pool and its neighbours, by public id; ``total`` is everybody chosen."""

    rows: list[Mediator]
    total: int
    next: str | None
    previous: str | None
    is_capped: bool = False


def listing(chosen: Chosen, *, for_: Actor, on: date, after: str | None = None, before: str | None = None) -> Page:
    """Return a page of the pool by name: an administrator's whole centre, a head's own branch."""
    query = _chosen(chosen, for_=for_, on=on)
    total = session.scalar(select(func.count()).select_from(query.subquery()))
    here = tuple_(Mediator.name, Mediator.id)
    start = _place(after or before, for_.centre_id)
    if start and before:
        query = query.where(here < tuple_(*start)).order_by(Mediator.name.desc(), Mediator.id.desc())
    else:
        query = query.where(here > tuple_(*start)) if start else query
        query = query.order_by(Mediator.name, Mediator.id)
    found = list(session.scalars(query.options(joinedload(Mediator.unit)).limit(PAGE + 1)))
    more, rows = len(found) > PAGE, found[:PAGE]
    if start and before:
        rows.reverse()
        has_previous, has_next = more, True
    else:
        has_previous, has_next = bool(start), more
    first, last = (rows[0].public_id, rows[-1].public_id) if rows else (None, None)
    return Page(rows, total, last if has_next else None, first if has_previous else None)


def everybody(chosen: Chosen, *, for_: Actor, on: date) -> list[Mediator]:
    """Return everybody whom a list would show, for an export."""
    query = _chosen(chosen, for_=for_, on=on).order_by(Mediator.unit_id, Mediator.name)
    return list(session.scalars(query.options(joinedload(Mediator.unit))))


def trained_since(on: date, interval: Figure) -> date:
    """Return the day since which somebody must have been trained (PM-21)."""
    months = {Period.MONTHS: interval.amount, Period.YEARS: 12 * interval.amount}.get(interval.unit)
    return add_months(on, -months) if months else on - timedelta(days=interval.amount)


def _chosen(chosen, *, for_, on):
    query = select(Mediator).where(Mediator.centre_id == for_.centre_id)
    if for_.role is Role.HEAD:
        query = query.where(Mediator.unit_id.in_(branch_ids(units.unit(for_.unit_id))))
    if chosen.unit:
        query = query.where(Mediator.unit_id.in_(branch_ids(units.get(chosen.unit, centre_id=for_.centre_id))))
    if chosen.text:
        text = chosen.text.strip()
        fitting = (
            Mediator.name.contains(text, autoescape=True), Mediator.register_no.startswith(text, autoescape=True),
            Mediator.initials.startswith(text.lower(), autoescape=True),
        )
        query = query.where(or_(*fitting))
    gone = or_(Mediator.removed_on <= on, Mediator.term_to < on)
    match chosen.standing:
        case Standing.GONE:
            return query.where(gone)
        case Standing.ENDING:
            query = query.where(Mediator.term_to <= on + ENDING_WITHIN)
        case Standing.UNTRAINED:
            since = trained_since(on, settings.days("PM-21", on=on, centre_id=for_.centre_id))
            query = query.where(or_(Mediator.trained_on.is_(None), Mediator.trained_on < since))
    if chosen.standing is None:
        return query
    return query.where(
        or_(Mediator.removed_on.is_(None), Mediator.removed_on > on),
        or_(Mediator.term_to.is_(None), Mediator.term_to >= on),
    )


def branch_ids(unit: Unit):
    """Return the query of the row ids of a unit and all below it."""
    return select(Unit.id).where(Unit.centre_id == unit.centre_id, Unit.path.startswith(unit.path, autoescape=True))


def _place(public_id, centre_id):
    """Return where in the order somebody stands, None for nobody."""
    query = select(Mediator.name, Mediator.id).where(Mediator.public_id == public_id, Mediator.centre_id == centre_id)
    return session.execute(query).first() if public_id else None


def facts_of(mediator: Mediator, *, points: int = 0, leave: Leave | None = None) -> MediatorFacts:
    """Return a mediator as the rules see one."""
    return MediatorFacts(
        mediator.name, mediator.birth_on, mediator.term_from, mediator.term_to, mediator.removed_on,
        mediator.trained_on, mediator.is_court_listed, points, leave, mediator.barred_on, mediator.certificate_until,
        is_member=mediator.source == MediatorSource.COMMITTEE,
    )
