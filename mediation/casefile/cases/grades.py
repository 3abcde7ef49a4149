"""How hard a dispute is and how much it presses (row 27, ST-02): what is proposed, and which facts say so.

The figures are a centre's dated rule table; a person confirms the proposal or changes it with a coded reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because


class Grade(Choice):
    """How hard a dispute is; it sets who handles it: one body, a meeting, or several bodies together."""

    SIMPLE = "simple", N_("简易")
    ORDINARY = "ordinary", N_("一般")
    DIFFICULT = "difficult", N_("疑难复杂")


class Urgency(Choice):
    """How much a dispute presses, whatever its grade."""

    NORMAL = "normal", N_("平件")
    URGENT = "urgent", N_("急件")
    IMMEDIATE = "immediate", N_("特急")


class GradeReason(Choice):
    """Why a person gives a case another grade or urgency than the one it had."""

    HOSTILE = "hostile", N_("双方对立得厉害，可能激化")
    FACTS = "facts", N_("事实、证据复杂")
    LAW = "law", N_("法律关系复杂、牵涉几个部门")
    MORE_PEOPLE = "more_people", N_("人数、金额变了")
    RISK = "risk", N_("发现了新的风险")
    CLEAR = "clear", N_("事实清楚，双方愿意谈")
    CALMED = "calmed", N_("矛盾缓和了")
    INSTRUCTED = "instructed", N_("领导交办、督办")
    RULE_UNFIT = "rule_unfit", N_("标准对这件不合适")


class GradeBar(Reason):
    """What forbids grading a case so."""

    NO_REASON = "no_grade_reason", N_("和现在的不一样，要选为什么改"), "ST-02"
    NO_WORDS = "no_grade_words", N_("选了“标准对这件不合适”，要写明哪里不合适"), "ST-02"


def grading_obstacles(
    before: tuple[Grade | None, Urgency | None], after: tuple[Grade, Urgency], *, reason: GradeReason | None, words: str
) -> list[Obstacle]:
    """Return what forbids giving a case that grade and urgency: a change nobody gives a coded reason for. ST-02."""
    if None in before or before == after:
        return []
    if reason is None:
        return [because(GradeBar.NO_REASON)]
    unexplained = reason == GradeReason.RULE_UNFIT and not words.strip()
    return [because(GradeBar.NO_WORDS)] if unexplained else []


class Risk(Choice):
    """What the screening found, as rules ask for it; the keys are those of its questions."""

    CRIME = "crime", N_("犯罪线索")
    VIOLENCE = "violence", N_("家庭暴力")
    MINOR_AT_RISK = "minor_at_risk", N_("未成年人受到侵害")
    HARM = "harm", N_("扬言伤人、自伤")
    COLLECTIVE = "collective", N_("十人以上")


class GradeSign(Reason):
    """A fact that speaks for a grade or an urgency."""

    MANY = "many", N_("涉及%(people)s人，达到%(least)s人"), "ST-02"
    LARGE = "large", N_("争议金额%(amount_fen)s元，达到%(least_fen)s元"), "ST-02"
    COMES_AGAIN = "comes_again", N_("同一件事已来过%(visits)s次"), "ST-02"
    RELAPSE = "relapse", N_("同样双方结案不久又来，是复发"), "ST-02"
    RISK = "risk", N_("筛查发现：%(flags)s"), "ST-02"
    KIND = "kind", N_("属于%(traits)s"), "ST-02"
    FEW = "few", N_("只有%(people)s人"), "ST-02"
    SMALL = "small", N_("争议金额不超过%(most_fen)s元"), "ST-02"
    NO_AMOUNT = "no_amount", N_("没有争议金额"), "ST-02"
    NO_RISK = "no_risk", N_("筛查没有发现风险"), "ST-02"
    NOT_SIMPLE_PEOPLE = "not_simple_people", N_("涉及%(people)s人，不是简易"), "ST-02"
    NOT_SIMPLE_AMOUNT = "not_simple_amount", N_("争议金额%(amount_fen)s元，不是简易"), "ST-02"
    NOT_SIMPLE_VISITS = "not_simple_visits", N_("同一件事已来过%(visits)s次，不是简易"), "ST-02"
    NOT_SIMPLE_RISK = "not_simple_risk", N_("筛查发现%(flags)s，不是简易"), "ST-02"
    NOT_SIMPLE_KIND = "not_simple_kind", N_("%(traits)s不算简易"), "ST-02"


@dataclass(frozen=True)
class GradeFacts:
    """What the rule table may ask; ``visits`` counts this one, ``flags`` are risks, ``traits`` those of the type.

    ``is_relapse``: the same two sides had a case that was closed a short time before (row 21).
    """

    people: int = 0
    amount_fen: int | None = None
    flags: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()
    visits: int = 1
    is_relapse: bool = False


@dataclass(frozen=True)
class Proposal:
    """A grade and an urgency with the facts that speak for them."""

    grade: Grade
    why: tuple[Obstacle, ...]
    urgency: Urgency = Urgency.NORMAL
    why_urgent: tuple[Obstacle, ...] = field(default=())


def propose(facts: GradeFacts, criteria: Mapping[str, Mapping]) -> Proposal:
    """Return the grade and the urgency that a rule table gives a case, each with everything that speaks for it.

    ``criteria``: ``{"difficult": …, "simple": …, "immediate": …, "urgent": …}``, each with ``people``, ``amount_fen``,
    ``visits`` (numbers), ``flags``, ``traits`` (words), ``relapse`` (yes, or not asked). Any one of its facts makes a
    case difficult, urgent or immediate; simple is one that exceeds none of the simple figures; the rest is ordinary.
    ST-02: local schemes.
    """
    grade, why = _grade(facts, criteria)
    for urgency in (Urgency.IMMEDIATE, Urgency.URGENT):
        pressing = _reached(facts, criteria.get(urgency, {}))
        if pressing:
            return Proposal(grade, why, urgency, tuple(pressing))
    return Proposal(grade, why)


def _grade(facts: GradeFacts, criteria: Mapping[str, Mapping]) -> tuple[Grade, tuple[Obstacle, ...]]:
    hard = _reached(facts, criteria.get(Grade.DIFFICULT, {}))
    if hard:
        return Grade.DIFFICULT, tuple(hard)
    easy = criteria.get(Grade.SIMPLE)
    if easy is None:
        return Grade.ORDINARY, ()
    beyond = _beyond(facts, easy)
    return (Grade.ORDINARY, tuple(beyond)) if beyond else (Grade.SIMPLE, tuple(_within(facts, easy)))


def _reached(facts: GradeFacts, least: Mapping) -> list[Obstacle]:
    found = []
    if "people" in least and facts.people >= least["people"]:
        found.append(because(GradeSign.MANY, people=facts.people, least=least["people"]))
    if "amount_fen" in least and facts.amount_fen is not None and facts.amount_fen >= least["amount_fen"]:
        found.append(because(GradeSign.LARGE, amount_fen=facts.amount_fen, least_fen=least["amount_fen"]))
    if "visits" in least and facts.visits >= least["visits"]:
        found.append(because(GradeSign.COMES_AGAIN, visits=facts.visits))
    if least.get("relapse") and facts.is_relapse:
        found.append(because(GradeSign.RELAPSE))
    flags = tuple(each for each in Risk if each in facts.flags and each in least.get("flags", ()))
    traits = _met(facts.traits, least.get("traits", ()))
    found += [because(GradeSign.RISK, flags=flags)] if flags else []
    return found + ([because(GradeSign.KIND, traits=traits)] if traits else [])


def _beyond(facts: GradeFacts, most: Mapping) -> list[Obstacle]:
    found = []
    if "people" in most and facts.people > most["people"]:
        found.append(because(GradeSign.NOT_SIMPLE_PEOPLE, people=facts.people))
    if "amount_fen" in most and (facts.amount_fen or 0) > most["amount_fen"]:
        found.append(because(GradeSign.NOT_SIMPLE_AMOUNT, amount_fen=facts.amount_fen))
    if "visits" in most and facts.visits > most["visits"]:
        found.append(because(GradeSign.NOT_SIMPLE_VISITS, visits=facts.visits))
    if facts.flags:
        found.append(because(GradeSign.NOT_SIMPLE_RISK, flags=tuple(each for each in Risk if each in facts.flags)))
    traits = _met(facts.traits, most.get("traits", ()))
    return found + ([because(GradeSign.NOT_SIMPLE_KIND, traits=traits)] if traits else [])


def _within(facts: GradeFacts, most: Mapping) -> list[Obstacle]:
    found = [because(GradeSign.FEW, people=facts.people)] if "people" in most else []
    if facts.amount_fen is None:
        found.append(because(GradeSign.NO_AMOUNT))
    elif "amount_fen" in most:
        found.append(because(GradeSign.SMALL, most_fen=most["amount_fen"]))
    return [*found, because(GradeSign.NO_RISK)]


def _met(held: frozenset[str], wanted: Iterable[str]) -> tuple[str, ...]:
    return tuple(each for each in wanted if each in held)

