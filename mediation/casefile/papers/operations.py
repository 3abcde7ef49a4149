"""Issuing papers: number, sealed snapshot and template version with the change, the bytes once after it (P19)."""

import json
from datetime import date

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import defer

from mediation.casefile.cases import numbers
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.papers import contract, printing, rules
from mediation.casefile.papers.forms import PAPERS, short_hash
from mediation.casefile.papers.models import Paper, PaperState
from mediation.ground import clock, files, jobs, trail
from mediation.ground.choices import N_, Reason
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotFound, RuleBroken, because
from mediation.ground.ids import new_id
from mediation.ground.pdf.faults import PressFault
from mediation.ground.readings import read_once
from mediation.registry.access.rules import Actor, Depth
from mediation.registry.units.models import Centre


class Bar(Reason):
    NO_GLYPH = "no_glyph", N_("没有字体能印“%(character)s”（%(code_point)s）。可以选择留空手写。")
    NOT_READY = "not_ready", N_("这份文书还没排好版，请稍候再开")
    FAILED = "failed", N_("这份文书没有排成：%(why)s")


def issue(
    case: Case, kind: str, values: contract.Values, *, by: Actor, on: date, about=None, word: str | None = None,
    replaces: Paper | None = None,
) -> Paper:
    """Issue a paper within the caller's transaction; it is rendered afterwards, by a job or at its first opening.

    ``values.number`` may be set (an agreement bears its body's number); else ``word`` names the series the number
    comes from. Raises RuleBroken with everything that is missing, a character without a glyph by name and code point.
    """
    form = PAPERS[kind]
    number = values.number or numbers.paper_no(session.get_one(Centre, case.centre_id), word or form.key, on)
    snapshot = contract.snapshot(values) | {"number": number}
    bars = rules.obstacles(kind, snapshot)
    bars += [
        because(Bar.NO_GLYPH, character=character, code_point=f"U+{ord(character):04X}")
        for character in printing.missing_characters(snapshot)
    ]
    if bars and not values.draft:
        raise RuleBroken(*bars)
    paper = Paper(
        id=new_id(), centre_id=case.centre_id, case_id=case.id, kind=kind, number=number,
        object_kind=getattr(about, "__tablename__", None), object_id=getattr(about, "id", None),
        template_version=form.version, short_hash=short_hash(number, form.version, snapshot),
        is_draft=values.draft, handwritten={"characters": values.handwritten}, issued_on=on, issued_at=clock.now(),
        issued_by_id=by.account_id, replaces_id=replaces.id if replaces else None, state=PaperState.WAITING,
    )
    sealed = contract.canonical(snapshot).encode()
    paper.snapshot_sealed = case.box().seal(sealed, "papers", "snapshot", paper.id)
    if replaces is not None:
        replaces.state = PaperState.CANCELLED
    session.add(paper)
    session.flush()
    jobs.enqueue("papers.render", f"paper/{paper.id}", paper_id=paper.id)
    trail.record(
        "paper.issued", by=by, about=paper, case_id=case.id,
        params={"kind": kind, "number": number, "hash": paper.short_hash, "draft": values.draft},
    )
    return paper


def render(paper_id: int) -> None:
    """Render a waiting paper once and keep its bytes. Opens a transaction of its own; the press works outside of it."""
    paper = session.get(Paper, paper_id)
    if paper is None or paper.state != PaperState.WAITING:
        return
    case = session.get_one(Case, paper.case_id)
    box = case.box()
    kind, version = paper.kind, paper.template_version
    snapshot = json.loads(box.open(paper.snapshot_sealed, "papers", "snapshot", paper.id))
    session.rollback()
    try:
        pdf = printing.pdf(kind, version, snapshot)
    except PressFault as fault:
        _refused(paper_id, fault)
        raise
    kept = files.store().put(pdf, box, "application/pdf")
    with transaction():
        done = update(Paper).where(Paper.id == paper_id, Paper.state == PaperState.WAITING)
        values = {
            "state": PaperState.READY, "file_name": kept.name, "file_sha256": kept.sha256, "error": None,
            "pages": printing.page_count(pdf), "rendered_at": clock.now(),
        }
        if session.execute(done.values(values)).rowcount == 0:
            files.store().drop(kept.name)


def _refused(paper_id, fault):
    with transaction():
        session.execute(update(Paper).where(Paper.id == paper_id).values(error=type(fault).__name__))


def content(public_id: str, *, by: Actor, depth: Depth = Depth.CONTENTS) -> tuple[Paper, bytes]:
    """Return a paper and its bytes, the same at each call, hash checked; a waiting one is rendered first.

    Reading an issued paper, which prints full numbers by law, is a logged read (P23).
    """
    paper, _case = cases.child(Paper, public_id, for_=by, depth=depth)
    if paper.state == PaperState.WAITING:
        render(paper.id)
        paper, _case = cases.child(Paper, public_id, for_=by, depth=depth)
    if paper.file_name is None:
        raise NotFound()
    case = session.get_one(Case, paper.case_id)
    plain = files.store().get(paper.file_name, case.box(), paper.file_sha256)
    with transaction():
        trail.record("paper.opened", by=by, about=paper, case_id=case.id, params={"kind": paper.kind, "number": paper.number})
    return session.get_one(Paper, paper.id), plain


_OF_CASE = (
    select(Paper).where(Paper.case_id == bindparam("case_id")).order_by(Paper.id).options(defer(Paper.snapshot_sealed))
)


@read_once
def of_case(case_id: int) -> list[Paper]:
    """Return the papers of a case in the order in which they were issued."""
    return list(session.scalars(_OF_CASE, {"case_id": case_id}))


def newest(case_id: int, kind: str, *, about=None) -> Paper | None:
    """Return the newest paper of a kind that still stands; with ``about`` only of that object."""
    standing = (
        paper
        for paper in reversed(of_case(case_id))
        if paper.kind == kind and paper.state != PaperState.CANCELLED and not paper.is_draft
    )
    return next((paper for paper in standing if about is None or paper.object_id == about.id), None)
