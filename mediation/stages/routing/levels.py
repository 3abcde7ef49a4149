"""Up and down between county, town, village and grid: why, from whom to whom, and what stands against it (row 30)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because


class HopKind(Choice):
    """How a case came from one unit to another."""

    ROUTE = "route", N_("分流")
    UP = "up", N_("上交")
    DOWN = "down", N_("下交")
    ORDER = "order", N_("指令下交")


class UpReason(Choice):
    """Why a unit hands a case to the level above."""

    BEYOND_US = "beyond_us", N_("超出本级的职权、专业")
    ACROSS_AREAS = "across_areas", N_("牵涉几个村、几个乡镇")
    MAJOR = "major", N_("重大疑难，可能激化")
    FAILED = "failed", N_("本级调解没有结果，各方还愿意调")
    CONFLICT = "conflict", N_("本单位应当回避")


class DownReason(Choice):
    """Why a case goes to the level below."""

    LOCAL = "local", N_("就发生在当地，当地最清楚")
    SIMPLE = "simple", N_("事情简单，就近办")
    PARTIES = "parties", N_("当事人要求")
    HANDLED_BEFORE = "handled_before", N_("当地以前办过")


class DeclineOffer(Choice):
    """Why a unit does not take what the level above would give it."""

    NOT_COMPETENT = "not_competent", N_("不属于本单位职责")
    NOT_OUR_AREA = "not_our_area", N_("不在本单位辖区")
    TOO_HARD = "too_hard", N_("本级办不了")
    NO_PEOPLE = "no_people", N_("现在没有人手")
    CONFLICT = "conflict", N_("本单位应当回避")


class Bar(Reason):
    NOT_RECEIVED = "delegation_not_received", N_("还没有接收，先接收或者退回")
    IN_ATTEMPT = "delegation_in_attempt", N_("调解还没有结束，先结束再换一级办理"), "RT-01"
    ASKING = "delegation_asking", N_("正在问%(unit)s接不接，等它答复，或者先撤回")
    NO_UNIT = "delegation_no_unit", N_("选交给哪个单位")
    NOT_ABOVE = "delegation_not_above", N_("%(unit)s不是上一级的单位")
    NOT_BELOW = "delegation_not_below", N_("%(unit)s不是下一级、也管这个地方的单位")
    NO_WHY = "delegation_no_why", N_("选为什么换一级办理")
    NO_TRIED = "delegation_no_tried", N_("写明本级做过什么，上级才知道从哪里接着办")
    NO_DECLINE_REASON = "delegation_no_decline_reason", N_("不同意接办要选理由")
    NO_WORDS = "delegation_no_words", N_("指令要写理由")
    ORDERED = "delegation_ordered", N_("督办员指令本单位办理，不能退回；接收后办不了的，可以上交并写明理由")
    NOT_ASKED = "delegation_not_asked", N_("没有问本单位")


@dataclass(frozen=True)
class Post:
    """A unit as the levels see it: the code of the area it serves and the tracks that it runs."""

    id: int
    area_code: str
    tracks: frozenset[str]


def above(lead: Post, others: Collection[Post], *, track: str) -> list[Post]:
    """Return the units of the next level above that run the track; a level where there is none is passed over."""
    found = [
        each for each in others
        if track in each.tracks and len(each.area_code) < len(lead.area_code)
        and lead.area_code.startswith(each.area_code)
    ]
    nearest = max((len(each.area_code) for each in found), default=0)
    return [each for each in found if len(each.area_code) == nearest]


def below(lead: Post, others: Collection[Post], *, track: str, place: str | None) -> list[Post]:
    """Return the units of the next level below that run the track and serve the place of the dispute.

    Where only a larger place is known, those that lie in it.
    """
    found = [
        each for each in others
        if track in each.tracks and len(each.area_code) > len(lead.area_code)
        and each.area_code.startswith(lead.area_code)
        and (not place or place.startswith(each.area_code) or each.area_code.startswith(place))
    ]
    nearest = min((len(each.area_code) for each in found), default=0)
    return [each for each in found if len(each.area_code) == nearest]


def up_obstacles(
    unit_id: int | None, ways: Sequence[Post], *, name: str, why: str | None, tried: str
) -> list[Obstacle]:
    """Return what stands against handing a case up: a reason and what was tried are needed (row 30)."""
    found = _target(unit_id, ways, Bar.NOT_ABOVE, name) + ([] if why else [because(Bar.NO_WHY)])
    return found + ([] if tried.strip() else [because(Bar.NO_TRIED)])


def down_obstacles(unit_id: int | None, ways: Sequence[Post], *, name: str, why: str | None) -> list[Obstacle]:
    """Return what stands against giving a case to the level below, before that unit is asked (row 30)."""
    return _target(unit_id, ways, Bar.NOT_BELOW, name) + ([] if why else [because(Bar.NO_WHY)])


def _target(unit_id: int | None, ways: Sequence[Post], bar: Bar, name: str) -> list[Obstacle]:
    if unit_id is None:
        return [because(Bar.NO_UNIT)]
    return [] if unit_id in {each.id for each in ways} else [because(bar, unit=name)]
