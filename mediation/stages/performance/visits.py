"""Return visits: how an agreement is kept, asked of the parties afterwards (form 1.8, PM-15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.models import Case
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.papers import contract
from mediation.casefile.papers import operations as issued
from mediation.casefile.papers.models import Paper
from mediation.ground.crypto import keys
from mediation.ground.db import session
from mediation.ground.errors import NotFound
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.registry.units import queries as units
from mediation.stages.agreements import papers as agreement_papers
from mediation.stages.agreements import queries as agreements
from mediation.stages.agreements.models import Agreement
from mediation.stages.performance import queries, rules
from mediation.stages.performance.models import Performance, ReturnVisit
from mediation.stages.performance.operations import VISIT
from mediation.stages.performance.rules import Satisfaction, VisitManner
from mediation.stages.proceedings.models import Proceeding

NOTHING = "/"


@dataclass(frozen=True)
class Visit:
    """A return visit as it is typed; ``visited`` are parties by public id."""

    happened_on: date
    manner: VisitManner
    visited: Sequence[str]
    reason: str
    told: str
    satisfaction: Satisfaction | None = None
    signs: str = ""
    advice: str = ""


@once
def visit(
    case_public_id: str, paid: Visit, *, by: Actor, on: date, key: str | None = None, why_late: str | None = None
) -> str:
    """Write a return visit down and issue its record. Returns the paper's public id.

    Raises NotFound without an effective agreement or for who is no party, RuleBroken with everything missing.
    """
    case = cases.get(case_public_id, for_=by)
    agreement = agreements.effective(case.id)
    if agreement is None:
        raise NotFound()
    names = {party.public_id: party.name for party in cases.parties_of(case.id)}
    if not set(paid.visited) <= names.keys():
        raise NotFound()
    bars = rules.visit_obstacles(
        paid.visited, paid.reason, paid.told, happened_on=paid.happened_on, effective_on=agreement.effective_on, on=on
    )
    said = {"manner": paid.manner}
    steps.take("case.return_visit", case, by=by, on=on, bars=bars, facts=said, reason=why_late)
    row = ReturnVisit(
        id=new_id(), case_id=case.id, agreement_id=agreement.id, data_key=keys().new_data_key(),
        on=paid.happened_on, manner=paid.manner, visited={"names": [names[ref] for ref in paid.visited]},
        reason=paid.reason.strip(), satisfaction=paid.satisfaction, advice=paid.advice.strip() or None,
        visitor=by.name, recorded_by_id=by.account_id,
    )
    row.told, row.signs = paid.told.strip(), paid.signs.strip() or None
    session.add(row)
    session.flush()
    clocks.stop(case, VISIT, on=on, by=by)
    return issue(row, agreement, case, by=by, on=on).public_id


def issue(row: ReturnVisit, agreement: Agreement, case: Case, *, by: Actor, on: date) -> Paper:
    """Issue the record of a return visit under the body's own series."""
    proceeding = session.get_one(Proceeding, agreement.proceeding_id)
    details = contract.ReturnVisit(
        agreement_number=agreement.number, reason=row.reason, on=row.on, manner=row.manner.label,
        visited=list(row.visited["names"]), performance=_clauses(agreement, case),
        satisfaction=row.satisfaction.label if row.satisfaction else None, new_signs=row.signs,
        told=row.told, advice=row.advice, visitor=row.visitor,
    )
    values = agreement_papers.values(
        agreement, case, proceeding, "return_visit", details, number=None, on=row.on
    )
    unit, centre = units.unit(proceeding.unit_id), units.centre(case.centre_id)
    word = f"{unit.number_word or centre.register_word.removesuffix('登')}访"
    return issued.issue(case, "return_visit", values, by=by, on=on, about=row, word=word)


def _clauses(agreement: Agreement, case: Case) -> list[contract.Reply]:
    """Return each clause with how far it is performed, as the ledger has it."""
    rows = {row.duty_id: row for row in queries.of_case(case.id)}
    return [contract.Reply(who=duty.what, text=_how_far(rows.get(duty.id))) for duty in agreement.duties]


def _how_far(row: Performance | None) -> str:
    if row is None:
        return NOTHING
    if not row.amount_fen or not row.paid_fen:
        return row.state.label
    yuan, cents = divmod(row.paid_fen, 100)
    return f"{row.state.label}，已付{yuan}{f'.{cents:02}' if cents else ''}元"


def of_case(case_id: int) -> Sequence[ReturnVisit]:
    """Return the return visits of a case, oldest first."""
    return session.scalars(select(ReturnVisit).where(ReturnVisit.case_id == case_id).order_by(ReturnVisit.id)).all()


def was_paid(case_id: int) -> bool:
    """Say whether anybody ever asked how the agreement of a case is kept."""
    return bool(session.scalar(select(exists().where(ReturnVisit.case_id == case_id))))
