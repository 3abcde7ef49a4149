"""The liaison's lists: packs by the days left, what lies with the court, what the court sent us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from mediation.casefile.cases import access
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.queries import Filter, Row
from mediation.casefile.cases.rules import Basis, ConfirmationState, Source, basis_of
from mediation.ground.choices import Choice, N_
from mediation.ground.db import session
from mediation.ground.errors import Obstacle
from mediation.registry.access.rules import Actor, Depth
from mediation.stages.agreements.models import Agreement
from mediation.stages.confirmation import papers, queries
from mediation.stages.confirmation.gather import Bundle, bundles
from mediation.stages.confirmation.models import Confirmation, CourtStep
from mediation.stages.confirmation.pack import CheckKey, Readiness
from mediation.stages.confirmation.queries import CourtDay
from mediation.stages.confirmation.rules import DropReason
from mediation.stages.referrals import queries as referrals

MOST = 50  # packs, and applications at the court, on one page
ALL = 400  # when all are asked for; a county has fewer on their way at a time
AT_ONCE = 200  # packs that are printed or filed together
IN_PREPARATION = (ConfirmationState.PREPARING, ConfirmationState.RETURNED)
AT_COURT = (ConfirmationState.FILED, ConfirmationState.ACCEPTED)
FROM_COURTS = tuple(source for source in Source if basis_of(source) in (Basis.COMMISSIONED, Basis.ENTRUSTED))


class Place(Choice):
    """Where an application stands once it was filed."""

    FILED = "filed", N_("已递交，等受理")
    ASKED = "asked", N_("法院要补材料、询问")
    ACCEPTED = "accepted", N_("已受理，等裁定")
    RULED = "ruled", N_("已裁定，等送达")


class Debtor(Choice):
    """Who brings what a pack lacks, where it is no party."""

    LIAISON = "liaison", N_("联络员")
    MEDIATOR = "mediator", N_("调解员")
    BODY = "body", N_("调解组织")


OWED_BY = {
    CheckKey.MEDIATOR_SIGNED: Debtor.MEDIATOR,
    CheckKey.SEALED: Debtor.BODY,
    CheckKey.PROOF: Debtor.BODY,
    CheckKey.COURT: Debtor.LIAISON,
    CheckKey.CLAUSES: Debtor.MEDIATOR,
    CheckKey.IDENTITY: Debtor.MEDIATOR,
    CheckKey.SOUND: Debtor.MEDIATOR,
}


@dataclass(frozen=True)
class Pack:
    """A pack in preparation: how far it is, what it lacks, and from whom that is awaited."""

    public_id: str
    state: ConfirmationState
    row: Row
    court_name: str | None
    readiness: Readiness
    wanting: tuple[Obstacle, ...] = ()
    return_reason: str | None = None

    @property
    def is_ready(self) -> bool:
        return self.state == ConfirmationState.PREPARING and not self.lacks

    @property
    def is_barred(self) -> bool:
        return bool(self.readiness.bars)

    @property
    def lacks(self) -> list[Obstacle]:
        return [*self.readiness.obstacles, *self.wanting]

    @property
    def debtors(self) -> list[str | Debtor]:
        """Return from whom the missing things are awaited, each once: parties by name, others by what they are."""
        checks = self.readiness.checks
        missing = [(OWED_BY.get(check.key), obstacle) for check in checks for obstacle in check.obstacles]
        missing += [(Debtor.LIAISON, obstacle) for obstacle in self.wanting]
        return list(dict.fromkeys(who or _named_in(obstacle) for who, obstacle in missing))


def _named_in(obstacle: Obstacle) -> str | Debtor:
    return obstacle.params.get("who") or obstacle.params.get("agent") or Debtor.MEDIATOR


@dataclass(frozen=True)
class AtCourt:
    """An application that lies with the court, with the day on which something is due; or a ruling not yet served."""

    public_id: str
    state: ConfirmationState
    row: Row
    court_no: str | None
    filed_on: date
    accepted_on: date | None
    ruled_on: date | None
    asked_on: date | None
    day: CourtDay | None
    number_example: str = ""
    version: int = 0

    @property
    def place(self) -> Place:
        if self.day is None:
            return Place.RULED
        return Place.ASKED if self.day.is_ours else Place(self.state)


@dataclass(frozen=True)
class FromCourt:
    """A case that a court sent, which wants to hear how it ended."""

    row: Row
    is_told: bool
    report_on: str | None  # the concluded mediation that the court has to hear of, its public id


@dataclass(frozen=True)
class Board:
    """What waits for the liaison; ``more``: how many are not shown. ``places`` counts what lies with the court."""

    ready: list[Pack]
    lacking: list[Pack]
    barred: list[Pack]
    at_court: list[AtCourt]
    places: dict[Place, int]
    from_court: list[FromCourt]
    missed: int
    more: int


def board(
    *, for_: Actor, on: date, court_code: str | None = None, place: str | None = None, size: int = MOST
) -> Board:
    """Return the liaison's lists by the days left, each read with a fixed number of queries.

    ``size``: how many packs, and how many applications at the court, are shown at most.
    """
    packs = _packs(_applications(for_, IN_PREPARATION, court_code, size), on=on)
    more = _count(for_, court_code) - len(packs) if len(packs) == size else 0
    lying = _at_court(_applications(for_, AT_COURT, court_code, ALL) + _unserved(for_, court_code), on=on)
    there = [each for each in lying if each.place == place] if place in set(Place) else lying
    return Board(
        ready=[pack for pack in packs if pack.is_ready],
        lacking=[pack for pack in packs if not pack.is_ready and not pack.is_barred],
        barred=[pack for pack in packs if pack.is_barred],
        at_court=there[:size],
        places={each: sum(row.place == each for row in lying) for each in Place},
        from_court=from_court(for_=for_),
        missed=missed(for_=for_, year=on.year),
        more=more + len(there[size:]),
    )


def _count(for_: Actor, court_code: str | None) -> int:
    query = access.scoped(
        select(func.count()).select_from(Confirmation).join(Case, Case.id == Confirmation.case_id), for_, Depth.CONTENTS
    ).where(Confirmation.state.in_(IN_PREPARATION))
    return session.scalar(query.where(Confirmation.court_code == court_code) if court_code else query)


def ready(*, for_: Actor, on: date, court_code: str | None = None) -> list[str]:
    """Return the public ids of the packs that lack nothing, the most urgent first, no more than are printed at once."""
    found = _packs(_applications(for_, IN_PREPARATION, court_code, ALL), on=on)
    return [pack.public_id for pack in found if pack.is_ready][:AT_ONCE]


def _scoped(for_: Actor, court_code: str | None):
    query = access.scoped(
        select(Confirmation).join(Case, Case.id == Confirmation.case_id), for_, Depth.CONTENTS
    ).options(selectinload(Confirmation.court_steps))
    return query.where(Confirmation.court_code == court_code) if court_code else query


def _applications(for_, states, court_code, size) -> list[Confirmation]:
    """The earlier an agreement bound, the earlier its thirty days end; so its day is the order of what is left."""
    query = _scoped(for_, court_code).join(Agreement, Agreement.id == Confirmation.agreement_id)
    query = query.where(Confirmation.state.in_(states)).order_by(Agreement.effective_on, Confirmation.id)
    return list(session.scalars(query.limit(size)))


def _unserved(for_, court_code) -> list[Confirmation]:
    query = _scoped(for_, court_code).where(
        Confirmation.state == ConfirmationState.CONFIRMED, Confirmation.received_on.is_(None), Case.is_open
    )
    return list(session.scalars(query.order_by(Confirmation.ruled_on, Confirmation.id).limit(ALL)))


def _packs(found: Sequence[Confirmation], *, on: date) -> list[Pack]:
    if not found:
        return []
    known, lines = _bundles(found), _lines(found)
    sheets = papers.sheets_of(list(known.values()))
    return [
        Pack(
            row.public_id, row.state, lines[row.case_id], row.court_name,
            queries.readiness_of(known[row.case_id], on=on), tuple(papers.wanting(sheets[row.case_id])),
            row.return_reason,
        )
        for row in found
    ]


def _bundles(found: Sequence[Confirmation]) -> dict[int, Bundle]:
    query = select(Case).where(Case.id.in_([row.case_id for row in found]))
    return bundles(session.scalars(query)) if found else {}


def _lines(found: Sequence[Confirmation]) -> dict[int, Row]:
    return {row.id: row for row in cases.rows_of([row.case_id for row in found])}


def _at_court(found: Sequence[Confirmation], *, on: date) -> list[AtCourt]:
    if not found:
        return []
    lines = _lines(found)
    of_id = {row.id: row for row in session.scalars(select(Case).where(Case.id.in_(lines)))}
    rows = [_lying(row, lines[row.case_id], of_id[row.case_id], on=on) for row in found]
    return sorted(rows, key=lambda each: (each.day is None, each.day.on if each.day else date.max))


def _lying(row: Confirmation, line: Row, case: Case, *, on: date) -> AtCourt:
    asked: CourtStep | None = queries.open_request(row.court_steps)
    return AtCourt(
        row.public_id, row.state, line, row.court_no, row.filed_on, row.accepted_on, row.ruled_on,
        asked.on if asked else None, queries.court_day(row, case), queries.number_example(row, case, on=on),
        row.version,
    )


def from_court(*, for_: Actor) -> list[FromCourt]:
    """Return the open cases that courts sent, those whose day is nearest first."""
    chosen = Filter(is_open=True, more=(Case.source.in_(FROM_COURTS),))
    page = cases.listing(for_=for_, chosen=chosen, sort="newest", size=MOST)
    ids = [row.id for row in page.rows]
    told = referrals.told_courts(ids)
    to_report = referrals.to_report(ids)
    found = [FromCourt(row, row.id in told, to_report.get(row.id)) for row in page.rows]
    return sorted(found, key=lambda each: (each.is_told, each.row.due_on or date.max))


@dataclass(frozen=True)
class Court:
    """A court that packs go to, for the board's filter."""

    code: str
    name: str


def courts(*, for_: Actor) -> list[Court]:
    """Return the courts that open applications go to, most of them first."""
    query = access.scoped(
        select(Confirmation.court_code, func.max(Confirmation.court_name))
        .select_from(Confirmation)
        .join(Case, Case.id == Confirmation.case_id),
        for_,
        Depth.CONTENTS,
    )
    query = query.where(Confirmation.court_code.is_not(None), Confirmation.state.in_((*IN_PREPARATION, *AT_COURT)))
    found = session.execute(query.group_by(Confirmation.court_code).order_by(func.count().desc()))
    return [Court(*row) for row in found]


def missed(*, for_: Actor, year: int) -> int:
    """Return how many applications were given up this year because it was too late (JC-01)."""
    query = access.scoped(
        select(func.count()).select_from(Confirmation).join(Case, Case.id == Confirmation.case_id), for_, Depth.CONTENTS
    )
    return session.scalar(query.where(*_missed_in(year)))


def missed_cases(*, for_: Actor, year: int) -> list[Row]:
    """Return the cases behind that count, the last first."""
    query = access.scoped(
        select(Confirmation.case_id).join(Case, Case.id == Confirmation.case_id), for_, Depth.CONTENTS
    ).where(*_missed_in(year))
    return cases.rows_of(list(session.scalars(query.order_by(Confirmation.dropped_on.desc()).limit(MOST))))


def _missed_in(year: int):
    return (
        Confirmation.drop_reason == DropReason.TOO_LATE,
        Confirmation.dropped_on.between(date(year, 1, 1), date(year, 12, 31)),
    )
