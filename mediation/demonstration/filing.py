"""The archive as somebody who tries the program finds it: files bound, one out on loan, one not brought back."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import CaseState
from mediation.demonstration.agenda import Course
from mediation.demonstration.cast import Cast
from mediation.ground import clock
from mediation.ground.db import session
from mediation.registry.access.rules import Actor
from mediation.stages.archive import lending, shelves
from mediation.stages.archive.models import Closing
from mediation.stages.bundles import operations as bundles
from mediation.stages.bundles.filing import WHY
from mediation.stages.bundles.rules import Audience

BOUND = 6
LATEST = 100
LOANS = (  # working days before the program is opened, who, of which unit, what for
    (30, "熊建国", "南昌县司法局基层科", "案卷评查"),
    (3, "万小燕", "南昌县人民法院", "核对执行依据"),
)


def bind(cast: Cast) -> Course:
    """Have some of the newest files bound, of each track in turn, as the heads who keep them ask; a job does it."""
    of_track: Counter[str] = Counter()
    in_turn = []
    for case, head in _filed(cast):
        in_turn.append((of_track[case.track], len(in_turn), case.public_id, head))
        of_track[case.track] += 1
    for _turn, _place, case, head in sorted(in_turn, key=lambda each: each[:2])[:BOUND]:
        bundles.ask(case, audience=Audience.ARCHIVE, reason=WHY, by=head, on=clock.today())
    yield clock.now() + timedelta(days=1)


def lend(cast: Cast, who: str, unit: str, purpose: str) -> Course:
    """Lend the newest file that lies on its shelf, for as long as the archive commonly does."""
    today = clock.today()
    case, head = next(((case, head) for case, head in _filed(cast) if shelves.out(case.id) is None), (None, None))
    if case is not None:
        due_on = today + timedelta(days=shelves.loan_days(case, today))
        lending.lend(
            case.public_id, borrower=who, borrower_unit=unit, purpose=purpose, due_on=due_on, by=head, on=today
        )
    yield clock.now() + timedelta(days=1)


def _filed(cast: Cast) -> Iterator[tuple[Case, Actor]]:
    """Yield the files that lie in the archive, the newest first, each with the head who keeps it."""
    query = (
        select(Case, Closing.archive_unit_id).join(Closing, Closing.case_id == Case.id)
        .where(Case.state == CaseState.ARCHIVED, Case.is_sealed.is_(False), Closing.archive_no.is_not(None))
        .where(Closing.reopened_on.is_(None)).order_by(Closing.id.desc()).limit(LATEST)
    )
    for case, unit_id in session.execute(query).all():
        if unit_id in cast.heads:
            yield case, cast.heads[unit_id]
