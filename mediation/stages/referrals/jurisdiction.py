"""Which courts a suit about the dispute may be brought to, and why: a hint for whoever refers it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from mediation.casefile.cases.rules import Trait
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.regions.competence import CompetentCourt, Ground, by_court
from mediation.registry.regions.rules import Court


class SuitKind(Choice):
    """What decides about the court."""

    REAL_ESTATE = "real_estate", N_("不动产纠纷")
    INHERITANCE = "inheritance", N_("继承纠纷")
    LABOUR = "labour", N_("劳动争议")
    CONTRACT = "contract", N_("合同纠纷")
    TORT = "tort", N_("侵权纠纷")
    SUPPORT = "support", N_("抚养、赡养、扶养")
    OTHER = "other", N_("其他")


EXCLUSIVE = frozenset({SuitKind.REAL_ESTATE, SuitKind.INHERITANCE})
# Parts of the official list of causes, in its order: personality and tort; contracts; labour; inheritance.
TORT_PARTS, CONTRACT_PARTS, LABOUR_PARTS, INHERITANCE_PARTS = ("01", "10"), ("04.10",), ("07",), ("02.03",)


class SuitGround(Reason):
    """Why a court may hear the suit. ``who`` is the party that lives or sits there."""

    DEFENDANT = "suit_defendant", N_("被告%(who)s住所地"), "QT-15"
    PERFORMANCE = "suit_performance", N_("合同履行地"), "QT-15"
    RECEIVER = "suit_receiver", N_("合同履行地：接收货币的%(who)s所在地"), "QT-15"
    TORT = "suit_tort", N_("侵权行为地"), "QT-15"
    REAL_ESTATE = "suit_real_estate", N_("不动产所在地，专属管辖"), "QT-15"
    ESTATE = "suit_estate", N_("主要遗产所在地，专属管辖"), "QT-15"
    EMPLOYER = "suit_employer", N_("用人单位%(who)s所在地"), "QT-15"
    WORKPLACE = "suit_workplace", N_("劳动合同履行地"), "QT-15"
    CLAIMANT = "suit_claimant", N_("几个被告不在一处，追索抚养、赡养、扶养费可以由原告%(who)s住所地法院管辖"), "QT-15"


class SuitCaution(Reason):
    """What to know of the court that was chosen; none of them forbids the referral."""

    OUTSIDE = "suit_outside", N_("%(court)s没有管辖权，应当向这些法院起诉：%(competent)s"), "QT-15"
    OUTSIDE_EXCLUSIVE = (
        "suit_outside_exclusive",
        N_("%(kind)s专属管辖，%(court)s收了也要移送；应当向这些法院起诉：%(competent)s"),
        "QT-15",
    )
    MAYBE = (
        "suit_maybe",
        N_("%(who)s的住所没有登记到县，看不准%(court)s有没有管辖权；已知有管辖权的：%(competent)s"),
        "QT-15",
    )
    PLACE_UNKNOWN = "suit_place_unknown", N_("%(kind)s专属管辖，案件里没有写标的物在哪里，算不出是哪个法院"), "QT-15"
    LAST_HOME = "suit_last_home", N_("被继承人死亡时住所地的法院也有管辖权，案件里没有记这一处"), "QT-15"
    NOTHING_KNOWN = "suit_nothing_known", N_("没有被告的住所，算不出哪个法院有管辖权"), "QT-15"


@dataclass(frozen=True)
class SuitPlaces:
    """Where everything lies, each mapped to the basic court of its place; names are those of parties.

    ``place`` is where the dispute arose, ``object_place`` where the thing in dispute, or the estate, lies.
    """

    kind: SuitKind
    defendants: Mapping[str, Court] = field(default_factory=dict)
    claimants: Mapping[str, Court] = field(default_factory=dict)
    employers: Mapping[str, Court] = field(default_factory=dict)
    place: Court | None = None
    object_place: Court | None = None
    is_money_claim: bool = True
    homeless: Sequence[str] = ()  # defendants whose place nobody recorded


def kind_of(cause_code: str, traits: Collection[str], *, real_estate: Collection[str]) -> SuitKind:
    """Return what decides about the court: the cause and what the type means to the law.

    ``real_estate`` is the dated setting QT-15, beginnings of codes of causes: rights in land and houses, neighbours,
    and the contracts that are treated like them (lease of houses, construction, contracting of rural land).
    SPC Interpretation of the CPL (2022), Art. 28.
    """
    if Trait.INHERITANCE in traits or _is_in(cause_code, INHERITANCE_PARTS):
        return SuitKind.INHERITANCE
    if Trait.TITLE in traits or _is_in(cause_code, real_estate):
        return SuitKind.REAL_ESTATE
    if {Trait.LABOUR, Trait.WAGES}.intersection(traits) or _is_in(cause_code, LABOUR_PARTS):
        return SuitKind.LABOUR
    if Trait.SUPPORT in traits:
        return SuitKind.SUPPORT
    if _is_in(cause_code, CONTRACT_PARTS):
        return SuitKind.CONTRACT
    return SuitKind.TORT if _is_in(cause_code, TORT_PARTS) else SuitKind.OTHER


def _is_in(code: str, beginnings: Collection[str]) -> bool:
    return any(code == begin or code.startswith(f"{begin}.") for begin in beginnings)


def suit_courts(places: SuitPlaces) -> list[CompetentCourt]:
    """Return the courts that may hear the suit, the defendant's first; where a court is exclusive, it alone.

    QT-15: Civil Procedure Law (2023), Arts. 22 (defendant), 24 (contract), 29 (tort), 34 (exclusive). Where money is
    to be paid the receiver's place is that of performance: SPC Interpretation of the CPL (2022), Art. 18; support
    owed by several: Art. 9; labour: SPC Interpretation (I) on Labour Disputes (2020), Art. 3.
    """
    match places.kind:
        case SuitKind.REAL_ESTATE:
            found = [(places.object_place or places.place, (SuitGround.REAL_ESTATE, ""))]
        case SuitKind.INHERITANCE:
            found = [(places.object_place, (SuitGround.ESTATE, ""))]
        case SuitKind.LABOUR:
            found = [(court, (SuitGround.EMPLOYER, who)) for who, court in places.employers.items()]
            found.append((places.place, (SuitGround.WORKPLACE, "")))
        case _:
            found = [(court, (SuitGround.DEFENDANT, who)) for who, court in places.defendants.items()]
            found += _besides(places)
    return by_court(found)


def _besides(places: SuitPlaces) -> list[tuple[Court | None, Ground]]:
    if places.kind == SuitKind.TORT:
        return [(places.place, (SuitGround.TORT, ""))]
    if places.kind == SuitKind.CONTRACT:
        named = [(places.object_place, (SuitGround.PERFORMANCE, ""))]
        paid = [(court, (SuitGround.RECEIVER, who)) for who, court in places.claimants.items()]
        return named + (paid if places.is_money_claim else [])
    if places.kind == SuitKind.SUPPORT and len({court.code for court in places.defendants.values()}) > 1:
        return [(court, (SuitGround.CLAIMANT, who)) for who, court in places.claimants.items()]
    return []


def suit_cautions(
    chosen: Court | str | None, places: SuitPlaces, courts: Sequence[CompetentCourt]
) -> list[Obstacle]:
    """Return what to know before the case goes to the chosen court; a name alone where the court is on no list. QT-15.

    A name that is none of a court says nothing.
    """
    if not courts:
        unknown = SuitCaution.PLACE_UNKNOWN if places.kind in EXCLUSIVE else SuitCaution.NOTHING_KNOWN
        return [because(unknown, kind=places.kind) if places.kind in EXCLUSIVE else because(unknown)]
    also = [because(SuitCaution.LAST_HOME)] if places.kind == SuitKind.INHERITANCE else []
    name = chosen.name if isinstance(chosen, Court) else (chosen or "").strip()
    is_within = any(
        each.court.code == chosen.code if isinstance(chosen, Court) else each.court.name in name for each in courts
    )
    if is_within or "法院" not in name:
        return also
    names = tuple(each.court.name for each in courts)
    if places.kind in EXCLUSIVE:
        return [because(SuitCaution.OUTSIDE_EXCLUSIVE, kind=places.kind, court=name, competent=names), *also]
    if places.homeless:
        return [because(SuitCaution.MAYBE, who=tuple(places.homeless), court=name, competent=names)]
    return [because(SuitCaution.OUTSIDE, court=name, competent=names)]
