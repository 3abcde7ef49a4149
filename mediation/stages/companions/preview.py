"""A paper of a real case as another version of its template, or larger letters, would print it; nothing is issued."""

import json
from collections.abc import Mapping
from datetime import date

from mediation.casefile.cases.models import Case
from mediation.casefile.papers import contract, printing
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.forms import PAPERS
from mediation.ground import trail
from mediation.ground.errors import NotFound
from mediation.registry.access.rules import Actor
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Kind
from mediation.stages.agreements import papers as agreement_papers
from mediation.stages.agreements import queries as agreements
from mediation.stages.companions import queries
from mediation.stages.proceedings import papers as proceeding_papers
from mediation.stages.proceedings import queries as proceedings


def snapshot(case: Case, kind: str, *, by: Actor, on: date) -> dict:
    """Return what a paper of a case says, marked as a draft: as issued last, or as it would be issued now (row 59).

    The case is one that the actor may read; looking is logged like opening its paper. Raises NotFound where the case
    has no such paper and gives rise to none.
    """
    found = _issued(case, kind) or _would_be(case, kind, by=by, on=on)
    if found is None:
        raise NotFound()
    trail.record("paper.previewed", by=by, about=case, case_id=case.id, params={"kind": kind})
    return found | {"draft": True}


def pdf(kind: str, version: int, found: Mapping, *, large: bool = False) -> bytes:
    """Print a preview. Raises what the printer raises."""
    return printing.pdf(kind, version, found, large=large)


def version_on(kind: str, *, centre_id: int, on: date) -> int:
    """Return the version of a form's template that a centre uses on a day."""
    return settings.value(Kind.TEMPLATE, kind, on=on, centre_id=centre_id) or PAPERS[kind].version


def _issued(case: Case, kind: str) -> dict | None:
    paper = papers.newest(case.id, kind)
    if paper is None:
        return None
    return json.loads(case.box().open(paper.snapshot_sealed, "papers", "snapshot", paper.id))


def _would_be(case: Case, kind: str, *, by: Actor, on: date) -> dict | None:
    offer = next((each for each in queries.offers(case, by=by, on=on) if each.kind == kind), None)
    values = offer.fill() if offer else _of_the_road(case, kind)
    return contract.snapshot(values) if values else None


def _of_the_road(case: Case, kind: str) -> contract.Values | None:
    proceeding, agreement = proceedings.newest(case.id), agreements.current(case.id)
    if kind == "agreement" and agreement is not None and not agreement.is_oral:
        return agreement_papers.written(agreement, case, proceeding)
    if proceeding is not None and kind in proceeding_papers.kinds_of(proceeding):
        return proceeding_papers.FILLS[kind](proceeding, case)
    return None
