"""Judicial confirmation: when the parties may ask the court to confirm their agreement, and which clauses.

Also the door to the room's other pure modules: competent courts are in ``courts.py``, the court's acts and periods in
``court_steps.py``. The checks of the whole pack are in ``pack.py``.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases.rules import Basis
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.calendar.rules import LastDay, WorkCalendar
from mediation.stages.agreements.rules import Clause, why_not_confirmable
from mediation.stages.confirmation.court_steps import (
    AfterRuling,
    CourtDates,
    CourtPeriod,
    CourtPeriods,
    CourtStepKind,
    DismissalGround,
    RefusalGround,
    RulingBar,
    after_ruling,
    court_deadlines,
    is_missed,
    next_court_day,
    objection_obstacles,
    ruling_obstacles,
)
from mediation.stages.confirmation.courts import (
    CompetentCourt,
    CourtBar,
    CourtCaution,
    CourtFacts,
    CourtGround,
    competent_courts,
    court_cautions,
    court_obstacles,
    unknown_superiors,
)

__all__ = [  # what is told on from the modules beside
    "AfterRuling",
    "CourtBar",
    "CourtCaution",
    "CompetentCourt",
    "CourtDates",
    "CourtFacts",
    "CourtGround",
    "CourtPeriod",
    "CourtPeriods",
    "CourtStepKind",
    "DismissalGround",
    "RefusalGround",
    "RulingBar",
    "after_ruling",
    "competent_courts",
    "court_cautions",
    "court_deadlines",
    "court_obstacles",
    "is_missed",
    "next_court_day",
    "objection_obstacles",
    "ruling_obstacles",
    "unknown_superiors",
]

CONCERNS_PROPERTY = re.compile(r"不动产|房屋|房产|房子|门面|商铺|宅基地|土地|林地|山林|车辆|汽车|股权|过户|产权")


class ApplicationForm(Choice):
    """An application may be made by word of mouth before the court, which then records it (JC-08)."""

    WRITTEN = "written", N_("书面")
    ORAL = "oral", N_("口头，由法院记录")


class PropertyPapers(Choice):
    NOT_NEEDED = "not_needed", N_("不涉及财产权利证明")
    SHOWN = "shown", N_("已交财产权利证明")


class ShamSign(Choice):
    """What makes one look twice for a faked dispute (JC-19)."""

    SAME_AGENT = "same_agent", N_("双方是同一个代理人")
    RELATIVES = "relatives", N_("双方是亲属、关联企业")
    NO_DISPUTE = "no_dispute", N_("看不出真有争议")
    LARGE_PROPERTY = "large_property", N_("转移大额财产")
    DEBTOR = "debtor", N_("一方有未履行的执行案件")


class RunState(Choice):
    """How far a print of many packs is."""

    RUNNING = "running", N_("正在印")
    STOPPED = "stopped", N_("停下了")
    READY = "ready", N_("印好了")
    EMPTY = "empty", N_("一件也没印成")


class DropReason(Choice):
    """Why an application that was being prepared is given up; too late is counted (JC-01)."""

    TOO_LATE = "too_late", N_("错过了申请期限")
    UNWILLING = "unwilling", N_("有一方不愿意申请")
    PERFORMED = "performed", N_("已经履行完，不需要确认")
    NOT_CONFIRMABLE = "not_confirmable", N_("协议内容不能确认")
    OTHER = "other", N_("其他")


class Bar(Reason):
    TOO_LATE = "too_late", N_("已超过申请期限，最后一天是%(last_day)s"), "JC-01"
    IN_TIME_STILL = "in_time_still", N_("申请期限还没过，到%(last_day)s，不用申请顺延"), "PT-08"
    NO_TIME_RUNS = "no_time_runs", N_("这份协议没有申请司法确认的期限"), "JC-01"
    NO_HINDRANCE = "no_hindrance", N_("没有写因为什么耽误了"), "PT-08"
    HINDERED_STILL = "hindered_still", N_("障碍消除的日期在今天之后"), "PT-08"
    RESTORED_TOO_LATE = "restored_too_late", N_("障碍消除后申请顺延的期限已过，最后一天是%(last_day)s"), "PT-08"
    NOT_EFFECTIVE = "not_effective", N_("协议还没有生效"), "JC-01"
    ENTRUSTED = "entrusted", N_("法院委托的案件由法院出具调解书或者准许撤诉，不申请司法确认"), "JM-09"
    ORAL_AGREEMENT = (
        "oral_agreement", N_("口头协议不能申请司法确认；各方都愿意的，先用“重拟协议”补成书面，签完再申请"), "JC-09",
    )
    PARTY_NOT_SIGNED = "party_not_signed", N_("%(who)s没在协议上签"), "JC-09"
    MEDIATOR_NOT_SIGNED = "mediator_not_signed", N_("调解员没在协议上签"), "JC-09"
    NOT_SEALED = "not_sealed", N_("协议没盖调解组织的章"), "JC-09"
    NOT_APPLIED = "not_applied", N_("%(who)s没在申请书上签，须各方共同申请"), "JC-02"
    IDENTITY_UNCHECKED = "identity_unchecked", N_("%(who)s的身份还没有核对"), "JC-09"
    NO_PROPERTY_PAPERS = "no_property_papers", N_("协议涉及房屋、土地等财产，还没有财产权利证明"), "JC-09"
    PROOF_NOT_SEALED = "proof_not_sealed", N_("调解组织主持调解的证明没盖章"), "JC-09"
    BODY_NOT_ESTABLISHED = "body_not_established", N_("%(body)s没有依法设立的登记、备案，也不在法院名册上"), "JC-03"
    CLAUSE_NOT_TAKEN_OUT = "clause_not_taken_out", N_("第%(no)s条不能确认（%(why)s），要移出申请"), "DC-04"
    NOTHING_TO_CONFIRM = "nothing_to_confirm", N_("没有可以确认的条款"), "JC-10"
    GROUNDS_UNSEEN = "grounds_unseen", N_("驳回情形还没有逐条核对"), "JC-13"
    GROUND_UNANSWERED = "ground_unanswered", N_("还没有核对：是不是%(ground)s"), "JC-13"
    GROUND_PRESENT = "ground_present", N_("法院会驳回：%(ground)s"), "JC-13"
    SHAM_SUSPECTED = "sham_suspected", N_("有虚假调解的疑点，查清以前不能申请"), "JC-19"


class Caution(Reason):
    SHAM_SIGN = "sham_sign", N_("请留意虚假调解：%(sign)s"), "JC-19"
    PROPERTY = "property", N_("协议里写到房屋、土地或者车辆，却选了不需要财产权利证明"), "JC-09"


@dataclass(frozen=True)
class AgreementFacts:
    """The agreement as the application needs it; ``signed`` holds the parties who signed it."""

    effective_on: date | None
    clauses: Sequence[Clause]
    basis: Basis
    traits: frozenset[str] = frozenset()
    is_oral: bool = False
    signed: Collection[str] = ()
    mediator_signed: bool = False
    sealed: bool = False


def last_day_to_apply(effective_on: date, *, days: int, calendar: WorkCalendar) -> LastDay:
    """Return the last day: ``days`` calendar days, the first not counted, moved past rest days.

    ``days`` is the dated setting of JC-01. The answer says when it is provisional.
    JC-01, PT-01, PT-03: Civil Procedure Law (2023), Arts. 85, 205; People's Mediation Law (2010), Art. 33.
    """
    return calendar.end_of_period(effective_on, days=days)


def time_obstacles(
    effective_on: date | None, *, on: date, days: int, calendar: WorkCalendar, posted_on: date | None = None,
    restored_until: date | None = None,
) -> list[Obstacle]:
    """Return what the time holds against applying; what was posted before the end is in time.

    ``restored_until`` is the last day for whoever was hindered and asks the court for more time.
    JC-01. PT-06, PT-08: Civil Procedure Law (2023), Arts. 85, 86.
    """
    if effective_on is None:
        return [because(Bar.NOT_EFFECTIVE)]
    last_day = last_day_to_apply(effective_on, days=days, calendar=calendar).day
    came_on = min(on, posted_on or on)
    is_late = came_on > max(last_day, restored_until or last_day)
    return [because(Bar.TOO_LATE, cure="agreement.restore_time", last_day=last_day)] if is_late else []


def restoring_obstacles(why: str, *, ended_on: date, on: date, last_on: date) -> list[Obstacle]:
    """Return what forbids asking for a missed period back; ``last_on`` is the last day after the obstacle ended.

    PT-08: Civil Procedure Law (2023), Art. 86: within ten days after the obstacle ended; the court decides.
    """
    found = [] if why.strip() else [because(Bar.NO_HINDRANCE)]
    if ended_on > on:
        found.append(because(Bar.HINDERED_STILL))
    if on > last_on:
        found.append(because(Bar.RESTORED_TOO_LATE, last_day=last_on))
    return found


def start_obstacles(
    agreement: AgreementFacts,
    *,
    body: str,
    body_is_established: bool,
    body_is_listed: bool,
    on: date,
    days: int,
    calendar: WorkCalendar,
    restored_until: date | None = None,
) -> list[Obstacle]:
    """Return what forbids handing an agreement over for confirmation at all; papers may still be wanting.

    JC-01, JC-03, JC-10; JM-09: SPC Provisions on Invited Mediation (2016), Arts. 19, 20.
    """
    found = time_obstacles(
        agreement.effective_on, on=on, days=days, calendar=calendar, restored_until=restored_until
    )
    if agreement.basis == Basis.ENTRUSTED:
        found.append(because(Bar.ENTRUSTED))
    if agreement.is_oral:
        found.append(because(Bar.ORAL_AGREEMENT))
    found += body_obstacles(body, is_established=body_is_established, is_listed=body_is_listed)
    if not confirmable_numbers(agreement):
        found.append(because(Bar.NOTHING_TO_CONFIRM))
    return found


def body_obstacles(body: str, *, is_established: bool, is_listed: bool) -> list[Obstacle]:
    """Return BODY_NOT_ESTABLISHED for a body that is neither lawfully established nor on the court's list.

    JC-03: Civil Procedure Law (2023), Art. 205; SPC Provisions on Invited Mediation (2016), Art. 19.
    """
    return [] if is_established or is_listed else [because(Bar.BODY_NOT_ESTABLISHED, body=body)]


def confirmable_numbers(agreement: AgreementFacts) -> list[int]:
    """Return the numbers of the clauses that a court may confirm; the others stay out of the request. DC-04."""
    return [no for no, clause in enumerate(agreement.clauses, 1) if not why_not_confirmable(clause, agreement.traits)]


def concerns_property(clauses: Sequence[Clause]) -> bool:
    """Say whether the clauses speak of things that have papers: houses, land, vehicles, shares. JC-09."""
    return any(CONCERNS_PROPERTY.search(clause.what) for clause in clauses)


def clause_obstacles(agreement: AgreementFacts, included: Collection[int]) -> list[Obstacle]:
    """Return the included clauses that no court confirms; at least one must remain.

    JC-10, JC-21, DC-04: SPC Interpretation of the CPL (2022), Art. 355.
    """
    found = []
    for no, clause in enumerate(agreement.clauses, 1):
        why = why_not_confirmable(clause, agreement.traits)
        if no in included and why:
            found.append(because(Bar.CLAUSE_NOT_TAKEN_OUT, no=no, why=why.reason))
    if not set(included).intersection(confirmable_numbers(agreement)):
        found.append(because(Bar.NOTHING_TO_CONFIRM))
    return found
