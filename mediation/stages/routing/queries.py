"""Reading transfers: who waits for whose answer, and how often a case was given back."""

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from mediation.casefile.cases import progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import TransferState
from mediation.ground.db import session
from mediation.ground.errors import Obstacle
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor, Depth
from mediation.registry.settings import queries as settings
from mediation.registry.units.models import Unit
from mediation.stages.routing import rules
from mediation.stages.routing.advice import Advice, clues_of, suggest_for, suggest_for_values, targets, traits_of
from mediation.stages.routing.models import Transfer

__all__ = ["Advice", "clues_of", "suggest_for", "suggest_for_values", "targets", "traits_of"]


def get(public_id: str, *, for_: Actor, depth: Depth = Depth.CONTENTS) -> tuple[Transfer, Case]:
    """Return a transfer with its units, and its case, both scoped. Raises NotFound."""
    transfer, case = cases.child(Transfer, public_id, for_=for_, depth=depth)
    return session.scalars(select(Transfer).where(Transfer.id == transfer.id).options(*_UNITS)).one(), case


ONLY_ASKED = (TransferState.OFFERED, TransferState.DECLINED, TransferState.TAKEN_BACK)

_UNITS = (joinedload(Transfer.from_unit), joinedload(Transfer.to_unit))
_OF_CASE = select(Transfer).where(Transfer.case_id == bindparam("case_id")).order_by(Transfer.id).options(*_UNITS)


@until_written(Transfer, Unit)
def transfers_of(case_id: int) -> list[Transfer]:
    """Return every hop of a case with its units, oldest first."""
    return list(session.scalars(_OF_CASE, {"case_id": case_id})) if progress.had(case_id, "transfer") else []


@until_written(Transfer)
def newest(case_id: int) -> Transfer | None:
    """Return the last hop of a case; that a unit was only asked whether it would take it is none."""
    return next((each for each in reversed(transfers_of(case_id)) if each.state not in ONLY_ASKED), None)


@until_written(Transfer)
def rejections(case_id: int) -> int:
    """Return how often units have given a case back; from the second time on an arbiter should see it."""
    rejected = select(func.count()).where(Transfer.case_id == case_id, Transfer.state == TransferState.REJECTED)
    return session.scalar(rejected) or 0


def notices_for(case: Case) -> list[Obstacle]:
    """Return what the parties of such a case are told before it is routed (AM-01, AM-07, AM-14, AM-15)."""
    noise_law = [str(each) for each in settings.citations_for("AM-15", on=case.law_on)]
    return rules.notices_for(traits_of(case), noise_law="".join(noise_law))


def was_received(case_id: int) -> bool:
    """Say whether a unit has had the case before: then a new round begins."""
    return session.scalar(_RECEIVED, {"case_id": case_id}) is not None


_TRANSFERS = Transfer.__table__.c
_RECEIVED = (
    select(_TRANSFERS.id)
    .where(_TRANSFERS.case_id == bindparam("case_id"), _TRANSFERS.state == TransferState.RECEIVED).limit(1)
)
