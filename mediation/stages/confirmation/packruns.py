"""Many packs in one file: asked for on the board, stopped, gone on with, read; `packprinting` prints them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.queries import Row
from mediation.casefile.papers import binding
from mediation.ground import files, jobs, trail, tries
from mediation.ground.choices import N_, Reason
from mediation.ground.crypto import keys
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken, because
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Depth, Permission
from mediation.stages.agreements.models import Agreement
from mediation.stages.confirmation.boards import AT_ONCE
from mediation.stages.confirmation.models import Confirmation, PackRun
from mediation.stages.confirmation.rules import RunState

JOB = "confirmation.packs"
MOST = AT_ONCE
KEPT_DAYS = 7  # what was printed; it can be printed again


class Bar(Reason):
    NONE_CHOSEN = "no_pack_chosen", N_("先勾选要打印的案件")
    TOO_MANY = "too_many_packs", N_("一次最多印 %(most)s 件，分几次印")
    POST_ENDED = "pack_run_post_ended", N_("要印的岗位已经结束，换人另印一批")
    BROKE = "pack_not_printed", N_("这一件没有印成，可以再印一次；一直不成，请告诉管理员")
    NOTHING_LEFT = "no_pack_left", N_("没有可以再印的")


@once
def ask(public_ids: Sequence[str], *, by: Actor, key: str | None = None) -> str:
    """Ask for packs as one file, in the order of the board; return the public id of the print.

    Raises NotAllowed, NotFound for a pack that the actor does not see, RuleBroken for none or too many.
    """
    if not by.may(Permission.PAPERS_ISSUE):
        raise NotAllowed(Permission.PAPERS_ISSUE)
    wanted = list(dict.fromkeys(public_ids))
    if not wanted:
        raise RuleBroken(because(Bar.NONE_CHOSEN))
    if len(wanted) > MOST:
        raise RuleBroken(because(Bar.TOO_MANY, most=MOST))
    query = _seen(select(Confirmation.id), by).where(Confirmation.public_id.in_(wanted))
    query = query.join(Agreement, Agreement.id == Confirmation.agreement_id)
    found = list(session.scalars(query.order_by(Agreement.effective_on, Confirmation.id)))
    if len(found) < len(wanted):
        raise NotFound()
    return _start(found, by=by).public_id


def _start(packs: list[int], *, by: Actor) -> PackRun:
    row = PackRun(
        id=new_id(), centre_id=by.centre_id, unit_id=by.unit_id, account_id=by.account_id, post_id=by.post_id,
        asked_by=by.name, data_key=keys().new_data_key(), state=RunState.RUNNING, round=0, done=0, total=len(packs),
        wanted={"packs": packs}, lines={"packs": []},
    )
    session.add(row)
    session.flush()
    trail.record("packs.printed", by=by, about=row, params={"cases": len(packs)})
    ask_for_next(row)
    return row


def _seen(query, by: Actor):
    query = query.select_from(Confirmation).join(Case, Case.id == Confirmation.case_id)
    return access.scoped(query, by, Depth.CONTENTS)


def ask_for_next(row: PackRun) -> None:
    jobs.enqueue(JOB, f"packs/{row.id}/{row.round}/{row.done}", run_id=row.id, round_=row.round)


def stop(public_id: str, *, by: Actor) -> None:
    """Stop after the pack in hand; what is printed stays."""
    row = get(public_id, for_=by)
    if row.state == RunState.RUNNING:
        row.state = RunState.STOPPED


def go_on(public_id: str, *, by: Actor) -> None:
    """Print what is left, after a stop or when the printer gave up."""
    row = get(public_id, for_=by)
    if row.state == RunState.STOPPED or (row.state == RunState.RUNNING and row.error):
        row.state, row.error, row.why_stopped, row.round = RunState.RUNNING, None, None, row.round + 1
        row.account_id, row.post_id = by.account_id, by.post_id
        ask_for_next(row)


@once
def print_again(public_id: str, *, by: Actor, key: str | None = None) -> str:
    """Ask for the packs of a print that were not printed, as a print of their own; return its public id."""
    row = get(public_id, for_=by)
    lines = zip(row.wanted["packs"], row.lines["packs"], strict=False)
    left = [pack for pack, line in lines if "why" in line]
    left = list(session.scalars(_seen(select(Confirmation.id), by).where(Confirmation.id.in_(left))))
    if not left or row.state == RunState.RUNNING:
        raise RuleBroken(because(Bar.NOTHING_LEFT))
    return _start([pack for pack in row.wanted["packs"] if pack in left], by=by).public_id


# --- reading ---


@dataclass(frozen=True)
class Line:
    """One pack of a print: its case as lists show it, its pages; ``reasons`` as ``tries.told`` gives them."""

    public_id: str
    row: Row
    court: str
    pages: int = 0
    reasons: tuple = ()
    is_waiting: bool = False


def told(row: PackRun, *, for_: Actor | None = None) -> list[Line]:
    """Return the packs of a print in its order; with ``for_`` only those whose contents that actor sees now."""
    query = select(Confirmation.id, Confirmation.public_id, Confirmation.case_id, Confirmation.court_name)
    query = _seen(query, for_) if for_ else query
    found = {each.id: each for each in session.execute(query.where(Confirmation.id.in_(row.wanted["packs"])))}
    rows = {each.id: each for each in cases.rows_of([each.case_id for each in found.values()])}
    said = row.lines["packs"] + [None] * (row.total - len(row.lines["packs"]))
    return [
        Line(
            found[pack].public_id, rows[found[pack].case_id], found[pack].court_name or "",
            pages=line.get("pages", 0) if line else 0, reasons=tuple(tries.told(line.get("why", {}))) if line else (),
            is_waiting=line is None,
        )
        for pack, line in zip(row.wanted["packs"], said, strict=True)
        if pack in found
    ]


def get(public_id: str, *, for_: Actor) -> PackRun:
    """Return a print of the actor's unit. Raises NotFound."""
    query = select(PackRun).where(
        PackRun.public_id == public_id, PackRun.centre_id == for_.centre_id, PackRun.unit_id == for_.unit_id
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound()
    return found


def newest(*, for_: Actor, limit: int = 5) -> list[PackRun]:
    """Return the last prints of the actor's unit."""
    query = select(PackRun).where(PackRun.unit_id == for_.unit_id).order_by(PackRun.id.desc())
    return list(session.scalars(query.limit(limit)))


def content(public_id: str, *, by: Actor) -> tuple[PackRun, bytes]:
    """Return the file; it holds full numbers, so reading it is logged on every case in it (P23).

    Raises NotFound until it is there, and for whoever may no longer see each of its cases.
    """
    row = get(public_id, for_=by)
    query = select(Confirmation.case_id).where(Confirmation.id.in_(row.wanted["packs"]))
    held = set(session.scalars(query))
    if row.file_name is None or held - set(session.scalars(_seen(query, by))):
        raise NotFound()
    plain = files.store().get(row.file_name, row.box(), row.file_sha256)
    with transaction():
        for case_id in sorted(held):
            trail.record("packs.print_opened", by=by, about=row, case_id=case_id)
    return session.get_one(PackRun, row.id), plain


def forget(before: datetime) -> int:
    """Drop what was asked for before an instant, it can be printed again; return how many."""
    old = list(session.scalars(select(PackRun).where(PackRun.recorded_at < before).limit(MOST)))
    for row in old:
        binding.drop([line["part"] for line in row.lines["packs"] if "part" in line])
        if row.file_name:
            files.store().drop(row.file_name)
        session.delete(row)
    session.flush()
    return len(old)
