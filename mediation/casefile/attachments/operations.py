"""Taking in what people bring, showing it, taking it out again."""

from datetime import date

from sqlalchemy import func, select

from mediation.casefile.attachments import rules
from mediation.casefile.attachments.models import Attachment
from mediation.casefile.attachments.rules import AttachmentKind, EvidenceCategory
from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party
from mediation.ground import files, trail
from mediation.ground.choices import N_
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken, because, known
from mediation.ground.files import Kept
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Permission


def keep(case_public_id: str, content: bytes, filename: str, *, by: Actor) -> Kept:
    """Check a file and write it, sealed, into the store. Call it before the transaction that adds the attachment.

    A file that no row names in the end is swept. Raises Invalid for a type that is not taken or differs from its
    ending, RuleBroken when the case is full.
    """
    return put(_open_to(by, case_public_id), content, filename)


def put(case: Case, content: bytes, filename: str) -> Kept:
    """Write a file for a room that has asked itself whether somebody may hand it in; otherwise as :func:`keep`."""
    media_type = files.type_of(content, filename)
    bars = _room(case, len(content))
    if bars:
        raise RuleBroken(*bars)
    box = case.box()
    session.rollback()  # writing may take a while; nothing is held meanwhile
    return files.store().put(content, box, media_type)


@once
def add(
    case_public_id: str, *, kind: AttachmentKind, title: str, kept: Kept | None = None, party: str | None = None,
    is_original: bool = False, pages: int | None = None, proves: str = "", received_on: date | None = None,
    category: str | None = None, on_paper: bool = False, by: Actor, on: date, key: str | None = None,
) -> str:
    """Add a file that :func:`keep` wrote, or a paper original that was only looked at (``kept`` None).

    ``on_paper``: a copy was handed over and not scanned. ``category`` is evidence's.
    Raises RuleBroken with everything missing, NotFound for a party of another case.
    """
    case = _open_to(by, case_public_id)
    bars = [] if title.strip() else [because(rules.Bar.NO_TITLE)]
    bars += [because(rules.Bar.NOTHING_SHOWN)] if not (kept or is_original or on_paper) else []
    bars += [because(rules.Bar.RECEIVED_LATER)] if received_on and received_on > on else []
    bars += _room(case, kept.size if kept else 0)
    if bars:
        raise RuleBroken(*bars)
    return _enter(
        case, kept, by=by, party_id=_party_id(case, party), kind=kind, title=title.strip(),
        category=known(EvidenceCategory, category, "category") if category else None, proves=proves.strip() or None,
        is_original=is_original, pages=pages, received_on=received_on or on,
    )


def hand_in(
    case: Case, kept: Kept, title: str, *, by: Actor, on: date, kind: AttachmentKind = AttachmentKind.OTHER
) -> str:
    """Add a file that :func:`put` wrote for another room; returns its public id."""
    return _enter(case, kept, by=by, kind=kind, title=title, is_original=False, received_on=on)


def require_open(by: Actor, case_public_id: str) -> None:
    """Raise what :func:`add` would where the actor may hand nothing in."""
    _open_to(by, case_public_id)


def keep_signed(case: Case, kept: Kept, title: str, *, paper_id: int, by: Actor, on: date) -> str:
    """Add the signed form of an issued paper that another room made; returns its public id."""
    return _enter(
        case, kept, by=by, kind=AttachmentKind.SIGNED_PAPER, title=title, is_original=False, received_on=on,
        paper_id=paper_id,
    )


def _enter(case: Case, kept: Kept | None, *, by: Actor, **values) -> str:
    row = Attachment(
        centre_id=case.centre_id, case_id=case.id, added_by_id=by.account_id, **values,
        file_name=kept.name if kept else None, file_sha256=kept.sha256 if kept else None,
        file_size=kept.size if kept else None, media_type=kept.media_type if kept else None,
    )
    session.add(row)
    session.flush()
    trail.record(
        "attachment.added", by=by, about=row, case_id=case.id,
        params={"kind": row.kind, "sha256": kept.sha256.hex() if kept else None, "size": row.file_size},
    )
    return row.public_id


def content(public_id: str, *, by: Actor) -> tuple[Attachment, bytes]:
    """Return an attachment and its bytes, hash checked; reading leaves a trail. Opens a transaction of its own.

    Raises NotFound for one without a file, removed, or of a case that the actor does not see.
    """
    row, case = cases.child(Attachment, public_id, for_=by)
    return opened(row, case, by=by)


def opened(row: Attachment, case: Case, *, by: Actor) -> tuple[Attachment, bytes]:
    """Return what :func:`content` does, for a room that has asked itself whether the actor may read it."""
    if row.file_name is None or row.removed_on is not None:
        raise NotFound()
    plain = files.store().get(row.file_name, case.box(), row.file_sha256)
    with transaction():
        trail.record("attachment.opened", by=by, about=row, case_id=row.case_id, params={"kind": row.kind})
    return session.get_one(Attachment, row.id), plain


def describe(
    public_id: str, *, title: str, category: str | None, party: str | None, is_original: bool, pages: int | None,
    proves: str, by: Actor, on: date,
) -> str:
    """Say better what a piece of evidence is; the file and its hash stay. Before and after are kept, sealed.

    Raises RuleBroken for other material or without a title.
    """
    row, case = cases.child(Attachment, public_id, for_=by)
    _open_to(by, case.public_id)
    bars = [] if title.strip() else [because(rules.Bar.NO_TITLE)]
    bars += [because(rules.Bar.NOT_EVIDENCE)] if row.kind != AttachmentKind.EVIDENCE else []
    bars += [because(rules.Bar.REMOVED)] if row.removed_on else []
    if bars:
        raise RuleBroken(*bars)
    new = {
        "title": title.strip(), "category": known(EvidenceCategory, category, "category") if category else None,
        "party_id": _party_id(case, party), "is_original": is_original, "pages": pages,
        "proves": proves.strip() or None,
    }
    changed = {name: (getattr(row, name), value) for name, value in new.items() if getattr(row, name) != value}
    for name, (_before, value) in changed.items():
        setattr(row, name, value)
    session.flush()
    if changed:
        trail.record("attachment.described", by=by, about=row, case_id=case.id, changed=changed, box=case.box())
    return row.public_id


def show_to(public_id: str, *, party: str, shown: bool = True, by: Actor, on: date) -> str:
    """Note that a party saw a piece of evidence, or that this was a slip; who handed it in knows it anyway (row 53).

    Raises RuleBroken for other material, NotFound for a party of another case.
    """
    row, case = cases.child(Attachment, public_id, for_=by)
    _open_to(by, case.public_id)
    if row.kind != AttachmentKind.EVIDENCE or row.removed_on:
        raise RuleBroken(because(rules.Bar.REMOVED if row.removed_on else rules.Bar.NOT_EVIDENCE))
    party_id = _party_id(case, party)
    if party_id is None:
        raise Invalid(party=N_("选给哪一方看了"))
    seen = {ref: day for ref, day in (row.shown_to or {}).items() if ref != party}
    row.shown_to = seen | ({party: on.isoformat()} if shown else {})
    session.flush()
    event = "evidence.shown" if shown else "evidence.not_shown"
    trail.record(event, by=by, about=row, case_id=case.id, params={"party": party_id})
    return row.public_id


def remove(public_id: str, *, reason: str, by: Actor, on: date) -> str:
    """Take an attachment out of the file with a reason; the sealed file stays for those who check the trail."""
    row, case = cases.child(Attachment, public_id, for_=by)
    _open_to(by, case.public_id)
    bars = [] if reason.strip() else [because(rules.Bar.NO_REASON)]
    bars += [because(rules.Bar.REMOVED)] if row.removed_on else []
    if bars:
        raise RuleBroken(*bars)
    row.removed_on, row.removed_reason = on, reason.strip()
    session.flush()
    trail.record("attachment.removed", by=by, about=row, case_id=case.id, params={"kind": row.kind})
    return row.public_id


def _open_to(by: Actor, case_public_id: str) -> Case:
    """Return the case if the actor works on it and may add material."""
    case = cases.get(case_public_id, for_=by)
    if not by.may(Permission.ATTACHMENTS_ADD) or not access.acts_on(by, case):
        raise NotAllowed(Permission.ATTACHMENTS_ADD)
    return case


def _room(case, more):
    query = select(func.count(), func.coalesce(func.sum(Attachment.file_size), 0)).where(Attachment.case_id == case.id)
    count, size = session.execute(query).one()
    return rules.room_obstacles(files=count, size=size, more=more)


def _party_id(case, public_id):
    if not public_id:
        return None
    found = session.scalar(select(Party.id).where(Party.public_id == public_id, Party.case_id == case.id))
    if found is None:
        raise NotFound()
    return found
