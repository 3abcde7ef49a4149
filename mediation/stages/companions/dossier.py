"""The file's own sheets (1.9): cover, contents, remarks, back; filled from what lies in it."""

from collections.abc import Iterator
from functools import partial

from mediation.casefile.cases.models import Case
from mediation.casefile.papers import contract
from mediation.casefile.papers.forms import PAPERS
from mediation.registry.staff import queries as staff
from mediation.stages.archive import queries as archive
from mediation.stages.archive.rules import ClosingOutcome, Retention
from mediation.stages.bundles import queries as bundles
from mediation.stages.bundles.rules import Audience
from mediation.stages.companions.offers import Offer, Scene
from mediation.stages.proceedings import papers

SHEETS = ("dossier_cover", "dossier_contents", "dossier_remarks", "dossier_back")
CATEGORIES = {"peoples": "人民调解", "administrative": "行政调解", "judicial": "特邀调解"}
OWN = frozenset(PAPERS[kind].name for kind in SHEETS)


def offers(found: Scene, *, by) -> Iterator[Offer]:
    """Yield the four sheets once a body has accepted the case."""
    if found.proceeding is None or not found.proceeding.number:
        return
    for kind in SHEETS:
        yield Offer(kind, partial(sheet, found, kind, by=by), about=found.proceeding)


def sheet(found: Scene, kind: str, *, by) -> contract.Values:
    """Return one of the sheets; page numbers are written when the file is bound."""
    case, closing = found.case, archive.last_closing(found.case.id)
    lines = [
        contract.PackLine(name=part.title, number=part.number or None, remark=None)
        for part in bundles.parts_of(case, Audience.FILE, None, by=by)
        if part.title not in OWN
    ] if kind in ("dossier_contents", "dossier_remarks") else []
    details = contract.DossierSheet(
        title=_title(case), category=CATEGORIES[found.proceeding.track],
        archive_number=closing.archive_no if closing else None,
        retention=Retention(closing.retention).label if closing and closing.retention else None,
        outcome=ClosingOutcome(closing.outcome).label if closing else None,
        closed_on=closing.closed_on if closing else None, archived_on=closing.archived_on if closing else None,
        keeper=staff.names({closing.closed_by_id}).get(closing.closed_by_id) if closing else None,
        lines=lines, remarks=[closing.note] if closing and closing.note else [],
    )
    made = papers.values_of(found.proceeding, case, kind, details, on=None)
    return contract.renumbered(made, None)


def _title(case: Case) -> str:
    return case.title
