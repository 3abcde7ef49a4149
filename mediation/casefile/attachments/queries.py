"""Reading attachments."""

from sqlalchemy import select

from mediation.casefile.attachments.models import Attachment
from mediation.casefile.attachments.rules import AttachmentKind
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.ground.db import session
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor


@until_written()
def of_case(case_id: int, *kinds: AttachmentKind) -> list[Attachment]:
    """Return what a case holds, in the order in which it came; what was taken out is not in it."""
    query = select(Attachment).where(Attachment.case_id == case_id, Attachment.removed_on.is_(None))
    if kinds:
        query = query.where(Attachment.kind.in_(kinds))
    return list(session.scalars(query.order_by(Attachment.id)))


def of_cases(case_ids: list[int]) -> list[Attachment]:
    """Return what several cases hold, in the order in which it came."""
    if not case_ids:
        return []
    query = select(Attachment).where(Attachment.case_id.in_(case_ids), Attachment.removed_on.is_(None))
    return list(session.scalars(query.order_by(Attachment.id)))


def get(public_id: str, *, for_: Actor) -> tuple[Attachment, Case]:
    """Return an attachment and its case. Raises NotFound."""
    return cases.child(Attachment, public_id, for_=for_)
