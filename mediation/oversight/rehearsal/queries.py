"""Trying a setting on the last two hundred cases of a centre, through the very functions that will ask for it.

Each question is put twice, as things are and with the value supposed; nothing is written. The cases and what hangs on
them come in a handful of statements; only the grading reads case by case.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from mediation.casefile.cases import access
from mediation.casefile.cases.court_numbers import read_court_number
from mediation.casefile.cases.models import Case
from mediation.casefile.clocks import queries as clock_queries
from mediation.casefile.clocks.models import Clock
from mediation.casefile.clocks.rules import FIXED
from mediation.casefile.papers.models import Paper
from mediation.ground.choices import Choice, N_
from mediation.ground.db import session
from mediation.ground.errors import RuleBroken
from mediation.registry.access.rules import Actor, Depth
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Kind, is_value, pattern_obstacles
from mediation.stages.archive.models import Closing
from mediation.stages.archive.operations import KEPT_FOR
from mediation.stages.confirmation.models import Confirmation
from mediation.stages.intake import grading
from mediation.stages.proceedings.models import Extension, Proceeding
from mediation.stages.referrals import circumstances
from mediation.stages.referrals.procedure import SuitFacts, propose

LAST = 200
EARLY = date(1900, 1, 1)


class Matter(Choice):
    """What would come out differently."""

    LAST_DAY = "last_day", N_("最后一天")
    IN_TIME = "in_time", N_("办理时是否在期限内")
    REVIEW = "review", N_("案卷保管到")
    PROCEDURE = "procedure", N_("建议的程序（按标的额）")
    NUMEROUS = "numerous", N_("是否人数众多")
    COURT = "court", N_("确认由哪一级法院管辖")
    GRADE = "grade", N_("难易等级、缓急")
    EXTENSIONS = "extensions", N_("延期次数")
    COURT_NO = "court_no", N_("法院案号的类型代字")
    PAPER = "paper", N_("文书样式版本")


class Value(Choice):
    """A value of a matter that is a word."""

    IN_TIME = "in_time", N_("按期")
    LATE = "late", N_("逾期")
    NUMEROUS = "numerous", N_("是")
    FEW = "few", N_("否")
    BASIC = "basic", N_("基层人民法院")
    INTERMEDIATE = "intermediate", N_("中级人民法院")
    ALLOWED = "allowed", N_("允许")
    TOO_MANY = "too_many", N_("超过次数")
    KNOWN = "known", N_("在清单上")
    UNKNOWN = "unknown", N_("不在清单上，会提示")
    UNSET = "unset", N_("没有设置，算不出")


@dataclass(frozen=True)
class Difference:
    """One case that would have come out differently; ``detail`` says of which clock or paper."""

    number: str
    matter: Matter
    before: Any
    after: Any
    detail: str = ""


@dataclass(frozen=True)
class Rehearsal:
    """What a setting would change. ``meant`` is empty where nothing that is recorded depends on it."""

    looked_at: int
    meant: Sequence[Matter]
    differences: Sequence[Difference]


Row = tuple[str, Matter, str, Any]  # number of the case, matter, detail, value


def rehearse(
    kind: Kind, key: str, value: Any, *, centre_id: int, unit_id: int | None = None, last: int = LAST,
) -> Rehearsal:
    """Return what would have come out differently for the last cases of a centre if the value had held for them."""
    kind = Kind(kind)
    asks = [ask for ask in _ASKS if ask.concerns(kind, key)]
    if not asks or not is_value(kind, value) or pattern_obstacles(kind, key, value):
        return Rehearsal(0, (), ())
    cases = _cases(centre_id, unit_id, last)
    supposed = {"centre_id": centre_id, "unit_id": unit_id}
    found: list[Difference] = []
    for ask in asks:
        before = list(ask.of(cases, key))
        with settings.supposing(kind, key, value, **supposed):
            after = {row[:3]: row[3] for row in ask.of(cases, key)}
        found += [
            Difference(number, matter, was, after[number, matter, detail], detail)
            for number, matter, detail, was in before if after.get((number, matter, detail), was) != was
        ]
    matters = dict.fromkeys(matter for ask in asks for matter in ask.matters)
    return Rehearsal(len(cases), tuple(matters), found)


@dataclass(frozen=True)
class _Ask:
    """One question about cases, and the settings that its answer hangs on."""

    concerns: Callable[[Kind, str], bool]
    matters: tuple[Matter, ...]
    of: Callable[[Sequence[Case], str], Iterable[Row]]


def open_numbers(numbers: Iterable[str], *, for_: Actor) -> frozenset[str]:
    """Return those of some cases' numbers that the actor may know; who sets a value need not see cases."""
    query = select(Case.register_no).where(Case.register_no.in_(list(numbers)))
    return frozenset(session.scalars(access.scoped(query, for_, Depth.PROGRESS)))


def _cases(centre_id, unit_id, last) -> list[Case]:
    query = select(Case).where(Case.centre_id == centre_id)
    if unit_id is not None:
        query = query.where(Case.lead_unit_id == unit_id)
    return list(session.scalars(query.order_by(Case.id.desc()).limit(last)))


def _whose(case: Case) -> dict[str, Any]:
    return {"centre_id": case.centre_id, "unit_id": case.lead_unit_id}


# --- periods ---


def _last_days(cases, key):
    by_id = {case.id: case for case in cases}
    rows = session.scalars(
        select(Clock).where(Clock.case_id.in_(by_id), Clock.basis == key, Clock.unit != FIXED)
        .order_by(Clock.id).options(selectinload(Clock.suspensions))
    )
    for clock in rows.all():
        case = by_id[clock.case_id]
        if clock.extended_to:
            continue
        figure, start = settings.days(key, on=case.law_on, **_whose(case)), clock.started_on
        try:
            last = deadlines.of_key(
                key, figure, start, on=start, suspended=clock_queries.pauses(clock), centre_id=case.centre_id
            )
        except RuleBroken:  # so long a period has no last day
            continue
        detail = f"{clock.label}/{clock.started_on.isoformat()}"
        yield case.register_no, Matter.LAST_DAY, detail, last.day
        if clock.stopped_on is not None:
            was = Value.IN_TIME if clock.stopped_on <= last.day else Value.LATE
            yield case.register_no, Matter.IN_TIME, detail, was


def _reviews(cases, _key):
    by_id = {case.id: case for case in cases}
    for closing in session.scalars(select(Closing).where(Closing.case_id.in_(by_id), Closing.archived_on.is_not(None))):
        key = KEPT_FOR.get(closing.retention)
        if key:
            case = by_id[closing.case_id]
            last = deadlines.last_day(key, closing.closed_on, on=closing.archived_on, centre_id=case.centre_id)
            yield case.register_no, Matter.REVIEW, "", last.day


# --- limits ---


def _procedures(cases, _key):
    for case in cases:
        if case.amount_fen is None:
            continue
        wage = circumstances.wage_of(case, on=case.law_on)
        limits = circumstances.limits_of(on=case.law_on, centre_id=case.centre_id)
        found = propose(SuitFacts(amount_fen=case.amount_fen), wage=wage[0] if wage else None, limits=limits)
        yield case.register_no, Matter.PROCEDURE, "", found.reasons[0].reason if found.reasons else Value.UNSET


def _numerous(key):
    def of(cases, _key):
        for case in cases:
            many = max(case.people_count, case.group_size or 0)
            is_many = many >= settings.number(key, on=case.law_on, centre_id=case.centre_id)
            yield case.register_no, Matter.NUMEROUS, "", Value.NUMEROUS if is_many else Value.FEW
    return of


def _courts(cases, _key):
    for case in cases:
        if case.amount_fen is not None:
            threshold = settings.value(Kind.AMOUNT, "JC-06", on=case.law_on, centre_id=case.centre_id)
            is_higher = threshold is not None and case.amount_fen >= threshold
            yield case.register_no, Matter.COURT, "", Value.INTERMEDIATE if is_higher else Value.BASIC


def _grades(cases, _key):
    for case in cases:
        if case.screened_on is not None:
            found = grading.proposal(case)
            yield case.register_no, Matter.GRADE, "", (found.grade, found.urgency)


def _extensions(cases, _key):
    by_id = {case.id: case for case in cases}
    made: dict[tuple[int, int], int] = {}
    query = select(Proceeding.case_id, Proceeding.id).join(Extension, Extension.proceeding_id == Proceeding.id)
    for case_id, proceeding_id in session.execute(query.where(Proceeding.case_id.in_(by_id))):
        made[case_id, proceeding_id] = made.get((case_id, proceeding_id), 0) + 1
    for (case_id, proceeding_id), times in made.items():
        case = by_id[case_id]
        most = settings.number("PM-18.extensions", on=case.law_on, **_whose(case))
        yield case.register_no, Matter.EXTENSIONS, str(proceeding_id), (
            Value.ALLOWED if times <= most else Value.TOO_MANY
        )


# --- lists and forms ---


def _court_numbers(cases, _key):
    by_id = {case.id: case for case in cases}
    query = select(Confirmation).where(Confirmation.case_id.in_(by_id), Confirmation.court_no.is_not(None))
    for row in session.scalars(query):
        case = by_id[row.case_id]
        read = read_court_number(row.court_no)
        kinds = settings.words("CN-03.confirmation", on=row.filed_on or case.law_on, centre_id=case.centre_id)
        is_known = read is not None and read.kind in kinds
        yield case.register_no, Matter.COURT_NO, row.court_no, Value.KNOWN if is_known else Value.UNKNOWN


def _papers(cases, key):
    by_id = {case.id: case for case in cases}
    query = select(Paper.case_id, Paper.number, Paper.issued_on).where(Paper.case_id.in_(by_id), Paper.kind == key)
    for case_id, number, issued_on in session.execute(query):
        case = by_id[case_id]
        version = settings.value(Kind.TEMPLATE, key, on=issued_on, centre_id=case.centre_id)
        yield case.register_no, Matter.PAPER, number, version


def _one_of(kind: Kind, *keys: str):
    return lambda asked, key: asked is kind and key in keys


RETENTION = ("DP-11", "DP-11.short")
_ASKS = (
    _Ask(lambda kind, key: kind is Kind.PERIOD and key not in RETENTION, (Matter.LAST_DAY, Matter.IN_TIME), _last_days),
    _Ask(_one_of(Kind.PERIOD, *RETENTION), (Matter.REVIEW,), _reviews),
    _Ask(_one_of(Kind.FLAG, "DP-11.to_year_end"), (Matter.REVIEW,), _reviews),
    _Ask(_one_of(Kind.NUMBER, "QT-03.mandatory_percent", "QT-03.agreed_percent"), (Matter.PROCEDURE,), _procedures),
    _Ask(_one_of(Kind.WAGE, "QT-04"), (Matter.PROCEDURE,), _procedures),
    _Ask(_one_of(Kind.NUMBER, "QT-02"), (Matter.NUMEROUS,), _numerous("QT-02")),
    _Ask(_one_of(Kind.NUMBER, "MH-07.numerous"), (Matter.NUMEROUS,), _numerous("MH-07.numerous")),
    _Ask(_one_of(Kind.NUMBER, "PM-18.extensions"), (Matter.EXTENSIONS,), _extensions),
    _Ask(_one_of(Kind.AMOUNT, "JC-06"), (Matter.COURT,), _courts),
    _Ask(_one_of(Kind.TABLE, "ST-02"), (Matter.GRADE,), _grades),
    _Ask(_one_of(Kind.WORDS, "CN-03.confirmation"), (Matter.COURT_NO,), _court_numbers),
    _Ask(lambda kind, _key: kind is Kind.TEMPLATE, (Matter.PAPER,), _papers),
)
