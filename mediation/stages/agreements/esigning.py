"""The organisation's electronic signature under an issued agreement, where law and set-up allow it (JM-16).

The paper with wet ink, scanned, is the way always; this is beside it. The signed file is kept as a scan would be.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from mediation.casefile.attachments import operations as attachments
from mediation.casefile.attachments import queries as attached
from mediation.casefile.attachments.rules import AttachmentKind
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.papers import checking, printing
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.checking import Answer, Verdict
from mediation.casefile.papers.forms import SIGNATURE_NOTE
from mediation.casefile.papers.models import Paper, PaperState
from mediation.ground import clock, files, trail
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.crypto import keys
from mediation.ground.db import session, transaction
from mediation.ground.errors import Obstacle, RuleBroken, because
from mediation.ground.pdf import signature
from mediation.registry.access.rules import Actor
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Kind
from mediation.stages.agreements import queries
from mediation.stages.agreements.signing import Bar as SigningBar

CERTIFICATE, KEY = "certificate.pem", "key.sealed"
PLACE = ("signing", "key")
TITLE = "电子签名件（单位）"

_folder: Path | None = None


class Bar(Reason):
    NOT_INSTALLED = "esign_not_installed", N_("本机没有装电子签名组件，请签纸质")
    NO_CERTIFICATE = "esign_no_certificate", N_("还没有单位证书，请签纸质")
    NOT_ISSUED = "esign_not_issued", N_("只能签已经出具、没有作废的调解协议书")
    SIGNED = "esign_signed", N_("这份协议书已经有单位的电子签名")


class Word(Choice):
    """What a signature in a file comes to."""

    GOOD = "good", N_("有效，签名后没有改过")
    FOREIGN = "foreign", N_("不是本中心的证书")
    BROKEN = "broken", N_("签名后文件被改过")


@dataclass(frozen=True)
class Told:
    """A signature as the check page tells it."""

    words: Word
    signer: str
    at: datetime | None
    is_test: bool


def set_up(folder: Path) -> None:
    """Say where this installation keeps the organisation's certificate and its sealed key."""
    global _folder
    _folder = folder


def is_set_up() -> bool:
    """Say whether there is something to sign with: the extra and a certificate."""
    return signature.is_installed() and _folder is not None and (_folder / CERTIFICATE).exists()


def make_test_certificate(organisation: str) -> Path:
    """Make and keep a certificate for trials; its key is sealed. Returns where it lies."""
    certificate, key = signature.test_certificate(organisation, now=clock.now())
    wrapped = keys().new_data_key()
    _folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {"data_key": wrapped.hex(), "key": keys().box(wrapped).seal(key, *PLACE).hex()}
    target = _folder / KEY
    target.touch(mode=0o600)
    target.write_text(json.dumps(kept))
    (_folder / CERTIFICATE).write_bytes(certificate)
    return _folder / CERTIFICATE


def _certificate() -> bytes:
    return (_folder / CERTIFICATE).read_bytes()


def _key() -> bytes:
    kept = json.loads((_folder / KEY).read_text())
    return keys().box(bytes.fromhex(kept["data_key"])).open(bytes.fromhex(kept["key"]), *PLACE)


def obstacles(paper: Paper, case: Case, *, on: date) -> list[Obstacle]:
    """Return what forbids the organisation's electronic signature under a paper on a day.

    JM-16: Electronic Signature Law (2019), Art. 3: never for marriage, adoption, inheritance.
    """
    found = [] if signature.is_installed() else [because(Bar.NOT_INSTALLED)]
    if not found and not is_set_up():
        found.append(because(Bar.NO_CERTIFICATE))
    if queries.is_signed_by_hand(case, on=on):
        found.append(because(SigningBar.PAPER_ONLY))
    stands = paper.state in (PaperState.READY, PaperState.WAITING) and not paper.is_draft
    kinds = settings.value(Kind.WORDS, "JM-16.papers", on=on, centre_id=case.centre_id) or ()
    if paper.kind not in kinds or not stands:
        found.append(because(Bar.NOT_ISSUED))
    if signed_of(paper) is not None:
        found.append(because(Bar.SIGNED))
    return found


def signed_of(paper: Paper):
    """Return the electronically signed file of a paper, None where there is none."""
    rows = attached.of_case(paper.case_id, AttachmentKind.SIGNED_PAPER)
    return next((row for row in rows if row.paper_id == paper.id and row.title == TITLE), None)


def sign(paper_public_id: str, *, by: Actor, on: date) -> str:
    """Put the organisation's signature under an issued agreement; returns the public id of the signed file.

    Opens transactions of its own. Raises RuleBroken with everything that forbids it (JM-16).
    """
    paper, case = cases.child(Paper, paper_public_id, for_=by)
    attachments.require_open(by, case.public_id)
    bars = obstacles(paper, case, on=on)
    if bars:
        raise RuleBroken(*bars, about=case.public_id)
    number, paper_id, case_id = paper.number, paper.id, case.id
    paper, content = papers.content(paper_public_id, by=by)
    unit = checking.unit_of(paper)
    session.rollback()
    note = printing.pdf(SIGNATURE_NOTE, 1, _note(unit, number, on))
    signed = signature.sign(content, certificate=_certificate(), key=_key(), note=note, reason=number)
    kept = files.store().put(signed, session.get_one(Case, case_id).box(), "application/pdf")
    session.rollback()
    with transaction():
        case, paper = session.get_one(Case, case_id), session.get_one(Paper, paper_id)
        made = attachments.keep_signed(case, kept, TITLE, paper_id=paper_id, by=by, on=on)
        trail.record("paper.signed", by=by, about=paper, case_id=case_id, params={"kind": paper.kind, "number": number})
    return made


def _note(unit: str, number: str, on: date) -> dict:
    found = {
        "number": number, "draft": False, "track": "peoples", "citations": [], "handwritten": [], "parties": [],
        "mediators": [], "centre": {"name": unit},
        "details": {"unit": unit, "on": on.isoformat(), "is_test": signature.is_test(_certificate())},
    }
    return found | {"handwritten": printing.missing_characters(found)}


def checked(content: bytes, *, by: Actor) -> tuple[Answer, Told | None]:
    """Say whether a file is ours, and what the signature behind it says, if there is one."""
    answer = checking.by_file(content, by=by)
    if answer.paper is None or not is_set_up():
        return answer, None
    try:
        seen = signature.look(content, trusted=[_certificate()])
    except Exception:  # a file made to break readers is simply not ours
        seen = None
    if seen is None:
        return answer, None
    word = Word.BROKEN if not (seen.is_intact and seen.is_whole) else Word.GOOD if seen.is_trusted else Word.FOREIGN
    if word == Word.GOOD and answer.verdict == Verdict.CHANGED:
        answer = replace(answer, verdict=checking.standing(answer.paper))
    return answer, Told(word, seen.signer, seen.at, signature.is_test(_certificate()))
