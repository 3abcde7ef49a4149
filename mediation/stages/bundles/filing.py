"""Filing a closed case in one click (rows 56, 58, 63): lacks excused, number given, dossier bound."""

from collections.abc import Mapping
from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.ground import jobs
from mediation.ground.db import session
from mediation.ground.ids import new_id
from mediation.registry.access.rules import Actor
from mediation.stages.archive import operations as archive
from mediation.stages.bundles import queries, rules
from mediation.stages.bundles.models import Bundle
from mediation.stages.bundles.operations import JOB
from mediation.stages.bundles.rules import Audience, BundleState

WHY = "归档"


def file(
    case_public_id: str, *, by: Actor, on: date, retention: str, shelf_no: str | None = None,
    excuses: Mapping[str, str] | None = None,
) -> str:
    """Archive a closed case and have its dossier bound by a job; returns the archive number.

    ``excuses`` says of each item that the dossier must hold and lacks why it is not there. Raises RuleBroken with
    every item that is neither there nor excused, and what else keeps the case from being archived (PM-10, DP-11).
    """
    case = cases.get(case_public_id, for_=by)
    parts = queries.parts_of(case, Audience.ARCHIVE, None, by=by)
    lacks, given = queries.lacks_of(case, parts), excuses or {}
    number = archive.archive(
        case_public_id, by=by, on=on, retention=retention, shelf_no=shelf_no, bars=rules.unexcused(lacks, given),
        excused={each.params["item"].value: given.get(each.params["item"], "").strip() for each in lacks},
    )
    if parts and sum(part.size for part in parts) <= rules.MOST_BYTES and not queries.is_running(case.id):
        _bind(case, len(parts), by=by)
    return number


def _bind(case: Case, pieces: int, *, by: Actor) -> None:
    bundle = Bundle(
        id=new_id(), centre_id=case.centre_id, case_id=case.id, state=BundleState.WAITING, audience=Audience.ARCHIVE,
        reason=WHY, asked_by_id=by.account_id, total=pieces,
    )
    session.add(bundle)
    session.flush()
    jobs.enqueue(JOB, f"bundle/{bundle.id}", bundle_id=bundle.id)
