"""What people hand in: kinds of material, and how much one case takes."""

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because

MOST_FILES = 200
MOST_BYTES = 500 * 1024 * 1024


class AttachmentKind(Choice):
    IDENTITY = "identity", N_("身份材料")
    AUTHORITY = "authority", N_("授权委托书")
    EVIDENCE = "evidence", N_("证据")
    PROPERTY = "property", N_("财产权利证明")
    SIGNED_PAPER = "signed_paper", N_("已签署文书扫描件")
    COURT_PAPER = "court_paper", N_("法院文书")
    PERFORMANCE = "performance", N_("履行凭证")
    OTHER = "other", N_("其他")


class EvidenceCategory(Choice):
    """What kind of evidence it is, as the list of form 1.4 names them."""

    DOCUMENT = "document", N_("书证")
    OBJECT = "object", N_("物证")
    RECORDING = "recording", N_("视听资料")
    ELECTRONIC = "electronic", N_("电子数据")
    WITNESS = "witness", N_("证人证言")
    STATEMENT = "statement", N_("当事人陈述")
    OPINION = "opinion", N_("鉴定意见")
    INSPECTION = "inspection", N_("勘验笔录")


class Bar(Reason):
    NO_TITLE = "no_title", N_("没有写材料叫什么")
    NOTHING_SHOWN = "nothing_shown", N_("没有选文件；只看了纸质原件的，请勾“只看了原件”")
    TOO_MANY = "too_many", N_("一个案件最多收 %(most)s 份材料")
    TOO_MUCH = "too_much", N_("本案材料合计超过 %(most)s MB，请压缩后再交")
    NOT_EVIDENCE = "not_evidence", N_("这份材料不是证据")
    NO_REASON = "no_removal_reason", N_("移出材料要写理由")
    REMOVED = "removed", N_("这份材料已经移出")
    RECEIVED_LATER = "received_later", N_("收到日期在今天之后")


def room_obstacles(*, files: int, size: int, more: int) -> list[Obstacle]:
    """Return what forbids one more file of ``more`` bytes in a case that holds ``files`` of ``size`` bytes (P20)."""
    found = [because(Bar.TOO_MANY, most=MOST_FILES)] if files >= MOST_FILES else []
    return found + ([because(Bar.TOO_MUCH, most=MOST_BYTES // 1024**2)] if size + more > MOST_BYTES else [])
