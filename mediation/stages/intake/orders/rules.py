"""Sheets of orders: what their columns may be called, and what becomes of a row."""

import re
from collections.abc import Mapping, Sequence

from mediation.ground.choices import Choice, N_, Reason

HEADS_WITHIN = 12  # a title and a few remarks may stand above the headings
LEAST_HEADINGS = 2


class Field(Choice):
    """What a column of a sheet can be taken for."""

    NUMBER = "number", N_("编号（工单号）")
    APPLIED_ON = "applied_on", N_("日期")
    APPLICANT = "applicant", N_("来电人、申请人")
    PHONE = "phone", N_("电话")
    ID_NUMBER = "id_number", N_("身份证号")
    ADDRESS = "address", N_("来电人住址")
    RESPONDENT = "respondent", N_("对方")
    STORY = "story", N_("发生了什么")
    CLAIMS = "claims", N_("要求什么")
    TYPE = "type", N_("纠纷类型")
    TOWN = "town", N_("乡镇")
    VILLAGE = "village", N_("村、社区")
    PLACE = "place", N_("地点")
    AMOUNT = "amount", N_("金额（元）")
    PEOPLE = "people", N_("人数")


NEEDED = (Field.APPLICANT, Field.STORY)  # without these columns a sheet is none of orders

# What counties call the columns; the first words are the surest.
HEADINGS = {
    Field.NUMBER: (
        "工单编号 工单号 编号 案件编号 信访件编号 信访编号 警情编号 接警单号 接警编号 处警编号 登记编号 "
        "受理编号 件号 单号 流水号"
    ),
    Field.APPLIED_ON: (
        "来电时间 来访时间 诉求时间 受理时间 受理日期 登记日期 登记时间 接警时间 报警时间 信访日期 信访时间 "
        "排查日期 排查时间 日期 时间 发生时间"
    ),
    Field.APPLICANT: (
        "来电人姓名 来电人 诉求人 反映人 报警人 信访人 信访人姓名 申请人 申请人姓名 投诉人 投诉人姓名 当事人 "
        "当事人姓名 甲方 姓名"
    ),
    Field.PHONE: "来电号码 联系电话 联系方式 电话 手机 手机号 手机号码 报警电话 电话号码",
    Field.ID_NUMBER: "身份证号码 身份证号 身份证 证件号码 证件号 公民身份号码",
    Field.ADDRESS: "住址 住所 联系地址 来电人地址 家庭住址",
    Field.RESPONDENT: (
        "被投诉人 被投诉单位 被反映对象 被反映人 被反映单位 对方当事人 被申请人 被申请人姓名 对方 乙方 "
        "涉及对象 涉事单位"
    ),
    Field.STORY: (
        "诉求内容 反映内容 工单内容 纠纷简要情况 简要案情 主要内容 警情内容 简要警情 信访内容 信访事项 内容 "
        "案情 纠纷情况 基本情况 事由 问题描述 情况说明 纠纷概况"
    ),
    Field.CLAIMS: "诉求 要求 请求 诉求目的 信访诉求 当事人诉求",
    Field.TYPE: "纠纷类型 纠纷类别 类型 类别 诉求类型 事项分类 问题分类 警情类别 内容分类",
    Field.TOWN: "乡镇街道 乡镇 街道 所属乡镇 所属镇 镇 镇街 镇街道 属地",
    Field.VILLAGE: "村社区 村 社区 村居委会 村居 所属村",
    Field.PLACE: "发生地点 事发地点 事发地址 地点 纠纷发生地 发生地 问题发生地 警情地址 地址",
    Field.AMOUNT: "涉及金额 涉案金额 金额 标的额 标的",
    Field.PEOPLE: "当事人总人数 涉及人数 人数",
}
FIELD_OF = {title: field for field, titles in HEADINGS.items() for title in titles.split()}
FOOTERS = re.compile(r"^(合计|总计|小计|填报人|填表人|审核人|制表人?|负责人|单位负责人|备注|说明)")


class Verdict(Choice):
    """What would become of a row, and what has become of it."""

    UNCHECKED = "unchecked", N_("还没有查")
    NO_ROW = "no_row", N_("不是一件")
    WILL_REGISTER = "will_register", N_("可以登记")
    LACKS = "lacks", N_("还差内容")
    LOOKS_LIKE = "looks_like", N_("像已有的案件")
    HERE = "here", N_("已经有了")
    REGISTERED = "registered", N_("已登记")
    FAILED = "failed", N_("没有登记成")
    JOINED = "joined", N_("编号已记到已有案件")
    DROPPED = "dropped", N_("不登记")


TO_COMPLETE = frozenset({Verdict.LACKS, Verdict.LOOKS_LIKE})  # wait for a clerk once the sheet was run
SETTLED = frozenset({Verdict.REGISTERED, Verdict.JOINED, Verdict.DROPPED})
UNSETTLED = tuple(verdict for verdict in Verdict if verdict not in SETTLED)  # a round looks at these


class SheetState(Choice):
    READ = "read", N_("等核对栏目")
    CHECKING = "checking", N_("正在查")
    CHECKED = "checked", N_("等导入")
    RUNNING = "running", N_("正在导入")
    STOPPED = "stopped", N_("停下了")
    DONE = "done", N_("导入完了")


class Fault(Reason):
    """What a row lacks, or what is wrong with it."""

    NO_HEADINGS = "orders_no_headings", N_("没有找到栏目名。至少要有“来电人”（或“申请人”）和“诉求内容”两栏")
    NOT_MAPPED = "orders_not_mapped", N_("没有指出哪一栏是“%(column)s”")
    TWO_COLUMNS = "orders_two_columns", N_("有两栏都当作“%(column)s”，只能一栏")
    NO_REASON = "orders_no_reason", N_("写一句为什么不登记")
    NONE_CHOSEN = "orders_none_chosen", N_("没有勾选还在等的工单")
    NO_NUMBER = "order_no_number", N_("没有编号")
    NUMBER_LONG = "order_number_long", N_("编号太长（最多80个字）")
    NO_APPLICANT = "order_no_applicant", N_("没有来电人、申请人的姓名")
    NO_STORY = "order_no_story", N_("没有写发生了什么")
    NO_TYPE = "order_no_type", N_("看不出是哪一类纠纷")
    NO_OTHER_SIDE = "order_no_other_side", N_("没有写对方")
    NO_DAY = "order_no_day", N_("没有日期")
    BAD_DAY = "order_bad_day", N_("日期“%(text)s”看不懂")
    LATER = "order_later", N_("日期%(on)s在今天之后")
    BAD_PHONE = "order_bad_phone", N_("电话不对，或者在表里丢了位数")
    BAD_NUMBER = "order_bad_id", N_("身份证号不对，或者在表里丢了位数")
    BAD_AMOUNT = "order_bad_amount", N_("金额“%(text)s”看不懂")
    LOOKS_LIKE = "order_looks_like", N_("和%(case)s的双方相同，看看是不是同一件")
    IN_SHEET = "order_in_sheet", N_("和同一张表的第%(line)s行编号相同")
    IN_OTHER_SHEET = "order_in_other_sheet", N_("以前导入的表里有，在等补齐")
    IS_CASE = "order_is_case", N_("已登记为%(case)s")
    NOT_SAVED = "order_not_saved", N_("登记时出错，再导入一次就会重试")
    POST_ENDED = "order_post_ended", N_("导入的人已经不在这个岗位，请别人接着导入")


def tidy_heading(text: str) -> str:
    """Return a heading without blanks, marks and what stands in brackets."""
    bare = re.sub(r"[\s*:：/、·]", "", text)
    return re.sub(r"[（(【\[].*?[）)】\]]", "", bare)


def field_of(heading: str) -> Field | None:
    """Return what a heading is taken for, None where nobody can tell. The whole heading counts, then its end."""
    bare = tidy_heading(heading)
    if bare in FIELD_OF:
        return FIELD_OF[bare]
    ends = [title for title in FIELD_OF if len(title) > 1 and bare.endswith(title) and not bare.endswith("被" + title)]
    return FIELD_OF[max(ends, key=len)] if ends else None


def guess(headings: Sequence[str]) -> dict[Field, int]:
    """Return which column is taken for which field; of two the surer one, then the first."""
    found: dict[Field, tuple[int, int]] = {}
    for column, heading in enumerate(headings):
        top, _mark, below = heading.rpartition("·")
        bare = tidy_heading(below) or tidy_heading(top)
        field = field_of(below) or field_of(top)
        if bare == "姓名" and top and field_of(top) is not None:
            field = field_of(top)
        if field is None:
            continue
        exact = 0 if bare in FIELD_OF else 1
        if field not in found or exact < found[field][0]:
            found[field] = (exact, column)
    return {field: column for field, (_exact, column) in found.items()}


def heading_rows(rows: Sequence[Sequence[str]]) -> tuple[int, int, list[str]] | None:
    """Return where the headings of a sheet stand: their row, the first row below them, and the headings in words.

    Headings may stand in two rows, the upper one over several columns: ``申请人（甲方）`` over 姓名 and 联系电话.
    """
    for place, row in enumerate(rows[:HEADS_WITHIN]):
        under = rows[place + 1] if place + 1 < len(rows) else ()
        fields = {field_of(cell) for cell in row if cell} - {None}
        below = {field_of(cell) for cell in under if cell} - {None}
        if len(fields) < LEAST_HEADINGS:
            continue
        if len(below) >= LEAST_HEADINGS and not any(re.search(r"\d", cell) for cell in under):
            return place, place + 2, _joined(row, under)
        return place, place + 1, list(row)
    return None


def _joined(top, under):
    width = max(len(top), len(under))
    upper = [*top, *[""] * (width - len(top))]
    lower = [*under, *[""] * (width - len(under))]
    last, found = "", []
    for above, below in zip(upper, lower, strict=True):
        last = above or (last if below else "")
        found.append(f"{last}·{below}" if last and below else below or above)
    return found


def mapping_faults(columns: Mapping[str, int | None]) -> list[tuple[Fault, Field]]:
    """Return what a mapping lacks: a needed column."""
    return [(Fault.NOT_MAPPED, field) for field in NEEDED if columns.get(field) is None]


def is_footer(cells: Sequence[str]) -> bool:
    """Say whether a row is a total or a signature line and no order."""
    told = [cell for cell in cells if cell]
    return not told or bool(FOOTERS.match(told[0])) or (len(told) == 1 and len(cells) > 2)
