"""Is a printed paper ours? By the number and the short hash that stand on it, or by the file itself.

The answer says which form, from which day and unit, and whether a newer one has taken its place; nothing of the case.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from mediation.casefile.cases.models import Case
from mediation.casefile.papers.forms import PAPERS
from mediation.casefile.papers.models import Paper, PaperState
from mediation.ground import trail
from mediation.ground.choices import Choice, N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid
from mediation.registry.access.rules import Actor
from mediation.registry.staff import operations as staff
from mediation.registry.units.queries import centre_name

MOST_AN_HOUR = 60  # a clerk with a pile of papers; somebody who tries hashes would need ages
LIKE_DIGITS = str.maketrans("OIL", "011")  # letters that no hash holds and that are misread for digits
ALIKE = str.maketrans(dict.fromkeys("（）〔〕［］()[]", "|"))  # brackets of a number, however they were typed
END = b"%%EOF"
MOST_REVISIONS = 8


class Verdict(Choice):
    GENUINE = "genuine", N_("是本中心出具的，内容没有改过")
    SUPERSEDED = "superseded", N_("是本中心出具的，但已经有新的一份代替")
    CANCELLED = "cancelled", N_("是本中心出具的，但已经作废")
    DRAFT = "draft", N_("是本中心的草稿，不作数")
    CHANGED = "changed", N_("本中心出具的文件后面被加了东西，不能当作原件")
    UNKNOWN = "unknown", N_("不是本中心出具的，或者编号、校验码抄错了")


@dataclass(frozen=True)
class Answer:
    """What the check page tells."""

    verdict: Verdict
    form: str | None = None  # name of the form, Chinese
    issued_on: date | None = None
    unit: str | None = None
    paper: Paper | None = None  # for rooms above; a page shows nothing of it


def signs(text: str) -> str:
    """Return a short hash as it is stored, however it was typed; letters that look like digits are those."""
    plain = re.sub(r"[^0-9A-Z]", "", text.upper()).translate(LIKE_DIGITS)
    return "-".join((plain[:4], plain[4:8], plain[8:])) if len(plain) == 12 else ""


def same_number(one: str, other: str) -> bool:
    """Say whether two numbers are the same but for the shape of their brackets and spaces."""
    return _plain(one) == _plain(other)


def _plain(number: str) -> str:
    return re.sub(r"\s", "", number).translate(ALIKE)


def by_number(number: str, short_hash: str, *, by: Actor) -> Answer:
    """Say whether a paper with that number and short hash was issued here. Counted, and written down."""
    _count(by)
    query = select(Paper).where(Paper.short_hash == signs(short_hash), Paper.centre_id == by.centre_id)
    found = next((paper for paper in session.scalars(query) if same_number(paper.number, number)), None)
    return _told(found, by=by)


def by_file(content: bytes, *, by: Actor) -> Answer:
    """Say whether a file is one that was issued here, byte by byte; ``CHANGED`` where something was added to it.

    What stands in a signature is added, too: who can read signatures looks at it again.
    """
    _count(by)
    paper = _of_bytes(content, by)
    if paper is not None:
        return _told(paper, by=by)
    for revision in _revisions(content):
        paper = _of_bytes(revision, by)
        if paper is not None:
            return _told(paper, by=by, verdict=Verdict.CHANGED)
    return _told(None, by=by)


def _of_bytes(content, by):
    digest = hashlib.sha256(content).digest()
    return session.scalar(select(Paper).where(Paper.file_sha256 == digest, Paper.centre_id == by.centre_id).limit(1))


def _revisions(content: bytes):
    """Yield what the file was before something was added to it, the newest first."""
    places = [found.end() for found in re.finditer(re.escape(END), content)][-MOST_REVISIONS:]
    for place in reversed(places):
        yield from (content[: place + more] for more in (0, 1, 2) if place + more < len(content))


def _told(paper: Paper | None, *, by: Actor, verdict: Verdict | None = None) -> Answer:
    answer = Answer(Verdict.UNKNOWN) if paper is None else Answer(
        verdict or standing(paper), PAPERS[paper.kind].name, paper.issued_on, unit_of(paper), paper
    )
    trail.record(
        "paper.checked", by=by, about=paper, case_id=paper.case_id if paper else None,
        params={"verdict": answer.verdict},
    )
    return answer


def standing(paper: Paper) -> Verdict:
    """Say whether a paper of ours still stands."""
    if paper.is_draft:
        return Verdict.DRAFT
    newer = select(Paper.id).where(
        Paper.case_id == paper.case_id, Paper.kind == paper.kind, Paper.id > paper.id, Paper.is_draft.is_(False),
        Paper.state != PaperState.CANCELLED,
        Paper.object_id.is_(None) if paper.object_id is None else Paper.object_id == paper.object_id,
    )
    if session.scalar(newer.limit(1)) is not None:
        return Verdict.SUPERSEDED
    return Verdict.CANCELLED if paper.state == PaperState.CANCELLED else Verdict.GENUINE


def unit_of(paper: Paper) -> str:
    """Return the name of the unit that issued a paper, as it stands on it."""
    box = session.get_one(Case, paper.case_id).box()
    said = json.loads(box.open(paper.snapshot_sealed, "papers", "snapshot", paper.id))
    return (said.get("body") or {}).get("name") or centre_name(paper.centre_id)


def _count(by: Actor) -> None:
    subject = str(by.account_id)
    if staff.count_attempts("paper_check", subject, timedelta(hours=1)) >= MOST_AN_HOUR:
        raise Invalid(N_("一小时内核验的次数到了上限，请稍后再查"))
    staff.note_attempt("paper_check", subject)
