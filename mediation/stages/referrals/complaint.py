"""What a complaint says of each side, and what the case does not know yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because


class Part(Choice):
    """What a complaint says of somebody."""

    SEX = "sex", N_("性别")
    AGE = "age", N_("年龄")
    ETHNIC = "ethnic", N_("民族")
    OCCUPATION = "occupation", N_("职业")
    EMPLOYER = "employer", N_("工作单位")
    ADDRESS = "address", N_("住所")
    PHONE = "phone", N_("联系方式")
    LEGAL_REP = "legal_rep", N_("法定代表人或者主要负责人")
    LEGAL_REP_POST = "legal_rep_post", N_("负责人职务")


PLAINTIFF = (Part.SEX, Part.AGE, Part.ETHNIC, Part.OCCUPATION, Part.EMPLOYER, Part.ADDRESS, Part.PHONE)
PLAINTIFF_BODY = (Part.ADDRESS, Part.LEGAL_REP, Part.LEGAL_REP_POST, Part.PHONE)
DEFENDANT = (Part.SEX, Part.EMPLOYER, Part.ADDRESS)
DEFENDANT_BODY = (Part.ADDRESS,)


class ComplaintGap(Reason):
    MISSING = "complaint_missing", N_("%(who)s：没有%(parts)s"), "QT-09"


@dataclass(frozen=True)
class Litigant:
    """A side as the complaint names it; ``known`` is what the case says of it."""

    name: str
    is_plaintiff: bool
    is_body: bool
    known: frozenset[Part]

    @property
    def wanted(self) -> tuple[Part, ...]:
        if self.is_plaintiff:
            return PLAINTIFF_BODY if self.is_body else PLAINTIFF
        return DEFENDANT_BODY if self.is_body else DEFENDANT


@dataclass(frozen=True)
class Complaint:
    """How complete a complaint can be made, and how many copies go with it."""

    gaps: tuple[Obstacle, ...]
    copies: int


def complaint(litigants: Sequence[Litigant]) -> Complaint:
    """Return what is not known of each side, and as many copies as there are defendants.

    QT-09: Civil Procedure Law (2023), Arts. 123, 124.
    """
    gaps = []
    for each in litigants:
        missing = tuple(part for part in each.wanted if part not in each.known)
        if missing:
            gaps.append(because(ComplaintGap.MISSING, who=each.name, parts=missing))
    return Complaint(tuple(gaps), sum(not each.is_plaintiff for each in litigants))
