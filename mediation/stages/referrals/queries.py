"""Reading referrals: for those who sent them, for the court that receives them, and whether a court was told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, exists, select

from mediation.casefile.cases import progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.facts import party_facts
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import FROM_COURT, Exit, ProceedingState, ReferralState, disputing
from mediation.casefile.papers.models import Paper
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotFound, Obstacle
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor, Depth, Role
from mediation.registry.calendar.rules import LastDay
from mediation.registry.settings import queries as settings
from mediation.registry.units import queries as units
from mediation.registry.units.models import Unit
from mediation.registry.units.rules import UnitKind
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.proceedings.models import Proceeding
from mediation.stages.referrals import circumstances as standing
from mediation.stages.referrals import rules
from mediation.stages.referrals.circumstances import KEPT_HERE, Circumstances, attaching_obstacles, circumstances
from mediation.stages.referrals.lists import out
from mediation.stages.referrals.models import CourtReport, Referral, UndisputedFacts
from mediation.stages.referrals.procedure import Proposal
from mediation.stages.referrals.rules import Outcome
from mediation.stages.routing.rules import ways_out

__all__ = ["KEPT_HERE", "disputing", "out"]  # told on to the pages

RECEIVERS = {
    Exit.QUICK_TRIAL: (UnitKind.TRIBUNAL,),
    Exit.SUIT: (UnitKind.COURT,),
    Exit.ARBITRATION: (UnitKind.ARBITRATION,),
    Exit.GOVERNMENT: (UnitKind.GOVERNMENT, UnitKind.AGENCY),
    Exit.POLICE: (UnitKind.POLICE,),
    Exit.PETITION: (UnitKind.PETITION_OFFICE,),
}


def get(public_id: str, *, for_: Actor) -> tuple[Referral, Case]:
    """Return a referral and its case; a court's clerk sees only what was sent to that court. Raises NotFound."""
    referral, case = cases.child(Referral, public_id, for_=for_, depth=Depth.PROGRESS)
    if for_.role == Role.COURT_CLERK and referral.to_unit_id != for_.unit_id:
        raise NotFound()
    return referral, case


def submission(public_id: str, *, for_: Actor) -> tuple[Referral, Case]:
    """Return a referral for reading what was submitted: its receiver may, and who sees the case's contents."""
    referral, case = get(public_id, for_=for_)
    if for_.role != Role.COURT_CLERK and not cases.sees(case, for_, Depth.CONTENTS):
        raise NotFound()
    return referral, case


def submitted_papers(referral: Referral) -> list[Paper]:
    """Return the papers that were submitted, the letter first; there are no others for the receiver (JM-12)."""
    ids = referral.papers.get("papers", [])
    found = {row.public_id: row for row in session.scalars(select(Paper).where(Paper.public_id.in_(ids)))}
    return [found[public_id] for public_id in ids if public_id in found]


_OF_CASE = select(Referral).where(Referral.case_id == bindparam("case_id")).order_by(Referral.id)


@until_written(Referral)
def of_case(case_id: int) -> list[Referral]:
    """Return the referrals of a case, oldest first."""
    return list(session.scalars(_OF_CASE, {"case_id": case_id})) if progress.had(case_id, "referral") else []


def petitions_answered(case_id: int, *, before: Referral | None = None) -> int:
    """Return how many petitions about a case were answered, of those sent before another referral."""
    sent = [row for row in of_case(case_id) if before is None or row.id < before.id]
    return sum(row.outcome == Outcome.PETITION_ANSWERED for row in sent)


def come_back(case_id: int) -> Referral | None:
    """Return the newest referral of a case where it was given back: what is wanted is mended and sent again."""
    newest = next(reversed(of_case(case_id)), None)
    return newest if newest is not None and newest.state == ReferralState.RETURNED else None


# --- before it is sent ---


@dataclass(frozen=True)
class Way:
    """A way out, what bars it in this case, and who could receive it."""

    exit: Exit
    bars: tuple[Obstacle, ...]
    receivers: tuple[Unit, ...]


def ways(found: Circumstances, *, on: date) -> list[Way]:
    """Return every way out, the usual ones of this kind of dispute first (RT-04)."""
    usual = ways_out(found.traits, may_sue_on_labour=found.labour is not None)
    order = [*usual, *(exit for exit in Exit if exit not in usual)]
    return [
        Way(
            exit,
            tuple(rules.gate_obstacles(exit, found.traits, labour=found.labour)),
            tuple(units.units(found.case.centre_id, on=on, kinds=RECEIVERS[exit])),
        )
        for exit in order
    ]


def leaving(case: Case, *, on: date) -> Circumstances:
    """Return how a case stands when it is to leave."""
    return circumstances(case, on=on)


def checklist(found: Circumstances) -> dict[rules.Item, bool]:
    """Return what of the file is there, as the case itself says."""
    return standing.checklist(found)


def proposal(found: Circumstances, *, on: date, **values) -> Proposal:
    """Return the procedure to propose, with the reasons; ``values`` as in ``circumstances.proposal``."""
    return standing.proposal(found, on=on, **values)


def wage_cautions(case: Case, *, on: date, court_area: str | None = None) -> list[Obstacle]:
    """Return a warning where the wage behind the limits is old (QT-04)."""
    known = standing.wage_of(case, on=on, court_area=court_area)
    months = settings.days("QT-04.old", on=on, centre_id=case.centre_id).amount
    return rules.wage_cautions(known[0], on=on, months=months) if known else []


def limitation(case: Case, *, on: date) -> LastDay | None:
    """Return the day on which the claim of a case lapses; None where none runs or none is known (LM-01, LM-05)."""
    return standing.limitation(circumstances(case, on=on))


def papers_for(found: Circumstances, exit: Exit) -> list[Paper]:
    """Return the papers that would go along (JM-12)."""
    return standing.papers_for(found, exit)


# --- reports to the court that sent the case ---


_REPORTS = select(CourtReport).where(CourtReport.case_id == bindparam("case_id")).order_by(CourtReport.id)


@until_written(CourtReport)
def reports_of(case_id: int) -> list[CourtReport]:
    """Return the reports to the court that sent a case, oldest first."""
    reported = progress.took(case_id, "proceeding.report_to_court")
    return list(session.scalars(_REPORTS, {"case_id": case_id})) if reported else []


def told_courts(case_ids: Iterable[int]) -> set[int]:
    """Return those of the cases whose court has a report."""
    return set(session.scalars(select(CourtReport.case_id).where(CourtReport.case_id.in_(list(case_ids)))))


def to_report(case_ids: Iterable[int]) -> dict[int, str]:
    """Return the concluded mediations whose court waits to hear of them: case to the proceeding's public id (JM-10)."""
    told = exists().where(CourtReport.proceeding_id == Proceeding.id)
    query = select(Proceeding.case_id, Proceeding.public_id).where(
        Proceeding.case_id.in_(list(case_ids)), Proceeding.basis.in_(FROM_COURT),
        Proceeding.state.in_((ProceedingState.ENDED, ProceedingState.AGREED)), ~told,
    )
    return {case_id: public_id for case_id, public_id in session.execute(query.order_by(Proceeding.id))}


def court_was_told(case_id: int) -> bool:
    """Say whether the court that sent a case knows how its mediation ended; true where no court waits."""
    concluded = [
        each.id
        for each in proceedings.of_case(case_id)
        if each.basis in FROM_COURT and each.state in (ProceedingState.ENDED, ProceedingState.AGREED)
    ]
    return not concluded or any(report.proceeding_id == concluded[-1] for report in reports_of(case_id))


def undisputed(proceeding_id: int) -> UndisputedFacts | None:
    """Return the record of undisputed facts of a proceeding."""
    return standing.newest_undisputed(proceeding_id)


@dataclass(frozen=True)
class Record:
    """A record of undisputed facts on the case's page: whether it may go along, and whose name is wanted."""

    on: date
    facts: int
    bars: tuple[Obstacle, ...]


def undisputed_of(case_id: int) -> list[Record]:
    """Return the last record of undisputed facts of a case, if there is one, with what keeps it from going along."""
    row = next(iter(standing.records_of(case_id)), None)
    if row is None:
        return []
    day = clock.day_of(row.recorded_at)
    return [Record(day, len(row.facts_list), tuple(attaching_obstacles(row, party_facts(case_id, on=day))))]
