"""Which courts may confirm an agreement, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mediation.casefile.cases.rules import FROM_COURT, Basis
from mediation.ground.choices import N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.regions.competence import CompetentCourt, Ground, by_court
from mediation.registry.regions.rules import Court

PROVINCE = 2  # digits of a division's code that name the province


class CourtGround(Reason):
    """Why a court is competent. ``who`` is the party or the body that lives or sits there."""

    INVITED = "invited", N_("该院委派的调解，只能向该院申请"), "JC-04"
    DOMICILE = "domicile", N_("%(who)s住所地"), "JC-05"
    OBJECT = "object", N_("标的物所在地"), "JC-05"
    ORGANISATION = "organisation", N_("%(who)s所在地"), "JC-05"
    INTERMEDIATE = "intermediate", N_("标的额达到中级人民法院管辖标准"), "JC-06"


class CourtBar(Reason):
    NO_COURT = "no_court", N_("还没有选定法院"), "JC-05"
    NOT_COMPETENT = "not_competent", N_("%(court)s没有管辖权，可以选：%(competent)s"), "JC-10"


class CourtCaution(Reason):
    SECOND_APPLICATION = "second_application", N_("已向%(court)s申请过，先立案的法院管辖"), "JC-07"
    NO_SUPERIOR = (
        "no_superior",
        N_("标的额达到中级人民法院管辖标准，%(courts)s上面是哪个中级人民法院还不知道，请系统管理员补上"),
        "JC-06",
    )
    NOT_SELF_RUN = "not_self_run", N_("%(court)s一般不收自行调解的协议，可能不予受理"), "JC-24"


@dataclass(frozen=True)
class CourtFacts:
    """Where everything lies. Names of parties and bodies are mapped to the basic court of their place.

    ``intermediate`` maps the code of a basic court to the intermediate court above it. ``threshold_fen`` and
    ``mixed_threshold_fen`` are the dated settings of JC-06; the second, lower one holds at a court in whose province
    only some of the parties live.
    """

    basis: Basis
    inviting: Court | None = None
    domiciles: Mapping[str, Court] = field(default_factory=dict)
    object_place: Court | None = None
    organisations: Mapping[str, Court] = field(default_factory=dict)
    intermediate: Mapping[str, Court] = field(default_factory=dict)
    amount_fen: int | None = None
    threshold_fen: int | None = None
    mixed_threshold_fen: int | None = None
    is_for_intermediate: bool = False  # by the kind of the matter, whatever the sum


def competent_courts(facts: CourtFacts) -> list[CompetentCourt]:
    """Return the courts among which the parties choose one together.

    Where the court invited the mediation, that court alone. Otherwise those of a party's domicile, of the place of
    the object and of each mediating body; one level up where the dispute belongs there.
    A court whose superior nobody knows is left out (:func:`unknown_superiors` names it).
    JC-04, JC-05, JC-06: Civil Procedure Law (2023), Art. 205. JC-07: SPC Interpretation of the CPL (2022), Art. 352.
    """
    if facts.basis == Basis.ENTRUSTED:
        return []  # the suit is pending: the court itself makes a mediation paper (JM-09)
    if facts.basis == Basis.COMMISSIONED:
        return by_court([(facts.inviting, (CourtGround.INVITED, ""))])
    named: list[tuple[Court | None, Ground]] = []
    for basic, ground in _reasons(facts):
        if belongs_to_intermediate(facts, basic):
            above = facts.intermediate.get(basic.code)
            named += [(above, (CourtGround.INTERMEDIATE, "")), (above, ground)]
        else:
            named.append((basic, ground))
    return by_court(named)


def _reasons(facts: CourtFacts) -> list[tuple[Court, Ground]]:
    """Return the basic courts that the places name, each with why."""
    reasons: list[tuple[Court, Ground]]
    reasons = [(court, (CourtGround.DOMICILE, who)) for who, court in facts.domiciles.items()]
    if facts.object_place:
        reasons.append((facts.object_place, (CourtGround.OBJECT, "")))
    return reasons + [(court, (CourtGround.ORGANISATION, who)) for who, court in facts.organisations.items()]


def belongs_to_intermediate(facts: CourtFacts, court: Court) -> bool:
    """Say whether a suit about the dispute would belong to the court above that basic court. JC-06."""
    inside = {home.division_code[:PROVINCE] == court.division_code[:PROVINCE] for home in facts.domiciles.values()}
    is_mixed = len(inside) > 1 and facts.mixed_threshold_fen is not None
    threshold = facts.mixed_threshold_fen if is_mixed else facts.threshold_fen
    by_amount = threshold is not None and facts.amount_fen is not None and facts.amount_fen >= threshold
    return facts.is_for_intermediate or by_amount


def unknown_superiors(facts: CourtFacts) -> list[Obstacle]:
    """Return the basic courts whose place counts and above which no intermediate court is known. JC-06."""
    if facts.basis in FROM_COURT:
        return []
    lost = {
        court.name: None for court, _ in _reasons(facts)
        if belongs_to_intermediate(facts, court) and court.code not in facts.intermediate
    }
    return [because(CourtCaution.NO_SUPERIOR, courts=tuple(lost))] if lost else []


def court_obstacles(chosen: Court | None, competent: Sequence[CompetentCourt]) -> list[Obstacle]:
    """Return what is wrong with the chosen court. JC-04 to JC-07, JC-10(2)."""
    if chosen is None:
        return [because(CourtBar.NO_COURT)]
    if chosen.code in {choice.court.code for choice in competent}:
        return []
    names = tuple(choice.court.name for choice in competent)
    return [because(CourtBar.NOT_COMPETENT, court=chosen.name, competent=names)]


def court_cautions(
    chosen: Court, *, basis: Basis, applied_to: Sequence[Court] = (), accepts_self_run: bool = True
) -> list[Obstacle]:
    """Return what to know of the chosen court; ``accepts_self_run`` is its own dated setting.

    JC-07: SPC Interpretation of the CPL (2022), Art. 352. JC-24: practice.
    """
    found = [
        because(CourtCaution.SECOND_APPLICATION, court=court.name) for court in applied_to if court.code != chosen.code
    ]
    if basis in {Basis.SELF_RUN, Basis.OWN_MOTION} and not accepts_self_run:
        found.append(because(CourtCaution.NOT_SELF_RUN, court=chosen.name))
    return found
