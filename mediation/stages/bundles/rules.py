"""What a dossier holds, in which order, what it lacks, and what of it somebody may take away."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from mediation.casefile.attachments.rules import AttachmentKind
from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because

KEPT_DAYS = 7  # custom of the house: who needs it later asks anew, and says why
MOST_BYTES = 100 * 1024 * 1024
LONGEST_NAME = 60
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class Audience(Choice):
    """Who reads it."""

    FILE = "file", N_("本单位存查、上级调卷（全部）")
    PARTY = "party", N_("一方当事人（只含可以给这一方的）")
    ARCHIVE = "archive", N_("归档卷（长期保存）")


class BundleState(Choice):
    WAITING = "waiting", N_("正在打包")
    READY = "ready", N_("打好了")
    EXPIRED = "expired", N_("已过期删除")


class Item(Choice):
    """The parts of a dossier in their order (note N4 of the features; rows 56, 58)."""

    COVER = "cover", N_("卷宗封面")
    CONTENTS = "contents", N_("卷内目录")
    APPLICATION = "application", N_("申请书、受理登记表")
    RIGHTS = "rights", N_("权利义务告知书")
    IDENTITY = "identity", N_("身份证明")
    AUTHORITY = "authority", N_("授权委托书")
    EVIDENCE = "evidence", N_("证据")
    RECORD = "record", N_("调解记录")
    AGREEMENT = "agreement", N_("调解协议")
    TERMINATION = "termination", N_("终结、移送材料")
    PERFORMANCE = "performance", N_("履行凭证")
    CONFIRMATION = "confirmation", N_("司法确认、法院材料")
    OTHER = "other", N_("其他")


BOUND_IN = frozenset({Item.COVER, Item.CONTENTS})  # made with the bundle itself
OWN_SHEETS = ("dossier_cover", "dossier_contents", "dossier_remarks", "dossier_back")
OF_PAPER = {
    "application": Item.APPLICATION, "register": Item.APPLICATION, "rights_notice": Item.RIGHTS,
    "session_record": Item.RECORD, "agreement": Item.AGREEMENT, "oral_agreement": Item.AGREEMENT,
    "termination": Item.TERMINATION, "undisputed_facts": Item.TERMINATION, "court_report": Item.TERMINATION,
    "quick_trial_referral": Item.TERMINATION, "confirmation_application": Item.CONFIRMATION,
    "mediation_proof": Item.CONFIRMATION, "service_address": Item.CONFIRMATION,
    "inquiry_record": Item.RECORD, "evidence_list": Item.EVIDENCE, "power_of_attorney": Item.AUTHORITY,
    "return_visit": Item.PERFORMANCE, "performance_reminder": Item.PERFORMANCE,
    "enforcement_guide": Item.PERFORMANCE, "proposal": Item.RECORD,
    "recusal_statement": Item.RIGHTS, "mediation_notice": Item.RECORD, "pause_consent": Item.RECORD,
    "acceptance_notice": Item.APPLICATION, "commission_receipt": Item.APPLICATION,
    "unsuitable_notice": Item.TERMINATION, "complaint": Item.TERMINATION, "defence": Item.TERMINATION,
    "police_settlement": Item.CONFIRMATION,
    "ruling_draft": Item.CONFIRMATION, "risk_report": Item.OTHER, **dict.fromkeys(OWN_SHEETS, Item.OTHER),
    "receipt": Item.OTHER, "not_accepted": Item.OTHER, "correction_notice": Item.OTHER,
}
OF_ATTACHMENT = {
    AttachmentKind.IDENTITY: Item.IDENTITY, AttachmentKind.AUTHORITY: Item.AUTHORITY,
    AttachmentKind.EVIDENCE: Item.EVIDENCE, AttachmentKind.PROPERTY: Item.EVIDENCE,
    AttachmentKind.SIGNED_PAPER: Item.AGREEMENT, AttachmentKind.COURT_PAPER: Item.CONFIRMATION,
    AttachmentKind.PERFORMANCE: Item.PERFORMANCE, AttachmentKind.OTHER: Item.OTHER,
}
# What one party may take along. Records of talks, applications and reports to others have no entry (JM-12).
FOR_PARTY = frozenset({
    "not_accepted", "rights_notice", "agreement", "oral_agreement", "termination", "undisputed_facts",
    "confirmation_application", "mediation_proof", "service_address", "enforcement_guide",
})
OF_ONE_PARTY = frozenset({"service_address"})


class Bar(Reason):
    NO_REASON = "no_bundle_reason", N_("要写理由：给谁、做什么用")
    NO_PARTY = "no_bundle_party", N_("选给哪一方当事人")
    NOTHING = "nothing_to_bind", N_("还没有可以打包的文书、材料")
    TOO_MUCH = "bundle_too_much", N_("材料合计超过 %(most)s MB，请先移出用不着的大文件，或者分开下载")
    RUNNING = "bundle_running", N_("这件案件正在打包，等它打好")
    GONE = "bundle_gone", N_("这一包已经过期删除，请重新打包")
    NOT_READY = "bundle_not_ready", N_("还没有打好")
    NOT_ARCHIVED = "bundle_not_archived", N_("还没有归档"), "DP-11"


class Lack(Reason):
    """What is told before the bundle is made; nothing of it bars it."""

    MISSING = "dossier_missing", N_("缺%(item)s"), "PM-10"
    UNEXCUSED = "dossier_unexcused", N_("卷内缺%(item)s：补上，或者写明为什么没有"), "PM-10"


@dataclass(frozen=True)
class Piece:
    """A paper or an attachment as the rules see it: kind, whose it is, and which parties were shown it."""

    source: str  # "paper" or "attachment"
    kind: str
    party: str | None = None
    shown_to: Collection[str] = ()
    of_paper: str | None = None  # of a scan: the kind of the paper that was signed

    @property
    def item(self) -> Item:
        return OF_PAPER.get(self.kind, Item.OTHER) if self.source == "paper" else OF_ATTACHMENT[self.kind]


@dataclass(frozen=True)
class DossierFacts:
    """How far a case came: what it must hold follows from it."""

    was_accepted: bool = False
    was_held: bool = False
    has_agreement: bool = False
    has_ended: bool = False


def may_take(piece: Piece, party: str) -> bool:
    """Say whether one party may be given a piece: papers for the parties, their own things, evidence they saw.

    JM-12: SPC Provisions on Invited Mediation (2016), Art. 22; row 53.
    """
    if piece.source == "paper":
        is_own = piece.kind not in OF_ONE_PARTY or piece.party == party
        return piece.kind in FOR_PARTY and is_own
    if piece.kind == AttachmentKind.SIGNED_PAPER and piece.of_paper:
        return piece.of_paper in FOR_PARTY and (piece.of_paper not in OF_ONE_PARTY or piece.party == party)
    return piece.party == party or (piece.kind == AttachmentKind.EVIDENCE and party in piece.shown_to)


def mandatory(facts: DossierFacts) -> list[Item]:
    """Return what the file of a case that came so far must hold. PM-10: People's Mediation Law (2010), Art. 27."""
    wanted = [Item.COVER, Item.CONTENTS]
    if facts.was_accepted:
        wanted += [Item.APPLICATION, Item.RIGHTS, Item.IDENTITY]
    if facts.was_held:
        wanted.append(Item.RECORD)
    if facts.has_agreement:
        wanted.append(Item.AGREEMENT)
    if facts.has_ended:
        wanted.append(Item.TERMINATION)
    return wanted


def lacking(facts: DossierFacts, there: Collection[Item]) -> list[Obstacle]:
    """Return what the file must hold and does not, in the order of the dossier."""
    missing = [item for item in mandatory(facts) if item not in there and item not in BOUND_IN]
    return [because(Lack.MISSING, item=item) for item in missing]


def unexcused(lacks: Sequence[Obstacle], excuses: Mapping[str, str]) -> list[Obstacle]:
    """Return what a dossier lacks without a reason in ``excuses``, by item; it is not filed so (row 58).

    PM-10: People's Mediation Law (2010), Art. 27.
    """
    missing = [each.params["item"] for each in lacks]
    return [because(Lack.UNEXCUSED, item=item) for item in missing if not excuses.get(item, "").strip()]


def place_of(piece: Piece) -> float:
    """Return where a piece lies in the dossier: inquiries before the evidence, within a part as it was issued."""
    return list(Item).index(piece.item if piece.kind != "inquiry_record" else Item.EVIDENCE) - (
        0.5 if piece.kind == "inquiry_record" else 0
    )


def asking_obstacles(
    audience: Audience, *, party: str | None, reason: str, sizes: Sequence[int], is_running: bool,
    is_archived: bool = False,
) -> list[Obstacle]:
    """Return what forbids making a bundle: an export needs its reason (row 120), and must fit into memory."""
    found = [] if reason.strip() else [because(Bar.NO_REASON)]
    found += [because(Bar.NO_PARTY)] if audience == Audience.PARTY and not party else []
    found += [because(Bar.NOT_ARCHIVED)] if audience == Audience.ARCHIVE and not is_archived else []
    found += [] if sizes else [because(Bar.NOTHING)]
    found += [because(Bar.TOO_MUCH, most=MOST_BYTES // 1024**2)] if sum(sizes) > MOST_BYTES else []
    return [*found, because(Bar.RUNNING)] if is_running else found


def file_name(place: int, title: str, ending: str) -> str:
    """Return a name that every system takes and people read: ``03 调解记录.pdf``."""
    plain = " ".join(UNSAFE.sub(" ", title).split()).strip(". ")[:LONGEST_NAME] or "材料"
    return f"{place:02d} {plain}.{ending}"


def spans(counts: Sequence[int]) -> list[tuple[int, int] | None]:
    """Return first and last page of each part, counted from 1; None for a part without pages."""
    found, next_page = [], 1
    for count in counts:
        found.append((next_page, next_page + count - 1) if count else None)
        next_page += count
    return found
