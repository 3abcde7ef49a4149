"""What a bundle says about itself: cover, contents, the plain page of the archive and its manifest."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Track
from mediation.casefile.papers import pages, printing
from mediation.ground import clock
from mediation.ground.errors import Obstacle
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units
from mediation.stages.archive import queries as archive
from mediation.stages.archive.rules import ClosingOutcome, Retention
from mediation.stages.bundles.models import Bundle
from mediation.stages.bundles.rules import Audience, Item
from mediation.stages.proceedings import queries as proceedings

AUDIENCES = {Audience.FILE: "存查、调卷", Audience.ARCHIVE: "归档"}
CATEGORIES = {Track.PEOPLES: "人民调解", Track.ADMINISTRATIVE: "行政调解", Track.JUDICIAL: "特邀调解"}
TRACK = "peoples"  # the templates' words that depend on it are not used here


@dataclass(frozen=True)
class Told:
    """The head of a bundle, in words; days as ISO strings or None."""

    case_id: int
    centre: str
    title: str
    register_no: str
    body_no: str | None
    archive_no: str | None
    parties: tuple[tuple[str, str], ...]
    unit: str
    mediators: str
    applied_on: str
    accepted_on: str | None
    closed_on: str | None
    stage: str
    retention: str | None
    audience: str
    reason: str
    exported_by: str
    exported_on: str
    lacks: tuple[str, ...]
    # of a file in the archive
    is_filed: bool = False
    category: str = ""
    outcome: str = ""
    keeper: str = ""
    archived_on: str | None = None
    retention_label: str = ""
    review_on: str | None = None
    shelf_no: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def manifest(self) -> dict:
        """Return the head of the manifest: everything but row ids."""
        return {name: value for name, value in asdict(self).items() if name != "case_id"}


def told(bundle: Bundle, case: Case, lacks: Sequence[Obstacle]) -> Told:
    """Return what stands on the cover of a bundle."""
    proceeding, closing = proceedings.newest(case.id), archive.last_closing(case.id)
    on_it = proceedings.mediators_on(proceeding.id) if proceeding else ()
    parties = cases.parties_of(case.id)
    reader = next((party.name for party in parties if party.id == bundle.party_id), "")
    return Told(
        case_id=case.id, centre=units.centre(case.centre_id).name, title=case.title, register_no=case.register_no,
        body_no=case.body_no, archive_no=closing.archive_no if closing else None,
        parties=tuple((party.role.label, party.name) for party in parties),
        unit=units.unit(case.lead_unit_id).name if case.lead_unit_id else "",
        mediators="、".join(row.mediator.name for row in on_it), applied_on=case.applied_on.isoformat(),
        accepted_on=_iso(case.accepted_on), closed_on=_iso(case.closed_on), stage=case.stage.label,
        retention=closing.retention if closing else None,
        audience=f"给当事人{reader}" if bundle.audience == Audience.PARTY else AUDIENCES[bundle.audience],
        reason=bundle.reason, exported_by=staff.names({bundle.asked_by_id}).get(bundle.asked_by_id, ""),
        exported_on=clock.day_of(bundle.recorded_at).isoformat(),
        lacks=tuple(each.params["item"].label for each in lacks),
        **(_filed(bundle, proceeding, closing) if bundle.audience == Audience.ARCHIVE else {}),
    )


def _filed(bundle: Bundle, proceeding, closing) -> dict:
    """Return what only the cover and the remarks of a file in the archive say."""
    remarks = [f"缺{Item(item).label}：{why}" for item, why in (closing.excused or {}).items()]
    return {
        "is_filed": True, "category": CATEGORIES[proceeding.track] if proceeding else "纠纷登记",
        "outcome": ClosingOutcome(closing.outcome).label,
        "keeper": staff.names({bundle.asked_by_id}).get(bundle.asked_by_id, ""),
        "archived_on": _iso(closing.archived_on), "retention_label": Retention(closing.retention).label,
        "review_on": _iso(closing.review_on), "shelf_no": closing.shelf_no or "",
        "remarks": (*remarks, *filter(None, [closing.note])),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def snapshot(head: Told, bound: Sequence, total: int) -> dict:
    """Return what cover, contents and page numbers are printed from; ``bound`` holds (piece, first and last page)."""
    lines = [
        {
            "part": each.part.item.label, "title": each.part.title, "number": each.part.number,
            "pages": _span(span), "remark": each.remark, "hash": each.sha256[:16],
        }
        for each, span in bound
    ]
    found = {
        "number": head.body_no or head.register_no, "draft": False, "track": TRACK, "citations": [],
        "handwritten": [], "parties": [], "mediators": [], "centre": {"name": head.centre},
        "details": {
            **head.manifest, "remarks": [*head.remarks, *_told_apart(lines)],
            "parties": [list(each) for each in head.parties], "lines": lines, "pages": total,
        },
    }
    return found | {"handwritten": printing.missing_characters(found)}


def _told_apart(lines: Sequence[dict]) -> list[str]:
    """Return what the remarks say of pieces without pages, which lie beside the bound file."""
    return [f"{line['title']}没有页号：{line['remark']}" for line in lines if not line["pages"] and line["remark"]]


def _span(span) -> str | None:
    return None if span is None else str(span[0]) if span[0] == span[1] else f"{span[0]}—{span[1]}"


def page(head: Told, lines: Sequence[dict]) -> str:
    """Return the page that opens the archive without this program: plain, its links relative."""
    return pages.environment().get_template("_dossier_index.v1.html").render(head=head.manifest, lines=lines)
