"""What a hand-over names, and how one page is shared out among its lists."""

from collections.abc import Mapping

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because

MOST_LINES = 60
LONGEST_LINE, LONGEST = 400, 4000


class Kind(Choice):
    """Why something stands in a hand-over or on a day's page."""

    DRAFT = "draft", N_("没登记完")
    CALL = "call", N_("答应回电")
    BACK = "back", N_("退回来的")
    UNANSWERED = "unanswered", N_("等单位答复")
    OPEN = "open", N_("该我们办")
    LATE = "late", N_("超期")
    OTHER = "other", N_("别的")


class Bar(Reason):
    NOTHING = "shift_nothing", N_("没有要交的：写一句，或者勾上要交的")
    TOO_MANY = "shift_too_many", N_("最多交 %(most)s 条")


def handing_obstacles(*, lines: int, general: str) -> list[Obstacle]:
    """Return what is wrong with a hand-over: nothing in it, or more than anybody reads."""
    if not lines and not general.strip():
        return [because(Bar.NOTHING)]
    return [because(Bar.TOO_MANY, most=MOST_LINES)] if lines > MOST_LINES else []


def shares(wanted: Mapping[str, int], room: int) -> dict[str, int]:
    """Return how many of a page's lines each list gets: all it wants where that fits, else an even share.

    What a short list leaves goes to the longer ones.
    """
    found: dict[str, int] = {}
    left = dict(sorted(wanted.items(), key=lambda each: each[1]))
    for key, count in list(left.items()):
        found[key] = min(count, room // len(left))
        room -= found[key]
        del left[key]
    return {key: found[key] for key in wanted}
