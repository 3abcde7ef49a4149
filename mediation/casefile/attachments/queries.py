"""Reading attachments."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Row, Select, bindparam, select

from mediation.casefile.attachments.models import Attachment
from mediation.casefile.attachments.rules import AttachmentKind
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party
from mediation.ground.db import session
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor


@until_written()
def of_case(case_id: int, *kinds: AttachmentKind) -> Sequence[Row]:
    """Return what a case holds as rows, in the order in which it came; what was taken out is not in it."""
    return session.execute(_of_case(kinds), {"case_id": case_id}).all()


@cache
def _of_case(kinds: tuple[AttachmentKind, ...]) -> Select:
    query = select(*Attachment.__table__.columns).where(
        Attachment.case_id == bindparam("case_id"), Attachment.removed_on.is_(None)
    )
    return (query.where(Attachment.kind.in_(kinds)) if kinds else query).order_by(Attachment.id)


def of_cases(case_ids: list[int]) -> list[Attachment]:
    """Return what several cases hold, in the order in which it came."""
    if not case_ids:
        return []
    query = select(Attachment).where(Attachment.case_id.in_(case_ids), Attachment.removed_on.is_(None))
    return list(session.scalars(query.order_by(Attachment.id)))


def evidence_of(case_id: int, *, seen_by: Party | None = None) -> list[Attachment]:
    """Return the evidence of a case in order; ``seen_by`` only what a party handed in or was shown (row 53).

    What was said in confidence is no attachment and cannot stand in this list (JM-12).
    """
    found = of_case(case_id, AttachmentKind.EVIDENCE)
    if seen_by is None:
        return found
    return [row for row in found if row.party_id == seen_by.id or seen_by.public_id in (row.shown_to or {})]


def get(public_id: str, *, for_: Actor) -> tuple[Attachment, Case]:
    """Return an attachment and its case. Raises NotFound."""
    return cases.child(Attachment, public_id, for_=for_)
