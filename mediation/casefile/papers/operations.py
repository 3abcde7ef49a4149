"""Issuing papers: number, sealed snapshot and template version with the change, the bytes once after it (P19)."""

import json
from collections.abc import Mapping
from datetime import date

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import defer

from mediation.casefile.cases import numbers
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.papers import contract, printing, rules, wordfile
from mediation.casefile.papers.forms import PAPERS, Form, short_hash
from mediation.casefile.papers.models import Paper, PaperState
from mediation.ground import clock, files, jobs, trail
from mediation.ground.choices import N_, Reason
from mediation.ground.db import insert, session, transaction
from mediation.ground.errors import NotFound, Obstacle, RuleBroken, because
from mediation.ground.ids import new_id
from mediation.ground.pdf.faults import PressFault
from mediation.ground.rereading import until_written
from mediation.registry.access.rules import Actor, Depth
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Kind
from mediation.registry.units.queries import centre
from mediation.registry.wordings import queries as wordings


class Bar(Reason):
    NO_GLYPH = "no_glyph", N_("没有字体能印“%(character)s”（%(code_point)s）。可以选择留空手写。")
    NO_TEMPLATE = "no_template", N_("“%(paper)s”没有第%(version)s版样式，最新的是第%(newest)s版，请在设置里改正")
    FAILED = "failed", N_("这份文书没有排成：%(why)s")


_hearers = []


def when_issued(function):
    """Register ``function(paper, case, *, on, replaces)`` to run in the transaction in which a paper is issued."""
    _hearers.append(function)
    return function


def issue(
    case: Case, kind: str, values: contract.Values, *, by: Actor, on: date, about=None, word: str | None = None,
    replaces: Paper | None = None,
) -> Paper:
    """Issue a paper within the caller's transaction; it is rendered afterwards, by a job or at its first opening.

    ``values.number`` may be set (an agreement bears its body's number); else ``word`` names the series the number
    comes from. Raises RuleBroken with everything that is missing, a character without a glyph by name and code point.
    """
    form = PAPERS[kind]
    version, series = _version(form, case, on), word or form.key
    snapshot = contract.snapshot(values) | _local(kind, case.centre_id, on)
    bars = [] if values.draft else lacking(kind, snapshot | {"number": values.number or series})
    if bars:
        raise RuleBroken(*bars)
    number = values.number or numbers.paper_no(centre(case.centre_id), series, on)  # taken once nothing lacks
    snapshot["number"] = number
    paper = Paper(
        id=new_id(), centre_id=case.centre_id, case_id=case.id, kind=kind, number=number,
        object_kind=getattr(about, "__tablename__", None), object_id=getattr(about, "id", None),
        template_version=version, short_hash=short_hash(number, version, snapshot),
        is_draft=values.draft, handwritten={"characters": values.handwritten}, issued_on=on, issued_at=clock.now(),
        issued_by_id=by.account_id, replaces_id=replaces.id if replaces else None, state=PaperState.WAITING,
    )
    sealed = contract.canonical(snapshot).encode()
    paper.snapshot_sealed = case.box().seal(sealed, "papers", "snapshot", paper.id)
    if replaces is not None:
        replaces.state = PaperState.CANCELLED
    insert(paper)
    jobs.enqueue("papers.render", f"paper/{paper.id}", paper_id=paper.id)
    trail.record(
        "paper.issued", by=by, about=paper, case_id=case.id,
        params={"kind": kind, "number": number, "hash": paper.short_hash, "draft": values.draft},
    )
    for hear in _hearers:
        hear(paper, case, on=on, replaces=replaces)
    return paper


def _local(kind: str, centre_id: int, on: date) -> dict[str, dict[str, str]]:
    """Return the centre's own words for a paper, as its snapshot keeps them; nothing where it has none (row 59)."""
    words = wordings.texts(kind, centre_id=centre_id, on=on)
    return {"local": words} if words else {}


def _version(form: Form, case: Case, on: date) -> int:
    """Return the version of the template that a centre uses on a day (DC-08). Raises RuleBroken where there is none."""
    version = settings.value(Kind.TEMPLATE, form.key, on=on, centre_id=case.centre_id) or form.version
    if version > form.version:
        raise RuleBroken(because(Bar.NO_TEMPLATE, paper=form.name, version=version, newest=form.version))
    return version


def lacking(kind: str, snapshot: Mapping) -> list[Obstacle]:
    """Return what keeps a paper from being issued."""
    return rules.obstacles(kind, snapshot) + [
        because(Bar.NO_GLYPH, character=character, code_point=f"U+{ord(character):04X}")
        for character in printing.missing_characters(snapshot)
    ]


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
        said = {"kind": paper.kind, "number": paper.number}
        trail.record("paper.opened", by=by, about=paper, case_id=case.id, params=said)
    return session.get_one(Paper, paper.id), plain


def large(public_id: str, *, by: Actor) -> tuple[Paper, bytes]:
    """Return a paper in large print: the same words from the same snapshot, set anew each time and kept nowhere.

    A logged read like :func:`content`. Raises NotFound for one that does not stand.
    """
    paper, case = cases.child(Paper, public_id, for_=by)
    if paper.state not in (PaperState.WAITING, PaperState.READY):
        raise NotFound()
    box, kind, version = case.box(), paper.kind, paper.template_version
    snapshot = json.loads(box.open(paper.snapshot_sealed, "papers", "snapshot", paper.id))
    session.rollback()
    plain = printing.pdf(kind, version, snapshot, large=True)
    with transaction():
        paper, case = cases.child(Paper, public_id, for_=by)
        said = {"kind": paper.kind, "number": paper.number, "large": True}
        trail.record("paper.opened", by=by, about=paper, case_id=case.id, params=said)
    return session.get_one(Paper, paper.id), plain


def word(public_id: str, *, by: Actor) -> tuple[Paper, bytes]:
    """Return a paper as a Word file, made anew from the same snapshot and kept nowhere; a logged read.

    Raises NotFound for a kind that is not offered so, and for one that does not stand.
    """
    paper, case = cases.child(Paper, public_id, for_=by)
    if paper.state not in (PaperState.WAITING, PaperState.READY) or not wordfile.is_offered(paper.kind):
        raise NotFound()
    snapshot = json.loads(case.box().open(paper.snapshot_sealed, "papers", "snapshot", paper.id))
    plain = wordfile.docx(paper.kind, paper.template_version, snapshot)
    session.rollback()
    with transaction():
        paper, case = cases.child(Paper, public_id, for_=by)
        said = {"kind": paper.kind, "number": paper.number, "word": True}
        trail.record("paper.opened", by=by, about=paper, case_id=case.id, params=said)
    return session.get_one(Paper, paper.id), plain


def get(public_id: str, *, for_: Actor) -> tuple[Paper, Case]:
    """Return a paper and its case, whose contents the reader must see. Raises NotFound."""
    return cases.child(Paper, public_id, for_=for_)


def progress(public_id: str, *, by: Actor) -> str:
    """Say how far a paper is that the actor may open: "waiting", "ready", or "failed" until it is tried again."""
    paper, _case = cases.child(Paper, public_id, for_=by)
    return "failed" if paper.state == PaperState.WAITING and paper.error else paper.state.value


_OF_CASE = (
    select(Paper).where(Paper.case_id == bindparam("case_id")).order_by(Paper.id).options(defer(Paper.snapshot_sealed))
)


@until_written(Paper)
def of_case(case_id: int) -> list[Paper]:
    """Return the papers of a case in the order in which they were issued."""
    return list(session.scalars(_OF_CASE, {"case_id": case_id}))


@until_written(Paper)
def newest(case_id: int, kind: str, *, about=None) -> Paper | None:
    """Return the newest paper of a kind that still stands; with ``about`` only of that object."""
    standing = (
        paper
        for paper in reversed(of_case(case_id))
        if paper.kind == kind and paper.state != PaperState.CANCELLED and not paper.is_draft
    )
    return next((paper for paper in standing if about is None or paper.object_id == about.id), None)
