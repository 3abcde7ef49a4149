"""Archive: what closing, withdrawing and archiving wait for, and how long a file is kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases.rules import (
    ACTIVE_PROCEEDING,
    OPEN_CONFIRMATION,
    AgreementState,
    Basis,
    ConfirmationState,
    PerformanceState,
    ProceedingState,
    ReferralState,
)
from mediation.casefile.duties.rules import Barred, DutyKind, open_duty_obstacles
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.stages.performance.rules import is_settled
from mediation.stages.referrals.rules import unreported_obstacles


class ClosingOutcome(Choice):
    """How a case was closed. A failed one ends in a referral, a withdrawal or "no further action wanted" (RT-09)."""

    PERFORMED = "performed", N_("达成协议并履行完毕")
    ENFORCEMENT = "enforcement", N_("协议已司法确认，转强制执行")
    COURT_PAPER = "court_paper", N_("法院出具调解书或者准许撤诉")
    DECIDED = "decided", N_("移送后已有结果")
    NOT_ACCEPTED = "not_accepted", N_("不予受理，已引导")
    NO_FURTHER = "no_further", N_("调解不成，当事人不再要求处理")
    UNPERFORMED = "unperformed", N_("协议没有履行，已告知可以起诉，当事人不再要求处理")
    WITHDRAWN = "withdrawn", N_("当事人撤回")


WITH_AGREEMENT = frozenset(
    {ClosingOutcome.PERFORMED, ClosingOutcome.ENFORCEMENT, ClosingOutcome.COURT_PAPER, ClosingOutcome.UNPERFORMED}
)


class Retention(Choice):
    SHORT = "short", N_("短期")
    LONG = "long", N_("长期")
    PERMANENT = "permanent", N_("永久")


def retention_of(outcome: str, type_code: str, *, short: Collection[str], permanent: Collection[str]) -> Retention:
    """Return how long a file is kept by the centre's two lists of outcomes and types, else the long time (DP-11).

    A type is meant by its code or by the first part of it. What is on both lists is kept for the longer time.
    People's Mediation Law (2010), Art. 27; the periods are the archive bureau's.
    """
    known = {outcome, type_code, type_code.partition(".")[0]} - {""}
    if known.intersection(permanent):
        return Retention.PERMANENT
    return Retention.SHORT if known.intersection(short) else Retention.LONG


class Lending(Reason):
    NO_BORROWER = "no_borrower", N_("写明谁借、哪个单位"), "DP-11"
    NO_PURPOSE = "no_loan_purpose", N_("写明借去做什么"), "DP-11"
    DUE_EARLIER = "loan_due_earlier", N_("归还日期要在借出当天或者以后"), "DP-11"
    NOT_FILED = "not_filed", N_("没有归档，卷还在经办人手里"), "DP-11"
    OUT = "file_is_out", N_("%(who)s已经借走，%(day)s应还"), "DP-11"
    BACK_EARLIER = "back_earlier", N_("归还日期不能早于借出日期，也不能晚于今天"), "DP-11"
    IS_BACK = "file_is_back", N_("这一次已经还了"), "DP-11"


def lending_obstacles(
    *, borrower: str, borrower_unit: str, purpose: str, lent_on: date, due_on: date | None, archive_no: str | None,
    out_to: tuple[str, date] | None,
) -> list[Obstacle]:
    """Return what keeps a file from being lent; ``out_to`` is who has it and until when (DP-11)."""
    found = [] if borrower.strip() and borrower_unit.strip() else [because(Lending.NO_BORROWER)]
    found += [] if purpose.strip() else [because(Lending.NO_PURPOSE)]
    found += [] if due_on is not None and due_on >= lent_on else [because(Lending.DUE_EARLIER)]
    found += [] if archive_no else [because(Lending.NOT_FILED)]
    return [*found, because(Lending.OUT, who=out_to[0], day=out_to[1])] if out_to else found


class Bar(Reason):
    NO_OUTCOME = "no_outcome", N_("没有选结案方式"), "RT-09"
    NO_TYPE = "no_type", N_("没有选纠纷类型"), "ST-01"
    TWO_TYPES = "two_types", N_("只能有一个主要纠纷类型"), "ST-01"
    NO_AGREEMENT = "no_agreement", N_("没有生效的协议"), "RT-09"
    NOT_BREACHED = "not_breached", N_("没有登记过违约；没有履行的先登记到期不履行"), "PM-16"
    NOTHING_OWED = "nothing_owed", N_("各项义务都已了结，没有要强制执行的"), "JC-18"
    NOT_PERFORMED = "not_performed", N_("还有%(count)s项没有履行"), "PM-15"
    NOT_CONFIRMED = "not_confirmed", N_("法院还没有裁定确认有效"), "JC-14"
    NOT_ENTRUSTED = "not_entrusted", N_("不是法院委托的案件"), "JM-09"
    NOT_DECIDED = "not_decided", N_("移送的结果还没有回来"), "RT-09"
    NOT_REFUSED = "not_refused", N_("没有不予受理的决定"), "RT-09"
    NOT_ENDED = "not_ended", N_("调解还没有终止"), "RT-09"
    NO_NOTICE = "no_notice", N_("还没有告知当事人可以仲裁、找行政机关或者起诉"), "PM-09"
    EFFECTIVE = "effective", N_("协议已经生效，不能按撤回结案"), "RT-09"
    PROCEEDING_OPEN = "proceeding_open", N_("调解程序还在进行，先达成协议或者终止"), "RT-01"
    CONFIRMATION_OPEN = "confirmation_open", N_("司法确认还没有结果"), "JC-14"
    REFERRAL_OPEN = "referral_open", N_("移送的结果还没有回来"), "RT-09"
    ORAL_UNRECORDED = "oral_unrecorded", N_("口头协议还没有登记表"), "PM-11"
    NO_REGISTER = "no_register", N_("卷里没有受理登记"), "PM-10"
    NO_RECORD = "no_record", N_("卷里没有调解记录"), "PM-10"
    NO_AGREEMENT_PAPER = "no_agreement_paper", N_("卷里没有协议"), "PM-10"
    NO_TERMINATION = "no_termination", N_("卷里没有调解终结书"), "PM-10"
    NOT_VISITED = "not_visited", N_("不是当场履行的，还没有回访记录"), "PM-15"


@dataclass(frozen=True)
class ClosingFacts:
    """How things stand when a case is to be closed; states are the newest of the present round."""

    outcome: ClosingOutcome | None
    main_types: Sequence[str]
    basis: Basis = Basis.SELF_RUN
    proceeding: ProceedingState | None = None
    agreement: AgreementState | None = None
    is_oral: bool = False
    oral_recorded: bool = True
    performance: Sequence[PerformanceState] = ()
    confirmation: ConfirmationState | None = None
    referral: ReferralState | None = None
    notice_given: bool = False
    reported_to_court_on: date | None = None
    open_duties: Collection[DutyKind] = ()

    @property
    def was_mediated(self) -> bool:
        return self.proceeding is not None and self.proceeding != ProceedingState.REFUSED


def closing_obstacles(facts: ClosingFacts) -> list[Obstacle]:
    """Return everything that forbids closing the case with that outcome.

    RT-09, PM-09: People's Mediation Law (2010), Art. 26. PM-08, MH-06: Art. 25. ST-01. JM-10: SPC Provisions on
    Invited Mediation (2016), Arts. 21, 26.
    """
    found = type_obstacles(facts.main_types) + open_ends(facts) + outcome_obstacles(facts)
    if facts.was_mediated:
        found += unreported_obstacles(facts.basis, reported_on=facts.reported_to_court_on)
    return found + open_duty_obstacles(Barred.CLOSE, facts.open_duties)


def type_obstacles(main_types: Sequence[str]) -> list[Obstacle]:
    """Return what is wrong with the type: there is exactly one main type. ST-01."""
    told = [code for code in main_types if code]
    if not told:
        return [because(Bar.NO_TYPE)]
    return [because(Bar.TWO_TYPES)] if len(set(told)) > 1 else []


def open_ends(facts: ClosingFacts) -> list[Obstacle]:
    """Return what still runs, whatever the outcome is to be."""
    found = []
    if facts.proceeding in ACTIVE_PROCEEDING:
        found.append(because(Bar.PROCEEDING_OPEN))
    if facts.confirmation in OPEN_CONFIRMATION:
        found.append(because(Bar.CONFIRMATION_OPEN))
    if facts.referral in {ReferralState.SENT, ReferralState.TAKEN}:
        found.append(because(Bar.REFERRAL_OPEN))
    return found


def outcome_obstacles(facts: ClosingFacts) -> list[Obstacle]:
    """Return why the facts do not bear the outcome. RT-09: a failed case never closes silently.

    PM-16: who is owed something may sue on the agreement (People's Mediation Law (2010), Art. 32), and need not.
    """
    is_effective = facts.agreement == AgreementState.EFFECTIVE
    match facts.outcome:
        case None:
            return [because(Bar.NO_OUTCOME)]
        case ClosingOutcome.PERFORMED:
            return _performed_obstacles(facts, is_effective)
        case ClosingOutcome.ENFORCEMENT:
            found = [] if facts.confirmation == ConfirmationState.CONFIRMED else [because(Bar.NOT_CONFIRMED)]
            is_owed = not facts.performance or not is_settled(facts.performance)
            return found if is_owed else [*found, because(Bar.NOTHING_OWED)]
        case ClosingOutcome.COURT_PAPER:
            found = [] if facts.basis == Basis.ENTRUSTED else [because(Bar.NOT_ENTRUSTED)]
            return found if is_effective else [*found, because(Bar.NO_AGREEMENT)]
        case ClosingOutcome.DECIDED:
            return [] if facts.referral == ReferralState.DECIDED else [because(Bar.NOT_DECIDED)]
        case ClosingOutcome.UNPERFORMED:
            found = [] if is_effective else [because(Bar.NO_AGREEMENT)]
            found += [] if PerformanceState.BREACHED in facts.performance else [because(Bar.NOT_BREACHED)]
            return found if facts.notice_given else [*found, because(Bar.NO_NOTICE)]
        case ClosingOutcome.NOT_ACCEPTED:
            found = [] if facts.proceeding == ProceedingState.REFUSED else [because(Bar.NOT_REFUSED)]
            return found if facts.notice_given else [*found, because(Bar.NO_NOTICE)]
        case ClosingOutcome.NO_FURTHER:
            found = [] if facts.proceeding in {None, ProceedingState.ENDED} else [because(Bar.NOT_ENDED)]
            return found if facts.notice_given else [*found, because(Bar.NO_NOTICE)]
    return [because(Bar.EFFECTIVE)] if is_effective else []


def _performed_obstacles(facts: ClosingFacts, is_effective: bool) -> list[Obstacle]:
    """PM-11, PM-15: an oral agreement is recorded, and nothing is owed."""
    if not is_effective:
        return [because(Bar.NO_AGREEMENT)]
    found = [because(Bar.ORAL_UNRECORDED)] if facts.is_oral and not facts.oral_recorded else []
    owed = sum(not is_settled([state]) for state in facts.performance)
    return [*found, because(Bar.NOT_PERFORMED, count=owed)] if owed else found


@dataclass(frozen=True)
class FileFacts:
    """What lies in the file. ``visit_required`` is the dated setting of PM-15."""

    outcome: ClosingOutcome
    was_accepted: bool = True
    was_held: bool = True  # the parties met at least once
    has_register: bool = False
    has_record: bool = False
    has_agreement: bool = False
    has_termination: bool = False
    performed_at_once: bool = False
    visit_required: bool = False
    was_visited: bool = False


def archive_obstacles(facts: FileFacts) -> list[Obstacle]:
    """Return what the file lacks; the agreement is asked for only where there was success, a record where they met.

    PM-10, PM-15: People's Mediation Law (2010), Arts. 27, 31.
    """
    if not facts.was_accepted:
        return []
    succeeded = facts.outcome in WITH_AGREEMENT
    met = succeeded or facts.was_held
    wanted = (
        (Bar.NO_REGISTER, facts.has_register),
        (Bar.NO_RECORD, facts.has_record or not met or facts.outcome == ClosingOutcome.WITHDRAWN),
        (Bar.NO_AGREEMENT_PAPER, facts.has_agreement or not succeeded),
        (Bar.NO_TERMINATION, facts.has_termination or facts.outcome != ClosingOutcome.NO_FURTHER),
        (
            Bar.NOT_VISITED,
            facts.was_visited or facts.performed_at_once or not (succeeded and facts.visit_required),
        ),
    )
    return [because(bar) for bar, is_there in wanted if not is_there]
