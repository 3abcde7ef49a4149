"""Reading the pool of mediators."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.registry.mediators.models import Mediator
from mediation.registry.mediators.rules import MediatorFacts


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


def mediator_of_account(account_id: int | None) -> Mediator | None:
    """Return the mediator who logs in with an account; the newest entry where somebody left and came back."""
    if account_id is None:
        return None
    query = select(Mediator).where(Mediator.account_id == account_id)
    return session.scalar(query.order_by(Mediator.removed_on.is_not(None), Mediator.id.desc()).limit(1))


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


def facts_of(mediator: Mediator, *, open_cases: int = 0) -> MediatorFacts:
    """Return a mediator as the rules see one."""
    return MediatorFacts(
        mediator.name, mediator.birth_on, mediator.term_from, mediator.term_to, mediator.removed_on,
        mediator.trained_on, mediator.is_court_listed, open_cases,
    )
