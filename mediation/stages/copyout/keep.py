"""Keeping the rows of cases and platforms true: with each step of a case, and when a platform's definition changes."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select, update

from mediation.casefile.cases import progress
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import CaseState
from mediation.casefile.outside import queries as outside
from mediation.casefile.outside.models import OutsideNumber
from mediation.casefile.outside.rules import Status
from mediation.ground import clock, jobs
from mediation.ground.db import before_commit, session, transaction
from mediation.ground.ids import new_id
from mediation.ground.jobs import job
from mediation.registry.platforms import operations as platforms_kept
from mediation.registry.platforms import queries as platforms
from mediation.registry.platforms import rules as platform_rules
from mediation.registry.platforms.queries import Edition
from mediation.registry.platforms.rules import CaseFacts
from mediation.stages.copyout import rules, values
from mediation.stages.copyout.models import PlatformEntry
from mediation.stages.copyout.rules import EntryState

_MOVED = "cases to be fitted to platforms"
REFIT = "copyout.refit"
AT_ONCE = 300
AT_HAND = 4


def moved(case_id: int) -> None:
    """Look at a case again when the transaction ends: something about it is another way now."""
    session().info.setdefault(_MOVED, {})[case_id] = None
    before_commit(_MOVED, _settle)


def settle() -> None:
    """Look at what has moved now; a commit does it by itself, who reads in the same transaction asks for it."""
    _settle(session())


def _settle(this) -> None:
    this.flush()
    waiting = list(this.info.pop(_MOVED, ()))
    for begin in range(0, len(waiting), AT_ONCE):
        fit_all(waiting[begin : begin + AT_ONCE])


def fit_all(case_ids: Sequence[int]) -> None:
    """Write which platforms have to have each of these cases, and what has changed since they were entered."""
    if not case_ids:
        return
    if len(case_ids) <= AT_HAND:  # an act has its case at hand, and asks the database nothing
        found = [session.get_one(Case, case_id) for case_id in case_ids]
    else:
        found = list(session.scalars(select(Case).where(Case.id.in_(case_ids))))
    if not any(platforms.editions(centre_id) for centre_id in {case.centre_id for case in found}):
        return
    rows: dict[int, dict[str, PlatformEntry]] = {}
    for row in session.scalars(select(PlatformEntry).where(PlatformEntry.case_id.in_(case_ids))):
        rows.setdefault(row.case_id, {})[row.platform] = row
    for case in found:
        _fit(case, rows.get(case.id, {}))
    session.flush()


def _fit(case: Case, rows: dict[str, PlatformEntry]) -> None:
    known = platforms.platforms(case.centre_id, on=clock.today())
    facts = facts_of(case)
    for each in known:
        since, row = platform_rules.fits_since(each.definition, facts), rows.get(each.code)
        if row is not None:
            _move(row, since)
        elif since is not None:
            row = rows[each.code] = PlatformEntry(
                centre_id=case.centre_id, case_id=case.id, platform=each.code, since=since, state=EntryState.WAITING
            )
            session.add(row)
    codes = {each.code for each in known}
    for code, row in rows.items():
        if code not in codes:
            _move(row, None)
    _follow_numbers(case, known, rows)
    for each in known:
        row = rows.get(each.code)
        if row is not None and row.state == EntryState.ENTERED:
            note_changes(row, case, each)


def _move(row: PlatformEntry, since: date | None) -> None:
    """Put a row that nobody has answered where it belongs now."""
    if row.state == EntryState.WAITING and since is None:
        row.state = EntryState.OFF
    elif row.state in (EntryState.WAITING, EntryState.OFF) and since is not None:
        row.state, row.since = EntryState.WAITING, since


def facts_of(case: Case) -> CaseFacts:
    """Return what decides which platforms have to have a case."""
    taken = ((step.step, step.on) for step in progress.taken(case.id))
    reached = rules.reached(taken, is_open=case.is_open, is_merged=case.state == CaseState.MERGED)
    return CaseFacts(case.track, case.source, case.type_code, reached)


def _follow_numbers(case: Case, known: Iterable[Edition], rows: dict[str, PlatformEntry]) -> None:
    """Who wrote down the number of a system by hand has entered the case there; who took it back has not."""
    of_system: dict[str, list[PlatformEntry]] = {}
    for each in known:
        if each.code in rows:
            of_system.setdefault(each.definition.system, []).append(rows[each.code])
    followed = [row for row in rows.values() if row.state in (EntryState.WAITING, EntryState.ENTERED)]
    numbers = outside.of_case(case.id) if followed else []
    for row in followed:
        if row.state == EntryState.ENTERED:
            number = next((each for each in numbers if each.id == row.outside_id), None)
            if number is None or not _is_there(number):
                row.state, row.entered_on, row.outside_id = EntryState.WAITING, None, None
                row.is_changed, row.changed, row.shown = False, {}, {}
    for each in known:
        row = rows.get(each.code)
        if row is None or row.state != EntryState.WAITING or len(of_system[each.definition.system]) > 1:
            continue
        own = (one for one in numbers if one.system == each.definition.system and not one.is_origin)
        number = next((one for one in own if _is_there(one)), None)
        if number is not None:
            mark_entered(row, case, each, number, on=number.said_on or clock.day_of(number.recorded_at))


def _is_there(number: OutsideNumber) -> bool:
    return bool(number.number) and number.status != Status.NOT_ENTERED


def mark_entered(row: PlatformEntry, case: Case, edition: Edition, number: OutsideNumber, *, on: date) -> None:
    """Write that a case is in a platform under a number, and marks of what was typed there."""
    row.state, row.entered_on, row.outside_id, row.reason = EntryState.ENTERED, on, number.id, None
    row.shown = dict(values.marks(values.File(case), edition.definition))
    row.changed, row.is_changed = {}, False


def note_changes(row: PlatformEntry, case: Case, edition: Edition) -> None:
    """Write which fields differ from what was typed there."""
    labels = rules.changes(row.shown, values.marks(values.File(case), edition.definition))
    if labels != row.changed.get("labels", []):
        row.changed, row.is_changed = {"labels": labels}, bool(labels)


@job(platforms_kept.CHANGED)
def refit(centre_id: int) -> None:
    """Fit a centre's running cases to its platforms as they are now, some at a time."""
    with transaction():
        _go_on(centre_id, 0)


@job(REFIT)
def refit_some(centre_id: int, after: int) -> None:
    """Fit the next cases after an id and ask for those behind them; what is closed keeps the rows that it has.

    Rows of platforms that are no more are put aside first.
    """
    with transaction():
        if not after:
            _put_aside(centre_id)
        query = select(Case.id).where(Case.centre_id == centre_id, Case.is_open, Case.id > after)
        ids = list(session.scalars(query.order_by(Case.id).limit(AT_ONCE)))
        fit_all(ids)
        if len(ids) == AT_ONCE:
            _go_on(centre_id, ids[-1])


def _go_on(centre_id: int, after: int) -> None:
    jobs.enqueue(REFIT, f"{REFIT}/{new_id()}", centre_id=centre_id, after=after)


def _put_aside(centre_id: int) -> None:
    known = [each.code for each in platforms.platforms(centre_id, on=clock.today())]
    waiting = update(PlatformEntry).where(
        PlatformEntry.centre_id == centre_id, PlatformEntry.state == EntryState.WAITING,
        PlatformEntry.platform.not_in(known),
    )
    session.execute(waiting.values(state=EntryState.OFF).execution_options(synchronize_session=False))
