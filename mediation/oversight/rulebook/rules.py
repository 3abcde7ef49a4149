"""What a row of the rule table is, and in which of four states it stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from mediation.ground.choices import Choice, N_


class Bite(Choice):
    """How a row is carried out."""

    BLOCK = "block", N_("拦住")
    WARN = "warn", N_("提醒")
    DUE = "due", N_("算期限")
    DOC = "doc", N_("写进文书、报表")
    CONF = "conf", N_("按设置")
    INFO = "info", N_("提示")


class Trust(Choice):
    """How far the text behind a row was looked at."""

    READ = "read", N_("原文核过")
    RECALLED = "recalled", N_("凭记忆，待核")
    DOUBTFUL = "doubtful", N_("凭记忆，没有把握")
    HOUSE = "house", N_("本系统的约定")


class State(Choice):
    """What has become of a row in the program."""

    ENFORCED = "enforced", N_("操作里执行")
    CONFIGURED = "configured", N_("按日期设置")
    SHOWN = "shown", N_("提示给人看")
    LEFT_OUT = "left_out", N_("没有做")


class How(Choice):
    """What a place has to do with a row; the stronger first."""

    REASON = "reason"
    FACT = "fact"
    FUNCTION = "function"
    PAGE = "page"
    PAPER = "paper"
    SETTING = "setting"
    TEST = "test"


SECTIONS = {
    "RT": N_("案件分流"), "PM": N_("人民调解"), "JC": N_("司法确认"), "CN": N_("案号、编号"),
    "JM": N_("法院委派、委托调解"),
    "QT": N_("速裁和移送"), "AM": N_("行政调解和行业规定"), "MH": N_("必须处置、受保护的人、群体、信访"),
    "PT": N_("期间"), "LM": N_("时效"), "DP": N_("个人信息和档案"), "ST": N_("统计、分级、补贴"), "DC": N_("文书"),
}
CODE = frozenset({How.REASON, How.FACT, How.FUNCTION})
SEEN = CODE | {How.PAGE, How.PAPER}
# What has to be found of a row of each kind before it counts, beside a test; and the state it then has.
NEEDED = {
    Bite.BLOCK: (CODE, State.ENFORCED), Bite.WARN: (CODE, State.ENFORCED), Bite.DUE: (CODE, State.ENFORCED),
    Bite.DOC: (SEEN, State.ENFORCED), Bite.INFO: (SEEN, State.SHOWN),
    Bite.CONF: (CODE, State.CONFIGURED),  # a setting that nothing reads decides nothing
}


@dataclass(frozen=True)
class Row:
    """A row of the rule table in our own words.

    ``reason`` says why nothing is done about it, for as long as nothing is found of it. ``source`` names what it rests
    on where that is no article of the citation table.
    """

    id: str
    bite: Bite
    title: str
    trust: Trust
    regional: bool = False  # a region, a court or a centre sets its own
    reason: str = ""
    source: str = ""

    @property
    def section(self) -> str:
        return self.id[:2]


@dataclass(frozen=True, order=True)
class Place:
    """Where a row is found: ``mediation/stages/agreements/rules.py::obstacles``, or the key of a setting."""

    rule: str
    how: How
    where: str


def state_of(row: Row, places: Iterable[Place]) -> State:
    """Return the state of a row from the places where it is found; without a test nothing counts."""
    found = {place.how for place in places}
    needed, state = NEEDED[row.bite]
    return state if found & needed and How.TEST in found else State.LEFT_OUT
