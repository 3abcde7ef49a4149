"""Asking for a bundle, taking it away, letting it expire."""

from datetime import date, datetime

from sqlalchemy import select, update

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import steps
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import CaseState
from mediation.ground import files, jobs, trail
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotFound, RuleBroken, because, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor
from mediation.stages.bundles import queries, rules
from mediation.stages.bundles.models import Bundle
from mediation.stages.bundles.rules import Audience, Bar, BundleState

STEP = "case.bundle"
JOB = "bundles.build"


@once
def ask(
    case_public_id: str, *, audience: str, reason: str, party: str | None = None, by: Actor, on: date,
    key: str | None = None,
) -> str:
    """Ask for a bundle of a case whose contents the actor sees; it is made by a job (rows 58, 120, 121).

    Writes who exported what for whom and why. Raises RuleBroken with everything that forbids it, NotFound, NotAllowed.
    """
    case = cases.get(case_public_id, for_=by)
    for_whom = known(Audience, audience, "audience")
    chosen = _party(case, party) if for_whom == Audience.PARTY else None
    parts = queries.parts_of(case, for_whom, chosen, by=by) if chosen or for_whom != Audience.PARTY else []
    bundle = Bundle(
        id=new_id(), centre_id=case.centre_id, case_id=case.id, state=BundleState.WAITING, audience=for_whom,
        party_id=chosen.id if chosen else None, reason=reason.strip(), asked_by_id=by.account_id, total=len(parts),
    )
    bars = rules.asking_obstacles(
        for_whom, party=party, reason=reason, sizes=[part.size for part in parts],
        is_running=queries.is_running(case.id), is_archived=case.state == CaseState.ARCHIVED,
    )
    steps.take(
        STEP, case, by=by, on=on, reason=bundle.reason or None, facts={"audience": for_whom, "pieces": len(parts)},
        bars=bars,
    )
    session.add(bundle)
    session.flush()
    jobs.enqueue(JOB, f"bundle/{bundle.id}", bundle_id=bundle.id)
    return bundle.public_id


def _party(case, public_id):
    if not public_id:
        return None
    found = next((party for party in cases.parties_of(case.id) if party.public_id == public_id), None)
    if found is None:
        raise NotFound()
    return found


def content(public_id: str, form: str, *, by: Actor) -> tuple[Bundle, Case, bytes]:
    """Return a bundle, its case and the bytes of its ``pdf`` or ``zip``; each time leaves a line in the trail.

    Opens a transaction of its own. Raises RuleBroken while it is not ready and when it has expired, NotAllowed.
    """
    bundle, case = queries.get(public_id, for_=by)
    steps.require(STEPS[STEP], case, by=by)
    if not bundle.is_kept:
        is_waiting = bundle.state == BundleState.WAITING
        raise RuleBroken(because(Bar.NOT_READY if is_waiting else Bar.GONE), about=case.public_id)
    name, sha256 = getattr(bundle, f"{form}_name"), getattr(bundle, f"{form}_sha256")
    plain = files.store().get(name, case.box(), sha256)
    with transaction():
        trail.record(
            "bundle.taken", by=by, about=bundle, case_id=case.id, params={"file": form, "sha256": sha256.hex()}
        )
    bundle, case = queries.get(public_id, for_=by)
    return bundle, case, plain


def expire(before: datetime) -> int:
    """Remove the files of bundles whose time is over; return how many. The rows stay. Opens transactions of its own."""
    query = select(Bundle).where(Bundle.pdf_name.is_not(None), Bundle.expires_at < before).limit(200)
    gone = [(row.id, row.pdf_name, row.zip_name) for row in session.scalars(query)]
    session.rollback()
    for bundle_id, *names in gone:
        with transaction():
            nothing = {"state": BundleState.EXPIRED, "pdf_name": None, "zip_name": None}
            session.execute(update(Bundle).where(Bundle.id == bundle_id).values(nothing))
        for name in names:
            files.store().drop(name)
    return len(gone)
