"""Who mediates: chosen or appointed, declined, and barred by what he or she has to do with the matter."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from mediation.casefile.cases.rules import FROM_COURT, Basis, PartyFacts, PartyRole, disputing
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because


class AppointmentMode(Choice):
    APPOINTED = "appointed", N_("指定")
    CHOSEN = "chosen", N_("当事人选定")


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


class AppointmentBar(Reason):
    NO_ACCOUNT = "no_account", N_("%(who)s没有账号，不能答回避四问、接案；请系统管理员先开账号"), None
    NO_WHY_REASSIGNED = "no_why_reassigned", N_("改派要写理由"), "PM-04"
    NO_WHY_STEPPED_BACK = "no_why_stepped_back", N_("不接要写理由"), "PM-22"
    NO_MEDIATOR = "no_mediator", N_("还没有指派调解员"), "PM-04"
    CHOSEN_TOO_LATE = (
        "chosen_too_late", N_("双方在平台上选定调解员的期限到%(due_on)s，过了就由法院或者调解组织指定"), "JM-15"
    )
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
        return [because(AppointmentBar.NO_MEDIATOR)]
    found = []
    presiding = sum(mediator.presides for mediator in mediators)
    if len(mediators) > 1 and presiding == 0:
        found.append(because(AppointmentBar.NO_PRESIDER))
    if presiding > 1:
        found.append(because(AppointmentBar.TWO_PRESIDERS))
    for mediator in mediators:
        is_end = declining_ends(basis, mediator.mode)
        bar = AppointmentBar.MEDIATOR_REJECTED if is_end else AppointmentBar.MEDIATOR_DECLINED
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
        because(AppointmentBar.REFUSED_TOO_OFTEN, who=party.name, made=made[side_of(party)], most=most)
        for party in late
    ]


def recusal_obstacles(mediator: AppointedMediator, parties: Sequence[PartyFacts]) -> list[Obstacle]:
    """Return what forbids a mediator to go on: questions left open, or a conflict that not all parties waive.

    JM-06: SPC Provisions on Invited Mediation (2016), Art. 15. PM-22: by analogy for people's mediators.
    """
    answers = mediator.answers or {}
    if any(question not in answers for question in RecusalQuestion):
        return [because(AppointmentBar.RECUSAL_UNANSWERED, mediator=mediator.name)]
    missing = tuple(party.name for party in disputing(parties) if party.ref not in mediator.waived_by)
    if mediator.has_conflict and missing:
        return [because(AppointmentBar.CONFLICT, mediator=mediator.name, missing=missing)]
    return []
