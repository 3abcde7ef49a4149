"""Proceedings: acceptance, more time, mediators and recusal, what a session needs, how an attempt ends."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases.rules import (
    FROM_COURT,
    Basis,
    PartyFacts,
    PartyRole,
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


class AppointmentMode(Choice):
    APPOINTED = "appointed", N_("指定")
    CHOSEN = "chosen", N_("当事人选定")


class GuestRole(Choice):
    """As what somebody is invited. PM-05: People's Mediation Law (2010), Art. 20."""

    EXPERT = "expert", N_("专家")
    OBSERVER = "observer", N_("旁听")
    RELATIVE = "relative", N_("亲属")
    NEIGHBOUR = "neighbour", N_("邻居")
    COLLEAGUE = "colleague", N_("同事")
    ORGANISATION = "organisation", N_("社会组织")
    OTHER = "other", N_("其他")


class OverrideReason(Choice):
    """Why the head takes somebody else than the one suggested first: one word, kept to learn from (row 39)."""

    KNOWS = "knows", N_("熟悉情况")
    EXPERTISE = "expertise", N_("专业对口")
    PARTY_WISH = "party_wish", N_("当事人要求")
    BALANCE = "balance", N_("平衡工作量")
    NEAR = "near", N_("就近")
    OTHER = "other", N_("其他")


class RecusalQuestion(Choice):
    """The four lines a mediator answers before taking a case on.

    JM-06: SPC Provisions on Invited Mediation (2016), Art. 15. PM-22 asks them of every mediator.
    """

    RELATIVE = "relative", N_("是不是一方当事人或者代理人的近亲属？")
    INTEREST = "interest", N_("和这件纠纷有没有利害关系？")
    RELATION = "relation", N_("有没有其他可能影响公正的关系（同村、同单位、有往来）？")
    EARLIER_ROLE = "earlier_role", N_("是不是办过、代理过这件纠纷，或者作过证？")


class SessionResult(Choice):
    AGREED = "agreed", N_("达成协议")
    CONTINUE = "continue", N_("继续调解")
    ADJOURNED = "adjourned", N_("改期")
    NO_SHOW = "no_show", N_("有人没到场")
    UNREACHABLE = "unreachable", N_("没联系上")
    ENDED = "ended", N_("终止调解")
    NO_ANSWER = "no_answer", N_("没人接")
    WRONG_NUMBER = "wrong_number", N_("号码不对")
    REACHED = "reached", N_("联系上了")


# What counts towards "cannot be reached" (JM-11); a meeting put off by agreement and a call that was answered do not.
FAILED_CONTACTS = (
    SessionResult.NO_SHOW, SessionResult.UNREACHABLE, SessionResult.NO_ANSWER, SessionResult.WRONG_NUMBER,
)
ATTEMPTED = frozenset({*FAILED_CONTACTS, SessionResult.ADJOURNED, SessionResult.REACHED})


class SessionManner(Choice):
    IN_PERSON = "in_person", N_("当面")
    ON_SITE = "on_site", N_("现场")
    ONLINE = "online", N_("视频")
    PHONE = "phone", N_("电话")


class Bar(Reason):
    NOT_RECEIVED = "not_received", N_("本单位还没有接收这件案件"), None
    ALREADY_ANSWERED = "already_answered", N_("本单位已经答复过受理不受理，要再办先重新分流"), "RT-01"
    NO_NUMBER_WORD = "no_number_word", N_("本单位没有案号字，请系统管理员在“单位”里填写"), "CN-05"
    NOT_OPEN = "not_open", N_("行政调解不办：%(what)s；请登记不予受理"), "AM-18"
    POLICE_DO_NOT = "police_do_not", N_("公安机关不调解：%(what)s；请登记不予受理"), "AM-03"
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
    NO_ACCOUNT = "no_account", N_("%(who)s没有账号，不能答回避四问、接案；请系统管理员先开账号"), None
    NO_WHY_REASSIGNED = "no_why_reassigned", N_("改派要写理由"), "PM-04"
    NO_WHY_STEPPED_BACK = "no_why_stepped_back", N_("不接要写理由"), "PM-22"
    NO_NOTICE_FORM = "no_notice_form", N_("没有勾选告知了谁"), "PM-06"
    UNIT_NOT_LISTED = "unit_not_listed", N_("本单位不在法院特邀调解名册上"), "JM-01"
    NO_PROCEDURE = "no_procedure", N_("委托调解要写法院适用的程序，期限按程序算"), "JM-02"
    NO_GROUND = "no_ground", N_("没有选理由"), "JM-11"
    UNKNOWN_GROUND = "unknown_ground", N_("没有这种理由：%(ground)s"), "JM-11"
    NO_WORDS = "no_words", N_("选了“其他”，要写明是什么"), "JM-11"
    NO_NOTICE = "no_notice", N_("还没有告知当事人可以仲裁、找行政机关或者起诉"), "PM-09"
    NO_FAILURE_REASON = "no_failure_reason", N_("没有写调解经过和不成的原因"), "QT-13"
    TIME_NOT_OVER = "time_not_over", N_("期限还没到，最后一天是%(due_on)s"), "JM-11"
    TOO_FEW_ATTEMPTS = "too_few_attempts", N_("只联系过%(made)s次，联系%(needed)s次都不成才能按无法联系终止"), "JM-11"
    NO_MEDIATOR = "no_mediator", N_("还没有指派调解员"), "PM-04"
    NO_OVERRIDE = "no_override", N_("建议先派%(top)s；派别人要选一个理由"), None
    NOT_IN_POOL = "not_in_pool", N_("%(who)s不在可以选的名单上"), "PM-04"
    REFUSED_TOO_OFTEN = (
        "refused_too_often", N_("%(who)s一方已经有%(made)s次不接受调解员，最多%(most)s次，现在由单位决定"), "PM-04"
    )
    NO_PRESIDER = "no_presider", N_("两名以上调解员，要指定一名主持"), "JM-05"
    TWO_PRESIDERS = "two_presiders", N_("只能有一名主持调解员"), "JM-05"
    MEDIATOR_DECLINED = "mediator_declined", N_("%(who)s不接受调解员%(mediator)s，先改派"), "PM-04"
    MEDIATOR_REJECTED = "mediator_rejected", N_("%(who)s不接受指定的%(mediator)s，视为不同意调解，应当终止"), "JM-04"
    RECUSAL_UNANSWERED = "recusal_unanswered", N_("%(mediator)s没有答回避四问"), "JM-06"
    WAIVED_LATER = "waived_later", N_("%(who)s书面同意的日期在今天之后"), "JM-06"
    CONFLICT = "conflict", N_("%(mediator)s应当回避；%(missing)s还没有书面同意由其继续调解"), "JM-06"
    NO_RIGHTS_NOTICE = "no_rights_notice", N_("还没有告知%(who)s权利义务"), "PM-06"
    PUBLIC_MEDICAL = "public_medical", N_("医疗纠纷不公开调解，%(who)s没有同意公开"), "PM-07"
    PUBLIC_COURT = "public_court", N_("法院委派、委托的调解不公开，%(who)s没有同意公开"), "PM-07"
    PRIVATE_ASKED = "private_asked", N_("%(who)s要求不公开"), "PM-07"
    NO_CONSENT_TO_INVITE = "no_consent_to_invite", N_("邀请%(guest)s参加，%(who)s还没有同意"), "PM-05"
    IS_ON_IT = "is_on_it", N_("%(guest)s已经在这件案件上")
    NO_ONLINE_CONSENT = "no_online_consent", N_("%(who)s没有同意用视频调解"), "RT-03"
    NO_PLATFORM = "no_platform", N_("视频调解要写用的哪个平台，或者会议链接"), None
    NO_WHY_VOID = "no_why_void", N_("作废要写理由"), None
    NO_ATTEMPT = "no_attempt", N_("开成了的会不能作废，只能改记录"), None
    VOID_ALREADY = "void_already", N_("这一条已经作废"), None
    JOINT_AFTER_VIOLENCE = "joint_after_violence", N_("有家庭暴力，%(who)s没有同意见面，双方分开谈"), "MH-01"
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


# --- mediators ---


@dataclass(frozen=True)
class AppointedMediator:
    """A mediator on the case; ``declined_by`` names who does not accept him or her, ``waived_by`` are parties."""

    name: str
    mode: AppointmentMode = AppointmentMode.APPOINTED
    presides: bool = False
    declined_by: tuple[str, ...] = ()
    answers: Mapping[RecusalQuestion, bool] | None = None
    waived_by: tuple[str, ...] = ()  # in writing

    @property
    def has_conflict(self) -> bool:
        return any((self.answers or {}).values())


def assignment_obstacles(mediators: Sequence[AppointedMediator], *, basis: Basis) -> list[Obstacle]:
    """Return what is wrong with the mediators of a case.

    PM-04: People's Mediation Law (2010), Arts. 19, 23. JM-04, JM-05: SPC Provisions on Invited Mediation (2016),
    Arts. 12, 13.
    """
    if not mediators:
        return [because(Bar.NO_MEDIATOR)]
    found = []
    presiding = sum(mediator.presides for mediator in mediators)
    if len(mediators) > 1 and presiding == 0:
        found.append(because(Bar.NO_PRESIDER))
    if presiding > 1:
        found.append(because(Bar.TWO_PRESIDERS))
    for mediator in mediators:
        bar = Bar.MEDIATOR_REJECTED if declining_ends(basis, mediator.mode) else Bar.MEDIATOR_DECLINED
        found += [because(bar, who=who, mediator=mediator.name) for who in mediator.declined_by]
    return found


def declining_ends(basis: Basis, mode: AppointmentMode) -> bool:
    """Say whether a party who declines the mediator is deemed not to agree to mediation at all.

    JM-04: SPC Provisions on Invited Mediation (2016), Art. 12. Elsewhere another one is assigned (PM-04).
    """
    return basis in FROM_COURT and mode == AppointmentMode.APPOINTED


def side_of(party: PartyFacts) -> str:
    """Return the side of a party: applicants stand on one, everybody else on the other."""
    return "ours" if party.role == PartyRole.APPLICANT else "theirs"


def refusal_limits(
    parties: Sequence[PartyFacts], refusing: Collection[str], made: Mapping[str, int], *, most: int
) -> list[Obstacle]:
    """Return one obstacle for each party whose side has no refusal of a mediator left.

    ``refusing`` are who refuses now, by reference; ``made`` counts the mediators that each side refused before. Then
    the unit decides; a party may still end the mediation itself (RT-04). PM-04: People's Mediation Law (2010), Art. 23.
    """
    late = [party for party in parties if party.ref in refusing and made.get(side_of(party), 0) >= most]
    return [
        because(Bar.REFUSED_TOO_OFTEN, who=party.name, made=made[side_of(party)], most=most) for party in late
    ]


def recusal_obstacles(mediator: AppointedMediator, parties: Sequence[PartyFacts]) -> list[Obstacle]:
    """Return what forbids a mediator to go on: questions left open, or a conflict that not all parties waive.

    JM-06: SPC Provisions on Invited Mediation (2016), Art. 15. PM-22: by analogy for people's mediators.
    """
    answers = mediator.answers or {}
    if any(question not in answers for question in RecusalQuestion):
        return [because(Bar.RECUSAL_UNANSWERED, mediator=mediator.name)]
    missing = tuple(party.name for party in disputing(parties) if party.ref not in mediator.waived_by)
    if mediator.has_conflict and missing:
        return [because(Bar.CONFLICT, mediator=mediator.name, missing=missing)]
    return []


# --- sessions ---


@dataclass(frozen=True)
class SessionFacts:
    """What is known when a session begins; collections hold parties.

    ``victims`` are those who suffer domestic violence, ``meeting`` those of them who agree to sit with the other side.
    ``guests`` maps an invited person to the parties who agree to the invitation.
    """

    parties: Sequence[PartyFacts]
    mediators: Sequence[AppointedMediator]
    basis: Basis
    informed: Collection[str]
    traits: frozenset[str] = frozenset()
    is_public: bool = False
    is_joint: bool = True
    publicity_agreed: Collection[str] = ()
    privacy_asked: Collection[str] = ()
    victims: Collection[str] = ()
    meeting: Collection[str] = ()
    guests: Mapping[str, Collection[str]] | None = None
    is_online: bool = False
    online_agreed: Collection[str] = ()
    has_platform: bool = False


def session_obstacles(facts: SessionFacts) -> list[Obstacle]:
    """Return everything that forbids opening the session."""
    found = refusal_obstacles(facts.parties)
    found += notice_obstacles(facts.parties, facts.informed)
    found += assignment_obstacles(facts.mediators, basis=facts.basis)
    for mediator in facts.mediators:
        found += recusal_obstacles(mediator, facts.parties)
    found += publicity_obstacles(facts)
    for guest, agreed in (facts.guests or {}).items():
        found += invitation_obstacles(guest, facts.parties, agreed)
    if facts.is_joint:
        unwilling = [party for party in facts.parties if party.ref in facts.victims and party.ref not in facts.meeting]
        found += [because(Bar.JOINT_AFTER_VIOLENCE, who=party.name) for party in unwilling]
    if facts.is_online:
        found += online_obstacles(facts.parties, facts.online_agreed, has_platform=facts.has_platform)
    return found


def online_obstacles(
    parties: Sequence[PartyFacts], agreed: Collection[str], *, has_platform: bool
) -> list[Obstacle]:
    """Return what a meeting by video lacks: the yes of each party to that way, and where it is held (row 49).

    RT-03: mediation is voluntary in its manner, too; silence is no yes.
    """
    found = [because(Bar.NO_ONLINE_CONSENT, who=party.name) for party in disputing(parties) if party.ref not in agreed]
    return found if has_platform else [*found, because(Bar.NO_PLATFORM)]


def notice_obstacles(parties: Sequence[PartyFacts], informed: Collection[str]) -> list[Obstacle]:
    """Return one obstacle for each party not yet told its rights and duties.

    PM-06: People's Mediation Law (2010), Arts. 23, 24. JM-08: SPC Provisions on Invited Mediation (2016), Art. 14.
    """
    return [because(Bar.NO_RIGHTS_NOTICE, who=party.name) for party in disputing(parties) if party.ref not in informed]


def publicity_obstacles(facts: SessionFacts) -> list[Obstacle]:
    """Return what forbids a public session.

    PM-07: Regulation on the Prevention and Handling of Medical Disputes (2018), Art. 42; People's Mediation Law
    (2010), Art. 23; SPC Provisions on Invited Mediation (2016), Art. 2.
    """
    if not facts.is_public:
        return []
    parties = disputing(facts.parties)
    found = [because(Bar.PRIVATE_ASKED, who=party.name) for party in parties if party.ref in facts.privacy_asked]
    bar = Bar.PUBLIC_MEDICAL if Trait.MEDICAL in facts.traits else Bar.PUBLIC_COURT
    if bar == Bar.PUBLIC_MEDICAL or facts.basis in FROM_COURT:
        found += [because(bar, who=party.name) for party in parties if party.ref not in facts.publicity_agreed]
    return found


def invitation_obstacles(guest: str, parties: Sequence[PartyFacts], agreed: Collection[str]) -> list[Obstacle]:
    """Return one obstacle for each party that has not agreed to an invited person.

    PM-05: People's Mediation Law (2010), Art. 20.
    """
    silent = [party for party in disputing(parties) if party.ref not in agreed]
    return [because(Bar.NO_CONSENT_TO_INVITE, guest=guest, who=party.name) for party in silent]


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
