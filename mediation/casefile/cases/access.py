"""The one scope: which cases an actor sees, how deep, and what they may act on (P1, P3, B2, DP-09)."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import and_, bindparam, exists, false, insert, not_, or_, select, update

from mediation.casefile.cases import counting
from mediation.casefile.cases.models import Case, CaseAccess, Party
from mediation.ground import clock
from mediation.ground.columns import UtcDateTime, among
from mediation.ground.db import session
from mediation.ground.ids import new_id
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import ACTS_BY, PERSONAL, SIGHT, Actor, Depth, Relation, Role
from mediation.registry.people.models import Person
from mediation.registry.units import queries as units
from mediation.registry.units.models import Unit
from mediation.registry.units.rules import UnitKind

COUNTY_WIDE = frozenset({Relation.REGISTERED, Relation.SUPERVISION})  # the centre's own desks have these with all cases
OF_A_BODY = frozenset({Role.HEAD, Role.LIAISON})  # whose units register little of what the county registers

_ROWS = CaseAccess.__table__.c  # for what is asked at every step and makes no rows of the ORM
_NOW = bindparam("now", callable_=lambda: clock.now(), type_=UtcDateTime())  # asked when the statement runs


@cache
def anybody(role: Role) -> Actor:
    """Return an actor of a role whose ids are left open, for statements that are put together once and kept.

    Whoever runs such a statement gives it the :func:`ids` of the actor who asks.
    """
    return Actor(bindparam("by_account"), None, bindparam("by_unit"), bindparam("by_centre"), role)


def ids(by: Actor) -> dict[str, int | None]:
    """Return the values of a statement that was put together for :func:`anybody`."""
    return {"by_account": by.account_id, "by_unit": by.unit_id, "by_centre": by.centre_id}


def _ties(by: Actor, relations, of=CaseAccess):
    """Return the condition on ``case_access`` rows that tie the actor by one of the relations."""
    own = [relation for relation in relations if relation in PERSONAL]
    unit = [relation for relation in relations if relation not in PERSONAL]
    ties = []
    if unit and by.unit_id is not None:
        ties.append(and_(of.unit_id == by.unit_id, among(of.relation, unit)))
    if own and by.account_id is not None:
        ties.append(and_(of.account_id == by.account_id, among(of.relation, own)))
    return or_(*ties) if ties else of.id == -1


def _holds(of=CaseAccess):
    """Return the condition that a tie has not ended; one that was given for a while ends by itself."""
    return or_(of.until.is_(None), of.until > _NOW)


def _is_kept_from_window():
    """Return the condition that the unit which registered a case sees no more than its progress now (P6).

    So it is with a sealed case that a unit leads; until it is led, and when it comes back, the window works on it.
    """
    return and_(CaseAccess.relation == Relation.REGISTERED, Case.is_sealed, Case.lead_unit_id.is_not(None))


def relations_at(by: Actor, depth: Depth):
    """Return the relations through which the actor's role sees at least that deep."""
    return [relation for relation, reach in SIGHT.get(by.role, {}).items() if reach >= depth]


def is_narrow(by: Actor) -> bool:
    """Say whether the actor sees few of the centre's cases: their own, or those of one body among many."""
    relations = SIGHT.get(by.role, {}).keys()
    if relations <= PERSONAL:
        return True
    return not relations & COUNTY_WIDE or (by.role in OF_A_BODY and not units.is_centre(by.unit_id, by.centre_id))


def scoped(query, by: Actor, depth: Depth, *, narrow: bool | None = None, acting: bool = False):
    """Narrow a query over ``Case`` to what the actor sees at that depth. There is no other way to rows.

    A narrow scope drives the query; another may be the whole county and is only probed. The rows are the same.
    ``acting`` leaves out what the actor only reads: where another unit leads, or led, or is helped.
    """
    query = query.where(Case.centre_id == by.centre_id)
    if is_narrow(by) if narrow is None else narrow:
        ties = or_(false(), *_tie_kinds(by, depth, acting))
        return query.where(Case.id.in_(select(CaseAccess.case_id).where(ties)))
    return query.where(_is_tied(by, depth, acting))


def _tie_kinds(by: Actor, depth: Depth, acting: bool = False):
    """Return the conditions on ``case_access`` rows that let the actor see their case at that depth.

    One for the unit's ties, one for the person's: together in one condition they would find no index.
    """
    relations = [each for each in relations_at(by, depth) if not acting or each in ACTS_BY.get(by.role, ())]
    for some in (
        [relation for relation in relations if relation not in PERSONAL],
        [relation for relation in relations if relation in PERSONAL],
    ):
        if some:
            tie = and_(_ties(by, some), _holds(), CaseAccess.depth >= int(depth))
            if depth >= Depth.CONTENTS and Relation.REGISTERED in some:
                tie = and_(tie, not_(_is_kept_from_window()))
            yield tie


def _is_tied(by: Actor, depth: Depth, acting: bool = False):
    """Return the condition that a case has such a tie, as a value: an EXISTS may be read for all cases before."""
    ties = (select(1).where(CaseAccess.case_id == Case.id, tie).limit(1) for tie in _tie_kinds(by, depth, acting))
    return or_(false(), *(tie.correlate(Case).scalar_subquery().is_not(None) for tie in ties))


def depth_of(by: Actor, case: Case) -> Depth | None:
    """Return how deep the actor sees into one case, None when not at all.

    Who sees the case that another was merged into sees that one as deep: it is one dispute.
    DP-09: SPC Provisions on Invited Mediation (2016), Arts. 2, 28.
    """
    if case.centre_id != by.centre_id:
        return None
    reach = SIGHT.get(by.role, {})
    depths = [] if case.merged_into_id is None else [depth_of(by, session.get_one(Case, case.merged_into_id))]
    depths = [depth for depth in depths if depth is not None]
    depths += [
        min(reach[relation], Depth(depth), _deepest(relation, case))
        for relation, depth in _ties_to(case.id, by)
        if relation in reach
    ]
    return max(depths, default=None)


def _deepest(relation: Relation, case: Case) -> Depth:
    """Return how deep a relation lets see a case at most, as :func:`_is_kept_from_window` says it in SQL."""
    is_kept = relation == Relation.REGISTERED and case.is_sealed and case.lead_unit_id is not None
    return Depth.PROGRESS if is_kept else Depth.SEALED


@until_written(CaseAccess)
def _ties_to(case_id: int, by: Actor):
    """Return the ties through which the actor's role could read a case or act on it: relation, depth."""
    return session.execute(_ties_of(by.role), ids(by) | {"case_id": case_id}).all()


@cache
def _ties_of(role: Role):
    relations = {*SIGHT.get(role, ()), *ACTS_BY.get(role, ())}
    return (
        select(_ROWS.relation, _ROWS.depth)
        .where(_ROWS.case_id == bindparam("case_id"), _holds(_ROWS), _ties(anybody(role), relations, _ROWS))
    )


def may_be_named(by: Actor):
    """Return the condition that the actor may meet a case by a party's name: it is not sealed, or open to them."""
    return or_(Case.is_sealed.is_(False), _is_tied(by, Depth.CONTENTS))


def acts_on(by: Actor, case: Case, through: Iterable[Relation] = ()) -> bool:
    """Say whether the actor stands in a relation to the case that lets their role act on it.

    ``through`` are the relations that a step names instead of those of the role.
    """
    relations = through or ACTS_BY.get(by.role)
    if not relations or case.centre_id != by.centre_id:
        return by.role not in ACTS_BY and by.account_id is None
    return any(relation in relations for relation, _depth in _ties_to(case.id, by))


def grant(case: Case, relation: Relation, *, unit_id=None, account_id=None, depth=Depth.CONTENTS, until=None) -> None:
    """Tie a unit or a person to a case, with ``until`` for a while; what is tied already stays as it is."""
    if unit_id:
        counting.tied(case)
    tie = _tie(case, relation, depth, unit_id=unit_id, account_id=account_id, until=until)
    session.execute(_granting("unit_id" if unit_id else "account_id"), tie)


def grant_units(case: Case, ties: Iterable[tuple[Relation, int, Depth]]) -> None:
    """Tie several units to a case at once, as :func:`grant` does: relation, unit, depth."""
    counting.tied(case)
    rows = [_tie(case, relation, depth, unit_id=unit_id) for relation, unit_id, depth in ties]
    session.execute(_granting("unit_id"), rows)


def _tie(case, relation, depth, *, unit_id=None, account_id=None, until=None) -> dict:
    return {
        "id": new_id(), "case_id": case.id, "unit_id": unit_id, "account_id": account_id, "relation": relation,
        "depth": int(depth), "since": clock.now(), "until": until,
    }


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
    counting.tied(case)
    ties = update(CaseAccess).where(CaseAccess.case_id == case.id, CaseAccess.relation == relation, _holds())
    if unit_id:
        ties = ties.where(CaseAccess.unit_id == unit_id)
    if account_id:
        ties = ties.where(CaseAccess.account_id == account_id)
    session.execute(ties.values(until=clock.now()).execution_options(synchronize_session=False))


def accused_units(case: Case) -> list[Unit]:
    """Return the units of the centre that are parties of the case themselves (MH-12)."""
    return list(session.scalars(_ACCUSED, {"centre_id": case.centre_id, "case_id": case.id}))


_ACCUSED = select(Unit).where(
    Unit.centre_id == bindparam("centre_id"), Unit.kind != UnitKind.CENTRE,
    Unit.name.in_(
        select(Person.name).join(Party, Party.person_id == Person.id).where(Party.case_id == bindparam("case_id"))
    ),
)


def keep_out(case: Case, *, unit_id: int) -> None:
    """End every tie of a unit to a case."""
    counting.tied(case)
    ties = update(CaseAccess).where(CaseAccess.case_id == case.id, CaseAccess.unit_id == unit_id, _holds())
    session.execute(ties.values(until=clock.now()).execution_options(synchronize_session=False))


def ties_of(case_ids) -> list[tuple[int, Relation, int | None, int | None]]:
    """Return who has to do with cases now: (case, relation, unit, account), one of the last two None."""
    return [tuple(row) for row in session.execute(_HELD, {"cases": list(case_ids)})]


_HELD = (
    select(_ROWS.case_id, _ROWS.relation, _ROWS.unit_id, _ROWS.account_id)
    .where(_ROWS.case_id.in_(bindparam("cases", expanding=True)), _holds(_ROWS)).order_by(_ROWS.id)
)
