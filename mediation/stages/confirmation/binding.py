"""The pack bound for filing: contents, the papers in the order of filing, the scans, pages numbered through.

Issued papers stay as they are: the bound copy is made anew each time and only this copy bears the running numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mediation.casefile.attachments import operations as attachments
from mediation.casefile.attachments import queries as attached
from mediation.casefile.attachments.models import Attachment
from mediation.casefile.attachments.rules import AttachmentKind
from mediation.casefile.papers import binding, contract, printing
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.forms import CONTENTS, NUMBERS
from mediation.ground.errors import NotFound
from mediation.registry.access.rules import Actor
from mediation.stages.confirmation.gather import Bundle
from mediation.stages.confirmation.papers import ADDRESS, AGREEMENT, APPLICATION, PROOF, Sheet, contents, sheets

SCANS = (AttachmentKind.IDENTITY, AttachmentKind.AUTHORITY, AttachmentKind.PROPERTY)
SIGNED = {
    APPLICATION: "各申请人签名或者盖章", AGREEMENT: "当事人、调解员签名，调解组织盖章", PROOF: "调解组织盖章",
    ADDRESS: "受送达人签名", AttachmentKind.IDENTITY: "与原件核对", AttachmentKind.AUTHORITY: "委托人签名",
    AttachmentKind.PROPERTY: "与原件核对",
}
WANTING, APART = "尚未出具", "另附"


@dataclass(frozen=True)
class Part:
    """One line of the contents; ``content`` None where nothing of it is in the copy."""

    name: str
    remark: str
    number: str | None = None
    content: bytes | None = None
    pages: int = 0


def merged(bundle: Bundle, *, by: Actor) -> bytes:
    """Return the pack as one PDF.

    Each paper is rendered once and opened as a logged read, so call it outside a transaction. Raises NotFound while
    nothing has been issued.
    """
    found = sheets(bundle)
    if not any(sheet.paper for sheet in found):
        raise NotFound()
    # Opening a paper commits, so whatever the bundle still has to tell is read before.
    front = contents(bundle)
    wanted = [(_name(sheet), sheet.kind, sheet.paper and sheet.paper.public_id) for sheet in found]
    scans = [(row.title, row.kind, row.public_id, row.media_type) for row in _scans(bundle)]
    parts = [_sheet(*each, by=by) for each in wanted] + [_scan(*each, by=by) for each in scans]
    details = replace(front.details, lines=_lines(parts), pages=sum(part.pages for part in parts))
    front = replace(front, details=details)
    snapshot = contract.snapshot(
        replace(front, handwritten=printing.missing_characters(contract.snapshot(front)))
    )
    front, numbers = printing.pdf(CONTENTS, 1, snapshot), printing.pdf(NUMBERS, 1, snapshot)
    pieces = (binding.Piece(part.content, part.name) for part in parts if part.content)
    return binding.bound(pieces, front=front, numbers=numbers)[0]


def _scans(bundle: Bundle) -> list[Attachment]:
    known = sorted(attached.of_case(bundle.case.id, *SCANS), key=lambda row: SCANS.index(row.kind))
    return [row for row in known if row.file_name]


def _name(sheet: Sheet) -> str:
    return f"{sheet.name}（{sheet.who}）" if sheet.who else sheet.name


def _sheet(name: str, kind: str, public_id: str | None, *, by: Actor) -> Part:
    if public_id is None:
        return Part(name, WANTING)
    paper, content = papers.content(public_id, by=by)
    return Part(name, SIGNED[kind], paper.number, content, printing.page_count(content))


def _scan(title: str, kind: AttachmentKind, public_id: str, media_type: str, *, by: Actor) -> Part:
    """A scan that is no PDF is a line of the contents only: it is printed from its own page."""
    if media_type != "application/pdf":
        return Part(title, APART)
    content = attachments.content(public_id, by=by)[1]
    return Part(title, SIGNED[kind], None, content, printing.page_count(content))


def _lines(parts: Sequence[Part]) -> list[contract.PackLine]:
    lines, first = [], 1
    for part in parts:
        last = first + part.pages - 1
        span = f"{first}—{last}" if part.pages > 1 else f"{first}" if part.pages else None
        lines.append(contract.PackLine(name=part.name, number=part.number, pages=span, remark=part.remark))
        first = last + 1
    return lines


