"""Collection points: their kinds, and what one must say of itself."""

import re
from datetime import date

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because

CODE = re.compile(r"[A-Za-z0-9-]{1,20}")


class PointKind(Choice):
    """What a collection point is (features, row 3; counties DC, JJ, DM)."""

    TALK = "talk", N_("说事点")
    WINDOW = "window", N_("固定窗口")
    STALL = "stall", N_("集市、商圈摊位")
    STATION = "station", N_("采集站、调解站")
    STUDIO = "studio", N_("个人调解工作室")
    DEPUTY = "deputy", N_("代表、委员工作站")
    KIOSK = "kiosk", N_("自助机")
    GROUP = "group", N_("网上群")
    SITE = "site", N_("网站、小程序")
    OTHER = "other", N_("其他")


class Bar(Reason):
    CODE = "point_code", N_("代码只用字母、数字和短横，最多 20 个")
    CODE_TAKEN = "point_code_taken", N_("代码“%(code)s”是“%(name)s”的，换一个")
    ENDS_BEFORE_START = "point_ends_before_start", N_("停用日期早于启用日期（%(start)s）")
    ENDED = "point_ended", N_("“%(name)s”已经停用，不能再改；要用就先恢复")
    OTHER_CHANNEL = "point_other_channel", N_("“%(name)s”不是这个渠道的说事点，请改渠道或者重选")
    NOT_OPEN = "point_not_open", N_("“%(name)s”在那一天没有启用，请重选")
    UNKNOWN = "point_unknown", N_("没有这个说事点，请重选")


def is_code(text: str) -> bool:
    return CODE.fullmatch(text) is not None


def is_open(valid_from: date, valid_to: date | None, *, on: date) -> bool:
    """Say whether a point with these first and last days collects on a day."""
    return valid_from <= on and (valid_to is None or on <= valid_to)


def choice_obstacles(name: str, *, same_channel: bool, is_open: bool) -> list[Obstacle]:
    """Return why a registration cannot name a point: it is another channel's, or was not there that day."""
    found = [] if same_channel else [because(Bar.OTHER_CHANNEL, name=name)]
    return found if is_open else [*found, because(Bar.NOT_OPEN, name=name)]
