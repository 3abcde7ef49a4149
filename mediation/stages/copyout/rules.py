"""How a case stands with a platform above, and what a line of its copy-card says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.ground.choices import Choice, N_, Reason
from mediation.registry.platforms.rules import Ours, Since

FIRST_STEP = {
    Since.REGISTERED: ("case.register",),
    Since.ACCEPTED: ("proceeding.accept",),
    Since.SETTLED: ("agreement.take_effect", "agreement.agree_orally"),
    Since.ENDED: ("agreement.take_effect", "agreement.agree_orally", "proceeding.end"),
    Since.CLOSED: ("case.close", "case.withdraw", "case.refuse"),
}
MOST_ROWS = 500  # of an import sheet


class EntryState(Choice):
    """How a case stands with a platform."""

    WAITING = "waiting", N_("还没有录入")
    ENTERED = "entered", N_("已录入")
    WAIVED = "waived", N_("不用录入")
    OFF = "off", N_("现在不归这个平台")


class Result(Choice):
    """What became of a case, in the words that platforms ask for."""

    OPEN = "open", N_("正在调解")
    MEDIATED = "mediated", N_("调解成功")
    RULED = "ruled", N_("移送后裁判")
    FAILED = "failed", N_("调解不成")
    NEVER_REACHED = "never_reached", N_("一方联系不上，调解不成")


class AgreementForm(Choice):
    WRITTEN = "written", N_("书面")
    ORAL = "oral", N_("口头")


class Said(Choice):
    """What is to be said of a line of a card."""

    READY = "ready", N_("可以复制")
    EMPTY = "empty", N_("没有填")
    UNCODED = "uncoded", N_("没有对照码")
    CUT = "cut", N_("超过字数，只复制前面的")
    COVERED = "covered", N_("没有显示")


class Bar(Reason):
    NO_NUMBER = "copyout_no_number", N_("填那边给的编号；那边没有给编号的，填录入的流水号或者日期")
    IN_FUTURE = "copyout_in_future", N_("录入日期不能晚于今天")
    NO_REASON = "copyout_no_reason", N_("写一句理由")
    STATE = "copyout_state", N_("现在是“%(state)s”，不能这样改")
    NONE_CHOSEN = "copyout_none_chosen", N_("没有勾选案件")
    TOO_MANY = "copyout_too_many", N_("一次最多导出 %(most)s 件")
    NO_PLATFORM = "copyout_no_platform", N_("这个平台已经停用")


@dataclass(frozen=True)
class Line:
    """One field of a card: what it is called there, what of ours it is, and what is copied.

    ``text`` is shown; ``copied`` is what goes into the clipboard, empty where there is nothing or it is covered.
    """

    label: str
    ours: Ours
    text: str
    copied: str
    said: Said
    required: bool = False
    longest: int | None = None
    changed: bool = False

    @property
    def is_missing(self) -> bool:
        """Say whether the platform wants it and we cannot give it."""
        return self.required and self.said in (Said.EMPTY, Said.UNCODED)


def reached(taken: Iterable[tuple[str, date]], *, is_open: bool, is_merged: bool) -> dict[Since, date]:
    """Return the first day of each event that a case has reached, from its steps, oldest first.

    A case that goes on in another one has reached nothing, one that was opened again is not closed.
    """
    if is_merged:
        return {}
    days: dict[str, date] = {}
    for step, on in taken:
        days.setdefault(step, on)
    found = {}
    for since, names in FIRST_STEP.items():
        here = [days[name] for name in names if name in days]
        if here and not (since is Since.CLOSED and is_open):
            found[since] = min(here)
    return found


def changes(before: dict[str, str], now: Sequence[tuple[str, str]]) -> list[str]:
    """Return the fields whose mark is another one now; fields that the platform did not ask for then are left out."""
    return [label for label, mark in now if label in before and before[label] != mark]
