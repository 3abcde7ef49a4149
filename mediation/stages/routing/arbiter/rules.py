"""When a case goes to the arbiter, who that is, and which earlier ruling is like it. Row 32, idea 6."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because

LONGEST_WHY = 400


class DesignationState(Choice):
    WAITING = "waiting", N_("等裁定")
    MADE = "made", N_("已裁定")
    DROPPED = "dropped", N_("不用裁定了")


class Bar(Reason):
    WAITS = "waits_for_arbiter", N_("退回了两次，等%(who)s裁定送到哪里，不能再分流")
    NOT_WAITING = "not_waiting_for_arbiter", N_("这件不用裁定，由分流员分流")
    NOT_ARBITER = "not_the_arbiter", N_("去处由%(who)s或者代班的人裁定")
    DESIGNATED = "designated_here", N_("%(who)s %(day)s裁定由本单位办，不能退；受理不受理仍由本单位定")
    NO_WHY = "no_designation_reason", N_("裁定要写理由，两个单位都看得到")
    NO_SIGNS = "no_precedent_signs", N_("作为先例要写明以后怎么认，不写姓名")
    NO_SUPERVISOR = "arbiter_no_supervisor", N_("裁定的人要在督办员岗位上")
    NAMED_BACK = "arbiter_named_back", N_("从今天或以后的日子起")
    PRECEDENT_ENDED = "precedent_ended", N_("这个先例已经停用")
    ENDS_BEFORE = "precedent_ends_before", N_("停用的日子不能早于裁定的%(day)s")


@dataclass(frozen=True)
class Precedent:
    """An earlier ruling, as it is compared with a case."""

    id: int
    type_code: str
    area_code: str | None
    signs: str


def why_obstacles(why: str, *, signs: str, is_precedent: bool) -> list[Obstacle]:
    """Return what a ruling lacks: its reason, and as a precedent the signs by which its like is known."""
    found = [] if why.strip() else [because(Bar.NO_WHY)]
    return found + ([because(Bar.NO_SIGNS)] if is_precedent and not signs.strip() else [])


def end_obstacles(made_on: date, ended_on: date | None, *, on: date) -> list[Obstacle]:
    """Return what keeps a precedent from being ended on a day."""
    if ended_on is not None:
        return [because(Bar.PRECEDENT_ENDED)]
    return [because(Bar.ENDS_BEFORE, day=made_on)] if on < made_on else []


def alike(
    found: Iterable[Precedent], *, types: tuple[str, ...], areas: tuple[str, ...], story: str, limit: int = 3
) -> list[int]:
    """Return the ids of the rulings most like a case, the likest first.

    ``types`` and ``areas`` hold the case's own code and those above it. A ruling about the same type counts most, then
    one whose signs stand in the story, then the same place; of another main type none is alike.
    """
    scored = []
    for place, each in enumerate(found):
        if each.type_code not in types and not any(each.type_code.startswith(f"{code}.") for code in types[-1:]):
            continue
        score = 4 * (each.type_code == types[0]) + 2 * _told(each.signs, story) + (each.area_code in areas)
        scored.append((-score, place, each.id))
    return [row_id for _score, _place, row_id in sorted(scored)[:limit]]


def _told(signs: str, story: str) -> int:
    """Return how many pairs of neighbouring letters of the signs stand in the story, five at most."""
    pairs = {signs[at : at + 2] for at in range(len(signs) - 1) if signs[at : at + 2].isalnum()}
    return min(sum(pair in story for pair in pairs), 5)
