"""Making a bundle: every piece read once, pages counted and numbered, both files sealed; outside any transaction."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

import pikepdf
from sqlalchemy import update

from mediation.casefile.attachments.models import Attachment
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.papers import archival, binding, printing
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.forms import DOSSIER, DOSSIER_END, DOSSIER_FILED, DOSSIER_NUMBERS
from mediation.casefile.papers.models import Paper
from mediation.ground import clock, files
from mediation.ground.db import session, transaction
from mediation.registry.access.rules import system_actor
from mediation.stages.bundles import front, pictures, queries, rules
from mediation.stages.bundles.models import Bundle
from mediation.stages.bundles.queries import Part
from mediation.stages.bundles.rules import Audience, BundleState

WHOLE, INDEX, MANIFEST = "全卷.pdf", "index.html", "manifest.json"
APART = "见压缩包里的原文件"
BROKEN = "打不开，见压缩包里的原文件"
NOT_ARCHIVAL = "原件不合长期保存格式"


@dataclass
class Bound:
    """A piece with its bytes for the archive and its pages for the whole; ``pdf`` None where it has no pages."""

    part: Part
    plain: bytes | None
    pdf: bytes | None
    pages: int
    remark: str
    name: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.plain).hexdigest() if self.plain is not None else ""


def build(bundle_id: int) -> None:
    """Make the files of a bundle that waits. A fault is noted and raised again, so that the job is tried again."""
    bundle = session.get(Bundle, bundle_id)
    if bundle is None or bundle.state != BundleState.WAITING:
        return
    try:
        _build(bundle)
    except Exception as fault:
        session.rollback()
        with transaction():
            session.get_one(Bundle, bundle_id).error = type(fault).__name__
        raise


def _build(bundle: Bundle) -> None:
    bundle_id, case = bundle.id, session.get_one(Case, bundle.case_id)
    by = system_actor(case.centre_id)
    party = session.get(Party, bundle.party_id) if bundle.party_id else None
    parts = queries.parts_of(case, bundle.audience, party, by=by)
    lacks = queries.lacks_of(case, parts)
    told = front.told(bundle, case, lacks)
    session.rollback()
    bound = []
    for place, part in enumerate(parts, 1):
        bound.append(_bound(place, part))
        with transaction():
            session.get_one(Bundle, bundle_id).done = place
    whole, pages = _whole(told, bound)
    archive = _archive(told, bound, whole)
    box = session.get_one(Case, told.case_id).box()
    session.rollback()
    pdf = files.store().put(whole, box, "application/pdf")
    zipped = files.store().put(archive, box, "application/zip")
    with transaction():
        row = session.get_one(Bundle, bundle_id)
        if row.state != BundleState.WAITING:  # somebody else's worker was faster
            for kept in (pdf, zipped):
                files.store().drop(kept.name)
            return
        row.pdf_name, row.pdf_sha256, row.pdf_size = pdf.name, pdf.sha256, pdf.size
        row.zip_name, row.zip_sha256, row.zip_size = zipped.name, zipped.sha256, zipped.size
        row.state, row.pages, row.error, row.ready_at = BundleState.READY, pages, None, clock.now()
        is_filed = row.audience == Audience.ARCHIVE
        row.expires_at = None if is_filed else clock.now() + timedelta(days=rules.KEPT_DAYS)
        if is_filed:  # the archive keeps the newest
            earlier = update(Bundle).where(
                Bundle.case_id == row.case_id, Bundle.audience == Audience.ARCHIVE, Bundle.id != row.id,
                Bundle.state == BundleState.READY,
            )
            session.execute(earlier.values(expires_at=clock.now()))


def _bound(place: int, part: Part) -> Bound:
    """Read one piece; what cannot become pages lies in the archive alone, and the contents say so."""
    title = f"{part.title} {part.number}" if part.number else part.title
    name = rules.file_name(place, title, part.ending or "pdf")
    plain = _bytes_of(part)
    if plain is None:
        return Bound(part, None, None, 0, part.remark, name)
    try:
        pdf = pictures.as_pdf(plain, part.ending)
        pages = printing.page_count(pdf) if pdf else 0
    except (pikepdf.PdfError, pictures.Unreadable):
        return Bound(part, plain, None, 0, BROKEN, name)
    remark = "" if pdf else APART
    if pdf and part.attachment_id and part.ending == "pdf" and archival.faults_of_pages(pdf):
        remark = NOT_ARCHIVAL
    return Bound(part, plain, pdf, pages, remark, name)


def _bytes_of(part: Part) -> bytes | None:
    if part.paper_id:
        papers.render(part.paper_id)
        row = session.get_one(Paper, part.paper_id, populate_existing=True)
    else:
        row = session.get_one(Attachment, part.attachment_id)
    box = session.get_one(Case, part.case_id).box()
    name, sha256 = row.file_name, row.file_sha256
    session.rollback()
    return files.store().get(name, box, sha256) if name else None


def _whole(told: front.Told, bound: list[Bound]) -> tuple[bytes, int]:
    """Return everything as one PDF, cover and contents before it, pages numbered through; and how many pages."""
    pages = sum(each.pages for each in bound)
    spans = rules.spans([each.pages for each in bound])
    snapshot = front.snapshot(told, [(each, span) for each, span in zip(bound, spans, strict=True)], pages)
    cover = printing.pdf(DOSSIER_FILED if told.is_filed else DOSSIER, 1, snapshot)
    numbers = printing.pdf(DOSSIER_NUMBERS, 1, snapshot) if pages else None
    end = binding.Piece(printing.pdf(DOSSIER_END, 1, snapshot), "卷宗情况说明") if told.is_filed else None
    is_archival = all(each.remark != NOT_ARCHIVAL for each in bound)
    finish = None if is_archival else archival.disclaim
    return binding.bound(_pieces(bound), front=cover, numbers=numbers, end=end, finish=finish)[0], pages


def _pieces(bound: list[Bound]) -> Iterator[binding.Piece]:
    for each in (each for each in bound if each.pdf):
        piece, each.pdf = binding.Piece(each.pdf, each.part.title), None  # what is bound in is not kept twice
        yield piece


def _archive(told: front.Told, bound: list[Bound], whole: bytes) -> bytes:
    """Return the ZIP: the whole, each piece by itself, a plain page that leads to them, and the hashes of all."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(WHOLE, whole, zipfile.ZIP_STORED)
        lines = [{"file": WHOLE, "title": "全卷", "sha256": hashlib.sha256(whole).hexdigest(), "bytes": len(whole)}]
        for each in bound:
            if each.plain is not None:
                archive.writestr(f"材料/{each.name}", each.plain, zipfile.ZIP_STORED)
            lines.append({
                "file": f"材料/{each.name}" if each.plain is not None else None, "title": each.part.title,
                "number": each.part.number, "part": each.part.item.label, "pages": each.pages, "sha256": each.sha256,
                "bytes": len(each.plain or b""), "remark": each.remark,
            })
            each.plain = None
        manifest = {**told.manifest, "hash": "SHA-256", "files": lines}
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2))
        archive.writestr(INDEX, front.page(told, lines))
    return out.getvalue()
