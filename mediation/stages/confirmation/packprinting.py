"""Printing many packs: pack by pack, each written down when it is done, bound into one file at the end.

A worker that dies loses the pack in hand and nothing else; a pack that cannot be printed goes onto the error list and
keeps no other up.
"""

import logging
from collections.abc import Sequence

from sqlalchemy import select

from mediation.casefile.cases.steps import Bar as StepBar
from mediation.casefile.papers import binding, printing
from mediation.casefile.papers.binding import Piece
from mediation.casefile.papers.forms import PACK_LIST
from mediation.casefile.papers.operations import Bar as PaperBar
from mediation.ground import clock, files, tries
from mediation.ground.db import session, transaction
from mediation.ground.errors import Obstacle, because
from mediation.ground.pdf.faults import MissingCharacters, PressFault, TooCostly, TooLong
from mediation.registry.access.rules import Actor
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units
from mediation.stages.confirmation import preparing
from mediation.stages.confirmation.models import Confirmation, PackRun
from mediation.stages.confirmation.packruns import Bar, Line, ask_for_next, told
from mediation.stages.confirmation.rules import RunState

AT_ONCE = 5  # packs of one job: well within its lease, and others get their turn
OF_THE_PAPER = (MissingCharacters, TooLong, TooCostly)  # trying again changes nothing

log = logging.getLogger(__name__)


def work(run_id: int, round_: int) -> None:
    """Print some packs and ask for the next; the last binds them. Opens transactions of its own.

    It goes on where the row says that it is, so the same job may come again after its worker died.
    """
    row = session.get(PackRun, run_id)
    if row is None or row.round != round_ or row.state != RunState.RUNNING:
        return
    by = staff.actor_of(row.post_id, account_id=row.account_id, on=clock.today())
    places = range(row.done, min(row.done + AT_ONCE, row.total))
    packs, total = row.wanted["packs"], row.total
    session.rollback()
    if by is None:
        with transaction():
            row = session.get_one(PackRun, run_id)
            row.state, row.why_stopped = RunState.STOPPED, Bar.POST_ENDED.label
        return
    for place in places:
        if not _print(run_id, round_, place, packs[place], by):
            return  # stopped by hand, or another worker is at it
    if places.stop == total:
        _bind(run_id)
        return
    with transaction():
        ask_for_next(session.get_one(PackRun, run_id))


def _print(run_id: int, round_: int, place: int, pack_id: int, by: Actor) -> bool:
    """Print a pack and write it down; say whether to go on. Raises PressFault when the printer is out of order."""
    public_id = session.scalar(select(Confirmation.public_id).where(Confirmation.id == pack_id))
    box = session.get_one(PackRun, run_id).box()
    session.rollback()
    try:
        content, bars = _made(public_id, by)
    except PressFault as fault:
        session.rollback()
        with transaction():
            session.get_one(PackRun, run_id).error = type(fault).__name__
        raise
    if content is None:
        line = {"why": tries.kept(bars)}
    else:
        line = {"part": binding.keep(content, box), "pages": printing.page_count(content)}
    with transaction():
        row = session.get_one(PackRun, run_id, with_for_update=True, populate_existing=True)
        is_mine = row.done == place and row.round == round_ and row.state == RunState.RUNNING
        if is_mine:
            row.done, row.error, row.lines = place + 1, None, {"packs": [*row.lines["packs"], line]}
    if not is_mine and content is not None:
        binding.drop([line["part"]])
    return is_mine


def _made(public_id: str, by: Actor) -> tuple[bytes | None, Sequence[Obstacle]]:
    """Return a pack, or why there is none."""
    try:
        with transaction():
            preparing.issue_what_lacks(public_id, by=by, on=clock.today())
        return preparing.pack(public_id, by=by), ()
    except tries.REFUSALS as error:
        found = getattr(error, "obstacles", None) or (because(StepBar.NOT_YOURS),)
    except OF_THE_PAPER as fault:
        found = (because(PaperBar.FAILED, why=str(fault.label) % fault.params),)
    except PressFault:
        raise
    except Exception:
        log.exception("a pack was not printed")
        found = (because(Bar.BROKE),)
    session.rollback()
    return None, found


def _bind(run_id: int) -> None:
    row = session.get_one(PackRun, run_id, populate_existing=True)
    box, lines = row.box(), list(told(row))
    parts = [line["part"] for line in row.lines["packs"] if "part" in line]
    head = {"centre": units.centre(row.centre_id).name, "by": row.asked_by, "on": clock.day_of(row.recorded_at)}
    session.rollback()
    values = {"state": RunState.EMPTY, "ended_at": clock.now()}
    kept = None
    if parts:
        names = [f"{line.row.body_no or line.row.register_no} {line.row.title}" for line in lines if line.pages]
        pieces = (Piece(*each) for each in zip(binding.kept(parts, box), names, strict=True))
        whole, pages = binding.bound(pieces, front=_front(head, lines))
        kept = files.store().put(whole, box, binding.PDF)
        values |= {
            "state": RunState.READY, "file_name": kept.name, "file_sha256": kept.sha256, "pages": pages,
        }
    with transaction():
        row = session.get_one(PackRun, run_id, with_for_update=True, populate_existing=True)
        is_mine = row.state == RunState.RUNNING
        if is_mine:
            for name, value in values.items():
                setattr(row, name, value)
            bare = [{name: value for name, value in line.items() if name != "part"} for line in row.lines["packs"]]
            row.lines = {"packs": bare}
    if is_mine:
        binding.drop(parts)
    elif kept:
        files.store().drop(kept.name)


def _front(head: dict, lines: Sequence[Line]) -> bytes:
    """Return the first sheets: which pack begins on which page. Set twice, since they are pages themselves."""
    before = 1
    while True:
        made = printing.pdf(PACK_LIST, 1, _listed(head, lines, before))
        if printing.page_count(made) == before:
            return made
        before = printing.page_count(made)


def _listed(head: dict, lines: Sequence[Line], before: int) -> dict:
    listed, page = [], before + 1
    for line in lines:
        span = None if not line.pages else f"{page}—{page + line.pages - 1}" if line.pages > 1 else f"{page}"
        page += line.pages
        listed.append({
            "number": line.row.body_no or line.row.register_no, "title": line.row.title, "court": line.court,
            "pages": span, "remark": "" if line.pages else "没有印，见名单",
        })
    found = {
        "number": None, "draft": False, "track": "peoples", "citations": [], "handwritten": [], "parties": [],
        "mediators": [], "centre": {"name": head["centre"]},
        "details": {"by": head["by"], "on": head["on"].isoformat(), "lines": listed, "pages": page - 1},
    }
    return found | {"handwritten": printing.missing_characters(found)}
