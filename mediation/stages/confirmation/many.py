"""Filing many packs: asked for on the board in one click, filed in the background, each with its own result."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from mediation.casefile.batches import deeds
from mediation.casefile.batches import operations as batches
from mediation.casefile.batches.deeds import Deed, Look
from mediation.casefile.batches.rules import Bar, BatchKind
from mediation.casefile.cases import access
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.steps import Bar as StepBar
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, RuleBroken, because
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Depth
from mediation.stages.agreements.models import Agreement
from mediation.stages.confirmation import operations as confirmation
from mediation.stages.confirmation import queries
from mediation.stages.confirmation.boards import AT_ONCE
from mediation.stages.confirmation.models import Confirmation

FILE = STEPS["confirmation.file"]


@once
def file_all(public_ids: Sequence[str], *, by: Actor, on: date, key: str | None = None) -> str:
    """Let packs be filed in the background as of a day, those with the least days left first; return the batch's id.

    Every check is made when a pack's turn comes; one that is refused says why on its row and holds no other up.
    A pack that the actor does not see is left out. Raises NotAllowed, RuleBroken for none or too many.
    """
    if by.role not in FILE.who:
        raise NotAllowed(FILE.name)
    wanted = set(public_ids)
    if not wanted:
        raise RuleBroken(because(Bar.NONE_CHOSEN))
    if len(wanted) > AT_ONCE:
        raise RuleBroken(because(Bar.TOO_MANY, most=AT_ONCE))
    query = access.scoped(
        select(Confirmation, Case).join(Case, Case.id == Confirmation.case_id), by, Depth.CONTENTS
    ).join(Agreement, Agreement.id == Confirmation.agreement_id)
    found = session.execute(
        query.where(Confirmation.public_id.in_(wanted)).order_by(Agreement.effective_on, Confirmation.id)
    ).all()
    looked = [(case, Look({"confirmation": row.public_id}, row.court_name or "")) for row, case in found]
    return batches.start(BatchKind.FILE, looked, by=by, on=on)


def look(case: Case, _target, _by: Actor, on: date) -> Look:
    """Return what bars filing the application of a case."""
    row = queries.bundle(case).confirmation
    if row is None or row.state not in FILE.from_:
        return Look(bars=(because(StepBar.WRONG_STATE, state=(row or case).state),))
    return Look({"confirmation": row.public_id}, row.court_name or "", tuple(queries.readiness(case, on=on).obstacles))


def do(_case_public_id: str, does, by: Actor, on: date, _key: str) -> None:
    """File one pack as of the day on which the batch was asked for: that is when its papers went to the court."""
    late = "成批递交，当天没有办完" if on < clock.today() else None
    confirmation.file(does["confirmation"], by=by, on=on, reason=late)


deeds.register(BatchKind.FILE, Deed(FILE.name, look, do, on_asking=True))
