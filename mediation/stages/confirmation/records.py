"""How each court took our packs in the last year: at the first go or not, what it refused and why (JC-24)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, case, exists, func, or_, select

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.queries import Row
from mediation.casefile.cases.rules import ConfirmationState
from mediation.ground.choices import Choice, N_
from mediation.ground.db import session
from mediation.registry.access.rules import Actor, Depth
from mediation.stages.confirmation.models import Confirmation, CourtStep
from mediation.stages.confirmation.rules import CourtStepKind, DismissalGround, RefusalGround

YEAR = timedelta(days=365)
LISTED = 50
NO = (ConfirmationState.REFUSED, ConfirmationState.DISMISSED)
GROUNDS = {ground.value: ground for ground in (*DismissalGround, *RefusalGround)}

_ASKED = exists().where(
    CourtStep.confirmation_id == Confirmation.id, CourtStep.kind == CourtStepKind.MORE_PAPERS,
    CourtStep.void_on.is_(None),
)
_TAKEN = Confirmation.accepted_on.is_not(None)


class Of(Choice):
    """The figures of a record, each with its condition in ``CONDITIONS``."""

    JUDGED = "judged", N_("法院看过的")
    FIRST = "first", N_("一次通过的")
    ASKED = "asked", N_("要求补过材料的")
    REFUSED = "refused", N_("不予受理的")
    DISMISSED = "dismissed", N_("裁定驳回的")


CONDITIONS = {
    Of.JUDGED: or_(_TAKEN, _ASKED, Confirmation.state == ConfirmationState.REFUSED),
    Of.FIRST: and_(_TAKEN, ~_ASKED),
    Of.ASKED: _ASKED,
    Of.REFUSED: Confirmation.state == ConfirmationState.REFUSED,
    Of.DISMISSED: Confirmation.state == ConfirmationState.DISMISSED,
}


@dataclass(frozen=True)
class Refusals:
    """How often a court said no for one ground; ``ground`` is its value, ``label`` its words."""

    of: Of
    ground: str
    count: int

    @property
    def label(self) -> str:
        return GROUNDS[self.ground].label


@dataclass(frozen=True)
class CourtRecord:
    """One court's year. An application withdrawn before the court looked at it counts for nothing."""

    code: str
    name: str
    judged: int
    first: int
    refusals: tuple[Refusals, ...] = ()

    @property
    def percent(self) -> int:
        """Return the share that was accepted without more papers, rounded down: 100 only where all were."""
        return self.first * 100 // self.judged

    def count(self, of: Of) -> int:
        return sum(each.count for each in self.refusals if each.of == of)


def records(*, for_: Actor, on: date, codes: Collection[str]) -> dict[str, CourtRecord]:
    """Return what courts did with the packs filed in the year up to a day, by the court's code; two queries.

    A court that has not looked at any is not in it. JC-24: SPC Interpretation of the CPL (2022), Arts. 354, 355.
    """
    if not codes:
        return {}
    figures = [func.sum(case((CONDITIONS[of], 1), else_=0)) for of in (Of.JUDGED, Of.FIRST)]
    query = _scoped(select(Confirmation.court_code, func.max(Confirmation.court_name), *figures), for_, on)
    query = query.where(Confirmation.court_code.in_(codes)).group_by(Confirmation.court_code)
    found = [row for row in session.execute(query) if row[2]]
    said_no = _refusals([row[0] for row in found], for_, on) if found else {}
    return {row[0]: CourtRecord(*row, refusals=tuple(said_no.get(row[0], ()))) for row in found}


def _refusals(codes, for_, on) -> dict[str, list[Refusals]]:
    columns = Confirmation.court_code, Confirmation.state, Confirmation.ruling_ground
    query = _scoped(select(*columns, func.count()), for_, on).where(
        Confirmation.court_code.in_(codes), Confirmation.state.in_(NO), Confirmation.ruling_ground.is_not(None)
    )
    found = {}
    for code, state, ground, count in session.execute(query.group_by(*columns).order_by(func.count().desc())):
        found.setdefault(code, []).append(Refusals(Of(state.value), ground, count))
    return found


def cases_of(
    of: Of, *, for_: Actor, on: date, code: str, ground: str | None = None, after: int | None = None
) -> tuple[list[Row], int | None]:
    """Return the cases behind a figure, the last filed first, and where the next page begins; None on the last."""
    query = _scoped(select(Confirmation.id, Confirmation.case_id), for_, on)
    query = query.where(Confirmation.court_code == code, CONDITIONS[of])
    if ground:
        query = query.where(Confirmation.ruling_ground == ground)
    if after:
        query = query.where(Confirmation.id < after)
    found = session.execute(query.order_by(Confirmation.id.desc()).limit(LISTED + 1)).all()
    rows = cases.rows_of([row.case_id for row in found[:LISTED]])
    return rows, found[LISTED - 1].id if len(found) > LISTED else None


def _scoped(query, for_: Actor, on: date):
    query = query.select_from(Confirmation).join(Case, Case.id == Confirmation.case_id)
    return access.scoped(query, for_, Depth.CONTENTS).where(Confirmation.filed_on.between(on - YEAR, on))
