"""The board of mediators: what each has in hand and what came of it, like compared with like (row 44, idea 12).

Open work is read by the index of loads, outcomes from the counts that grew with them: never the cases of all years.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import case as when
from sqlalchemy import func, select

from mediation.casefile.cases.grades import Grade
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.queries import Filter, Page, listing
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound
from mediation.registry.access.rules import Actor, Permission, Role
from mediation.registry.calendar.rules import add_months
from mediation.registry.causes.rules import main_code
from mediation.registry.mediators import queries as pool
from mediation.registry.mediators.models import Mediator
from mediation.registry.settings import queries as settings
from mediation.registry.units import queries as units
from mediation.stages.proceedings.models import MediatorOutcome, Proceeding, ProceedingMediator
from mediation.stages.proceedings.outcomes import AGREED, FAILED

MONTHS = 12  # how far back outcomes are compared
OPEN = "open"
RESULTS = (OPEN, AGREED, FAILED)


@dataclass(frozen=True)
class Cell:
    """What came of a mediator's attempts of one main type and grade, and of everybody's on the board."""

    type_code: str
    grade: str
    agreed: int
    total: int
    all_agreed: int
    all_total: int

    def is_told(self, least: int) -> bool:
        """Say whether there are enough to compare."""
        return self.total >= least

    @property
    def percent(self) -> int:
        return round(100 * self.agreed / self.total)

    @property
    def all_percent(self) -> int:
        return round(100 * self.all_agreed / self.all_total)


@dataclass(frozen=True)
class Line:
    """One mediator: load, mix of what is open, its age, and the outcome against like cases."""

    mediator: Mediator
    cases: int = 0
    points: int = 0
    of_grade: Mapping[str, int] = field(default_factory=dict)
    of_type: tuple[tuple[str, int], ...] = ()  # main types, the most frequent first
    oldest_on: date | None = None
    old: int = 0  # open longer than the usual period
    finished: int = 0
    compared: int = 0  # of these in cells with enough of one's own
    ahead: int | None = None  # points of a hundred above (below) what like cases came to; None: too few


@dataclass(frozen=True)
class Board:
    lines: tuple[Line, ...]
    average: int  # points a head
    least: int
    old_from: date


def board(*, for_: Actor, on: date) -> Board:
    """Return the board of a head's own branch, of the whole centre for its supervisors. Raises NotAllowed."""
    people = _people(for_, on)
    ids = [each.id for each in people]
    whose = {"on": on, "centre_id": for_.centre_id}
    least, usual = settings.number("fairness.least", **whose), settings.days("PM-18", **whose).amount
    old_from = date.fromordinal(on.toordinal() - usual)
    work, done = _open(ids, old_from), outcomes(ids, on=on)
    whole = _whole(done.values())
    lines = [_line(each, work.get(each.id, ()), done.get(each.id, {}), whole, least) for each in people]
    lines.sort(key=lambda line: (-line.points, line.mediator.name))
    average = round(sum(line.points for line in lines) / len(lines)) if lines else 0
    return Board(tuple(lines), average, least, old_from)


def _people(by: Actor, on: date) -> list[Mediator]:
    if not by.may(Permission.FAIRNESS_READ):
        raise NotAllowed(Permission.FAIRNESS_READ)
    if by.role is Role.HEAD:
        own = [each.id for each in units.branch(units.unit(by.unit_id), on=on)]
        return pool.pool(by.centre_id, on=on, unit_ids=own)
    return pool.pool(by.centre_id, on=on)


def _open(ids: Iterable[int], old_from: date) -> dict[int, list]:
    """Return the open work of mediators by grade and type: number, points, the oldest acceptance, how many are old."""
    is_old = func.sum(when((Proceeding.accepted_on < old_from, 1), else_=0))
    query = (
        select(
            ProceedingMediator.mediator_id, Case.grade, Case.type_code, func.count(),
            func.sum(ProceedingMediator.load_points), func.min(Proceeding.accepted_on), is_old,
        )
        .join(Proceeding, Proceeding.id == ProceedingMediator.proceeding_id)
        .join(Case, Case.id == Proceeding.case_id)
        .where(ProceedingMediator.load_points > 0, ProceedingMediator.mediator_id.in_(list(ids)))
        .group_by(ProceedingMediator.mediator_id, Case.grade, Case.type_code)
    )
    found = defaultdict(list)
    for mediator_id, *more in session.execute(query):
        found[mediator_id].append(more)
    return found


def outcomes(ids: Iterable[int], *, on: date) -> dict[int, dict[tuple[str, str], tuple[int, int]]]:
    """Return what came of the attempts of the last twelve months: mediator → (type, grade) → agreed, all."""
    since = add_months(on.replace(day=1), -MONTHS)
    query = select(
        MediatorOutcome.mediator_id, MediatorOutcome.type_code, MediatorOutcome.grade, MediatorOutcome.result,
        func.sum(MediatorOutcome.n),
    ).where(MediatorOutcome.mediator_id.in_(list(ids)), MediatorOutcome.month >= since)
    query = query.group_by(*list(query.selected_columns)[:4])
    found: dict[int, dict] = defaultdict(dict)
    for mediator_id, type_code, grade, result, n in session.execute(query):
        agreed, total = found[mediator_id].get((type_code, grade), (0, 0))
        found[mediator_id][type_code, grade] = (agreed + (n if result == AGREED else 0), total + n)
    return found


def _whole(each_ones) -> dict[tuple[str, str], tuple[int, int]]:
    whole: dict = defaultdict(lambda: (0, 0))
    for cells in each_ones:
        for key, (agreed, total) in cells.items():
            whole[key] = (whole[key][0] + agreed, whole[key][1] + total)
    return whole


def _line(mediator: Mediator, work, done, whole, least: int) -> Line:
    of_grade: dict[str, int] = dict.fromkeys(Grade, 0)
    of_type: dict[str, int] = defaultdict(int)
    for grade, type_code, n, _points, _oldest, _old in work:
        of_grade[grade or Grade.ORDINARY] += n
        of_type[main_code(type_code)] += n
    days = [row[4] for row in work if row[4] is not None]
    cells = [_cell(key, done, whole) for key in done]
    enough = [cell for cell in cells if cell.is_told(least)]
    compared = sum(cell.total for cell in enough)
    ahead = None
    if enough:
        expected = sum(cell.total * cell.all_agreed / cell.all_total for cell in enough)
        ahead = round(100 * (sum(cell.agreed for cell in enough) - expected) / compared)
    return Line(
        mediator, cases=sum(row[2] for row in work), points=int(sum(row[3] for row in work)), of_grade=of_grade,
        of_type=tuple(sorted(of_type.items(), key=lambda pair: (-pair[1], pair[0]))),
        oldest_on=min(days, default=None), old=int(sum(row[5] or 0 for row in work)),
        finished=sum(total for _agreed, total in done.values()), compared=compared, ahead=ahead,
    )


def _cell(key, done, whole) -> Cell:
    return Cell(*key, *done[key], *whole[key])


def of_mediator(public_id: str, *, for_: Actor, on: date) -> tuple[Line, tuple[Cell, ...], int]:
    """Return one mediator's line, the cells behind the comparison, and from how many on a cell is told.

    Raises NotFound for somebody who is not on the actor's board.
    """
    found = board(for_=for_, on=on)
    line = next((line for line in found.lines if line.mediator.public_id == public_id), None)
    if line is None:
        raise NotFound()
    done = outcomes([each.mediator.id for each in found.lines], on=on)
    whole, own = _whole(done.values()), done.get(line.mediator.id, {})
    cells = sorted((_cell(key, done.get(line.mediator.id, {}), whole) for key in own), key=lambda cell: -cell.total)
    return line, tuple(cells), found.least


def cases_of(
    public_id: str, *, for_: Actor, on: date, result: str = OPEN, type_code: str = "", grade: str = "",
    old_from: date | None = None, after: str | None = None, before: str | None = None,
) -> tuple[Mediator, Page]:
    """Return the cases that a figure of the board counts, as far as the actor sees them. Raises NotFound."""
    mediator = next((each for each in _people(for_, on) if each.public_id == public_id), None)
    if mediator is None or result not in RESULTS:
        raise NotFound()
    of_whom = (
        select(Proceeding.case_id).join(ProceedingMediator, ProceedingMediator.proceeding_id == Proceeding.id)
        .where(ProceedingMediator.mediator_id == mediator.id)
    )
    if result == OPEN:
        of_whom = of_whom.where(ProceedingMediator.load_points > 0)
        of_whom = of_whom.where(Proceeding.accepted_on < old_from) if old_from else of_whom
        more = [Case.id.in_(of_whom)]
        more += [func.coalesce(Case.grade, Grade.ORDINARY.value) == grade] if grade else []
    else:
        since = add_months(on.replace(day=1), -MONTHS)
        of_whom = of_whom.where(ProceedingMediator.counted_as >= f"{since:%Y-%m}/")
        of_whom = of_whom.where(ProceedingMediator.counted_as.like(f"%/{type_code or '%'}/{grade or '%'}/{result}"))
        more, type_code = [Case.id.in_(of_whom)], ""
    chosen = Filter(type_code=type_code or None, more=tuple(more))
    return mediator, listing(for_=for_, chosen=chosen, after=after, before=before)
