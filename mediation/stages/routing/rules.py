"""Routing: what is not to be mediated, which unit may be sent a case, what it answers, and the ways out after it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases.rules import Exit, Source, Track, Trait
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.stages.intake.rules import FROM_A_COURT, Elsewhere, elsewhere_obstacles
from mediation.stages.routing.suggesting import CONDITIONS, CaseFacts


class OverrideReason(Choice):
    """Why a dispatcher sends a case elsewhere than suggested."""

    PARTIES = "parties", N_("当事人要求")
    HANDLED_BEFORE = "handled_before", N_("该单位以前办过")
    EXPERTISE = "expertise", N_("需要专业力量")
    LOAD = "load", N_("原建议单位办不过来")
    NEARER = "nearer", N_("离当事人更近")
    CONFLICT = "conflict", N_("原建议单位应当回避")
    INSTRUCTED = "instructed", N_("领导指定")
    RULE_UNFIT = "rule_unfit", N_("规则不合适")


class RejectReason(Choice):
    """Why a unit gives a transfer back."""

    NOT_COMPETENT = "not_competent", N_("不属于本单位职责")
    NOT_OUR_AREA = "not_our_area", N_("不在本单位辖区")
    IN_HAND = "in_hand", N_("本单位已在办同一纠纷")
    PAPERS = "papers", N_("材料不全，无法接收")
    CONFLICT = "conflict", N_("本单位应当回避")
    NOT_LISTED = "not_listed", N_("本单位不在法院特邀名册上")


class Guard(Choice):
    """Matters that no mediation takes, ticked by the dispatcher."""

    PUBLIC_POWER = "public_power", N_("对行政处罚、许可等决定不服")
    RESERVED = "reserved", N_("依法只能由专门机关处理")
    STATUS = "status", N_("只要求确认或解除婚姻、收养等身份关系")
    CRIME = "crime", N_("公诉案件的刑事责任")
    REVIEWED = "reviewed", N_("信访事项已经复核，仍以同一事实和理由提出")
    JUDGMENT = "judgment", N_("对判决、裁定、裁决不服，信访反映")


class Bar(Reason):
    NOT_SCREENED = "not_screened", N_("筛查五问还没答，答完才能分流"), "RT-08"
    GUARDED = "guarded", N_("不能调解：%(guard)s"), "RT-06"
    PETITION_AGAINST_JUDGMENT = (
        "petition_against_judgment",
        N_("反映的是法院判决、裁定或者仲裁裁决，按诉访分离走法律程序，不进调解"),
        "MH-10",
    )
    PETITION_REVIEWED = (
        "petition_reviewed", N_("信访事项复核后又以同一事实和理由提出的，不再受理"), "MH-09",
    )
    REPORTED_UNIT = "reported_unit", N_("%(unit)s是被检举控告的单位，不能转给它"), "MH-12"
    NOT_FROM_COURT = "not_from_court", N_("没有法院委派、委托，不走司法调解"), "JM-01"
    FROM_COURT = "from_court", N_("法院委派、委托的案件走司法调解"), "JM-01"
    UNIT_NOT_LISTED = "unit_not_listed", N_("%(unit)s不在法院特邀调解名册上"), "JM-01"
    UNIT_NOT_ON_TRACK = "unit_not_on_track", N_("%(unit)s不办%(track)s"), "RT-01"
    NO_REASON = "no_reason", N_("不按建议分流，要选理由"), None
    NO_SUGGESTION = "no_suggestion", N_("没有规则合，打开这一件自己选去处"), None
    NO_REJECT_REASON = "no_reject_reason", N_("退回要选理由"), None
    UNKNOWN_CONDITION = "unknown_condition", N_("规则里有认不得的条件：%(name)s"), None
    STILL_OPEN = "still_open", N_("本案还有一次调解没结束，先结束再分流"), "RT-01"
    NO_WHY_BACK = "no_why_back", N_("没有写为什么撤回")
    NO_WHY = "no_why", N_("换一种调解要写明为什么"), "RT-01"


class Notice(Reason):
    """What the dispatcher is told beside the case; it bars nothing here."""

    ARBITRATION_FIRST = "arbitration_first", N_("调不成要先仲裁，不能直接起诉"), "AM-07"
    GOVERNMENT_DECIDES = "government_decides", N_("权属由政府处理，协议里确认权属的条款法院不确认"), "AM-14"
    LAND_ARBITRATION = (
        "land_arbitration",
        N_("土地承包纠纷由村、乡镇调解，调不成可以仲裁，也可以直接起诉；征收补偿纠纷不归土地承包仲裁"),
        "AM-13",
    )
    POLICE_MAY_MEDIATE = "police_may_mediate", N_("情节较轻的公安可以调解；调不成依法处罚，民事部分可以起诉"), "AM-01"
    NOISE_WAYS = (
        "noise_ways",
        N_("噪声、污染可以协商，可以请主管部门调解，也可以起诉；邻里噪声先由居委会、业委会、物业劝阻、调解（%(law)s）"),
        "AM-15",
    )


def condition_obstacles(conditions: Mapping[str, object]) -> list[Obstacle]:
    """Return one obstacle for each condition that no rule can ask; a misspelt one must not fit everything."""
    return [because(Bar.UNKNOWN_CONDITION, name=name) for name in conditions if name not in CONDITIONS]


@dataclass(frozen=True)
class TargetUnit:
    """The unit a case is sent to. ``tracks`` are those it may run."""

    name: str
    tracks: frozenset[str]
    is_court_listed: bool = False
    is_reported: bool = False  # the case accuses this unit, or one of its people, of misconduct


def admission_obstacles(
    facts: CaseFacts,
    *,
    guards: Iterable[Guard] = (),
    elsewhere: Elsewhere | None = None,
    elsewhere_since: date | None = None,
) -> list[Obstacle]:
    """Return what forbids mediating the case at all, whoever would do it.

    RT-05, RT-06: see ``intake.rules.elsewhere_obstacles``. MH-10, MH-09: Regulation on Petition Work (2022), Arts. 28,
    31, 36.
    """
    found = elsewhere_obstacles(elsewhere, since=elsewhere_since, source=facts.source, traits=facts.traits)
    for guard in guards:
        if guard == Guard.JUDGMENT:
            found.append(because(Bar.PETITION_AGAINST_JUDGMENT))
        elif guard == Guard.REVIEWED:
            found.append(because(Bar.PETITION_REVIEWED))
        else:
            found.append(because(Bar.GUARDED, guard=guard))
    return found


def target_obstacles(track: Track, unit: TargetUnit, *, source: Source) -> list[Obstacle]:
    """Return what forbids sending a case to that unit on that track.

    JM-01: SPC Provisions on Invited Mediation (2016), Arts. 1, 11. MH-12: Regulation on Petition Work (2022), Art. 30.
    """
    found = []
    if track == Track.JUDICIAL and source not in FROM_A_COURT:
        found.append(because(Bar.NOT_FROM_COURT))
    if track != Track.JUDICIAL and source in FROM_A_COURT:
        found.append(because(Bar.FROM_COURT))
    if track not in unit.tracks:
        found.append(because(Bar.UNIT_NOT_ON_TRACK, unit=unit.name, track=track))
    if track == Track.JUDICIAL and not unit.is_court_listed:
        found.append(because(Bar.UNIT_NOT_LISTED, unit=unit.name))
    if unit.is_reported:
        found.append(because(Bar.REPORTED_UNIT, unit=unit.name))
    return found


def override_obstacles(
    suggestion, *, track: Track, unit_id: int, suggested_unit_id: int | None, reason: str | None
) -> list[Obstacle]:
    """Return NO_REASON where a case goes elsewhere than suggested and nobody says why.

    ``suggestion`` is whatever has the suggested ``track``, None where nothing was suggested.
    """
    follows = suggestion is None or (suggestion.track == track and suggested_unit_id in {None, unit_id})
    return [] if follows or reason else [because(Bar.NO_REASON)]


def notices_for(traits: Iterable[str], *, noise_law: str = "") -> list[Obstacle]:
    """Return what to know before routing a case of that kind.

    ``noise_law``: the articles of AM-15 on the day whose law the case keeps; the law on noise gave way to the
    Ecological and Environmental Code on 2026-08-15 (Arts. 599, 1077).
    AM-01: Public Security Administration Punishments Law (2025), Art. 9. AM-07: Law on Labour-dispute Mediation and
    Arbitration (2007), Art. 5. AM-14: Land Administration Law (2019), Art. 14; Forest Law (2019), Art. 22. AM-13: Law
    on the Mediation and Arbitration of Rural Land Contract Disputes (2009), Arts. 2 to 4.
    """
    notices = (
        (Trait.LABOUR, Notice.ARBITRATION_FIRST),
        (Trait.TITLE, Notice.GOVERNMENT_DECIDES),
        (Trait.POLICE, Notice.POLICE_MAY_MEDIATE),
        (Trait.LAND_CONTRACT, Notice.LAND_ARBITRATION),
    )
    traits = set(traits)
    found = [because(notice) for trait, notice in notices if trait in traits]
    return found + [because(Notice.NOISE_WAYS, law=noise_law)] if Trait.NOISE in traits else found


def ways_out(
    traits: Iterable[str], *, may_sue_on_labour: bool = False, has_arbitration_clause: bool = False
) -> tuple[Exit, ...]:
    """Return where the parties may go when mediation fails or does not suit, the usual way first.

    ``may_sue_on_labour``: there is an award, a refusal of arbitration, or an exception of AM-07.
    RT-04, PM-09: People's Mediation Law (2010), Art. 26. AM-01, AM-07, AM-13, AM-14, AM-16: as in ``notices_for`` and
    Public Security Administration Punishments Law (2025), Art. 88.
    """
    traits = set(traits)
    if Trait.TITLE in traits:
        return (Exit.GOVERNMENT,)
    if traits & {Trait.LABOUR, Trait.WAGES} and not may_sue_on_labour:
        return (Exit.ARBITRATION,)
    if has_arbitration_clause:
        return (Exit.ARBITRATION,)
    if Trait.LAND_CONTRACT in traits:
        return (Exit.ARBITRATION, Exit.QUICK_TRIAL, Exit.SUIT)
    if Trait.POLICE in traits:
        return (Exit.POLICE, Exit.QUICK_TRIAL, Exit.SUIT)
    if Trait.NOISE in traits:
        return (Exit.QUICK_TRIAL, Exit.SUIT, Exit.POLICE)
    return (Exit.QUICK_TRIAL, Exit.SUIT)


def reject_obstacles(reason: str | None) -> list[Obstacle]:
    """Return NO_REJECT_REASON where a unit gives a transfer back and does not say why."""
    return [] if reason else [because(Bar.NO_REJECT_REASON)]

