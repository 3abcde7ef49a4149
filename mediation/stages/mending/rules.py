"""What may be mended at once, what needs somebody else's word, what cannot be mended any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases.rules import Consent, PartyRole
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because


class Mend(Choice):
    """What somebody asks to have put right."""

    REGISTRATION = "registration", N_("更正登记内容")
    PARTY_OFF = "party_off", N_("拿掉登记错的当事人")
    PARTY_REPLACED = "party_replaced", N_("换成对的当事人")
    UNDO = "undo", N_("撤销上一步")


class Bar(Reason):
    NO_REASON = "no_reason", N_("没有写理由")
    NO_WORDS = "no_words", N_("没有写批准、不批准的理由")
    OWN_REQUEST = "own_request", N_("自己申请的不能自己批，等别的负责人或者督办员来批")
    NOT_OWN = "not_own_request", N_("只有申请的人可以收回")
    OVERTAKEN = "overtaken", N_("申请以后这几项又被改过，请不批准，让申请人照现在的内容重新申请")
    ASKED_ALREADY = "asked_already", N_("这件案子已经有一份更正申请在等批准，批完再申请下一份")
    NOTHING_WEIGHTY = "nothing_weighty", N_("这些改动不用批准，直接更正")
    LAST_APPLICANT = "last_applicant", N_("申请人一方只有%(who)s一人，不能只拿掉；换成对的人")
    LAST_RESPONDENT = "last_respondent", N_("被申请人一方只有%(who)s一人，不能只拿掉；换成对的人，或者改填“不知道是谁”")
    IN_AGREEMENT = "in_agreement", N_("%(who)s写在协议的条款里，或者已在协议上签字，先重拟协议"), "PM-12"
    NEEDS_APPROVAL = "party_needs_approval", N_("%(who)s%(deeds)s，要拿掉、换人，先申请，批准了才改")
    OFF_ALREADY = "off_already", N_("这一方已经不在本案里了")
    BACK_ALREADY = "back_already", N_("这一方已经放回来了")
    REPLACED = "replaced_meanwhile", N_("%(who)s已经替上来，先把%(who)s拿掉，再放回原来的")
    NONE_OUTDATED = "none_outdated", N_("没有内容过时的文书，或者都已经重新出具，不用出更正说明")
    SAME_IDENTITY = "same_identity", N_("没有改动，姓名、证件号和原来的一样")
    NUMBER_OF_ANOTHER = (
        "number_of_another", N_("这个号码是%(who)s的。登记错了人，用“登记错了人”换；同一个人有两份档案，先合并")
    )
    TOO_MANY_CASES = "too_many_cases", N_("他在办的案件超过%(most)s件，不像写错名字，请在各案里分别更正")


class Deed(Choice):
    """What a party has done or had done to them that a mistake cannot undo."""

    CONSENTED = "consented", N_("已经表态")
    INFORMED = "informed", N_("已经告知过权利义务")
    MET = "met", N_("已经参加过调解")
    SERVED = "served", N_("已经确认送达地址")


@dataclass(frozen=True)
class Standing:
    """What is known of a party whom somebody wants to take off a case."""

    name: str
    role: PartyRole
    of_side: int  # how many parties stand on that side, this one included
    consent: Consent = Consent.PENDING
    informed_on: date | None = None
    has_met: bool = False
    is_served: bool = False
    in_agreement: bool = False

    def deeds(self) -> list[Deed]:
        """Return what makes taking the party off somebody else's decision too."""
        pairs = (
            (Deed.CONSENTED, self.consent != Consent.PENDING), (Deed.INFORMED, self.informed_on is not None),
            (Deed.MET, self.has_met), (Deed.SERVED, self.is_served),
        )
        return [deed for deed, is_so in pairs if is_so]


def taking_off_obstacles(party: Standing, *, replaced: bool, is_approved: bool) -> list[Obstacle]:
    """Return what forbids taking a party off a case, or putting the right one in the place.

    Who is named by a binding text stays until that text is made anew (PM-12: People's Mediation Law (2010), Art. 29);
    who has spoken, was told or came is taken off by two pairs of eyes.
    """
    found = []
    if not replaced and party.of_side == 1:
        bar = {PartyRole.APPLICANT: Bar.LAST_APPLICANT, PartyRole.RESPONDENT: Bar.LAST_RESPONDENT}.get(party.role)
        found += [because(bar, who=party.name)] if bar else []
    if party.in_agreement:
        found.append(because(Bar.IN_AGREEMENT, who=party.name, cure="agreement.revise"))
    deeds = party.deeds()
    if deeds and not is_approved:
        found.append(because(Bar.NEEDS_APPROVAL, who=party.name, deeds=deeds))
    return found


def decision_obstacles(*, asked_by: Sequence[int | None], decides: Sequence[int | None]) -> list[Obstacle]:
    """Return what forbids somebody to decide on a request: it is their own, or that of the post they stand in for.

    Both are the account that acted, the post, and the post stood in for; what one side shares with the other is one.
    """
    shared = {each for each in asked_by if each} & {each for each in decides if each}
    return [because(Bar.OWN_REQUEST)] if shared else []


def words_obstacles(words: str) -> list[Obstacle]:
    """Return what a decision lacks: why."""
    return [] if words.strip() else [because(Bar.NO_WORDS)]
