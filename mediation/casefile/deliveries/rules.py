"""Delivery: who gets which paper, by which way, with what proof, and when it counts as delivered (row 62, DC-07)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from mediation.casefile.cases.rules import DISPUTING_ROLES, DeliveryState, PartyRole
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because

INVITATION = "invitation"
BODY = frozenset({"agreement"})  # one original stays with the body, DC-07's copies besides
# Which papers are to reach whom, without anybody asking for it.
RECIPIENTS: dict[str, frozenset[PartyRole]] = {
    "agreement": DISPUTING_ROLES, "termination": DISPUTING_ROLES, "not_accepted": frozenset({PartyRole.APPLICANT}),
    INVITATION: frozenset(PartyRole),
}


class Way(Choice):
    HANDED = "handed", N_("当面交，对方签收")
    POST = "post", N_("邮寄")
    ELECTRONIC = "electronic", N_("电子送达")
    PHONE = "phone", N_("电话、短信通知")
    LEFT = "left", N_("留置")
    PUBLIC = "public", N_("公告")


class Result(Choice):
    """What is written down about one copy."""

    SENT = "sent", N_("发出去了，等回音")
    DELIVERED = "delivered", N_("送到了")
    RETURNED = "returned", N_("退回来了")
    DROPPED = "dropped", N_("不用送了")


class ReturnReason(Choice):
    WRONG_ADDRESS = "wrong_address", N_("地址是他自己写错的")
    MOVED_UNTOLD = "moved_untold", N_("搬了家没有告知")
    REFUSED = "refused", N_("本人或指定的人拒收")
    AWAY = "away", N_("没人在")
    CARRIER = "carrier", N_("投递的差错")
    UNKNOWN = "unknown", N_("原因不明")


AT_FAULT = frozenset({ReturnReason.WRONG_ADDRESS, ReturnReason.MOVED_UNTOLD, ReturnReason.REFUSED})


class Bar(Reason):
    NOT_CONSENTED = "e_service_not_consented", N_("%(who)s没有在送达地址确认书里同意电子送达，不能用"), "DC-07"
    NO_TRACKING = "no_tracking", N_("邮寄的写单号"), "DC-07"
    NO_RECEIVER = "no_receiver", N_("当面交的写谁签收的")
    NO_WITNESS = "no_witness", N_("留置的写在场见证的人")
    NO_PLACE = "no_public_place", N_("公告的写登在哪里")
    ONLY_INVITATIONS = "only_invitations", N_("电话、短信只用来通知到场，文书要交到手")
    NO_RETURN_REASON = "no_delivery_return_reason", N_("退回来的选原因"), "DC-07"
    NOT_SENT = "not_sent", N_("还没登过发出去，哪来退回"), "DC-07"
    BEFORE_SENT = "before_sent", N_("不能早于发出的日子（%(sent_on)s）")
    BEFORE_ISSUED = "before_issued", N_("不能早于出具的日子（%(issued_on)s）")
    NO_DROP_REASON = "no_drop_reason", N_("不用送了的写理由")
    NO_WAY = "no_way", N_("选怎么送的")


@dataclass(frozen=True)
class Copy:
    """One copy on its way to one recipient, as the rules see it."""

    what: str
    who: str
    issued_on: date
    state: DeliveryState = DeliveryState.OPEN
    sent_on: date | None = None
    e_service: bool = False  # expressly consented to, with an address for it, in the newest confirmed form
    has_address: bool = False  # an address for service is confirmed


@dataclass(frozen=True)
class Told:
    """What somebody wrote down; ``detail`` is a tracking number, who signed or witnessed, or where it was published."""

    result: Result
    on: date
    way: Way | None = None
    detail: str = ""
    reason: ReturnReason | None = None
    note: str = ""


DETAIL = {Way.HANDED: Bar.NO_RECEIVER, Way.POST: Bar.NO_TRACKING, Way.LEFT: Bar.NO_WITNESS, Way.PUBLIC: Bar.NO_PLACE}


def obstacles(copy: Copy, told: Told) -> list[Obstacle]:
    """Return what is wrong with what was written down about a copy.

    DC-07: SPC Provisions on Service (2004), Arts. 3 to 5, 11; SPC Interpretation of the CPL (2022), Arts. 136, 137.
    """
    found = [because(Bar.BEFORE_ISSUED, issued_on=copy.issued_on)] if told.on < copy.issued_on else []
    if copy.sent_on and told.on < copy.sent_on:
        found.append(because(Bar.BEFORE_SENT, sent_on=copy.sent_on))
    if told.result == Result.DROPPED:
        return found if told.note.strip() else [*found, because(Bar.NO_DROP_REASON)]
    if told.result == Result.RETURNED:
        found += [] if copy.state == DeliveryState.SENT else [because(Bar.NOT_SENT)]
        return found if told.reason else [*found, because(Bar.NO_RETURN_REASON)]
    return found + _way(copy, told)


def _way(copy: Copy, told: Told) -> list[Obstacle]:
    if told.way is None:
        return [because(Bar.NO_WAY)]
    found = []
    if told.way == Way.ELECTRONIC and not copy.e_service:
        found.append(because(Bar.NOT_CONSENTED, who=copy.who))
    if told.way == Way.PHONE and copy.what != INVITATION:
        found.append(because(Bar.ONLY_INVITATIONS))
    if told.way in DETAIL and not told.detail.strip():
        found.append(because(DETAIL[told.way]))
    return found


def counts_as_delivered(copy: Copy, told: Told) -> bool:
    """Say whether a return is service: the party is at fault and had confirmed that address. Its day is that of the
    return. DC-07: SPC Provisions on Service (2004), Art. 11."""
    return told.result == Result.RETURNED and copy.has_address and told.reason in AT_FAULT


def recipients(what: str, roles: Collection[tuple[int, PartyRole]]) -> list[int | None]:
    """Return whom a paper is to reach: parties by row id, None for the body's own copy. Row 62."""
    wanted = RECIPIENTS.get(what, frozenset())
    found: list[int | None] = [party_id for party_id, role in roles if role in wanted]
    return [*found, None] if found and what in BODY else found
