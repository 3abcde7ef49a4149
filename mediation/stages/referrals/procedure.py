"""Which procedure of the court to propose, with the wage figure behind it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.calendar.rules import add_months
from mediation.stages.proceedings.rules import Procedure

HERE = "本省"


class Exclusion(Choice):
    """What keeps a suit out of the simple procedure. QT-02: SPC Interpretation of the CPL (2022), Art. 257."""

    WHEREABOUTS = "whereabouts", N_("起诉时被告下落不明")
    REMANDED = "remanded", N_("发回重审")
    NUMEROUS = "numerous", N_("一方当事人人数众多")
    RETRIAL = "retrial", N_("适用审判监督程序")
    PUBLIC_INTEREST = "public_interest", N_("涉及国家利益、社会公共利益")
    OUTSIDER = "outsider", N_("第三人请求改变或者撤销生效的判决、裁定、调解书")
    OTHER = "other", N_("其他不宜适用简易程序的")


class SmallClaimsExclusion(Choice):
    """What keeps a suit out of the small-claims procedure. QT-05: Civil Procedure Law (2023), Art. 166."""

    STATUS_OR_TITLE = "status_or_title", N_("人身关系、财产确权")
    FOREIGN = "foreign", N_("涉外")
    APPRAISAL = "appraisal", N_("需要评估、鉴定，或者对诉前评估、鉴定有异议")
    WHEREABOUTS = "whereabouts", N_("一方下落不明")
    COUNTERCLAIM = "counterclaim", N_("提出反诉")
    OTHER = "other", N_("其他不宜适用小额诉讼的")


class Why(Reason):
    """Why a procedure is proposed. Sums are in fen."""

    EXCLUDED = "excluded", N_("%(exclusion)s，不适用简易程序"), "QT-02"
    SMALL_BY_LAW = (
        "small_by_law",
        N_("标的额%(amount_fen)s元不超过%(limit_fen)s元（%(region)s%(year)s年就业人员年平均工资%(wage_fen)s元的%(percent)s%%）"),
        "QT-03",
    )
    SMALL_BY_AGREEMENT = (
        "small_by_agreement",
        N_("标的额%(amount_fen)s元不超过%(limit_fen)s元，双方约定适用小额诉讼（年平均工资%(wage_fen)s元的%(percent)s%%以内）"),
        "QT-03",
    )
    NOT_AGREED = "not_agreed", N_("标的额在约定适用小额诉讼的范围内，双方没有约定"), "QT-03"
    ABOVE = "above", N_("标的额%(amount_fen)s元超过%(limit_fen)s元，不适用小额诉讼"), "QT-03"
    NOT_SMALL = "not_small", N_("%(exclusion)s，不适用小额诉讼"), "QT-05"
    NOT_MONEY = "not_money", N_("不是单纯的金钱给付，不适用小额诉讼"), "QT-03"
    SIMPLE_BY_AGREEMENT = "simple_by_agreement", N_("双方约定适用简易程序"), "QT-01"
    CLEAR = "clear", N_("事实清楚、权利义务关系明确、争议不大"), "QT-01"
    NOT_CLEAR = "not_clear", N_("事实或者权利义务关系不够明确，也没有约定适用简易程序"), "QT-01"


class Wanted(Reason):
    """What must be told before a procedure can be proposed; nothing is guessed."""

    WAGE = (
        "wage",
        N_("没有%(region)s上年度就业人员年平均工资，请先录入：系统管理员在“设置”的“平均工资”里填，再算小额诉讼限额"),
        "QT-04",
    )
    AMOUNT = "amount", N_("没有写标的额，算不出是不是小额诉讼"), "QT-03"


class Caution(Reason):
    OLD_WAGE = "old_wage", N_("平均工资是%(since)s公布的，已超过%(months)s个月，看看有没有新的"), "QT-04"


@dataclass(frozen=True)
class Wage:
    """The average wage that the limits are counted from (QT-04)."""

    amount_fen: int
    year: int
    region: str
    since: date


@dataclass(frozen=True)
class Limits:
    """Dated settings of QT-03, in per cent of the wage."""

    by_law_percent: int
    by_agreement_percent: int


@dataclass(frozen=True)
class SuitFacts:
    amount_fen: int | None = None
    is_money_claim: bool = True
    is_clear: bool = True
    exclusions: Collection[Exclusion] = ()
    small_exclusions: Collection[SmallClaimsExclusion] = ()
    agreed_small: bool = False
    agreed_simple: bool = False


@dataclass(frozen=True)
class Proposal:
    """The procedure with every reason; None where ``wanted`` says what must be told first."""

    procedure: Procedure | None
    reasons: tuple[Obstacle, ...] = ()
    wanted: tuple[Obstacle, ...] = field(default=())


def propose(facts: SuitFacts, *, wage: Wage | None, limits: Limits, region: str = "") -> Proposal:
    """Return the procedure to propose to the court. ``region`` is the court's province, whose wage is asked for.

    QT-01, QT-02: Civil Procedure Law (2023), Art. 160; SPC Interpretation of the CPL (2022), Arts. 256, 257.
    QT-03, QT-05: Civil Procedure Law (2023), Arts. 165, 166. QT-04: SPC Interpretation of the CPL (2022), Art. 272.
    """
    if facts.exclusions:
        return Proposal(
            Procedure.ORDINARY, tuple(because(Why.EXCLUDED, exclusion=exclusion) for exclusion in facts.exclusions)
        )
    simple = _simple(facts)
    if simple.reason == Why.NOT_CLEAR:
        return Proposal(Procedure.ORDINARY, (simple,))
    if not facts.is_money_claim:
        return Proposal(Procedure.SIMPLE, (because(Why.NOT_MONEY), simple))
    if facts.small_exclusions:
        why = tuple(because(Why.NOT_SMALL, exclusion=exclusion) for exclusion in facts.small_exclusions)
        return Proposal(Procedure.SIMPLE, (*why, simple))
    if facts.amount_fen is None:
        return Proposal(None, wanted=(because(Wanted.AMOUNT),))
    if wage is None:
        return Proposal(None, wanted=(because(Wanted.WAGE, region=region or HERE),))
    small = _small(facts.amount_fen, facts.agreed_small, wage, limits)
    if small.reason in {Why.SMALL_BY_LAW, Why.SMALL_BY_AGREEMENT}:
        return Proposal(Procedure.SMALL_CLAIMS, (small,))
    return Proposal(Procedure.SIMPLE, (small, simple))


def _simple(facts: SuitFacts) -> Obstacle:
    if facts.is_clear:
        return because(Why.CLEAR)
    return because(Why.SIMPLE_BY_AGREEMENT if facts.agreed_simple else Why.NOT_CLEAR)


def _small(amount_fen: int, agreed: bool, wage: Wage, limits: Limits) -> Obstacle:
    """Compare with the limits to the fen: the wage times per cent is never rounded."""

    def says(why: Why, percent: int) -> Obstacle:
        return because(
            why,
            amount_fen=amount_fen,
            limit_fen=wage.amount_fen * percent // 100,
            wage_fen=wage.amount_fen,
            percent=percent,
            region=wage.region,
            year=wage.year,
        )

    if amount_fen * 100 <= wage.amount_fen * limits.by_law_percent:
        return says(Why.SMALL_BY_LAW, limits.by_law_percent)
    if amount_fen * 100 > wage.amount_fen * limits.by_agreement_percent:
        return says(Why.ABOVE, limits.by_agreement_percent)
    return says(Why.SMALL_BY_AGREEMENT if agreed else Why.NOT_AGREED, limits.by_agreement_percent)


def reason_text(proposal: Proposal) -> str:
    """Return the reasons as the letter to the court prints them, in Chinese, sums in yuan."""
    return "；".join(obstacle.reason.label % _printed(obstacle.params) for obstacle in proposal.reasons)


def _printed(params: Mapping[str, object]) -> dict[str, object]:
    return {name: _printed_value(name, value) for name, value in params.items()}


def _printed_value(name: str, value: object) -> object:
    if isinstance(value, int) and name.endswith("_fen"):
        yuan, fen = divmod(value, 100)
        return f"{yuan:,}.{fen:02}"
    return value.label if isinstance(value, Choice) else value


def wage_cautions(wage: Wage, *, on: date, months: int) -> list[Obstacle]:
    """Return OLD_WAGE when the figure is older than so many months; ``months`` is a dated setting of QT-04."""
    old = on > add_months(wage.since, months)
    return [because(Caution.OLD_WAGE, since=wage.since, months=months)] if old else []
