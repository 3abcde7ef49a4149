"""Proceedings: acceptance, more time, how an attempt ends. Mediators and meetings have rules of their own."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases.rules import (
    FROM_COURT,
    Basis,
    PartyFacts,
    Track,
    Trait,
    consent_obstacles,
    disputing,
    other_track_obstacles,
    refusal_obstacles,
)
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.units.rules import UnitKind
from mediation.stages.proceedings.periods import Procedure


class RefusalGround(Choice):
    """Why a unit does not accept a case."""

    NOT_MEDIABLE = "not_mediable", N_("依法不能调解")
    ELSEWHERE = "elsewhere", N_("其他机关已受理或者已处理")
    NOT_COMPETENT = "not_competent", N_("不属于本单位调解范围")
    PARTY_REFUSES = "party_refuses", N_("一方当事人不同意调解")
    NO_OTHER_SIDE = "no_other_side", N_("对方当事人不明确")
    OTHER = "other", N_("其他")


class TerminationGround(Choice):
    """Why an attempt ended without an agreement.

    JM-11: SPC Provisions on Invited Mediation (2016), Art. 26; SPC Rules on Online Mediation (2022), Art. 25.
    """

    PARTY_REFUSES = "party_refuses", N_("一方明确拒绝调解")
    WITHDRAWN = "withdrawn", N_("申请人撤回申请")
    TOO_FAR_APART = "too_far_apart", N_("分歧较大，难以达成协议")
    UNREACHABLE = "unreachable", N_("无法联系当事人")
    TIME_OVER = "time_over", N_("期限届满未达成协议，也没有同意延长")
    WILL_NOT_SIGN = "will_not_sign", N_("一方拒绝签字")
    MEDIATOR_REJECTED = "mediator_rejected", N_("一方不接受指定的调解员，视为不同意调解")
    ELSEWHERE = "elsewhere", N_("其他机关已受理")
    SHAM = "sham", N_("发现虚假调解")
    OTHER = "other", N_("其他")


class Bar(Reason):
    NOT_RECEIVED = "not_received", N_("本单位还没有接收这件案件"), None
    ALREADY_ANSWERED = "already_answered", N_("本单位已经答复过受理不受理，要再办先重新分流"), "RT-01"
    NO_NUMBER_WORD = "no_number_word", N_("本单位没有案号字，请系统管理员在“单位”里填写"), "CN-05"
    NOT_OPEN = "not_open", N_("行政调解不办：%(what)s；请登记不予受理"), "AM-18"
    POLICE_DO_NOT = "police_do_not", N_("公安机关不调解：%(what)s；请登记不予受理"), "AM-03"
    APPLIED_TOO_LATE = (
        "applied_too_late", N_("各方最晚要在%(last_on)s共同书面申请交警调解，过了只能起诉或者走人民调解"), "AM-05"
    )
    RECEIVED_LATER = "received_later", N_("签收法院材料的日期在受理日期之后"), "JM-02"
    NO_CONSENT_FORM = "no_consent_form", N_("%(who)s表了态，没有选是口头、书面还是在线"), "RT-03"
    ANSWERED_LATER = "answered_later", N_("%(who)s表态的日期在今天之后"), "RT-03"
    NOT_MEDIATING = "not_mediating", N_("调解员接案以后才能办"), None
    NO_PAUSE = "no_pause", N_("这一期限没有鉴定时间不计入的规定，或者已经不在走"), "JM-03"
    PAUSED = "clock_paused", N_("期限已经中止"), "JM-03"
    NOT_PAUSED = "clock_not_paused", N_("期限没有中止，在正常走"), "JM-03"
    PAUSED_BEFORE_START = "paused_before_start", N_("中止的日期在期限起算（%(start)s）以前"), "JM-03"
    RUNS_BEFORE_PAUSE = "runs_before_pause", N_("恢复的日期在中止（%(start)s）以前"), "JM-03"
    NOT_ENDED = "not_ended", N_("这一次调解还没有终止"), "RT-01"
    UNIT_NOT_LISTED = "unit_not_listed", N_("本单位不在法院特邀调解名册上"), "JM-01"
    NO_PROCEDURE = "no_procedure", N_("委托调解要写法院适用的程序，期限按程序算"), "JM-02"
    NO_GROUND = "no_ground", N_("没有选理由"), "JM-11"
    UNKNOWN_GROUND = "unknown_ground", N_("没有这种理由：%(ground)s"), "JM-11"
    NO_WORDS = "no_words", N_("选了“其他”，要写明是什么"), "JM-11"
    NO_NOTICE = "no_notice", N_("还没有告知当事人可以仲裁、找行政机关或者起诉"), "PM-09"
    NO_FAILURE_REASON = "no_failure_reason", N_("没有写调解经过和不成的原因"), "QT-13"
    TIME_NOT_OVER = "time_not_over", N_("期限还没到，最后一天是%(due_on)s"), "JM-11"
    TOO_FEW_ATTEMPTS = "too_few_attempts", N_("只联系过%(made)s次，联系%(needed)s次都不成才能按无法联系终止"), "JM-11"
    NO_CONSENT_TO_EXTEND = "no_consent_to_extend", N_("%(who)s没有同意延期"), "PM-18"
    EXTENDS_NOTHING = "extends_nothing", N_("延期后的最后一天要在%(due_on)s之后"), "PM-18"
    EXTENDS_TOO_FAR = "extends_too_far", N_("最多延到%(latest)s"), "PM-18"
    EXTENDED_TOO_OFTEN = "extended_too_often", N_("已延期%(made)s次，不能再延"), "PM-18"


# --- acceptance ---


@dataclass(frozen=True)
class AcceptanceFacts:
    """What the unit knows when it decides. ``open_tracks`` are those of proceedings that still run."""

    track: Track
    basis: Basis
    parties: Sequence[PartyFacts]
    open_tracks: Collection[Track] = ()
    traits: frozenset[str] = frozenset()
    unit_kind: UnitKind = UnitKind.COMMITTEE
    is_received: bool = True
    is_court_listed: bool = False
    procedure: Procedure | None = None


def acceptance_obstacles(facts: AcceptanceFacts) -> list[Obstacle]:
    """Return what forbids accepting a case.

    Nobody needs to have agreed yet, only nobody refused; a commission, a petition office and a medical committee
    need the consent of all beforehand.
    RT-01, RT-02. JM-01: SPC Provisions on Invited Mediation (2016), Arts. 1, 11. AM-10: Regulation on the Prevention
    and Handling of Medical Disputes (2018), Art. 31. MH-11: Regulation on Petition Work (2022), Art. 33.
    """
    found = [] if facts.is_received else [because(Bar.NOT_RECEIVED, cure="transfer.receive")]
    found += other_track_obstacles(facts.track, facts.open_tracks)
    by_medical_committee = Trait.MEDICAL in facts.traits and facts.track == Track.PEOPLES
    if facts.basis == Basis.COMMISSIONED or by_medical_committee or facts.unit_kind == UnitKind.PETITION_OFFICE:
        found += consent_obstacles(facts.parties)
    else:
        found += refusal_obstacles(facts.parties)
    if facts.basis in FROM_COURT and not facts.is_court_listed:
        found.append(because(Bar.UNIT_NOT_LISTED, cure="proceeding.refuse"))
    if facts.basis == Basis.ENTRUSTED and facts.procedure is None:
        found.append(because(Bar.NO_PROCEDURE, cure="proceeding.accept"))
    return found


def traffic_obstacles(applied_on: date, *, last_on: date | None) -> list[Obstacle]:
    """Return what bars the traffic police from mediating: all parties apply in time, or not at all.

    ``last_on`` is the last day after the determination was received, None where nobody said when.
    AM-05: Implementing Regulation of the Road Traffic Safety Law (2017), Art. 94.
    """
    if last_on is None or applied_on <= last_on:
        return []
    return [because(Bar.APPLIED_TOO_LATE, cure="proceeding.refuse", last_on=last_on)]


def not_accepting_obstacles(ground: str | None, *, words: str = "", notice_given: bool) -> list[Obstacle]:
    """Return what a refusal to accept still lacks: its ground, and the other ways told to the parties.

    RT-04: People's Mediation Law (2010), Arts. 3, 26.
    """
    return _ground_obstacles(ground, words, RefusalGround) + ([] if notice_given else [because(Bar.NO_NOTICE)])


# --- more time ---


def extension_obstacles(
    parties: Sequence[PartyFacts],
    consenting: Collection[str],
    *,
    until: date,
    due_on: date,
    latest: date | None = None,
    made: int = 0,
    most: int | None = None,
) -> list[Obstacle]:
    """Return what forbids an extension. ``consenting`` are who agreed, ``latest`` and ``most`` local limits.

    PM-18: by agreement of all. JM-02: SPC Provisions on Invited Mediation (2016), Art. 27.
    """
    silent = [party for party in disputing(parties) if party.ref not in consenting]
    found = [because(Bar.NO_CONSENT_TO_EXTEND, who=party.name) for party in silent]
    if until <= due_on:
        found.append(because(Bar.EXTENDS_NOTHING, due_on=due_on))
    if latest is not None and until > latest:
        found.append(because(Bar.EXTENDS_TOO_FAR, latest=latest))
    if most is not None and made >= most:
        found.append(because(Bar.EXTENDED_TOO_OFTEN, made=made))
    return found


# --- the end ---


def end_obstacles(
    ground: str | None,
    *,
    words: str = "",
    course: str,
    notice_given: bool,
    on: date,
    due_on: date | None = None,
    attempts: int = 0,
    attempts_needed: int = 0,
) -> list[Obstacle]:
    """Return what an ending still lacks. A party's wish to end is never barred itself (RT-04), only its papers.

    ``course`` tells the course and why it failed, ``attempts`` counts failed contacts.
    JM-11. PM-09: People's Mediation Law (2010), Art. 26. QT-13: SPC Rules on Online Mediation (2022), Art. 21.
    """
    found = _ground_obstacles(ground, words, TerminationGround)
    if ground == TerminationGround.TIME_OVER and due_on is not None and on <= due_on:
        found.append(because(Bar.TIME_NOT_OVER, due_on=due_on))
    if ground == TerminationGround.UNREACHABLE and attempts < attempts_needed:
        found.append(because(Bar.TOO_FEW_ATTEMPTS, made=attempts, needed=attempts_needed))
    if not course.strip():
        found.append(because(Bar.NO_FAILURE_REASON))
    if not notice_given:
        found.append(because(Bar.NO_NOTICE))
    return found


def _ground_obstacles(ground: str | None, words: str, known: Iterable[str]) -> list[Obstacle]:
    if not ground:
        return [because(Bar.NO_GROUND)]
    if ground not in set(known):
        return [because(Bar.UNKNOWN_GROUND, ground=ground)]
    return [because(Bar.NO_WORDS)] if ground == "other" and not words.strip() else []
