"""One click, everything on paper: sheets and members' papers printed by the scheduler, bound into one PDF (row 20).

The work is cut into slices, each asked for by the one before it, so that a worker that dies loses one slice.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select, update

from mediation.casefile.cases import access
from mediation.casefile.cases.models import Case
from mediation.casefile.papers import binding, printing
from mediation.casefile.papers.binding import Piece
from mediation.ground import clock, files, jobs, trail
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken, because, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.ground.pdf.faults import PressFault
from mediation.registry.access.rules import Actor, Permission
from mediation.stages.groups import papers, queries, rules
from mediation.stages.groups.models import CaseGroup, GroupMember, GroupPrint
from mediation.stages.groups.rules import Bar, Each, PrintState, Sheet

JOB = "groups.print"
AT_ONCE = 20  # papers a slice


@once
def ask(
    group_public_id: str, *, sheets: Sequence[str], each: Sequence[str] = (), member_ids: Sequence[str] | None = None,
    by: Actor, on: date, key: str | None = None,
) -> str:
    """Ask for sheets of a group, and papers for each member, as one PDF; ``member_ids`` None: for everybody.

    Returns the public id of what will be printed. Raises NotFound, NotAllowed, RuleBroken with everything that lacks.
    """
    group, case = queries.get(group_public_id, for_=by)
    if not (by.may(Permission.PAPERS_ISSUE) and access.acts_on(by, case)):
        raise NotAllowed(Permission.PAPERS_ISSUE)
    sheets = [known(Sheet, each_, "sheets") for each_ in sheets]
    each = [known(Each, each_, "each") for each_ in each]
    rows = _chosen(group, member_ids)
    bars = rules.print_obstacles(
        sheets, each, people=len(rows), has_proposal=bool(group.proposal),
        has_papers={which: papers.each(which, group, case) is not None for which in each},
    )
    if bars:
        raise RuleBroken(*bars, about=case.public_id)
    row = GroupPrint(
        id=new_id(), centre_id=group.centre_id, case_id=case.id, group_id=group.id, account_id=by.account_id,
        asked_by=by.name, state=PrintState.RUNNING, done=0, total=len(sheets) + len(each) * len(rows),
        wanted={"sheets": sheets, "each": each, "members": [member.id for member in rows]}, parts={"files": []},
    )
    session.add(row)
    session.flush()
    _ask_for_next(row)
    told = {"sheets": sheets, "each": each, "people": len(rows)}
    trail.record("group.printed", by=by, about=row, case_id=case.id, params=told)
    return row.public_id


def _chosen(group: CaseGroup, member_ids: Sequence[str] | None) -> list[GroupMember]:
    if member_ids is None:
        return queries.members(group, size=None).rows
    rows = queries.chosen(group, member_ids)
    if rows and len(rows) != len(set(member_ids)):
        raise RuleBroken(because(Bar.NOT_MEMBER))
    return rows


def _ask_for_next(row: GroupPrint) -> None:
    jobs.enqueue(JOB, f"groups/print/{row.id}/{row.done}", print_id=row.id, begin=row.done)


@jobs.job(JOB)
def work(print_id: int, begin: int) -> None:
    """Print one slice, keep it, ask for the next; the last binds them all. Opens transactions of its own."""
    row = session.get(GroupPrint, print_id)
    if row is None or row.state != PrintState.RUNNING or row.done != begin:
        return
    case = session.get_one(Case, row.case_id)
    wanted, box = _slice(row, case), case.box()
    session.rollback()
    try:
        made, _pages = binding.bound(Piece(printing.pdf(*each)) for each in wanted)
    except PressFault as fault:
        with transaction():
            session.execute(update(GroupPrint).where(GroupPrint.id == print_id).values(error=type(fault).__name__))
        raise
    part = binding.keep(made, box)
    with transaction():
        row = session.get_one(GroupPrint, print_id, with_for_update=True)
        if row.done != begin:  # another worker was faster
            binding.drop([part])
            return
        row.done, row.error = begin + len(wanted), None
        row.parts = {"files": [*row.parts["files"], part]}
        if row.done < row.total:
            _ask_for_next(row)
            return
    _bind(print_id)


def _slice(row: GroupPrint, case: Case) -> list[papers.Print]:
    """Return what a slice prints: the sheets first, then all papers of one member after the other."""
    group = session.get_one(CaseGroup, row.group_id)
    ids = row.wanted["members"]
    query = select(GroupMember).where(GroupMember.id.in_(ids)).order_by(GroupMember.position)
    members = list(session.scalars(query.options(*queries.WITH_PERSON)))
    sheets, kinds = row.wanted["sheets"], row.wanted["each"]
    places = range(row.done, min(row.done + AT_ONCE, row.total))
    filled = {kind: papers.each(Each(kind), group, case) for kind in kinds} if places[-1] >= len(sheets) else {}
    found = []
    for place in places:
        if place < len(sheets):
            found.append(papers.sheet(Sheet(sheets[place]), group, case, members, handler=row.asked_by))
        else:
            member, kind = divmod(place - len(sheets), len(kinds))
            found.append(filled[kinds[kind]].to(members[member]))
    return found


def _bind(print_id: int) -> None:
    row = session.get_one(GroupPrint, print_id)
    case, parts = session.get_one(Case, row.case_id), row.parts["files"]
    box = case.box()
    session.rollback()
    whole, pages = binding.bound(Piece(part) for part in binding.kept(parts, box))
    kept = files.store().put(whole, box, binding.PDF)
    with transaction():
        done = update(GroupPrint).where(GroupPrint.id == print_id, GroupPrint.state == PrintState.RUNNING)
        values = {
            "state": PrintState.READY, "parts": {"files": []}, "file_name": kept.name, "file_sha256": kept.sha256,
            "pages": pages, "ended_at": clock.now(),
        }
        is_mine = session.execute(done.values(**values)).rowcount == 1
    binding.drop(parts if is_mine else [(kept.name, "")])


def content(public_id: str, *, by: Actor) -> tuple[GroupPrint, bytes]:
    """Return what was printed; it holds full numbers, so reading it is logged (P23). Raises NotFound until it is."""
    row, case = queries.printed(public_id, for_=by)
    if row.file_name is None:
        raise NotFound()
    plain = files.store().get(row.file_name, case.box(), row.file_sha256)
    with transaction():
        trail.record("group.print_opened", by=by, about=row, case_id=case.id)
    return session.get_one(GroupPrint, row.id), plain


def forget(before: datetime) -> int:
    """Drop what was printed before an instant, it can be printed again; return how many."""
    old = list(session.scalars(select(GroupPrint).where(GroupPrint.recorded_at < before)))
    for row in old:
        binding.drop(row.parts["files"] + ([(row.file_name, "")] if row.file_name else []))
        session.delete(row)
    session.flush()
    return len(old)
