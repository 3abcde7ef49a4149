"""The one scope: which cases an actor sees, how deep, and what they may act on (P1, P3, B2)."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from sqlalchemy import and_, bindparam, exists, insert, not_, or_, select, update

from mediation.casefile.cases.models import Case, CaseAccess, Party
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.ids import new_id
from mediation.registry.access.rules import ACTS_BY, PERSONAL, SIGHT, Actor, Depth, Relation
from mediation.registry.people.models import Person
from mediation.registry.units.models import Unit
from mediation.registry.units.rules import UnitKind


def _ties(by: Actor, relations):
    """Return the condition on ``case_access`` rows that tie the actor by one of the relations."""
    own = [relation for relation in relations if relation in PERSONAL]
    unit = [relation for relation in relations if relation not in PERSONAL]
    ties = []
    if unit and by.unit_id is not None:
        ties.append(and_(CaseAccess.unit_id == by.unit_id, CaseAccess.relation.in_(unit)))
    if own and by.account_id is not None:
        ties.append(and_(CaseAccess.account_id == by.account_id, CaseAccess.relation.in_(own)))
    return or_(*ties) if ties else CaseAccess.id == -1


def _holds():
    """Return the condition that a tie has not ended; one that was given for a while ends by itself."""
    return or_(CaseAccess.until.is_(None), CaseAccess.until > bindparam("now", callable_=clock.now, unique=True))


def _is_kept_from_window():
    """Return the condition that the unit which registered a case sees no more than its progress now (P6).

    So it is with a sealed case that a unit leads; until it is led, and when it comes back, the window works on it.
    """
    return and_(CaseAccess.relation == Relation.REGISTERED, Case.is_sealed, Case.lead_unit_id.is_not(None))


def relations_at(by: Actor, depth: Depth):
    """Return the relations through which the actor's role sees at least that deep."""
    return [relation for relation, reach in SIGHT.get(by.role, {}).items() if reach >= depth]


def scoped(query, by: Actor, depth: Depth):
    """Narrow a query over ``Case`` to what the actor sees at that depth. There is no other way to rows.

    A personal scope is small and drives the query; a unit's may be the whole county and is only probed.
    """
    query = query.where(Case.centre_id == by.centre_id)
    if set(relations_at(by, depth)) <= PERSONAL:
        return query.where(Case.id.in_(select(CaseAccess.case_id).where(_tie(by, depth))))
    return query.where(_is_tied(by, depth))


def _tie(by: Actor, depth: Depth):
    """Return the condition on ``case_access`` rows that let the actor see their case at that depth."""
    relations = relations_at(by, depth)
    tie = and_(_ties(by, relations), _holds(), CaseAccess.depth >= int(depth))
    if depth >= Depth.CONTENTS and Relation.REGISTERED in relations:
        tie = and_(tie, not_(_is_kept_from_window()))
    return tie


def _is_tied(by: Actor, depth: Depth):
    return exists().where(CaseAccess.case_id == Case.id, _tie(by, depth))


def one(by: Actor, depth: Depth, column: str, value) -> Case | None:
    """Return the case with that id or public id, None when the actor does not see it that deep."""
    return session.scalar(_one(by.role, _known(by), depth, column), {column: value, **_ids(by)})


# What every act asks is made once for each post and asked with the actor's ids: making a statement takes longer than
# running it.


@cache
def _one(role, known: frozenset[str], depth: Depth, column: str):
    return scoped(select(Case).where(getattr(Case, column) == bindparam(column)), _anyone(role, known), depth)


@cache
def _acting(role, known: frozenset[str]):
    ties = _ties(_anyone(role, known), ACTS_BY[role])
    return select(CaseAccess.id).where(CaseAccess.case_id == bindparam("case_id"), _holds(), ties).limit(1)


def _ids(by: Actor) -> dict[str, int | None]:
    return {"account_id": by.account_id, "unit_id": by.unit_id, "centre_id": by.centre_id}


def _known(by: Actor) -> frozenset[str]:
    return frozenset(name for name, given in _ids(by).items() if given is not None)


def _anyone(role, known: Iterable[str]) -> Actor:
    """Return an actor in that post with blanks in the place of ids."""
    nobody = Actor(account_id=None, post_id=None, unit_id=None, centre_id=None, role=role)
    return replace(nobody, **{name: bindparam(name) for name in known})


def depth_of(by: Actor, case: Case) -> Depth | None:
    """Return how deep the actor sees into one case, None when not at all."""
    if case.centre_id != by.centre_id:
        return None
    reach = SIGHT.get(by.role, {})
    query = (
        select(CaseAccess.relation, CaseAccess.depth, _is_kept_from_window())
        .join(Case, Case.id == CaseAccess.case_id)
        .where(CaseAccess.case_id == case.id, _holds(), _ties(by, reach))
    )
    depths = [
        min(reach[relation], Depth(depth), Depth.PROGRESS if is_kept else Depth.SEALED)
        for relation, depth, is_kept in session.execute(query)
    ]
    return max(depths, default=None)


def may_be_named(by: Actor):
    """Return the condition that the actor may meet a case by a party's name: it is not sealed, or open to them."""
    return or_(Case.is_sealed.is_(False), _is_tied(by, Depth.CONTENTS))


def acts_on(by: Actor, case: Case) -> bool:
    """Say whether the actor stands in a relation to the case that lets their role act on it."""
    if by.role not in ACTS_BY or case.centre_id != by.centre_id:
        return by.role not in ACTS_BY and by.account_id is None
    return session.scalar(_acting(by.role, _known(by)), {"case_id": case.id, **_ids(by)}) is not None


def grant(case: Case, relation: Relation, *, unit_id=None, account_id=None, depth=Depth.CONTENTS, until=None) -> None:
    """Tie a unit or a person to a case, with ``until`` for a while; what is tied already stays as it is."""
    tie = {
        "id": new_id(), "case_id": case.id, "unit_id": unit_id, "account_id": account_id, "relation": relation,
        "depth": int(depth), "since": clock.now(), "until": until,
    }
    session.execute(_granting("unit_id" if unit_id else "account_id"), tie)


@cache
def _granting(subject: str):
    """Return the statement that ties what is not tied yet: one for units, one for persons."""
    columns = CaseAccess.__table__.columns
    given = {column.name: bindparam(column.name, type_=column.type) for column in columns}
    same = [columns[name] == given[name] for name in ("case_id", "relation", subject)]
    row = select(*given.values()).where(~exists().where(*same, _holds()))
    return insert(columns["id"].table).from_select(list(given), row, include_defaults=False)


def withdraw(case: Case, relation: Relation, *, unit_id=None, account_id=None) -> None:
    """End a tie at the next request (P4); without ``unit_id`` and ``account_id`` every tie of that relation."""
    ties = update(CaseAccess).where(CaseAccess.case_id == case.id, CaseAccess.relation == relation, _holds())
    if unit_id:
        ties = ties.where(CaseAccess.unit_id == unit_id)
    if account_id:
        ties = ties.where(CaseAccess.account_id == account_id)
    session.execute(ties.values(until=clock.now()).execution_options(synchronize_session=False))


def accused_units(case: Case) -> list[Unit]:
    """Return the units of the centre that are parties of the case themselves (MH-12)."""
    named = select(Person.name).join(Party, Party.person_id == Person.id).where(Party.case_id == case.id)
    query = select(Unit).where(Unit.centre_id == case.centre_id, Unit.kind != UnitKind.CENTRE, Unit.name.in_(named))
    return list(session.scalars(query))


def keep_out(case: Case, *, unit_id: int) -> None:
    """End every tie of a unit to a case."""
    ties = update(CaseAccess).where(CaseAccess.case_id == case.id, CaseAccess.unit_id == unit_id, _holds())
    session.execute(ties.values(until=clock.now()).execution_options(synchronize_session=False))


def ties_of(case_ids) -> list[tuple[int, Relation, int | None, int | None]]:
    """Return who has to do with cases now: (case, relation, unit, account), one of the last two None."""
    columns = CaseAccess.case_id, CaseAccess.relation, CaseAccess.unit_id, CaseAccess.account_id
    query = select(*columns).where(CaseAccess.case_id.in_(case_ids), _holds())
    return [tuple(row) for row in session.execute(query.order_by(CaseAccess.id))]
