"""Reading bundles, and what of a case goes into one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from mediation.casefile.attachments import queries as attachments
from mediation.casefile.cases import links, progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.linking import LinkKind
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import ProceedingState
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.forms import PAPERS
from mediation.casefile.papers.models import PaperState
from mediation.ground.db import session
from mediation.ground.errors import Obstacle
from mediation.registry.access.rules import Actor
from mediation.stages.agreements import queries as agreements
from mediation.stages.bundles import rules
from mediation.stages.bundles.models import Bundle
from mediation.stages.bundles.rules import Audience, BundleState, DossierFacts, Item, Piece
from mediation.stages.proceedings import queries as proceedings

ENDINGS = {
    "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


@dataclass(frozen=True)
class Part:
    """One piece of a bundle: what it is and where its bytes lie. ``paper_id`` of a paper that may still be set."""

    item: Item
    title: str
    number: str | None
    ending: str
    size: int
    case_id: int
    paper_id: int | None = None
    attachment_id: int | None = None
    remark: str = ""


def get(public_id: str, *, for_: Actor) -> tuple[Bundle, Case]:
    """Return a bundle and its case, whose contents the reader must see. Raises NotFound."""
    return cases.child(Bundle, public_id, for_=for_)


def of_case(case_id: int) -> list[Bundle]:
    """Return the bundles of a case, the newest first."""
    return list(session.scalars(select(Bundle).where(Bundle.case_id == case_id).order_by(Bundle.id.desc())))


def is_running(case_id: int) -> bool:
    """Say whether a bundle of a case is being made."""
    query = select(Bundle.id).where(Bundle.case_id == case_id, Bundle.state == BundleState.WAITING).limit(1)
    return session.scalar(query) is not None


def parts_of(case: Case, audience: Audience, party: Party | None, *, by: Actor) -> list[Part]:
    """Return what goes into a bundle in the order of the dossier, what was handed in in merged cases included."""
    parties = {each.id: each.public_id for each in cases.parties_of(case.id)}
    issued = [paper for paper in papers.of_case(case.id) if _stands(paper)]
    kinds = {paper.id: paper.kind for paper in issued}
    if audience == Audience.ARCHIVE:  # the bound file brings its own
        issued = [paper for paper in issued if paper.kind not in rules.OWN_SHEETS]
    found = [(_piece_of_paper(paper, parties), _part_of_paper(paper)) for paper in issued]
    rows = [*attachments.of_case(case.id), *attachments.of_cases(_merged_into(case, by))]
    for row in rows:
        piece = Piece(
            "attachment", row.kind, parties.get(row.party_id), tuple(row.shown_to or ()), kinds.get(row.paper_id)
        )
        found.append((piece, _part_of_attachment(row, piece)))
    if audience == Audience.PARTY:
        ref = party.public_id if party else ""
        found = [(piece, part) for piece, part in found if rules.may_take(piece, ref)]
    return [part for _piece, part in sorted(found, key=lambda both: rules.place_of(both[0]))]


def lacks_of(case: Case, parts: Sequence[Part]) -> list[Obstacle]:
    """Return what the dossier of a case must hold and does not, as far as the case came."""
    return rules.lacking(facts_of(case), {part.item for part in parts})


def _merged_into(case, by) -> Sequence[int]:
    linked = links.of_case(case, for_=by)
    return [line.case_id for line in linked if line.kind == LinkKind.MERGED and not line.is_later]


def _stands(paper) -> bool:
    return paper.state in (PaperState.READY, PaperState.WAITING) and not paper.is_draft


def _piece_of_paper(paper, parties) -> Piece:
    whose = parties.get(paper.object_id) if paper.object_kind == "parties" else None
    return Piece("paper", paper.kind, whose)


def _part_of_paper(paper) -> Part:
    form = PAPERS[paper.kind]
    item = rules.OF_PAPER.get(paper.kind, Item.OTHER)
    return Part(item, form.name, paper.number, "pdf", 0, paper.case_id, paper_id=paper.id)


def _part_of_attachment(row, piece) -> Part:
    ending = ENDINGS.get(row.media_type, "") if row.file_name else ""
    return Part(
        piece.item, row.title, None, ending, row.file_size or 0, row.case_id, attachment_id=row.id,
        remark="" if row.file_name else "只看了纸质原件，没有文件",
    )


def facts_of(case: Case) -> DossierFacts:
    """Return how far a case came."""
    proceeding = proceedings.newest(case.id)
    state = progress.progress_of(case, progress.history(case.id))
    met = [each for each in proceedings.sessions_of(case.id) if not each.is_attempt]
    return DossierFacts(
        was_accepted=bool(proceeding and proceeding.accepted_on), was_held=bool(met),
        has_agreement=agreements.effective(case.id) is not None, has_ended=state.proceeding == ProceedingState.ENDED,
    )
