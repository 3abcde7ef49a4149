"""What a quick trial asks of time: the period for evidence, the pace courts set themselves, what does not suit it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.calendar.rules import LastDay
from mediation.stages.proceedings.rules import Procedure


class PaceCaution(Reason):
    EVIDENCE = "evidence_long", N_("建议举证期限%(days)s天，超过%(procedure)s的%(most)s天"), "QT-07"
    ELEMENTS = "element_forms", N_("本院对这一案由用要素式文书，请一并填写法院的要素表"), None
    UNUSUAL = "unusual", N_("%(what)s一般不走速裁；仍要移送的，勾“看过，仍然建议速裁”"), "QT-10"


class PaceBar(Reason):
    NOT_CONFIRMED = (
        "unusual_not_confirmed", N_("%(what)s一般不走速裁：改走普通立案，或者勾“看过，仍然建议速裁”"), "QT-10",
    )


class CourtDay(Choice):
    """The days that run where a case went: those of whoever has it, and those in which the parties may go on.

    The centre only watches and tells them.
    """

    TARGET = "target", N_("速裁目标，不是法定期限")
    LIMIT = "limit", N_("法定审限")
    EXTENDED = "extended", N_("批准延长后的审限")
    AWARD = "award", N_("仲裁裁决期限")
    AWARD_EXTENDED = "award_extended", N_("仲裁延长后的期限")
    SUE = "sue", N_("不服的，最后可以起诉的一天")
    HANDLED = "handled", N_("信访部门转送、交办的期限")
    OBJECTED = "objected", N_("收到转送的单位有异议的，最后可以提出的一天")
    TOLD = "told", N_("信访部门告知去向的期限")
    FINISHED = "finished", N_("信访事项办结期限")
    FINISHED_EXTENDED = "finished_extended", N_("信访事项延长后的期限")
    REVIEWED = "reviewed", N_("复查、复核机关答复的期限")
    REVIEW = "review", N_("最后可以请求复查的一天")


@dataclass(frozen=True)
class Day:
    """A day by which the court means to, or has to, have decided."""

    what: CourtDay
    day: LastDay


def evidence_cautions(procedure: Procedure | None, days: int | None, most: Mapping[Procedure, int]) -> list[Obstacle]:
    """Return a warning where the proposed period for evidence is longer than usual; ``most`` are days by procedure.

    QT-07: SPC Interpretation of the CPL (2022), Arts. 266, 275.
    """
    limit = most.get(procedure) if procedure else None
    if days is None or limit is None or days <= limit:
        return []
    return [because(PaceCaution.EVIDENCE, days=days, procedure=procedure, most=limit)]


def unusual_cautions(ticked: Sequence[str]) -> list[Obstacle]:
    """Return a warning for what the quick-trial rules leave out. QT-10: SPC Rules on Quick Trial (2017), unread."""
    return [because(PaceCaution.UNUSUAL, what=tuple(ticked))] if ticked else []


def element_cautions(cause: str, causes: Collection[str]) -> list[Obstacle]:
    """Return a note where the court has a form of elements for the cause; ``causes`` is the dated setting."""
    return [because(PaceCaution.ELEMENTS)] if cause and cause in causes else []


def unusual_obstacles(ticked: Sequence[str], known: Collection[str], *, confirmed: bool) -> list[Obstacle]:
    """Return what is ticked against a quick trial and nobody confirmed; words that are on no list are left out."""
    found = tuple(word for word in ticked if word in known)
    return [because(PaceBar.NOT_CONFIRMED, what=found)] if found and not confirmed else []
